"""Points printed so that the parts add up to the total as printed: the last place is shared among the parts.

The total is rounded as the scheme says; of the parts, those with the largest remainders are printed up, the others
down, and within a group in the same way. A figure that has no more places than are printed is never another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from tender_eval.model.digits import fixed
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation


def shared_points(evaluation: Evaluation, result: BidResult) -> Mapping[str, Fraction]:
    """The points of every criterion as they are printed."""
    places, found = 10**evaluation.places, result.criteria
    below = _below(found)
    printed: dict[str, Fraction] = {}
    roots = [n for n, c in enumerate(found) if c.depth == 0]
    total = sum((found[n].points for n in roots), Fraction(0))
    _share(found, roots, _rounded(evaluation, total), places, printed)
    for n, parts in below.items():
        if sum((found[one].points for one in parts), Fraction(0)) == found[n].points:
            _share(found, parts, printed[found[n].id], places, printed)
        else:  # it was rounded by itself, as the scheme says
            printed |= {found[one].id: _rounded(evaluation, found[one].points) for one in parts}
    return printed


def _below(found: Sequence[CriterionResult]) -> dict[int, list[int]]:
    """The places of the parts of each group, groups before what is in them."""
    parts: dict[int, list[int]] = {}
    above: list[int] = []
    for n, criterion in enumerate(found):
        above = above[: criterion.depth]
        if above:
            parts.setdefault(above[-1], []).append(n)
        above.append(n)
    return parts


def _share(
    found: Sequence[CriterionResult], parts: Sequence[int], total: Fraction, places: int, printed: dict[str, Fraction]
) -> None:
    exact = {n: found[n].points * places for n in parts}
    down = {n: floor(value) for n, value in exact.items()}
    left = int(total * places) - sum(down.values())
    by_remainder = sorted(parts, key=lambda n: (down[n] - exact[n], n))
    up = set(by_remainder[:left])
    printed |= {found[n].id: Fraction(down[n] + (n in up), places) for n in parts}


def _rounded(evaluation: Evaluation, value: Fraction) -> Fraction:
    return Fraction(fixed(value, evaluation.places, evaluation.rounding_mode))
