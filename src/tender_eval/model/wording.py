"""How exact numbers are written for people."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.model.numeric import round_fraction

MOST_PLACES = 8


def shown(value: object) -> str:
    """A value in full where it has an end, else to six places and an ellipsis.

    >>> [shown(v) for v in (Fraction(5, 2), Fraction(1, 3), True, "charity", ("north", "south"), None)]
    ['2.5', '0.333333...', 'true', 'charity', 'north, south', '-']
    """
    if type(value) is Fraction:  # first, for it is nearly always one
        return _decimal(value)
    match value:
        case None:
            return "-"
        case bool():
            return "true" if value else "false"
        case Fraction() | int():
            return _decimal(Fraction(value))
        case tuple():
            return ", ".join(str(v) for v in value)
        case _:
            return str(value)


def fixed(value: Fraction, places: int, mode: str = "half_up") -> str:
    """A number rounded to so many decimal places.

    >>> fixed(Fraction(2, 3), 2), fixed(Fraction(5), 2), fixed(Fraction(-1, 2), 0)
    ('0.67', '5.00', '-1')
    """
    whole = round_fraction(value, places, mode) * 10**places
    digits = str(abs(int(whole))).rjust(places + 1, "0")
    sign = "-" if whole < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def percent(share: Fraction) -> str:
    """A share as a percentage.

    >>> percent(Fraction(1, 2)), percent(Fraction(1, 3))
    ('50%', '33.333333...%')
    """
    return _decimal(share * 100) + "%"


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    return fixed(value, places) if rest == 1 and places <= MOST_PLACES else fixed(value, 6) + "..."
