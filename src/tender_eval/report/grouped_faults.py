"""Faults of a table that are alike, told once: a column of 258 prices with a currency sign is one thing to mend."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tender_eval.files.mends import in_table
from tender_eval.model.diagnostics import Diagnostic
from tender_eval.model.location import Location

EACH = 3  # as many are told each by itself
_OWN = re.compile(r'"[^"]*"|[+-]?\d[\d.,]*')


def grouped(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics, with those of one column or row that differ in what they quote alone as one, at the first."""
    found = list(diagnostics)
    alike = Counter(shape for one in found for shape in {*_shapes(one)})
    groups: dict[object, list[Diagnostic]] = {}
    for n, one in enumerate(found):
        key = next((shape for shape in _shapes(one) if alike[shape] > EACH), n)
        groups.setdefault(key, []).append(one)
    return [told for group in groups.values() for told in (group if len(group) <= EACH else [_one(group)])]


def _one(group: list[Diagnostic]) -> Diagnostic:
    places = sorted(group, key=lambda one: _place(one.where))
    first, last = places[0], places[-1].where
    what = "columns" if len({_place(one.where)[0] for one in group}) == 1 else "rows"
    end = f", the last in {last.cell.rpartition('!')[2] or f'line {last.line}'}" if last else ""
    return replace(first, message=f"{first.message}; {len(group) - 1} more {what} are alike{end}")


def _place(where: Location | None) -> tuple[int, int, str]:
    """Row and column in the order of a table: column AA comes after Z."""
    if where is None or not (cell := where.cell.rpartition("!")[2]):
        return (where.line, where.column, "") if where else (0, 0, "")
    column = cell.rstrip("0123456789")
    return int(cell.removeprefix(column) or 0), len(column), column


def _shapes(one: Diagnostic) -> Iterator[tuple[object, ...]]:
    """What those that are alike share, in a column or else in a row; nothing of one that is told by itself."""
    if one.where is None or not in_table(one.where) or one.where == Location(one.where.source):
        return
    shared = one.code, one.severity, one.where.source, _OWN.sub("_", one.message)
    sheet, _, cell = one.where.cell.rpartition("!")
    yield (*shared, sheet, "column", cell.rstrip("0123456789"))
    yield (*shared, sheet, "row", _place(one.where)[0])
