"""Figures looked up in published tables, in straight lines or in steps, in either arithmetic."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from tender_eval.model import numeric
from tender_eval.model.numeric import Array

if TYPE_CHECKING:
    from tender_eval.model.marking.scales import Scale


def interpolate(x: Array, values: Sequence[Any], scores: Sequence[Any]) -> Array:
    """The score of each ``x`` in straight lines between the points, held beyond both ends.

    Args:
        values: rising strictly; with their scores, in the arithmetic of ``x``.
    """
    if not numeric.is_exact(x):
        found: Array = np.interp(x, values, scores)
        return found

    def one(figure: Fraction) -> Any:
        above = bisect_right(values, figure)
        if above in (0, len(values)):
            return scores[max(above - 1, 0)]
        low, high, start, end = values[above - 1], values[above], scores[above - 1], scores[above]
        return start + (figure - low) * (end - start) / (high - low)

    return numeric.exact_array(one(figure) for figure in x)


def share_for(mark: Fraction, scale: Scale) -> Fraction:
    """The share of full marks that a mark earns, in straight lines between those of the scale.

    >>> from tender_eval.model.marking.scales import Scale, ScaleStep
    >>> share_for(Fraction(3), Scale("s", tuple(ScaleStep(Fraction(m), Fraction(m, 4)) for m in (0, 2, 4))))
    Fraction(3, 4)
    """
    (share,) = interpolate(numeric.exact_array([mark]), scale.marks, tuple(step.score for step in scale.steps))
    return Fraction(share)


def segment(values: Sequence[Any], figure: Any) -> int:
    """Which of the points is the end of the line that a figure is on; beyond both ends, that of the line there.

    >>> [segment([0, 2, 5], figure) for figure in (-1, 0, 1, 2, 5, 9)]
    [1, 1, 1, 2, 2, 2]
    """
    return min(max(bisect_right(values, figure), 1), len(values) - 1)


def step(x: Array, values: Sequence[Any], scores: Sequence[Any], includes: str) -> Array:
    """The score of the band that each ``x`` is in; see `interpolate`.

    Args:
        includes: ``lower`` or ``upper``, the end that belongs to a band. The first value is always in the
            first band. In batch a float within the tolerance of a boundary stands for the boundary.
    """
    if numeric.is_exact(x):
        find = bisect_right if includes == "lower" else bisect_left
        return numeric.exact_array(scores[max(find(values, figure) - 1, 0)] for figure in x)
    bounds = np.asarray(values[1:], dtype=np.float64)
    slack = numeric.TOLERANCE * np.abs(bounds)
    if includes == "lower":
        band = np.searchsorted(bounds - slack, x, side="right")
    else:
        band = np.searchsorted(bounds + slack, x, side="left")
    return np.asarray(scores, dtype=np.float64).take(band)
