"""Numbers that no fraction is: roots, logarithms and broken powers in exact runs, held between two bounds.

What is rational is found and held as a fraction (the logarithm of a power to its own base, the root of a square).
Everything else is an `Enclosed` number: a lower and an upper bound, worked out with ``WORKED_DIGITS`` significant
digits and rounded outwards at every step, so that the number always lies between them. Two numbers whose bounds
overlap agree in all digits that are worked out: they are level, and nothing is decided between them. Method:
interval arithmetic with outward rounding (IEEE 1788-2015, clause 4; Moore, Kearfott and Cloud, Introduction to
Interval Analysis, 2009, chapter 2).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Underflow,
)
from fractions import Fraction
from math import floor, isqrt
from typing import Any, Self

WORKED_DIGITS = 120  # significant digits of the bounds
STATED_DIGITS = 50  # of these in results and records
MOST_BITS = 4_096  # of a power that is held exactly, so that no scheme can exhaust memory
LARGEST_EXPONENT = 9_999  # of ten; a number beyond it is a mistake or an attack
_TRAPS = [DivisionByZero, InvalidOperation, Overflow, Underflow]
_DOWN, _UP = (
    Context(WORKED_DIGITS, rounding, -LARGEST_EXPONENT, LARGEST_EXPONENT, traps=_TRAPS)
    for rounding in (ROUND_FLOOR, ROUND_CEILING)
)
_STATED = Context(STATED_DIGITS, Emin=-LARGEST_EXPONENT, Emax=LARGEST_EXPONENT, traps=_TRAPS)

Bounds = tuple[Decimal, Decimal]


def fraction(value: Any) -> Fraction:
    """A number as a fraction; one that is already, enclosed or not, as it is."""
    return value if isinstance(value, Fraction) else Fraction(value)


def _bounds(value: Fraction | int) -> Bounds:
    if isinstance(value, Enclosed):
        return value.low, value.high
    top, bottom = Decimal(value.numerator), Decimal(value.denominator)
    return _DOWN.divide(top, bottom), _UP.divide(top, bottom)


def _sum(a: Bounds, b: Bounds) -> Bounds:
    return _DOWN.add(a[0], b[0]), _UP.add(a[1], b[1])


def _difference(a: Bounds, b: Bounds) -> Bounds:
    return _DOWN.subtract(a[0], b[1]), _UP.subtract(a[1], b[0])


def _product(a: Bounds, b: Bounds) -> Bounds:
    return min(_DOWN.multiply(x, y) for x in a for y in b), max(_UP.multiply(x, y) for x in a for y in b)


def _quotient(a: Bounds, b: Bounds) -> Bounds:
    if b[0] <= 0 <= b[1]:
        raise ZeroDivisionError(f"a divisor that {WORKED_DIGITS} digits do not tell from zero")
    return min(_DOWN.divide(x, y) for x in a for y in b), max(_UP.divide(x, y) for x in a for y in b)


def _operator(work: Callable[[Bounds, Bounds], Bounds]) -> tuple[Any, Any]:
    """An operator and its reflection. Of a subclass Python asks the reflection first, so fractions never round it."""

    def forward(a: Enclosed, b: object) -> Any:
        return Enclosed(*work(_bounds(a), _bounds(b))) if isinstance(b, Fraction | int) else NotImplemented

    def reflected(b: Enclosed, a: object) -> Any:
        return Enclosed(*work(_bounds(a), _bounds(b))) if isinstance(a, Fraction | int) else NotImplemented

    return forward, reflected


def _comparison(holds: Callable[[Bounds, tuple[Any, Any]], bool]) -> Any:
    def compare(a: Enclosed, b: object) -> Any:
        if isinstance(b, Enclosed):
            return holds((a.low, a.high), (b.low, b.high))
        return holds((a.low, a.high), (b, b)) if isinstance(b, Fraction | int) else NotImplemented

    return compare


class Enclosed(Fraction):
    """A number between two bounds. As a fraction it is what stands between them, to ``STATED_DIGITS`` digits.

    ``<`` means surely less and ``==`` level: that the bounds overlap.

    >>> root = square_root(Fraction(2))
    >>> root * root == 2, root < Fraction(1414214, 10**6), float(root)
    (True, True, 1.4142135623730951)
    """

    __slots__ = ("high", "log_of", "low")

    low: Decimal
    high: Decimal
    log_of: Fraction | None
    """What this is the natural logarithm of, where it is one: of two logarithms the quotient may be rational."""

    def __new__(cls, low: Decimal, high: Decimal, log_of: Fraction | None = None) -> Self:
        self = super().__new__(cls, _STATED.divide(_DOWN.add(low, high), Decimal(2)))
        self.low, self.high, self.log_of = low, high, log_of
        return self

    def __reduce__(self) -> Any:
        return Enclosed, (self.low, self.high, self.log_of)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    __add__, __radd__ = _operator(_sum)
    __sub__, __rsub__ = _operator(_difference)
    __mul__, __rmul__ = _operator(_product)
    _truediv, __rtruediv__ = _operator(_quotient)

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, Enclosed) and self.log_of and other.log_of:
            found = _rational_logarithm(self.log_of, other.log_of, self._truediv(other))
            if found is not None:
                return found
        return self._truediv(other)

    def __pow__(self, exponent: Any, modulo: None = None) -> Any:
        return power(self, fraction(exponent)) if isinstance(exponent, Fraction | int) else NotImplemented

    def __rpow__(self, base: Any, modulo: None = None) -> Any:
        return power(fraction(base), self) if isinstance(base, Fraction | int) else NotImplemented

    def __neg__(self) -> Any:
        return Enclosed(self.high.copy_negate(), self.low.copy_negate())

    def __abs__(self) -> Any:
        if self.low <= 0 <= self.high:
            return Enclosed(Decimal(0), max(self.low.copy_negate(), self.high))
        return self if self.low > 0 else -self

    def __pos__(self) -> Any:
        return self

    def __floor__(self) -> int:
        return floor(self.on_grid(Fraction(1)))

    def __floordiv__(self, other: Any) -> Any:
        return floor(self / other)

    __eq__ = _comparison(lambda a, b: a[0] <= b[1] and b[0] <= a[1])
    __lt__ = _comparison(lambda a, b: a[1] < b[0])
    __gt__ = _comparison(lambda a, b: a[0] > b[1])
    __le__ = _comparison(lambda a, b: a[0] <= b[1])
    __ge__ = _comparison(lambda a, b: a[1] >= b[0])
    __hash__ = Fraction.__hash__

    def __bool__(self) -> bool:
        return not self.low <= 0 <= self.high

    def on_grid(self, step: Fraction) -> Fraction:
        """The multiple of ``step`` with which this is level, or the number itself as a fraction where there is none."""
        stated = Fraction(self.numerator, self.denominator)
        nearest = round(stated / step) * step
        return nearest if self == nearest else stated


def square_root(value: Fraction) -> Fraction:
    """The root of a number from zero: of the square of a fraction exactly, else enclosed.

    >>> square_root(Fraction(9, 4)), float(square_root(Fraction(2)))
    (Fraction(3, 2), 1.4142135623730951)

    Raises:
        ArithmeticError: of a negative number.
    """
    return power(value, Fraction(1, 2))


def logarithm(value: Fraction) -> Fraction:
    """The natural logarithm of a number above zero; the quotient of two is a fraction wherever it is one.

    >>> logarithm(Fraction(8)) / logarithm(Fraction(32)), logarithm(Fraction(1))
    (Fraction(3, 5), Fraction(0, 1))

    Raises:
        ArithmeticError: of a number that is not above zero.
    """
    if value <= 0:
        raise ArithmeticError(f"no logarithm of {float(value):g}")
    if isinstance(value, Enclosed):
        return Enclosed(*_logarithm(value.low, value.high))
    return Fraction(0) if value == 1 else Enclosed(*_logarithm(*_bounds(value)), log_of=value)


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """A power: exactly where it is a fraction of at most ``MOST_BITS`` bits, else enclosed.

    >>> power(Fraction(8, 27), Fraction(2, 3)), power(Fraction(2), Fraction(500)) / power(Fraction(2), Fraction(501))
    (Fraction(4, 9), Fraction(1, 2))

    Raises:
        ArithmeticError: a broken power of a negative number, a negative power of zero, or a number too large.
    """
    if isinstance(exponent, Enclosed):  # level with a whole number it is one
        nearest = exponent.on_grid(Fraction(1))
        exponent = nearest if nearest.denominator == 1 else exponent
    whole = not isinstance(exponent, Enclosed) and exponent.denominator == 1
    if base == 0:
        if exponent < 0:
            raise ZeroDivisionError("a negative power of zero")
        return Fraction(exponent == 0)
    if base < 0 and not whole:
        raise ArithmeticError(f"a broken power of the negative number {float(base):g}")
    if not isinstance(base, Enclosed) and not isinstance(exponent, Enclosed):
        found = _exact_power(base, exponent)
        if found is not None:
            return found
    if whole and base < 0:
        size = power(-base, exponent)
        return -size if exponent.numerator % 2 else size
    low, high = _product(_logarithm(*_bounds(base)), _bounds(exponent))
    return Enclosed(_DOWN.next_minus(_DOWN.exp(low)), _UP.next_plus(_UP.exp(high)))


def _logarithm(low: Decimal, high: Decimal) -> Bounds:
    # Decimal's ln and exp are correctly rounded, to the nearest in any context: one step outwards encloses.
    return _DOWN.next_minus(_DOWN.ln(low)), _UP.next_plus(_UP.ln(high))


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if _bits(base) * abs(exponent) > MOST_BITS and abs(base) != 1:
        return None
    root = base if exponent.denominator == 1 else _exact_root(base, exponent.denominator)
    return None if root is None else fraction(root**exponent.numerator)


def _bits(value: Fraction) -> int:
    return max(abs(value.numerator).bit_length(), value.denominator.bit_length())


def _exact_root(base: Fraction, degree: int) -> Fraction | None:
    top, bottom = _whole_root(base.numerator, degree), _whole_root(base.denominator, degree)
    return None if top is None or bottom is None else Fraction(top, bottom)


def _whole_root(value: int, degree: int) -> int | None:
    """The whole number whose ``degree``-th power this is, or None; by Newton's steps from above."""
    if value < 2 or degree == 1:
        return value
    if degree >= value.bit_length():
        return None
    if degree == 2:
        root = isqrt(value)
    else:
        root = 1 << -(-value.bit_length() // degree)
        while (closer := ((degree - 1) * root + value // root ** (degree - 1)) // degree) < root:
            root = closer
    return root if root**degree == value else None


def _rational_logarithm(value: Fraction, base: Fraction, quotient: Fraction) -> Fraction | None:
    """The exponent that makes ``value`` of ``base``, where it is a fraction whose powers can be written out."""
    most = max(MOST_BITS // _bits(value), 1)
    guess = Fraction(quotient.numerator, quotient.denominator).limit_denominator(most)
    if quotient != guess or _bits(base) * abs(guess.numerator) > MOST_BITS:
        return None
    return guess if base**guess.numerator == value**guess.denominator else None
