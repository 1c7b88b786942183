"""Reads workings as a reader with pencil and paper would, and says which do not come to their value.

It knows nothing of scorers, rules and formulas: only the notation of `tender_eval.model.explanation.workings`. Numbers
are intervals of fractions: a point where a number is exact, the last digit either way where it is cut off, and thirty
digits and more of a logarithm, root or broken power. What the digits shown leave open, as a division by what may be
nothing, may be anything, and is not held against a working. Length, depth and size of a working are bounded.
"""

from __future__ import annotations

import re
from fractions import Fraction

from tender_eval.model.explanation import intervals
from tender_eval.model.explanation.intervals import ANYTHING, Interval, Undefined
from tender_eval.model.explanation.workings import noted
from tender_eval.model.numeric import ROUNDING_MODES, round_fraction

CLOSE = Fraction(1, 10**30)
"""How near a working with logarithms, roots or broken powers must come, as a share of the value."""

_MOST_TEXT, _MOST_DIGITS, _MOST_DEPTH = 20_000, 400, 60
_TOLD = 200  # characters of a working in a message
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?P<cut>\.\.\.)?%?)|(?P<word>[a-z_]+)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/(),<>]))"
)
_ROUNDED = re.compile(r", rounded (\w+) to (-?\d+) places$")


class Unreadable(Exception):
    """A working that is not in the notation."""


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
    reader = _Reader(text)
    try:
        return reader.whole()
    except Undefined:
        raise reader.fault() from None


def _definition(part: str) -> tuple[Interval, Interval]:
    said, sign, expression = noted(part)[0].partition(" = ")
    if not sign:
        raise Unreadable(f'"{part}" stands before another step, but does not say what it gives ("figure = ...")')
    return evaluated(said), evaluated(expression)


def _meet(a: Interval, b: Interval) -> bool:
    slack = Fraction(0) if a.exact and b.exact else CLOSE * max(abs(a.high), Fraction(1))
    return a.low - slack <= b.high and b.low - slack <= a.high


def _told(found: Interval) -> str:
    if found.exact and intervals.bits(found) <= _TOLD:
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
            raise self.fault()
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if match is None:
                raise self.fault()
            self.tokens.append((str(match.lastgroup).replace("cut", "number"), match[0].strip()))
            at = match.end()
        self.tokens.append(("end", ""))
        self.next = 0

    def whole(self) -> Interval:
        found = self._sum()
        if self.tokens[self.next][0] != "end":
            raise self.fault()
        return found

    def fault(self) -> Unreadable:
        """That the text is no expression."""
        text = self.text if len(self.text) <= _TOLD else f"{self.text[:_TOLD]}..."
        return Unreadable(f'"{text}" is no expression: a working is numbers, + - x * / **, brackets and functions')

    def _take(self, *signs: str) -> str:
        """The next token where it is one of these signs or words, else nothing."""
        kind, text = self.tokens[self.next]
        if kind != "number" and text in signs:
            self.next += 1
            return text
        return ""

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self.fault()

    def _sum(self) -> Interval:
        found = self._product()
        while sign := self._take("+", "-"):
            other = self._product()
            found = intervals.plus(found, other if sign == "+" else intervals.negative(other))
        return found

    def _product(self) -> Interval:
        found = self._signed()
        while sign := self._take("*", "x", "/"):
            other = self._signed()
            found = intervals.divided(found, other) if sign == "/" else intervals.times(found, other)
        return found

    def _signed(self) -> Interval:
        """Every step deeper, into brackets, signs or powers, comes through here."""
        if self.depth == _MOST_DEPTH:
            raise self.fault()
        self.depth += 1
        found = self._power()
        self.depth -= 1
        return found

    def _power(self) -> Interval:
        if self._take("-"):
            return intervals.negative(self._signed())
        base = self._atom()
        return intervals.power(base, self._signed()) if self._take("**") else base

    def _atom(self) -> Interval:
        kind, text = self.tokens[self.next]
        self.next += 1
        if kind == "number":
            return self._number(text)
        if text == "(":
            found = self._sum()
            self._expect(")")
            return found
        if text == "if_":
            return self._choice()
        if text == "round":
            return self._rounded()
        if kind == "word" and text in intervals.FUNCTIONS:
            self._expect("(")
            parts = [self._sum()]
            while self._take(","):
                parts.append(self._sum())
            self._expect(")")
            try:
                return intervals.FUNCTIONS[text](*parts)
            except TypeError:  # of so many figures there is no such function
                raise self.fault() from None
        raise self.fault()

    def _rounded(self) -> Interval:
        """``round``: a part, to so many places, in this mode."""
        self._expect("(")
        found = self._sum()
        self._expect(",")
        places = self.tokens[self.next][1]
        self.next += 1
        self._expect(",")
        mode = self._take(*ROUNDING_MODES)
        self._expect(")")
        if not mode or not places.isdecimal() or len(places) > 2:
            raise self.fault()
        return Interval(*(round_fraction(end, int(places), mode) for end in found))

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
        holds = intervals.holds(left, sign, right)
        chosen = [part for part, taken in ((then, holds is not False), (otherwise, holds is not True)) if taken]
        # Where it is open which part was taken, it was not one that comes to nothing: there is a score.
        known = [part for part in chosen if part is not None]
        if not sign or not known:
            raise self.fault()
        return Interval(min(p.low for p in known), max(p.high for p in known))

    def _tried(self) -> Interval | None:
        """A branch; None where it comes to nothing, as by a division by zero."""
        start, deep = self.next, self.depth
        try:
            return self._sum()
        except (Unreadable, Undefined):
            self.next, self.depth = start, deep
            depth = 0
            while self.tokens[self.next][0] != "end":
                text = self.tokens[self.next][1]
                if depth == 0 and text in (",", ")"):
                    return None
                depth += (text == "(") - (text == ")")
                self.next += 1
            raise

    def _number(self, text: str) -> Interval:
        digits, cut, _ = text.removesuffix("%").partition("...")
        mantissa, _, exponent = digits.lower().partition("e")
        if len(text) > _MOST_DIGITS or abs(int(exponent or "0")) > _MOST_DIGITS:
            raise self.fault()
        scale = Fraction(10) ** int(exponent or "0") / (100 if text.endswith("%") else 1)
        last = Fraction(1, 10 ** len(mantissa.partition(".")[2])) if cut else Fraction(0)
        return Interval((Fraction(mantissa) - last) * scale, (Fraction(mantissa) + last) * scale)
