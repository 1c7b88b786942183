"""A small spreadsheet: works out the formulas of a workbook in fractions, from their text alone.

Ranges are lists; a sign between a list and a number, or two lists, works cell by cell, as in an array formula.
Roots and logarithms are those of floats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from math import floor, log, log10, sqrt
from operator import add, eq, ge, gt, le, lt, mul, ne, sub, truediv
from statistics import median
from typing import Any

from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<text>\"[^\"]*\")"
    r"|(?P<place>(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![(\w])"
    r"|(?P<name>[A-Z]+(?:10)?)|(?P<sign><=|>=|<>|[-+*/^(),<>=&]))"
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
        return partial(_worked, sign, left, self._sum()) if sign else left

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
        if kind == "sign" and text == "-":
            negative = self._atom()
            return lambda: -negative()
        if kind == "number":
            return lambda: Fraction(text)
        if kind == "text":
            return lambda: text.strip('"')
        if kind == "place":
            cells = partial(self.sheet.cells, text, self.home)
            return cells if ":" in text else lambda: cells()[0]
        if text == "(":
            found = self._compared()
            assert self._take(")"), self.text
            return found
        assert kind == "name", self.text
        return self._call(text)

    def _call(self, name: str) -> Callable[[], Any]:
        assert self._take("("), self.text
        parts: list[Callable[[], Any]] = []
        while not self._take(")"):
            parts.append(self._compared())
            assert self.tokens[self.at][1] in (",", ")"), self.text
            self._take(",")
        if name in ("IF", "IFERROR"):
            return partial(_chosen if name == "IF" else _unless_wrong, *parts)
        assert parts, f"{name}() without a range in {self.text}"
        if name in _OF_PARTS:
            return lambda: _OF_PARTS[name](*(part() for part in parts))
        return lambda: _FUNCTIONS[name]([v for part in parts for v in _cells(part()) if isinstance(v, Fraction)])


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        assert match, text[at:]
        yield str(match.lastgroup), match[0].strip()
        at = match.end()


def _worked(sign: str, a: Callable[[], Any], b: Callable[[], Any]) -> Any:
    one, other = a(), b()
    if not isinstance(one, list) and not isinstance(other, list):
        return _SIGNS[sign](one, other)
    length = len(one) if isinstance(one, list) else len(other)
    pairs = zip(*(part if isinstance(part, list) else [part] * length for part in (one, other)), strict=True)
    return [_SIGNS[sign](*pair) for pair in pairs]


def _chosen(test: Callable[[], Any], then: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    return then() if test() else otherwise()


def _unless_wrong(part: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    try:
        return part()
    except (ZeroDivisionError, ValueError, TypeError):  # #DIV/0!, #N/A, #VALUE!, #NUM!
        return otherwise()


def _cells(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _raised(base: Fraction, exponent: Fraction) -> Fraction:
    return base ** int(exponent) if exponent.denominator == 1 else Fraction(float(base) ** float(exponent))


def _deviation(values: list[Fraction], less: int) -> Fraction:
    mean = sum(values, Fraction(0)) / len(values)
    return Fraction(sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - less)))


def _nth(cells: list[Any], n: int) -> Any:
    if not 0 < n <= len(cells):
        raise ValueError("#NUM!")
    return cells[n - 1]


def _rounded(value: Any, places: Fraction, up: Callable[[Fraction, bool], bool]) -> Any:
    if isinstance(value, list):
        return [_rounded(v, places, up) for v in value]
    scale = Fraction(10) ** int(places)
    whole, rest = divmod(abs(value) * scale, 1)
    found = Fraction(whole + up(rest, whole % 2 == 1)) / scale
    return -found if value < 0 else found


_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": add, "-": sub, "*": mul, "/": truediv, "<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne,
}  # fmt: skip
_OF_PARTS: dict[str, Callable[..., Any]] = {
    "INDEX": lambda cells, n: cells[int(n) - 1],
    "MATCH": lambda value, cells, _exactly: Fraction(cells.index(value) + 1),
    "ROUND": lambda value, places: _rounded(value, places, lambda rest, _odd: rest >= Fraction(1, 2)),
    "ROUNDUP": lambda value, places: _rounded(value, places, lambda rest, _odd: rest > 0),
    "ROUNDDOWN": lambda value, places: _rounded(value, places, lambda _rest, _odd: False),
    "INT": lambda value: Fraction(floor(value)),
    "MOD": lambda value, by: value % by,
    "COUNTIF": lambda cells, wanted: Fraction(cells.count(wanted)),
    "ROWS": lambda cells: Fraction(len(cells)),
    "EXACT": lambda one, other: one == other,
    "AND": lambda *all_: all(all_),
    "OR": lambda *any_: any(any_),
    "SQRT": lambda value: Fraction(sqrt(value)),
    "LOG10": lambda value: Fraction(log10(value)),
    "LN": lambda value: Fraction(log(value)),
}
_FUNCTIONS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "MIN": min,
    "MAX": max,
    "SUM": lambda values: sum(values, Fraction(0)),
    "COUNT": lambda values: Fraction(len(values)),
    "AVERAGE": lambda values: sum(values, Fraction(0)) / len(values),
    "LARGE": lambda values: sorted(values[:-1], reverse=True)[int(values[-1]) - 1],
    "SMALL": lambda values: _nth(sorted(values[:-1]), int(values[-1])),
    "MEDIAN": lambda values: Fraction(median(values)),
    "ABS": lambda values: abs(values[0]),
    "SUMPRODUCT": lambda values: sum(values, Fraction(0)),
    "STDEV": lambda values: _deviation(values, 1),
    "STDEVP": lambda values: _deviation(values, 0),
}
