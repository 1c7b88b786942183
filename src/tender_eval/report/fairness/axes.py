"""Round numbers to stand on an axis."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, log10

AMOUNTS = 4  # of money that stand side by side on a phone
STEPS = (1, 2, 5)  # and ten times as much, and so on


def ticks(low: float, high: float, most: int = 5) -> tuple[Fraction, ...]:
    """At most so many round numbers from one number to another, evenly apart, as many as there can be.

    >>> [str(n) for n in ticks(0.9, 3.3)], [str(n) for n in ticks(40_000, 187_500, 4)]
    (['1', '3/2', '2', '5/2', '3'], ['50000', '100000', '150000'])
    >>> ticks(2, 2)
    (Fraction(2, 1),)
    """
    if not high > low:
        return (Fraction(low),)
    power = floor(log10((high - low) / most))
    for n in range(6):
        step = Fraction(STEPS[n % 3]) * Fraction(10) ** (power + n // 3)
        first, last = ceil(Fraction(low) / step), floor(Fraction(high) / step)
        if last - first + 1 <= most:
            break
    return tuple(step * n for n in range(first, last + 1))
