"""Reads workings as a reader with pencil and paper would, and says which do not come to their value.

It knows nothing of scorers, rules and formulas: only the notation of `tender_eval.model.explanation.workings`. Numbers
are intervals of fractions: a point where a number is exact, the last digit either way where it is cut off, and thirty
digits and more of a logarithm, root or broken power. What the digits shown leave open, as a division by what may be
nothing, may be anything, and is not held against a working. Length, depth and size of a working are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from tender_eval.model.explanation.workings import noted
from tender_eval.model.numeric import round_fraction

CLOSE = Fraction(1, 10**30)
"""How near a working with logarithms, roots or broken powers must come, as a share of the value."""

_PRECISE = Context(prec=80)
_SURELY_EXACT = 64  # whole powers up to this; of larger ones the engine may hold bounds
_WHOLE_MOST = 10_000  # how wide an exponent may be
_MOST_TEXT, _MOST_DIGITS, _MOST_DEPTH = 20_000, 400, 60
_MOST_BITS = 20_000  # a fraction of more is rounded outwards, or too large
_MOST_POWER = 200_000  # bits of a whole power; beyond this it is taken as a broken one
_GRID = 1 << 400
_TOLD = 200  # characters of a working in a message
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?P<cut>\.\.\.)?%?)|(?P<word>[a-z_]+)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/(),<>]))"
)
_EXPONENT = re.compile(r"[eE]([+-]?\d+)")
_ROUNDED = re.compile(r", rounded (\w+) to (\d+) places$")


class Unreadable(Exception):
    """A working that is not in the notation."""


class Interval(NamedTuple):
    """Where a number lies."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


_HUGE = Fraction(1 << _MOST_BITS)
ANYTHING = Interval(Fraction(-(10**300)), Fraction(10**300))
"""Of what the digits shown leave open."""


def fault_of(working: str, value: Fraction, formula: str = "") -> str:
    """What is wrong with a working; empty where it comes to its value.

    Args:
        working: expressions as `tender_eval.model.explanation.workings` describes them; empty where none is given.
        formula: may end with the rounding of the value (", rounded half_up to 2 places").

    >>> fault_of("max(0, 1 - (300 - 100) / (100 * 50 / 100))", Fraction(0))
    ''
    >>> fault_of("1 - (300 - 100) / (100 * 50 / 100)", Fraction(0))
    '"1 - (300 - 100) / (100 * 50 / 100)" comes to -3, not to 0'
    """
    if not working:
        return ""
    *before, last = working.split("; ")
    try:
        for part in before:
            said, comes = _definition(part)
            if not _meet(said, comes):
                return f'"{part}" is false: it comes to {_told(comes)}'
        found = evaluated(noted(last)[0])
    except Unreadable as e:
        return str(e)
    rounded = _ROUNDED.search(formula)
    if rounded:
        ends = [round_fraction(end, int(rounded[2]), rounded[1]) for end in found]
        found = Interval(ends[0], ends[1])
    slack = CLOSE * max(abs(value), Fraction(1)) if not found.exact else Fraction(0)
    if found.low - slack <= value <= found.high + slack:
        return ""
    return f'"{last}" comes to {_told(found)}, not to {value}'


def evaluated(text: str) -> Interval:
    """What an expression comes to.

    Raises:
        Unreadable: it is none.

    >>> evaluated("50% - 1/4 x 2 ** -1")
    Interval(low=Fraction(3, 8), high=Fraction(3, 8))
    """
    return _Reader(text).whole()


def _definition(part: str) -> tuple[Interval, Interval]:
    said, sign, expression = noted(part)[0].partition(" = ")
    if not sign:
        raise Unreadable(f'"{part}" stands before another step, but does not say what it gives ("figure = ...")')
    return evaluated(said), evaluated(expression)


def _meet(a: Interval, b: Interval) -> bool:
    slack = Fraction(0) if a.exact and b.exact else CLOSE * max(abs(a.high), Fraction(1))
    return a.low - slack <= b.high and b.low - slack <= a.high


