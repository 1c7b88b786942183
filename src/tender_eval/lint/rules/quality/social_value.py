"""Criteria that are about social value."""

from __future__ import annotations

import re

from tender_eval.plugins.lint_rule import LeafView

_SOCIAL = re.compile(r"social|community benefit|volunteer", re.IGNORECASE)


def about_social_value(leaf: LeafView) -> bool:
    """Whether a criterion, by its words or the figures it reads, is about social value."""
    said = f"{leaf.criterion.id} {leaf.criterion.title} {' '.join(r.column for r in leaf.reads)}"
    return bool(_SOCIAL.search(said.replace("_", " ")))
