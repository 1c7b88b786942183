"""What bids can earn where a minimum is set."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from tender_eval.model.digits import percent, shown
from tender_eval.model.location import Location
from tender_eval.model.scheme import Criterion
from tender_eval.plugins.lint_rule import SchemeView


class Reach(NamedTuple):
    """The least and the most that a criterion's minimum can be held against, and what it asks for."""

    least: Fraction
    most: Fraction
    asked: Fraction
    words: str


def reached(scheme: SchemeView) -> Iterator[tuple[Criterion, Reach]]:
    """Every minimum with what bids can earn there: shares of the points, or marks."""
    scales = {s.id: s for s in scheme.scheme.scales}
    ends: dict[str, tuple[Fraction, Fraction]] = {}
    for leaf in scheme.leaves:
        scale = scales.get(leaf.scale)
        ends[leaf.criterion.id] = (
            (scale.by_worth[0].score, scale.by_worth[-1].score) if scale else (Fraction(0), Fraction(1))
        )
    for criterion in scheme.scheme.walk():
        minimum = criterion.minimum
        below = [c.id for c in criterion.walk() if c.id in ends]
        if minimum is None or not below:
            continue
        if minimum.share is not None:
            whole = sum((scheme.shares[c] for c in below), Fraction(0))
            least, most = (sum((scheme.shares[c] * ends[c][end] for c in below), Fraction(0)) / whole for end in (0, 1))
            yield criterion, Reach(least, most, minimum.share, percent(minimum.share))
        elif minimum.mark is not None:
            marked = [scales[v.scale] for v in scheme.leaves if v.criterion.id in below and v.scale in scales]
            if marked and all(s.better == "higher" for s in marked):
                # every question below must reach the mark, so that the shortest scale decides
                low, high = min(s.marks[0] for s in marked), min(s.marks[-1] for s in marked)
                yield criterion, Reach(low, high, minimum.mark, f"mark {shown(minimum.mark)}")


def minimum_at(criterion: Criterion) -> Location:
    """Where a minimum is written."""
    return criterion.minimum.where if criterion.minimum else criterion.where
