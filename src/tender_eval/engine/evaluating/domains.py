"""Which values of a batch's columns the readers of a scheme may see."""

from __future__ import annotations

import numpy as np

from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.table import Reads


def all_inside(column: Array, reads: Reads) -> bool:
    """Whether a reader may see every value, whoever is in."""
    low, high = column.min(), column.max()
    inside = bool(np.isfinite(low) and np.isfinite(high))
    inside &= reads.above is None or bool(low > float(reads.above))
    inside &= reads.at_least is None or bool(low >= float(reads.at_least))
    inside &= reads.at_most is None or bool(high <= float(reads.at_most))
    if reads.between:
        return inside and bool(low >= float(min(reads.one_of)) and high <= float(max(reads.one_of)))
    return inside and (not reads.one_of or _all_marks(column, reads, float(low), float(high)))


def outside(column: Array, reads: Reads) -> Mask:
    """Which values a reader may not see."""
    bad: Mask = ~np.isfinite(column)
    if reads.above is not None:
        bad = bad | (column <= float(reads.above))
    if reads.at_least is not None:
        bad = bad | (column < float(reads.at_least))
    if reads.at_most is not None:
        bad = bad | (column > float(reads.at_most))
    if reads.between:
        bad = bad | (column < float(min(reads.one_of))) | (column > float(max(reads.one_of)))
    elif reads.one_of:
        bad = bad | ~np.isin(column, [float(mark) for mark in reads.one_of])
    return bad


def _all_marks(column: Array, reads: Reads, low: float, high: float) -> bool:
    """Whether a column, of which these are the ends, holds nothing but marks of a scale; quick where the marks are 0,
    1, 2, 3 ..."""
    marks = reads.one_of
    if [*marks] == [*range(int(marks[0]), int(marks[0]) + len(marks))]:
        return low >= marks[0] and high <= marks[-1] and bool((column == np.rint(column)).all())
    return bool(np.isin(column, [float(mark) for mark in marks]).all())
