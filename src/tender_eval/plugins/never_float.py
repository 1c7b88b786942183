"""Fractions of which no float is made: figures for finding out whether somebody's exact arithmetic goes through floats.

They calculate as fractions do, and what comes of them is of their kind. Who makes a float of one, or holds one against
a float, is stopped, and it is noted even where that is caught.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any


class MadeFloat(TypeError):
    """Somebody made a float of an exact figure."""


class NeverFloat(Fraction):
    """A fraction of which no float can be made.

    >>> NeverFloat(1, 3) + 2
    NeverFloat(7, 3)
    >>> float(NeverFloat(1, 3))
    Traceback (most recent call last):
        ...
    tender_eval.plugins.never_float.MadeFloat: made a float of an exact figure
    """

    __slots__ = ()
    made = 0
    """How many floats were asked for so far."""

    def __float__(self) -> float:
        NeverFloat.made += 1
        raise MadeFloat("made a float of an exact figure")

    __hash__ = Fraction.__hash__


def _kept(work: Callable[..., Any]) -> Callable[..., Any]:
    def kept(*figures: Any) -> Any:
        if any(isinstance(figure, float) for figure in figures):
            NeverFloat.made += 1
            raise MadeFloat("calculated with a float and an exact figure")
        found = work(*figures)
        return NeverFloat(found) if type(found) is Fraction else found

    return kept


for _name in (
    *("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "rfloordiv", "mod", "rmod"),
    *("pow", "rpow", "neg", "pos", "abs", "eq", "lt", "le", "gt", "ge"),
):
    setattr(NeverFloat, f"__{_name}__", _kept(getattr(Fraction, f"__{_name}__")))


def never_float(value: Any) -> Any:
    """A figure of which no float can be made; roots and logarithms, which have bounds, and all else as they are."""
    return NeverFloat(value) if type(value) is Fraction else value


def makes_float(call: Callable[[], object]) -> bool:
    """Whether a call makes a float of such a figure, and whether or not it says so; what else it raises is raised."""
    before = NeverFloat.made
    try:
        call()
    except Exception:
        if NeverFloat.made == before:
            raise
    return NeverFloat.made != before


def plain(value: Any) -> Any:
    """The figure as any other is."""
    return Fraction(value.numerator, value.denominator) if type(value) is NeverFloat else value