def _told(found: Interval) -> str:
    if found.exact and max(map(_bits, found)) <= _TOLD:
        return str(found.low)
    if abs(found.low) > ANYTHING.high:
        return "a number of more than 300 digits"
    return f"{float(round_fraction(found.low, 30, 'half_even'))}..."


class _Reader:
    """Reads by recursive descent."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        self.depth = 0
        at = 0
        if len(text) > _MOST_TEXT:
            raise self._fault()
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if match is None:
                raise self._fault()
            self.tokens.append((str(match.lastgroup).replace("cut", "number"), match[0].strip()))
            at = match.end()
        self.tokens.append(("end", ""))
        self.next = 0

    def whole(self) -> Interval:
        found = self._sum()
        if self.tokens[self.next][0] != "end":
            raise self._fault()
        return found

    def _fault(self) -> Unreadable:
        text = self.text if len(self.text) <= _TOLD else f"{self.text[:_TOLD]}..."
        return Unreadable(f'"{text}" is no expression: a working is numbers, + - x * / **, brackets and functions')

    def _kept(self, found: Interval) -> Interval:
        """The same in numbers that can be reckoned with: more bits are rounded outwards."""
        if max(map(_bits, found)) <= _MOST_BITS:
            return found
        if max(abs(found.low), abs(found.high)) > _HUGE:
            if found.low > ANYTHING.high or found.high < ANYTHING.low:
                raise self._fault()
            return ANYTHING
        return Interval(Fraction(floor(found.low * _GRID), _GRID), Fraction(ceil(found.high * _GRID), _GRID))

    def _take(self, *signs: str) -> str:
        """The next token where it is one of these signs or words, else nothing."""
        kind, text = self.tokens[self.next]
        if kind != "number" and text in signs:
            self.next += 1
            return text
        return ""

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._fault()

    def _sum(self) -> Interval:
        found = self._product()
        while sign := self._take("+", "-"):
            other = self._product()
            found = self._kept(_plus(found, other if sign == "+" else _negative(other)))
        return found

    def _product(self) -> Interval:
        found = self._signed()
        while sign := self._take("*", "x", "/"):
            other = self._signed()
            found = self._kept(_divided(found, other, self._fault) if sign == "/" else _times(found, other))
        return found

    def _signed(self) -> Interval:
        """Every step deeper, into brackets, signs or powers, comes through here."""
        if self.depth == _MOST_DEPTH:
            raise self._fault()
        self.depth += 1
        found = self._power()
        self.depth -= 1
        return found

    def _power(self) -> Interval:
        if self._take("-"):
            return _negative(self._signed())
        base = self._atom()
        return self._kept(_power(base, self._signed(), self._fault)) if self._take("**") else base

    def _atom(self) -> Interval:
        kind, text = self.tokens[self.next]
        self.next += 1
        if kind == "number":
            return _number(text, self._fault)
        if text == "(":
            found = self._sum()
            self._expect(")")
            return found
        if text == "if_":
            return self._choice()
        if kind == "word" and text in _FUNCTIONS:
            self._expect("(")
            parts = [self._sum()]
            while self._take(","):
                parts.append(self._sum())
            self._expect(")")
            try:
                return _FUNCTIONS[text](parts)
            except (ValueError, ArithmeticError):
                raise self._fault() from None
        raise self._fault()

    def _choice(self) -> Interval:
        """``if_``: the part that holds; what the other comes to, if to anything, is of no consequence."""
        self._expect("(")
        left = self._sum()
        sign = self._take("<", "<=", ">", ">=", "==", "!=")
        right = self._sum() if sign else left
        self._expect(",")
        then = self._tried()
        self._expect(",")
        otherwise = self._tried()
        self._expect(")")
        holds = _holds(left, sign, right)
        chosen = [part for part, taken in ((then, holds is not False), (otherwise, holds is not True)) if taken]
        # Where it is open which part was taken, it was not one that comes to nothing: there is a score.
        known = [part for part in chosen if part is not None]
        if not sign or not known:
            raise self._fault()
        return Interval(min(p.low for p in known), max(p.high for p in known))

    def _tried(self) -> Interval | None:
        """A branch; None where it comes to nothing, as by a division by zero."""
        start, deep = self.next, self.depth
        try:
            return self._sum()
        except Unreadable:
            self.next, self.depth = start, deep
            depth = 0
            while self.tokens[self.next][0] != "end":
                text = self.tokens[self.next][1]
                if depth == 0 and text in (",", ")"):
                    return None
                depth += (text == "(") - (text == ")")
                self.next += 1
            raise


def _number(text: str, fault: Callable[[], Unreadable]) -> Interval:
    exponent = _EXPONENT.search(text)
    if len(text) > _MOST_DIGITS or (exponent and abs(int(exponent[1])) > _MOST_DIGITS):
        raise fault()
    scale = Fraction(1, 100) if text.endswith("%") else Fraction(1)
    digits = text.removesuffix("%")
    if not digits.endswith("..."):
        value = Fraction(digits) * scale
        return Interval(value, value)
    digits = digits.removesuffix("...")
    last = Fraction(1, 10 ** len(digits.partition(".")[2]))
    return Interval((Fraction(digits) - last) * scale, (Fraction(digits) + last) * scale)


def _plus(a: Interval, b: Interval) -> Interval:
    return Interval(a.low + b.low, a.high + b.high)


def _bits(end: Fraction) -> int:
    return max(end.numerator.bit_length(), end.denominator.bit_length())


def _negative(a: Interval) -> Interval:
    return Interval(-a.high, -a.low)


def _times(a: Interval, b: Interval) -> Interval:
    ends = [x * y for x in set(a) for y in set(b)]
    return Interval(min(ends), max(ends))


def _divided(a: Interval, b: Interval, fault: Callable[[], Unreadable]) -> Interval:
    if b.low <= 0 <= b.high:
        if b.exact:
            raise fault()
        return ANYTHING
    return _times(a, Interval(1 / b.high, 1 / b.low))


def _power(base: Interval, exponent: Interval, fault: Callable[[], Unreadable]) -> Interval:
    e = exponent.low
    if base.exact and base.low == 0 and exponent.high < 0:
        raise fault()
    if base.low <= 0 <= base.high and e < 0 and not base.exact:
        return ANYTHING
    if exponent.high - e > _WHOLE_MOST:
        return ANYTHING
    if exponent.exact and e.denominator == 1 and abs(e) * max(map(_bits, base)) <= _MOST_POWER:
        ends = [end ** int(e) for end in base]
        even = base.low < 0 < base.high and e > 0 and int(e) % 2 == 0
        low, high = Fraction(0) if even else min(ends), max(ends)
        return Interval(low, high) if abs(e) <= _SURELY_EXACT else _wider(low, high)
    if base.high < 0 or (base.low < 0 and exponent.exact and e.denominator == 1):
        raise fault()
    try:
        ends = [_broken_power(max(b, Fraction(0)), e) for b in set(base) for e in set(exponent)]
    except ArithmeticError:
        raise fault() from None
    return _wider(min(ends), max(ends))


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


def _log(parts: list[Interval]) -> Interval:
    (a,) = parts
    if a.low <= 0 < a.high and not a.exact:
        return ANYTHING
    if a.low <= 0:
        raise ValueError("no logarithm")
    return _wider(*(_about(lambda d, c: d.ln(c), end) for end in a))


def _root(parts: list[Interval]) -> Interval:
    (a,) = parts
    if a.high < 0:
        raise ValueError("no root")
    return _wider(*(_about(lambda d, c: d.sqrt(c), max(end, Fraction(0))) for end in a))


def _abs(parts: list[Interval]) -> Interval:
    (a,) = parts
    ends = [abs(end) for end in a]
    return Interval(Fraction(0) if a.low <= 0 <= a.high else min(ends), max(ends))


_FUNCTIONS: dict[str, Callable[[list[Interval]], Interval]] = {
    "max": lambda parts: Interval(max(p.low for p in parts), max(p.high for p in parts)),
    "min": lambda parts: Interval(min(p.low for p in parts), min(p.high for p in parts)),
    "abs": _abs,
    "log": _log,
    "root": _root,
}


def _holds(a: Interval, sign: str, b: Interval) -> bool | None:
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
