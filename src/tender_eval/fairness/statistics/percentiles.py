"""Intervals from figures that were drawn."""

from __future__ import annotations

import numpy as np

from tender_eval.fairness.findings.reliability import Interval, TooLittle
from tender_eval.model.numeric import Array

OUTSIDE = 2.5  # per cent on either side
MOST_UNDEFINED = 0.05


def percentile_interval(drawn: Array) -> Interval | TooLittle:
    """The middle 95% of the draws that have a figure; those that have none are NaN, and may be few."""
    there = drawn[~np.isnan(drawn)]
    if len(there) < (1 - MOST_UNDEFINED) * len(drawn):
        return TooLittle.OFTEN_UNDEFINED
    low, high = np.percentile(there, [OUTSIDE, 100 - OUTSIDE])
    return Interval(float(low), float(high), "bootstrap", len(there))
