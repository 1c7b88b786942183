"""The conditions of a scheme over many draws."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.scheme import Condition


def condition_met(condition: Condition, here: Mapping[str, Array]) -> Mask:
    """A condition over columns; ``conditions.<id>`` holds it outright, as text conditions need."""
    outright = here.get(f"conditions.{condition.id}")
    if outright is not None:
        return np.asarray(outright != 0)
    column = here[condition.column]
    limit = condition.at_least or condition.at_most
    if limit is None:
        return np.asarray((column != 0) == (condition.must_be is True))
    bound: Array = np.full((1, 1), float(limit.amount))
    if limit.of:
        bound = bound * here.get(f"tender.{limit.of}", here.get(limit.of, np.nan))
    too_low, too_high = numeric.less(column, bound), numeric.less(bound, column)
    return ~np.asarray(too_low if condition.at_least else too_high, dtype=np.bool_)
