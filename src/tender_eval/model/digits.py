"""How exact numbers are written for people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from tender_eval.model.numeric import round_fraction

LONGEST_DECIMAL = 8  # places of a number that is shown in full
FURTHER = 8  # places beyond those of figures at which a small difference is looked for
SHOWN_DIGITS = 4  # of the largest figure, where all are small
MOST_PLACES = 20  # as far as LibreOffice rounds


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


def places_for(values: Iterable[Fraction], least: int) -> int:
    """The scheme's places, or as many as it takes to tell small figures apart.

    >>> places_for([Fraction(97)], 2), places_for([Fraction(12, 10**7)], 2)
    (2, 9)
    """
    return max(least, min(MOST_PLACES, SHOWN_DIGITS - digits_of(values)))


def digits_of(values: Iterable[Fraction]) -> int:
    """Digits before the point of the largest; below zero, the zeros behind it."""
    largest = max((abs(v) for v in values), default=Fraction(0))
    if largest >= 1 or largest == 0:
        return len(str(int(largest)))
    digits = 0
    while largest * 10 < 1:
        largest, digits = largest * 10, digits - 1
    return digits


def figure_places(figures: Collection[Fraction], places: int, mode: str) -> int:
    """The scheme's places, or more: where all figures are below one, or to print those otherwise that differ.

    >>> figure_places({Fraction(92), Fraction(85)}, 2, "half_up"), figure_places({Fraction(6, 10**5)}, 2, "half_up")
    (2, 8)
    """
    most = max(map(abs, figures), default=Fraction(0))
    least = places_for(figures, places) if 0 < most < 1 else places
    tried = range(least, least + FURTHER + 1)
    return next((p for p in tried if len({fixed(f, p, mode) for f in figures}) == len(figures)), least)


def decimal_places(value: Fraction) -> int | None:
    """The decimal places of a number written in full; None where it has no end.

    >>> [decimal_places(Fraction(*pair)) for pair in ((3, 1), (1, 8), (7, 250), (1, 3))]
    [0, 3, 3, None]
    """
    denominator = value.denominator
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    places = decimal_places(value)
    if places is None or places > LONGEST_DECIMAL:
        return fixed(value, 6) + "..."
    return fixed(value, places)
