"""What people do to tables: the bids stay what they were, or something is said; and then little."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from altered import workbook
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.files.load import read_bids
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.report.grouped_faults import grouped

Rows = list[list[str]]
MOST_SAID = 12  # of a table of forty bids

OURS = ["id", "supplier.name", "price", "marks.q"]


def _table(count: int) -> Rows:
    return [OURS, *([f"b{n}", f"Supplier {n}", str(100 + n), str(n % 6)] for n in range(count))]


def _headed(rows: Rows, heads: list[str]) -> Rows:
    return [heads, *rows[1:]]


def _each(rows: Rows, column: int, change: Callable[[str], str]) -> Rows:
    return [rows[0], *([change(c) if n == column else c for n, c in enumerate(row)] for row in rows[1:])]


EDITS: dict[str, Callable[[Rows], Rows]] = {
    "nothing": lambda rows: rows,
    "a title above": lambda rows: [["Bids received", *[""] * (len(rows[0]) - 1)], *rows],
    "headings in other words": lambda rows: _headed(rows, ["Ref", "Vendor", "Total cost", "Score"][: len(rows[0])]),
    "one heading in other words": lambda rows: _headed(rows, ["id", "Company", *rows[0][2:]]),
    "bids in columns": lambda rows: [list(row) for row in zip(*rows, strict=True)],
    "a sum": lambda rows: [*rows, ["Total", "", "9999", *[""] * (len(rows[0]) - 3)]],
    "an average": lambda rows: [*rows, ["Average", "", "119.5", *[""] * (len(rows[0]) - 3)]],
    "an estimate": lambda rows: [*rows, ["Engineer's estimate", "", "150", *[""] * (len(rows[0]) - 3)]],
    "a note": lambda rows: [*rows, ["* without VAT", *[""] * (len(rows[0]) - 1)]],
    "footnote marks": lambda rows: _each(rows, 2, lambda cell: f"{cell}*"),
    "currency signs": lambda rows: _each(rows, 2, lambda cell: f"£{cell}"),
    "commas between thousands": lambda rows: _each(rows, 2, lambda cell: f"1,{cell}"),
    "marks out of five": lambda rows: _each(rows, 3, lambda cell: f"{cell}/5"),
    "an empty column": lambda rows: [["", *row] for row in rows],
    "empty rows": lambda rows: [rows[0], [""] * len(rows[0]), *rows[1:], [""] * len(rows[0])],
    "columns in another order": lambda rows: [row[::-1] for row in rows],
    "spaces": lambda rows: [[f" {cell} " for cell in row] for row in rows],
    "a column twice": lambda rows: [[*row, row[-1]] for row in rows],
    "a column of remarks": lambda rows: [[*row, "Notes" if n == 0 else "late"] for n, row in enumerate(rows)],
    "headings in capitals": lambda rows: _headed(rows, [head.upper() for head in rows[0]]),
    "no headings": lambda rows: rows[1:],
}  # fmt: skip
OF_CELLS = ("footnote marks", "currency signs", "commas between thousands", "marks out of five")
"""They go by where a column stands at first."""


def written(rows: Rows, sep: str, stated: bool) -> bytes:
    lines = [sep.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return ("\r\n".join([*([f"sep={sep}"] if stated else []), *lines]) + "\r\n").encode()


def source(rows: Rows, kind: str, stated: bool) -> Source:
    """The table as a file: text parted by ``kind``, or a workbook, in which what is a number is one."""
    if kind != "xlsx":
        return Source("bids.csv", written(rows, kind, stated))
    return Source(
        "bids.xlsx", workbook([[int(cell) if cell.isdecimal() else cell or None for cell in row] for row in rows])
    )


@pytest.mark.slow
@given(
    st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=3),
    st.sampled_from((",", ";", "\t", "xlsx")),
    st.booleans(),
    st.sampled_from((2, 40)),
)
def test_an_edited_table_gives_the_same_bids_or_says_something(
    edits: list[str], kind: str, stated: bool, count: int
) -> None:
    rows = _table(count)
    for edit in sorted(edits, key=lambda edit: edit not in OF_CELLS):
        rows = EDITS[edit](rows)
    problems = Problems()
    try:
        bids = read_bids(source(rows, kind, stated), {}, problems)
    except Refused as e:
        problems.extend(e.diagnostics)
        bids = None
    said = grouped(problems.sorted())
    assert not [d for d in said if d.code == "TE045"]
    if said or bids is None:
        assert 0 < len(said) <= MOST_SAID
        return
    if bids.notices:  # told, such as a sum that counts as a bid
        return
    found = {bid.id: (bid.name, bid.figures["price"].value, bid.marks["q"].agreed.value) for bid in bids.bids}
    expected = {f"b{n}": (f"Supplier {n}", Fraction(100 + n), Fraction(n % 6)) for n in range(count)}
    assert found == expected
