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


def test_few_other_columns_and_other_files_stay_each() -> None:
    assert grouped(faults("b.csv", EACH)) == faults("b.csv", EACH)
    assert len(grouped([*faults("b.xlsx", 9), *faults("b.xlsx", 9, "D")])) == 2
    assert len(grouped(faults("b.yaml", 258))) == 258
