"""The table of dated figures: read strictly, one row a day, each with its source."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tender_eval import Refused
from tender_eval.files.source import Source
from tender_eval.lint.thresholds import Thresholds, read_table, thresholds
from tender_eval.regime.duties import duties
from tender_eval.report.lint.pages import value_text

REST = "unit: GBP, about: x, source: {document: d, section: s}, verified: true"


def table(*rows: tuple[str, str, str]) -> Thresholds:
    text = "checked: 2026-11-22\nrows:\n" + "".join(f"  - {{name: {n}, value: {v}, {s}{REST}}}\n" for n, v, s in rows)
    return read_table(Source("t.yaml", text.encode()))


def test_the_row_of_the_day() -> None:
    found = table(("x", "1", "until: 2025-12-31, "), ("x", "2", "from: 2026-01-01, "), ("z", "3", ""))
    assert {n: f.value for n, f in found.on(date(2025, 12, 31)).items()} == {"x": 1, "z": 3}
    assert {n: f.value for n, f in found.on(date(2026, 1, 1)).items()} == {"x": 2, "z": 3}
    assert found.names() == ("x", "z")


def test_a_day_without_a_row() -> None:
    found = table(("x", "1", "from: 2025-02-24, until: 2025-12-31, "))
    assert found.on(date(2025, 2, 23)) == {}
    assert found.on(date(2026, 1, 1)) == {}


@pytest.mark.parametrize(
    "span", ["", "from: 2020-01-01, ", "until: 2026-01-01, ", "from: 2026-01-01, until: 2026-01-01, "]
)
def test_two_rows_for_one_day_are_refused(span: str) -> None:
    with pytest.raises(Refused, match="TE020"):
        table(("x", "1", "until: 2026-01-01, "), ("x", "2", span))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- a\n", "TE012"),
        ("checked: soon\nrows: []\n", "TE016"),
        ("rows: []\n", "TE011"),
        ("checked: 2026-01-01\nrows: [{name: x}]\n", "TE011"),
        ("checked: 2026-01-01\nrows: []\nmore: 1\n", "TE010"),
    ],
)
def test_a_faulty_table_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_table(Source("t.yaml", text.encode()))


def test_what_is_shipped() -> None:
    shipped = thresholds()
    on = shipped.on(shipped.checked)
    assert set(on) == set(shipped.names()), "every figure holds on the day it was checked"
    assert all(row.about and row.clause.document and row.clause.section for row in shipped.rows)
    assert on["light_touch_threshold"].value == Fraction(663540)
    assert on["sub_central_threshold"].value == Fraction(207720)
    assert on["central_threshold"].value == Fraction(135018)


def test_every_figure_is_some_rules() -> None:
    from tender_eval import lint, load_catalogue

    rules = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": lint}).lint_rules.values()
    assert {name for rule in rules for name in rule.item.thresholds} == set(thresholds().names())


def test_no_fact_of_law_stands_twice() -> None:
    table = thresholds()
    of_law = {(row.name, row.since) for row in duties().rows}
    own = [row for row in table.rows if (row.name, row.since) not in of_law]
    assert not {row.name for row in own} & {d.name for d in duties().rows}
    figures = {d.figure for d in duties().rows if d.unit == "GBP"}
    assert not [row.name for row in own if row.value in figures]


def test_values_are_written_with_their_units() -> None:
    on = thresholds().on(thresholds().checked)
    assert value_text(on["light_touch_threshold"]) == "£663,540"
    assert value_text(on["tiny_weight"]) == "3%"
    assert value_text(on["log_multiple_least"]) == "1.25"
