"""A small spreadsheet: works out the formulas of a workbook in fractions, from their text alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from operator import add, mul, sub, truediv
from statistics import median
from typing import Any

from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<text>\"[^\"]*\")"
    r"|(?P<place>(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![(\w])"
    r"|(?P<name>[A-Z]+)|(?P<sign><=|>=|<>|[-+*/^(),<>=&]))"
)


class Sheet:
    """The sheets of a workbook, worked out cell by cell as they are asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[str, int, int], Any] = {}

    def value(self, sheet: str, row: int, column: int) -> Any:
        """What a cell shows: a fraction, a text, a truth, or None where it is blank."""
        key = sheet, row, column
        if key not in self._known:
            found = self._book[sheet].cell(row, column).value
            if isinstance(found, str) and found.startswith("="):
                found = _Formula(found[1:], self, sheet).whole()
            elif isinstance(found, int | float) and not isinstance(found, bool):
                found = Fraction(repr(found))
            self._known[key] = found
        return self._known[key]

    def cells(self, place: str, sheet: str) -> list[Any]:
        """What the cells of a range show."""
        named, _, area = place.replace("$", "").rpartition("!")
        left, top, right, bottom = range_boundaries(area)
        return [
            self.value(named.strip("'") or sheet, row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]


class _Formula:
    def __init__(self, text: str, sheet: Sheet, home: str) -> None:
        self.text, self.sheet, self.home = text, sheet, home
        self.tokens = [*_tokens(text), ("end", "")]
        self.at = 0

    def whole(self) -> Any:
        found = self._compared()
        assert self.tokens[self.at][0] == "end", self.text
        return found()

    def _take(self, *signs: str) -> str:
        kind, text = self.tokens[self.at]
        if kind == "sign" and text in signs:
            self.at += 1
            return text
        return ""

    # Each part gives a function, so that of IF only the branch that holds is worked out.
    def _compared(self) -> Callable[[], Any]:
        left = self._sum()
        sign = self._take("<", "<=", ">", ">=", "=", "<>")
        if not sign:
            return left
        right = self._sum()
        tests: dict[str, Callable[[Any, Any], bool]] = {
            "<": lambda a, b: a < b,
            "<=": lambda a, b: a <= b,
            ">": lambda a, b: a > b,
            ">=": lambda a, b: a >= b,
            "=": lambda a, b: a == b,
            "<>": lambda a, b: a != b,
        }
        return lambda: tests[sign](left(), right())

    def _sum(self) -> Callable[[], Any]:
        found = self._product()
        while sign := self._take("+", "-"):
            left, right = found, self._product()
            found = partial(_worked, sign, left, right)
        return found

    def _product(self) -> Callable[[], Any]:
        found = self._power()
        while sign := self._take("*", "/"):
            left, right = found, self._power()
            found = partial(_worked, sign, left, right)
        return found

    def _power(self) -> Callable[[], Any]:
        base = self._atom()
        if not self._take("^"):
            return base
        exponent = self._atom()
        return lambda: _raised(base(), exponent())

    def _atom(self) -> Callable[[], Any]:
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return lambda: Fraction(text)
        if kind == "place":
            assert ":" not in text, f"a range stands alone in {self.text}"
            return lambda: self.sheet.cells(text, self.home)[0]
        if text == "(":
            found = self._compared()
            assert self._take(")"), self.text
            return found
        assert kind == "name", self.text
        return self._call(text)

    def _call(self, name: str) -> Callable[[], Any]:
        assert self._take("("), self.text
        parts: list[Callable[[], list[Any]]] = []
        while not self._take(")"):
            kind, text = self.tokens[self.at]
            if kind == "place" and ":" in text:
                self.at += 1
                parts.append(partial(self.sheet.cells, text, self.home))
            elif kind == "text":
                self.at += 1
                parts.append(partial(list, [text.strip('"')]))
            else:
                parts.append(partial(_alone, self._compared()))
            assert self.tokens[self.at][1] in (",", ")"), self.text
            self._take(",")
        if name == "IF":
            return lambda: parts[1 if parts[0]()[0] else 2]()[0]
        assert parts, f"{name}() without a range in {self.text}"
        return lambda: _FUNCTIONS[name]([v for part in parts for v in part() if isinstance(v, Fraction)])


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        assert match, text[at:]
        yield str(match.lastgroup), match[0].strip()
        at = match.end()


def _worked(sign: str, a: Callable[[], Any], b: Callable[[], Any]) -> Any:
    return {"+": add, "-": sub, "*": mul, "/": truediv}[sign](a(), b())


def _alone(part: Callable[[], Any]) -> list[Any]:
    return [part()]


def _raised(base: Fraction, exponent: Fraction) -> Fraction:
    return base ** int(exponent) if exponent.denominator == 1 else Fraction(float(base) ** float(exponent))


_FUNCTIONS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "MIN": min,
    "MAX": max,
    "SUM": lambda values: sum(values, Fraction(0)),
    "COUNT": lambda values: Fraction(len(values)),
    "AVERAGE": lambda values: sum(values, Fraction(0)) / len(values),
    "MEDIAN": lambda values: Fraction(median(values)),
    "ABS": lambda values: abs(values[0]),
}
