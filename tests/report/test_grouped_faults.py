"""Faults that are alike are one message."""

from __future__ import annotations

import pytest

from tender_eval.model.diagnostics import Diagnostic
from tender_eval.model.location import Location
from tender_eval.report.grouped_faults import EACH, grouped


def faults(source: str, count: int, column: str = "C") -> list[Diagnostic]:
    message = '"£{n},000" has a currency sign'
    cell = f"Bids!{column}" if source.endswith("xlsx") else ""
    return [
        Diagnostic(
            "TE014", message.format(n=n), Location(source, 0 if cell else n, 5, f"{cell}{n}" if cell else ""), "write"
        )
        for n in range(2, 2 + count)
    ]


@pytest.mark.parametrize(("source", "last"), [("b.xlsx", "C259"), ("b.csv", "line 259")])
def test_a_column_of_258_is_one(source: str, last: str) -> None:
    (one,) = grouped(faults(source, 258))
    assert one.message == f'"£2,000" has a currency sign; 257 more rows are alike, the last in {last}'
    assert (one.where, one.hint) == (faults(source, 1)[0].where, "write")


def test_a_row_of_headings_is_one_too() -> None:
    columns = sorted(["B", "C", "Y", "Z", "AA", "AB"])  # as text, AA comes before B
    (one,) = grouped(
        Diagnostic("TE010", f'unknown heading "{c}"', Location("b.xlsx", cell=f"Bids!{c}1")) for c in columns
    )
    assert one.message == 'unknown heading "B"; 5 more columns are alike, the last in AB1'
    lines = [Diagnostic("TE010", f'unknown heading "{n}"', Location("b.csv", 1, n)) for n in (2, 5, 9, 17)]
    assert [d.message for d in grouped(lines)] == ['unknown heading "2"; 3 more columns are alike, the last in line 1']


def test_few_other_columns_and_other_files_stay_each() -> None:
    assert grouped(faults("b.csv", EACH)) == faults("b.csv", EACH)
    assert len(grouped([*faults("b.xlsx", 9), *faults("b.xlsx", 9, "D")])) == 2, "columns before rows"
    assert len(grouped(faults("b.yaml", 258))) == 258
