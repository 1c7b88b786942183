"""Published formulas as spreadsheet formulas: their text, worked out by another evaluator, gives our scores."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from drawn import OVER_BIDS, drawn_schemes, formulas
from generated import RULES, SCORERS, bids_for, compiled, evaluated
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from sheet import Sheet
from shipped import case_from, case_of

from tender_eval import Refused
from tender_eval.audit.case import Case
from tender_eval.report.workbook.lot import NOTE, RESULT
from tender_eval.report.xlsx_report import xlsx_report

FIGURES = st.one_of(st.integers(1, 9), st.integers(0, 40))


def case(expression: str, bids: list[dict[str, Any]], **stated: object) -> Case:
    held = {"below_zero": "allow", "above_one": "clamp"}
    scorer = {"name": "formula", "expression": expression, **held, **stated}
    scheme = {
        "format": "tender-eval/scheme/1",
        "id": "written",
        "title": "Written",
        "criteria": [
            {"id": "share", "weight": 50, "scorer": scorer},
            {"id": "local-links", "weight": 20, "scorer": {"name": "mark", "out_of": 40}},
            {"id": "care", "weight": 30, "minimum": "20%", "scorer": {"name": "mark", "out_of": 5}},
        ],
        "award": {"rule": "highest_score", "on_rejection": "recompute"},
    }
    return case_from(scheme, {"format": "tender-eval/bids/1", "bids": bids})


def recomputed(found: Case) -> dict[str, tuple[Any, Fraction]]:
    """For each bid that is in: what the formula of its score gives, and its score."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(found)))
    page, sheet = book["Working"], Sheet(book)
    first = next(row for row in range(1, page.max_row) if str(page.cell(row, 1).value).startswith("share"))
    scores: dict[str, tuple[Any, Fraction]] = {}
    for bid in (b for b in found.evaluations[""].bids if b.rank):
        row = next(r for r in range(first, page.max_row + 1) if page.cell(r, 1).value == bid.id)
        score = bid.criterion("share")
        assert score is not None
        assert score.score is not None
        scores[bid.id] = sheet.value("Working", row, RESULT + 1), score.score
    return scores


def bid(name: str, price: object, hours: object = 3, links: object = 2, care: int = 4) -> dict[str, Any]:
    given = {"values": {"hours": hours}, "marks": {"care": care, "local-links": links}}
    return {"id": name, "price": price, **given}


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_text_of_a_published_formula_gives_the_score(data: st.DataObject) -> None:
    expression = data.draw(formulas())
    bids = [
        bid(name, *(data.draw(FIGURES) for _ in range(3)), care=data.draw(st.integers(0, 5)))
        for name in data.draw(st.sampled_from(["a", "ab", "abc"]))
    ]
    single = data.draw(st.sampled_from([{}, {"single_bid": "30%"}]))
    try:
        found = case(expression, bids, **single)
    except Refused as e:
        assume(all(d.code not in ("TE054",) for d in e.diagnostics))
        raise
    for given_by, ours in recomputed(found).values():
        assert abs(given_by - ours) <= Fraction(1, 10**9) * max(1, abs(ours))


@pytest.mark.parametrize("expression", OVER_BIDS)
def test_what_is_taken_over_all_bids_is_computed(expression: str) -> None:
    """After the case count-workbook, where COUNT() stood without a range; c is rejected and counts nowhere."""
    found = recomputed(case(expression, [bid("a", 100), bid("b", 200), bid("c", 1, care=0)]))
    assert set(found) == {"a", "b"}
    assert all(given_by == ours for given_by, ours in found.values())


def test_an_only_bid_gets_its_published_score_where_no_figure_is_read() -> None:
    stated = case("0.25", [bid("a", 100)], single_bid="60%")
    assert recomputed(stated) == {"a": (Fraction(3, 5), Fraction(3, 5))}


def checks(found: Case) -> tuple[list[Any], int]:
    """What every check of the working comes to, and how many scores and figures are values that say so."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(found)))
    page, sheet = book["Working"], Sheet(book)
    told = [
        sheet.value("Working", cell.row, cell.column)
        for row in page.iter_rows()
        for cell in row
        if '"differs")' in str(cell.value)
    ]
    values = [row for row in range(1, page.max_row + 1) if "not recomputed" in str(page.cell(row, NOTE + 1).value)]
    return told, len(values)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), [*(("scorer", s) for s in SCORERS), *(("rule", r) for r in RULES)])
def test_the_workbook_recomputes_what_every_scorer_and_rule_gives(kind: str, name: str) -> None:
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        scheme = compiled(data.draw(drawn_schemes(**{kind: name})))
        bids = data.draw(bids_for(scheme))
        evaluated(scheme, bids)
        told, _ = checks(case_of(scheme, bids))
        assert told
        assert set(told) == {"OK"}

    holds()
