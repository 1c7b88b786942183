"""Lint: coded rules on what guidance, law and arithmetic say of a scheme before it is published.

The built-in rules, a folder each under ``rules``, come through the same hook as those of others.
"""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.plugins.rule_folders import lint_rules_in
from tender_eval.plugins.spec import hookimpl


@hookimpl
def tender_eval_lint_rules() -> Mapping[str, str]:
    """Every built-in rule by its code; each is loaded when it is run."""
    return lint_rules_in(f"{__name__}.rules")
