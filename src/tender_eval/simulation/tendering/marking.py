"""Step 7: the marks that evaluators give: the quality of a bid with noise, as the nearest mark of the scale.

The mark of a question is the mean of what the evaluators think, so its noise falls with the root of their number.
Noise is drawn by area and a lot takes that of its first area, so that it does not depend on the size of the lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import Array
from tender_eval.plugins.table import Reads


class Question(NamedTuple):
    """What evaluators mark.

    Attributes:
        column: where the scheme reads the marks.
        marks, shares: the scale by rising share of full marks; empty where every mark between two may be given.
        low, high: the lowest and highest mark where the scale is empty.
        falls: whether a lower mark is better.
        offsets: by kind of provider, what its quality here differs from its quality in general.
        even: whether the shares are evenly spaced.
        counted: whether the marks are 0, 1, 2 and so on.
    """

    column: str
    marks: Array
    shares: Array
    low: float
    high: float
    falls: bool
    offsets: Array
    even: bool
    counted: bool

    @classmethod
    def of(cls, reads: Reads, shares: Sequence[Fraction], offsets: Sequence[float]) -> Question:
        """The question behind a column of marks; a scale that states no shares is taken to be evenly spaced."""
        marks = np.array([float(m) for m in reads.one_of])
        given = np.array([float(s) for s in shares]) if len(shares) == len(marks) else np.linspace(0, 1, len(marks))
        falls = reads.better == "lower"
        if falls and len(shares) != len(marks):
            given = 1 - given
        order = np.argsort(given, kind="stable")
        low = float(reads.at_least) if reads.at_least is not None else 0.0
        high = float(reads.at_most) if reads.at_most is not None else max(low, 0.0) + 1.0
        marks, given = marks[order], given[order]
        even = len(given) > 1 and bool(np.allclose(np.diff(given), given[1] - given[0], rtol=0, atol=1e-12))
        counted = np.array_equal(marks, np.arange(len(marks)))
        return cls(reads.column, marks, given, low, high, falls, np.array(offsets), even, counted)


def marks(question: Question, quality: Array, noise: Array, spread: float) -> Array:
    """The marks of bids.

    Args:
        quality: share of full marks that each bid deserves.
        noise: standard normal, same shape.
        spread: standard deviation of the mean of what the evaluators think.
    """
    seen = noise * spread
    seen += quality
    scale = question.marks
    if not len(scale):
        np.clip(seen, 0.0, 1.0, out=seen)
        if question.falls:
            np.subtract(1.0, seen, out=seen)
        seen *= question.high - question.low
        seen += question.low
        return seen
    if question.even:
        steps = len(scale) - 1
        first, last = question.shares[0], question.shares[-1]
        if first or last != 1:
            seen -= first
            seen *= 1.0 / (last - first)
        seen *= steps
        np.rint(seen, out=seen)
        np.clip(seen, 0, steps, out=seen)
        if question.counted:
            return seen
        return scale.take(seen.astype(np.intp))
    middle = (question.shares[1:] + question.shares[:-1]) / 2
    return scale.take(np.searchsorted(middle, seen))
