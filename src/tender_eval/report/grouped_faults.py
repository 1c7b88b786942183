"""Faults of a table that are alike, told once: a column of 258 prices with a currency sign is one thing to mend."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tender_eval.files.mends import in_table
from tender_eval.model.diagnostics import Diagnostic
from tender_eval.model.location import Location

EACH = 3  # as many are told each by itself
_OWN = re.compile(r'"[^"]*"|[+-]?\d[\d.,]*')


def grouped(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics, with those of one column that differ in what they quote alone as one, at the first."""
    groups: dict[object, list[Diagnostic]] = {}
    for n, one in enumerate(diagnostics):
        groups.setdefault(_shape(one) or n, []).append(one)
    return [told for group in groups.values() for told in (group if len(group) <= EACH else [_one(group)])]


def _one(group: list[Diagnostic]) -> Diagnostic:
    first, last = group[0], group[-1].where
    end = f", the last in {last.cell.rpartition('!')[2] or f'line {last.line}'}" if last else ""
    return replace(first, message=f"{first.message}; {len(group) - 1} more rows are alike{end}")


def _shape(one: Diagnostic) -> tuple[object, ...] | None:
    """What those that are alike share; None of one that is told by itself."""
    if one.where is None or not in_table(one.where) or one.where == Location(one.where.source):
        return None
    column = one.where.cell.rstrip("0123456789")
    return one.code, one.severity, one.where.source, column, _OWN.sub("_", one.message)
