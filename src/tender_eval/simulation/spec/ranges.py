"""What each figure that is not known for certain could be: the ranges over which the joint trials go.

Assumptions, and figures that are computed or stand in a source, have the range of the table (`parameters`). Choices of
the commissioner and facts of the contract are known, and so is what the user names a source for: these never vary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tender_eval.simulation.spec.assumptions import Assumption, assumptions_of
from tender_eval.simulation.spec.parameters import Value
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.spec.variations import FACTS, JOINT, SCALES, varied, with_facts, with_scaled_facts

GEOMETRIC = 4.0
"""Ends this many times apart, or more, have between them what is so many times as much, not so much more."""


class ParameterRange(NamedTuple):
    """A parameter and the ends between which its value lies."""

    name: str
    low: float
    high: float
    whole: bool = False

    def at(self, part: float) -> Value:
        """The value that so large a part of its values lies below.

        >>> ParameterRange("years", 0, 2).at(0.25), ParameterRange("evaluators", 1, 5, True).at(0.99)
        (0.5, 5)
        >>> ParameterRange("local.income", 100.0, 10000.0).at(0.5)
        1000.0
        """
        if self.whole:
            return int(self.low + min(int(part * (self.high - self.low + 1)), self.high - self.low))
        if self.low > 0 and self.high >= GEOMETRIC * self.low:
            return round(float(self.low * (self.high / self.low) ** part), 12)
        return self.low + part * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class AssumptionRange:
    """What is varied as one: a parameter, a field of all types together, or the facts of providers."""

    name: str
    ranges: tuple[ParameterRange, ...]


def ranges_of(spec: Spec) -> tuple[AssumptionRange, ...]:
    """Everything that varies in the joint trials of a spec."""
    found: dict[str, list[ParameterRange]] = {}
    for stated in assumptions_of(spec):
        if _varies(stated):
            field = stated.name.rpartition(".")[2] if "." in stated.name else ""
            name = f"types.{field}" if field in JOINT else stated.name
            found.setdefault(name, []).append(_range(stated))
    every = [AssumptionRange(name, tuple(ranges)) for name, ranges in found.items()]
    if with_scaled_facts(spec):
        every.append(AssumptionRange(FACTS, (ParameterRange(FACTS, *SCALES),)))
    return tuple(every)


def placed(spec: Spec, ranges: Sequence[AssumptionRange], parts: Sequence[float]) -> Spec:
    """The spec with every range at so large a part of it."""
    values: dict[str, Value] = {}
    for assumed, part in zip(ranges, parts, strict=True):
        values |= {r.name: r.at(float(part)) for r in assumed.ranges}
    times = values.pop(FACTS, 1.0)
    return with_facts(varied(spec, values), float(times))


def _varies(stated: Assumption) -> bool:
    if stated.basis == "C" or stated.low is None or stated.low == stated.high or stated.source.kind == "counted":
        return False
    return stated.basis != "S" or stated.source.kind == "table"


def _range(stated: Assumption) -> ParameterRange:
    """The range of the table; a value of the user's outside of it stretches it to hold it."""
    value, low, high = (float(v) for v in (stated.value, stated.low or 0, stated.high or 0))
    whole = isinstance(stated.default if stated.default is not None else stated.value, int)
    return ParameterRange(stated.name, min(low, value), max(high, value), whole)
