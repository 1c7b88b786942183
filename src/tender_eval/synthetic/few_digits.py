"""Invented figures as people write them: with few digits that count."""

from __future__ import annotations

from fractions import Fraction


def with_few_digits(price: Fraction, digits: int = 3) -> Fraction:
    """A figure held to so many leading digits, as people write prices.

    >>> [str(with_few_digits(Fraction(n))) for n in ("123456", "0.023456", "112.5")]
    ['123000', '1/50', '112']
    """
    if price <= 0:
        return price
    places = 0
    while price * 10**places < 10 ** (digits - 1) and places < 2:
        places += 1
    scaled, power = price * 10**places, 1
    while scaled / power >= 10**digits:
        power *= 10
    held = Fraction(round(scaled / power) * power, 10**places)
    return held if held > 0 else price
