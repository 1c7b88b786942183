"""Conditions of a scheme that a provider knows beforehand whether it meets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.scheme import Condition


class Requirement(NamedTuple):
    """A condition of the scheme that a provider knows beforehand whether it meets.

    Exactly one of ``table`` and ``pooled`` is set: what is read is stated of the provider's code, or is its income.
    """

    id: str
    table: Array | None
    pooled: bool | None
    at_least: float | None
    at_most: float | None
    of_annual: bool
    must_be: bool | None


def on_text(condition: Condition) -> bool:
    """Whether a condition is on a text, of which no figure says anything."""
    return bool(condition.one_of) or isinstance(condition.must_be, str)


def meets(condition: Condition, value: float) -> bool:
    """Whether a figure meets a condition that takes no share of anything."""
    least, most = condition.at_least, condition.at_most
    return (
        (condition.must_be is None or (value != 0) == condition.must_be)
        and (least is None or value >= least.amount)
        and (most is None or value <= most.amount)
    )


def requirements_met(
    tests: Iterable[Requirement], code: Array | None, income: Array, pooled: Array, annual: Array
) -> Mask | None:
    """Whether the scheme's conditions are met, or None where it has none that can fail.

    Args:
        code: of each provider at each lot, broadcast to ``(providers, lots, draws)``; None where no test reads it.
        income, pooled: yearly, ``(providers, 1, draws)``; ``pooled`` is the lead's own where it bids alone.
        annual: yearly value of each lot, ``(1, lots, 1)``.
    """
    found: Mask | None = None
    for test in tests:
        if test.table is not None and test.must_be and test.table.all():
            continue
        if test.table is None:
            value = pooled if test.pooled else income
        elif code is None:
            raise ValueError("a test reads codes, and none are given")
        else:
            value = test.table.take(code)
        holds: Mask = np.asarray((value != 0) == test.must_be) if test.must_be is not None else np.asarray(True)
        scale = annual if test.of_annual else 1.0
        if test.at_least is not None:
            holds = holds & ~np.asarray(numeric.less(value, np.asarray(test.at_least * scale)))
        if test.at_most is not None:
            holds = holds & ~np.asarray(numeric.less(np.asarray(test.at_most * scale), value))
        found = holds if found is None else found & holds
    return found
