"""Numbers and money as a language writes them, from digits that were rounded before.

Each takes one number and never a text with numbers in it: what a scheme or a bidder calls something is not altered.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache

from tender_eval.languages.catalogue import ENGLISH, catalogue
from tender_eval.model.digits import LONGEST_DECIMAL, decimal_places, fixed, shown

_DIGITS = re.compile(r"(-?)(\d+)(?:\.(\d+))?(\.\.\.)?", re.ASCII)
PENCE = 2  # decimal places of an amount that is not whole


@cache
def grouped(digits: str, language: str = ENGLISH) -> str:
    """One number, written in digits, with the language's signs between thousands and before decimals.

    >>> grouped("30472.64"), grouped("-1000000"), grouped("0.12345"), grouped("33333.333333...")
    ('30,472.64', '-1,000,000', '0.12345', '33,333.333333...')

    Raises:
        ValueError: it is not one number.
    """
    found = _DIGITS.fullmatch(digits)
    if found is None:
        raise ValueError(f"{digits!r} is not one number in digits")
    from babel.numbers import format_decimal

    sign, whole, decimals, endless = found.groups()
    pattern = "#,##0" + (f".{'0' * len(decimals)}" if decimals else "")
    exact = Decimal(f"{whole}.{decimals}" if decimals else whole)
    with localcontext(prec=len(digits) + 1):  # Babel rounds to what the context holds
        written = format_decimal(exact, pattern, locale=language, decimal_quantization=False)
    return sign + written + (endless or "")


def number(value: Fraction, language: str = ENGLISH) -> str:
    """A number in full, or to six places with an ellipsis, with signs between thousands.

    >>> number(Fraction(2450000)), number(Fraction(10000, 3))
    ('2,450,000', '3,333.333333...')
    """
    return grouped(shown(value), language)


def at_places(value: float, places: int, *, signed: bool = False, language: str = ENGLISH) -> str:
    """A float at so many decimal places, with its sign where that is asked for; what rounds to nought has none.

    >>> at_places(1234.567, 2), at_places(0.25, 1, signed=True), at_places(-0.5, 0), at_places(0.04, 1, signed=True)
    ('1,234.57', '+0.2', '0', '0.0')
    """
    digits = f"{value:.{places}f}"
    if not digits.strip("-0."):
        return grouped(digits.removeprefix("-"), language)
    return ("+" if signed and not digits.startswith("-") else "") + grouped(digits, language)


def at_digits(value: float, digits: int, language: str = ENGLISH) -> str:
    """A float to so many digits that count; where it is very large or very small, by powers of ten as computers do.

    >>> at_digits(0.0123456, 2), at_digits(1e-9, 2)
    ('0.012', '1e-09')
    """
    text = f"{value:.{digits}g}"
    return text if "e" in text or not _DIGITS.fullmatch(text) else grouped(text, language)


def shortest(value: float, most: int, language: str = ENGLISH) -> str:
    """A float to at most so many decimal places, without zeros at its end.

    >>> shortest(1250.0, 10), shortest(0.30000000000000004, 10), shortest(-0.00000000001, 10)
    ('1,250', '0.3', '0')
    """
    digits = f"{round(value, most):.{most}f}".rstrip("0").rstrip(".")
    return grouped("0" if digits == "-0" else digits, language)


def percentage(share: Fraction, language: str = ENGLISH) -> str:
    """A share as a percentage, in full or to six places with an ellipsis.

    >>> percentage(Fraction(1, 2)), percentage(Fraction(1, 3)), percentage(Fraction(25))
    ('50%', '33.333333...%', '2,500%')
    """
    return in_percent(grouped(shown(share * 100), language), language)


def percentage_at(share: float, places: int, language: str = ENGLISH) -> str:
    """A share as a percentage at so many decimal places.

    >>> percentage_at(0.791, 0), percentage_at(0.0042, 2)
    ('79%', '0.42%')
    """
    return in_percent(at_places(100 * share, places, language=language), language)


def in_percent(written: str, language: str = ENGLISH) -> str:
    """A number as it is written, as so many in a hundred."""
    return catalogue("common", language=language)("percent", n=written)


def money(amount: Fraction, currency: str, language: str = ENGLISH) -> str:
    """An amount in a currency by its code, with pence where it has any; without a currency, the number alone.

    >>> [money(Fraction(n), c) for n, c in ((2450000, "GBP"), ("5/2", "SEK"), (-3, "EUR"), (7, ""))]
    ['£2,450,000', 'SEK 2.50', '-€3', '7']
    """
    digits = shown(amount) if amount.denominator == 1 else fixed(amount, _places(amount, currency))
    return with_currency(grouped(digits, language), currency, language)


def with_currency(written: str, currency: str, language: str = ENGLISH) -> str:
    """A number as it is written, with the sign of a currency by its code.

    >>> with_currency("30,472.64", "GBP"), with_currency("-7", "SEK"), with_currency("7", "")
    ('£30,472.64', '-SEK 7', '7')
    """
    sign, digits = ("-", written[1:]) if written.startswith("-") else ("", written)
    return f"{sign}{_symbol(currency, language)}{digits}"


def _places(amount: Fraction, currency: str) -> int:
    """The places of the currency, or all that the amount has: two amounts that differ are not written alike."""
    from babel.numbers import get_currency_precision

    least = get_currency_precision(currency) if currency else PENCE
    own = decimal_places(amount)
    return max(least, own) if own is not None and own <= LONGEST_DECIMAL else max(least, PENCE)


@cache
def _symbol(currency: str, language: str) -> str:
    """The sign before an amount, with a space where it is letters."""
    if not currency:
        return ""
    from babel.numbers import get_currency_symbol

    symbol = get_currency_symbol(currency, locale=language)
    return f"{symbol} " if symbol[-1].isalpha() else symbol
