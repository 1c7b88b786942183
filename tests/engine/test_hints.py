"""What a bids file lacks is asked for in the words of the kind of file at hand."""

from __future__ import annotations

import io

import pytest
from inline import CATALOGUE
from openpyxl import Workbook

from tender_eval.engine.check import check
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Diagnostic

TURNOVER = "{id: turnover, title: Turnover, reads: supplier.annual_income, at_least: 50% of annual_value}"
PRICE = "{id: price, title: Price, weight: 40, scorer: ratio_to_lowest}"
QUALITY = "{id: quality, title: Quality, weight: 60, scorer: {name: mark, out_of: 5}}"
COVERED = "{name: piecewise, field: supplier.areas_covered, points: [{value: 0, score: 0%}, {value: 1, score: 100%}]}"
LOCAL = f"{{id: quality, title: Quality, weight: 60, scorer: {COVERED}}}"


def scheme(*criteria: str, condition: str = "", more: str = "") -> Source:
    text = "format: tender-eval/scheme/1\nid: demo\ntitle: Demo\ncriteria:\n"
    text += "".join(f"  - {criterion}\n" for criterion in criteria)
    text += f"conditions: [{condition}]\n" if condition else ""
    text += f"award: {{rule: highest_score, on_rejection: recompute}}\n{more}"
    return Source("scheme.yaml", text.encode())


def table(kind: str, *rows: tuple[str, ...]) -> Source:
    """The rows as bids of this kind."""
    if kind == "csv":
        return Source("bids.csv", "\n".join(",".join(row) for row in rows).encode())
    book, buffer = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([cell or None for cell in row])
    book.save(buffer)
    return Source("bids.xlsx", buffer.getvalue())


def told(stated: Source, bids: Source) -> tuple[Diagnostic, ...]:
    return check(stated, bids, CATALOGUE).diagnostics


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_figure_of_a_bid_goes_into_a_column(kind: str) -> None:
    rows = table(kind, ("id", "price", "marks.quality"), ("a", "1", "5"), ("b", "2", ""), ("c", "", "3"))
    found = told(scheme(QUALITY, PRICE), rows)
    assert sorted(d.hint for d in found) == [
        "give it in a column headed marks.quality, or marks.quality.agreed where its reason has a column too",
        "give it in a column headed price",
    ]


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("csv", "give it in a column headed tender.annual_value, the same in every row"),
        ("xlsx", 'give it in the sheet "Tender" (annual_value in column A, its value in column B), or in a column '),
    ],
)
def test_a_figure_of_the_tender_goes_into_its_place(kind: str, hint: str) -> None:
    rows = (("id", "price", "supplier.name", "supplier.annual_income"), ("a", "1", "Alder", "9"))
    stated = scheme(PRICE.replace("40", "100"), condition=TURNOVER)
    (problem,) = told(stated, table(kind, *rows))
    assert problem.code == "TE052"
    assert problem.hint.startswith(hint)
    assert told(stated, table(kind, (*rows[0], "tender.annual_value"), (*rows[1], "10"))) == ()


def test_the_areas_of_the_tender_in_csv() -> None:
    stated = scheme(LOCAL, PRICE)
    rows = (("id", "price", "supplier.name", "supplier.areas"), ("a", "1", "Alder", "north"))
    (problem,) = told(stated, table("csv", *rows))
    assert problem.hint == "give it in a column headed tender.areas, the same in every row"
    assert told(stated, table("csv", (*rows[0], "tender.areas"), (*rows[1], "north; south"))) == ()


def test_what_is_wrong_with_a_fact_of_the_tender_is_not_also_called_missing() -> None:
    rows = table(
        "csv",
        ("id", "price", "supplier.name", "supplier.annual_income", "tender.annual_value"),
        ("a", "1", "Alder", "9", "£10"),
        ("b", "x", "Birch", "9", "£10"),
        ("c", "3", "Cedar", "9", "£10"),
    )
    found = told(scheme(PRICE.replace("40", "100"), condition=TURNOVER), rows)
    assert [f"{d.where} {d.code}" for d in found] == ["bids.csv:2:13 TE014", "bids.csv:3:3 TE013"]


def test_components_of_the_price_and_pooled_facts_in_csv() -> None:
    more = "price: {components: {annual: per_year, start: once}, years: 2, discount_rate: 0%}\n"
    (problem,) = told(scheme(PRICE.replace("40", "100"), more=more), table("csv", ("id", "price"), ("a", "1")))
    assert problem.hint == "give the columns prices.annual, prices.start in its place"
    pooled = "{id: t, title: T, reads: supplier.annual_income, at_least: 5, pooled: true}"
    (problem,) = told(scheme(PRICE.replace("40", "100"), condition=pooled), table("csv", ("id", "price"), ("a", "1")))
    assert problem.hint == "give it in a column headed supplier.annual_income, beside one headed supplier.name"


def test_a_fact_that_is_not_stated_is_not_taken_for_another_of_the_supplier() -> None:
    rows = table("csv", ("id", "price", "supplier.name", "supplier.size"), ("a", "1", "Alder", "small"))
    condition = "{id: t, title: T, reads: supplier.annual_income, at_least: 5}"
    (problem,) = told(scheme(PRICE.replace("40", "100"), condition=condition), rows)
    assert problem.hint == "give it in a column headed supplier.annual_income"


def test_faulty_headings_and_marks_of_no_criterion_are_told_together_each_once() -> None:
    rows = table("csv", ("id", "Price", "marks.staf", "marks.qualty"), ("a", "1", "2", "3"), ("b", "2", "3", "4"))
    found = told(scheme(QUALITY, PRICE), rows)
    assert [f"{d.where} {d.code}" for d in found] == [
        "bids.csv:1:4 TE010",
        "bids.csv:1:10 TE051",
        "bids.csv:1:21 TE051",
    ]
    assert [d.hint for d in found] == [
        'did you mean "price"?',
        "known here: price, quality",
        'did you mean "quality"?',
    ]
