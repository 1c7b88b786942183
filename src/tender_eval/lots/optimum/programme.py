"""A programme over yes-or-no choices: what is chosen is worth most within rows of whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm


@dataclass(frozen=True, slots=True)
class Row:
    """The sum of these whole numbers over what is chosen, by choice, is at most ``most``."""

    parts: Mapping[int, int]
    most: int

    def holds(self, chosen: frozenset[int]) -> bool:
        """Whether what is chosen keeps to it."""
        return sum(part for choice, part in self.parts.items() if choice in chosen) <= self.most


@dataclass(frozen=True, slots=True)
class Programme:
    """Choices and what each is worth, and the rows that bind them; the most worth is sought."""

    worth: Sequence[Fraction]
    rows: Sequence[Row]

    def keeps(self, chosen: frozenset[int]) -> bool:
        """Whether what is chosen keeps to every row, exactly."""
        return all(row.holds(chosen) for row in self.rows)

    def value(self, chosen: Iterable[int]) -> Fraction:
        """What is chosen is worth, exactly."""
        return sum((self.worth[choice] for choice in chosen), Fraction(0))

    def with_rows(self, *rows: Row) -> Programme:
        """The same under further rows."""
        return Programme(self.worth, (*self.rows, *rows))


def whole_row(parts: Mapping[int, Fraction], most: Fraction) -> Row:
    """The row of fractions, multiplied through to whole numbers; what is nought falls out.

    >>> whole_row({0: Fraction(1, 2), 1: Fraction(1, 3), 2: Fraction(0)}, Fraction(1))
    Row(parts={0: 3, 1: 2}, most=6)
    """
    by = lcm(most.denominator, *(part.denominator for part in parts.values()))
    return Row({choice: int(part * by) for choice, part in parts.items() if part}, int(most * by))
