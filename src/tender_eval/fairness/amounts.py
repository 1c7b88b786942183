"""Amounts in the sentences of an analysis."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.model.wording import fixed, shown


def amount(value: Fraction) -> str:
    """An amount with commas between the thousands, and to the penny where it has pennies.

    >>> [amount(Fraction(n)) for n in ("1654000", "44.9", "0.01", "8.545", "-1234.5")]
    ['1,654,000', '44.90', '0.01', '8.545', '-1,234.50']
    """
    pennies = value.denominator != 1 and (value * 100).denominator == 1
    return with_commas(fixed(value, 2) if pennies else shown(value))


def with_commas(number: str) -> str:
    """A number as it is written, with commas between the thousands."""
    whole, dot, rest = number.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{dot}{rest}"
