"""Diagnostics for people: place, what is wrong, the line with a caret, and how to mend it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from tender_eval.languages.inert import ELLIPSIS, inert, width
from tender_eval.model.diagnostics import Diagnostic
from tender_eval.model.location import Location
from tender_eval.report.grouped_faults import grouped

AROUND = 100  # characters of a line that are shown
_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where YAML ends a line


def diagnostics_text(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> str:
    """Every diagnostic, and how many there are: file by file, each from its beginning to its end.

    Args:
        texts: the content of text files by the name that places use. No file is opened here: what stands in
            no text is shown without an excerpt.
    """
    found = grouped(_in_order(diagnostics))
    lines = {name: lines_of(text) for name, text in texts.items()}
    told = [told_of(d, lines.get(d.where.source, []) if d.where else []) for d in found]
    return "".join(f"{one}\n" for one in told) + f"{counted(found)}\n"


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """``3 errors``, ``1 error, 2 warnings``."""
    numbers = Counter(str(d.severity) for d in diagnostics)
    return ", ".join(f"{n} {kind}{'s' if n > 1 else ''}" for kind, n in numbers.items())


def _in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Files in the order in which they are first spoken of; at one place as they came."""
    found = list(diagnostics)
    files = {source: n for n, source in enumerate(dict.fromkeys(d.where and d.where.source for d in found))}

    def place(diagnostic: Diagnostic) -> tuple[int, int, int, str, int, int, str]:
        where = diagnostic.where or Location("")
        sheet, _, cell = where.cell.rpartition("!")
        letters, digits = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        row = int(digits) if digits.isdigit() else 0
        file = files[diagnostic.where and diagnostic.where.source]
        return file, where.line, where.column, sheet, row, len(letters), letters

    return sorted(found, key=place)


def lines_of(text: str) -> list[str]:
    """The lines of a text, as YAML counts them."""
    return _LINE_ENDS.split(text)


def told_of(diagnostic: Diagnostic, lines: list[str]) -> str:
    """One diagnostic with its excerpt, where it has a place in these lines, and its mend."""
    return "\n".join([inert(str(diagnostic)), *excerpt_of(diagnostic, lines), f"  mend: {inert(diagnostic.mend)}"])


def excerpt_of(diagnostic: Diagnostic, lines: list[str]) -> list[str]:
    """The line that a diagnostic is about, with a caret; nothing where it has no place in these lines."""
    where = diagnostic.where
    return _excerpt(lines[where.line - 1], where) if where and not where.cell and 0 < where.line <= len(lines) else []


def _excerpt(line: str, where: Location) -> list[str]:
    """The line around the column, and a caret under it."""
    at = min(max(where.column - 1, 0), len(line))
    start = max(0, min(at - AROUND // 2, len(line) - AROUND))
    end = start + AROUND
    before = (ELLIPSIS if start else "") + inert(line[start:at])
    after = inert(line[at:end]) + (ELLIPSIS if end < len(line) else "")
    gutter = f"{where.line:>4} | "
    return [f"{gutter}{before}{after}".rstrip(), f"{' ' * (len(gutter) - 2)}| {' ' * width(before)}^"]
