"""What a method answers when it is asked about itself: that it does not say, and the records of what it does say."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple


class Unsupported(NamedTuple):
    """A question that a method does not answer, and why, in a few words that can follow a colon.

    It is neither yes nor no: whoever asks must say what becomes of it.

    >>> bool(Unsupported("it states no expression"))
    Traceback (most recent call last):
        ...
    TypeError: not answered (it states no expression): ask isinstance(answer, Unsupported)
    """

    why: str

    def __bool__(self) -> bool:
        raise TypeError(f"not answered ({self.why}): ask isinstance(answer, Unsupported)")


class Likely(NamedTuple):
    """The range in which the figures of a column are likely to lie, and the parameter that says so, such as ``cap``."""

    low: Fraction
    high: Fraction
    by: str


def spanned(figures: tuple[Fraction, ...], by: str) -> Likely:
    """The range from the lowest to the highest of some figures, at least one."""
    return Likely(Fraction(min(figures)), Fraction(max(figures)), by)
