"""A figure as it was read, or as it came of what was."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tender_eval.model.explanation.formulas import How
from tender_eval.model.location import NOWHERE, Location

Value = Fraction | bool | str | tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """A value and the place it was read from; ``how`` it came of what is stated there, where it is not that itself."""

    value: Value
    where: Location = field(default=NOWHERE, compare=False, repr=False)
    how: How | None = field(default=None, compare=False, repr=False)
