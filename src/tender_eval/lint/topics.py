"""What a scheme speaks of: in titles, descriptions, conditions and scorers, not in its notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tender_eval.model.location import Location
from tender_eval.model.scheme import Condition, Criterion
from tender_eval.plugins.answers import Subject
from tender_eval.plugins.lint_rule import LeafView, SchemeView

SOCIAL_VALUE = re.compile(
    r"social[ -]value|community benefits?\b|\bsocial (?:impact|return)\b|\bsocial, (?:economic|environmental)\b",
    re.IGNORECASE,
)


def criteria_about(scheme: SchemeView, words: re.Pattern[str], *subjects: Subject) -> tuple[LeafView, ...]:
    """The scored criteria whose scorer is made for one of these, or that they or a group above speak of it."""
    named = {
        leaf.id
        for c in scheme.scheme.walk()
        if words.search(_said(c))
        for leaf in c.walk()
        if leaf.scorer is not None
    }  # fmt: skip
    return tuple(leaf for leaf in scheme.leaves if not leaf.subjects.isdisjoint(subjects) or leaf.criterion.id in named)


def conditions_about(scheme: SchemeView, words: re.Pattern[str]) -> tuple[Condition, ...]:
    """The conditions that speak of it or read a figure named so."""
    return tuple(c for c in scheme.scheme.conditions if words.search(f"{c.id} {c.title} {c.reads}".replace("_", " ")))


def texts(scheme: SchemeView) -> Iterator[tuple[str, Location]]:
    """Every title and description of criteria and conditions, with the place of what it belongs to."""
    for criterion in scheme.scheme.walk():
        yield _said(criterion), criterion.where
    for condition in scheme.scheme.conditions:
        yield f"{condition.title} {condition.reads}".replace("_", " "), condition.where


def _said(criterion: Criterion) -> str:
    return f"{criterion.id} {criterion.title} {criterion.description}".replace("_", " ")
