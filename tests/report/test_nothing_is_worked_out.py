"""What programs and spreadsheets read is written out: sums and shares of figures are the engine's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import tender_eval.report

ROOMS = ("json", "workbook")
LAYOUT = frozenset({"book.py"})
"""How wide columns and how high rows are."""


def worked_out(source: str) -> Iterator[str]:
    """Divisions, powers, and sums that begin with a number: sums of figures, not counts."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Pow()):
                yield ast.unparse(node)
            case ast.Call(func=ast.Name("sum"), args=args, keywords=named) if len(args) + len(named) > 1:
                yield ast.unparse(node)


def test_no_figure_is_worked_out_where_results_are_written() -> None:
    home = Path(tender_eval.report.__file__).parent
    files = [file for room in ROOMS for file in (home / room).glob("*.py") if file.name not in LAYOUT]
    assert len(files) > 10
    assert {file.name: [*worked_out(file.read_text(encoding="utf-8"))] for file in files} == {
        file.name: [] for file in files
    }


def test_it_would_be_seen() -> None:
    assert [*worked_out("whole = sum((c.points for c in found), Fraction(0)) / 2; n = len(found) * 2")] == [
        "sum((c.points for c in found), Fraction(0)) / 2", "sum((c.points for c in found), Fraction(0))",
    ]  # fmt: skip
