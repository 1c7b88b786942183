"""Arithmetic of intervals of fractions, for workings whose figures are shown cut off.

The ends are exact, but of logarithms, roots, broken powers and long fractions, which are rounded outwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from fractions import Fraction
from functools import reduce
from math import ceil, floor
from typing import NamedTuple

_PRECISE = Context(prec=80)
_SURELY_EXACT = 64  # whole powers up to this; of larger ones the engine may hold bounds
_WIDEST = 10_000  # how wide an exponent may be
_MOST_BITS = 20_000  # a fraction of more is rounded outwards, or too large
_MOST_POWER = 200_000  # bits of a whole power; beyond this it is taken as a broken one
_GRID = 1 << 400
_HUGE = Fraction(1 << _MOST_BITS)


class Undefined(ArithmeticError):
    """What comes to nothing, as a division by zero, or to too much."""


class Interval(NamedTuple):
    """Where a number lies."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


ANYTHING = Interval(Fraction(-(10**300)), Fraction(10**300))
"""Of what the digits shown leave open."""


def bits(found: Interval) -> int:
    """The length of its longest number."""
    return max(max(end.numerator.bit_length(), end.denominator.bit_length()) for end in found)


def plus(a: Interval, b: Interval) -> Interval:
    """a + b."""
    return _bounded(Interval(a.low + b.low, a.high + b.high))


def negative(a: Interval) -> Interval:
    """-a."""
    return Interval(-a.high, -a.low)


def times(a: Interval, b: Interval) -> Interval:
    """a x b."""
    ends = [x * y for x in set(a) for y in set(b)]
    return _bounded(Interval(min(ends), max(ends)))


def divided(a: Interval, b: Interval) -> Interval:
    """a / b.

    Raises:
        Undefined: b is nothing.
    """
    if not b.low <= 0 <= b.high:
        return times(a, Interval(1 / b.high, 1 / b.low))
    if b.exact:
        raise Undefined
    return ANYTHING


def power(base: Interval, exponent: Interval) -> Interval:
    """Base ** exponent.

    Raises:
        Undefined: of nothing to a negative power, of a negative number to a broken one, and of what is too large.
    """
    e = exponent.low
    whole = exponent.exact and e.denominator == 1
    if base.exact and base.low == 0 and exponent.high < 0:
        raise Undefined
    if (base.low <= 0 <= base.high and e < 0 and not base.exact) or exponent.high - e > _WIDEST:
        return ANYTHING
    if whole and abs(e) * bits(base) <= _MOST_POWER:
        ends = [end ** int(e) for end in base]
        even = base.low < 0 < base.high and e > 0 and int(e) % 2 == 0
        low, high = Fraction(0) if even else min(ends), max(ends)
        return _bounded(Interval(low, high) if abs(e) <= _SURELY_EXACT else _wider(low, high))
    if base.high < 0 or (base.low < 0 and whole):
        raise Undefined
    try:
        ends = [_broken_power(max(b, Fraction(0)), e) for b in set(base) for e in set(exponent)]
    except ArithmeticError:
        raise Undefined from None
    return _bounded(_wider(min(ends), max(ends)))


def _bounded(found: Interval) -> Interval:
    """The same in numbers that can be reckoned with: more bits are rounded outwards."""
    if bits(found) <= _MOST_BITS:
        return found
    if max(abs(found.low), abs(found.high)) <= _HUGE:
        return Interval(Fraction(floor(found.low * _GRID), _GRID), Fraction(ceil(found.high * _GRID), _GRID))
    if found.low > ANYTHING.high or found.high < ANYTHING.low:
        raise Undefined
    return ANYTHING


def _broken_power(base: Fraction, exponent: Fraction) -> Fraction:
    return _about(lambda d, c: c.power(d, _decimal(exponent)), base) if base else Fraction(0)


def _about(function: Callable[[Decimal, Context], Decimal], x: Fraction) -> Fraction:
    return Fraction(function(_decimal(x), _PRECISE))


def _decimal(x: Fraction) -> Decimal:
    return _PRECISE.divide(Decimal(x.numerator), Decimal(x.denominator))


def _wider(low: Fraction, high: Fraction) -> Interval:
    """A little more on either side: these functions are never exact here."""
    slack = max(abs(low), abs(high), Fraction(1)) / 10**40
    return Interval(low - slack, high + slack)


def _log(a: Interval) -> Interval:
    if a.low <= 0 < a.high and not a.exact:
        return ANYTHING
    if a.low <= 0:
        raise Undefined
    return _wider(*(_about(lambda d, c: d.ln(c), end) for end in a))


def _root(a: Interval) -> Interval:
    if a.high < 0:
        raise Undefined
    return _wider(*(_about(lambda d, c: d.sqrt(c), max(end, Fraction(0))) for end in a))


def _abs(a: Interval) -> Interval:
    ends = [abs(end) for end in a]
    return Interval(Fraction(0) if a.low <= 0 <= a.high else min(ends), max(ends))


FUNCTIONS: Mapping[str, Callable[..., Interval]] = {
    "max": lambda *parts: Interval(max(p.low for p in parts), max(p.high for p in parts)),
    "min": lambda *parts: Interval(min(p.low for p in parts), min(p.high for p in parts)),
    "abs": _abs,
    "log": _log,
    "root": _root,
    "sqrt": _root,
    "sum": lambda *parts: reduce(plus, parts),
}
"""Those of the notation; they raise `Undefined` where they come to nothing."""


def holds(a: Interval, sign: str, b: Interval) -> bool | None:
    """Whether a comparison holds; None where the intervals leave it open."""
    less = True if a.high < b.low else False if a.low >= b.high else None
    more = True if a.low > b.high else False if a.high <= b.low else None
    same = False if less or more else True if a.exact and b.exact and a == b else None
    match sign:
        case "<":
            return less
        case ">":
            return more
        case "<=":
            return None if more is None else not more
        case ">=":
            return None if less is None else not less
        case "==":
            return same
        case _:
            return None if same is None else not same
