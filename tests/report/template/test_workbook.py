"""The workbook of bids for a scheme: empty it holds no bids, filled in it comes back as these bids."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from filled import Filled
from shipped import CATALOGUE, pairs, shipped

from tender_eval import Refused, load_scheme
from tender_eval.engine.compiled import compile_scheme
from tender_eval.files.load import load_bids
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.template.required_fields import required_fields
from tender_eval.report.template.workbook import template_workbook

SCHEMES = Path(__file__).parents[3] / "schemes"
PAIRS = pairs()


def results(evaluations: Mapping[str, Evaluation]) -> Iterator[object]:
    for lot, found in evaluations.items():
        for bid in found.bids:
            yield lot, bid.id, bid.rank, bid.status, bid.figure, [(c.id, c.points) for c in bid.criteria]


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "bids"), PAIRS, ids=[f"{s}-{b}" for s, b in PAIRS])
def test_a_template_that_is_filled_in_gives_the_same_result(scheme: str, bids: str, tmp_path: Path) -> None:
    case = shipped(scheme, bids)
    if case.bids.tender.lots and case.compiled.scheme.award.lots is None:
        pytest.skip("lots that the scheme says nothing of")
    read = Filled(template_workbook(case.compiled.plan), case.state.bids).read(tmp_path)
    lots = [lot.id for lot in case.bids.tender.lots] or [""]
    ours = {lot: case.compiled.evaluate(case.bids, lot) for lot in lots}
    assert list(results({lot: case.compiled.evaluate(read, lot) for lot in lots})) == list(results(ours))


@pytest.mark.slow
@pytest.mark.parametrize("scheme", sorted({scheme for scheme, _ in PAIRS}))
def test_an_empty_template_is_a_sound_table_without_bids(scheme: str, tmp_path: Path) -> None:
    data = template_workbook(compile_scheme(load_scheme(SCHEMES / scheme), CATALOGUE).plan)
    (tmp_path / "bids.xlsx").write_bytes(data)
    with pytest.raises(Refused) as e:
        load_bids(tmp_path / "bids.xlsx")
    assert [(d.code, d.message) for d in e.value.diagnostics] == [("TE063", "the file holds no bids")]


def test_headings_are_locked_and_choices_are_offered() -> None:
    plan = compile_scheme(load_scheme(SCHEMES / "light-touch-60-40.yaml"), CATALOGUE).plan
    data = template_workbook(plan)
    assert data == template_workbook(plan)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Bids", "Marks", "Tender", "About"]
    bids, marks = book["Bids"], book["Marks"]
    assert [cell.value for cell in bids[1]] == ["id", "supplier.name", "declarations.safeguarding_policy", "price"]
    assert bids.protection.sheet
    assert bids["A1"].protection.locked
    assert not bids.column_dimensions["A"].protection.locked
    offered = {str(rule.sqref): rule.formula1 for rule in marks.data_validations.dataValidation}
    assert offered["D2:D5001"] == '"0,1,2,3,4,5"'
    assert offered["B2:B5001"] == '"delivery,people,voice,social_value"'
    assert bids["C1"].comment is not None
    about = [cell.value for cell in book["About"]["C"] if cell.value]
    assert any("Every part of the question is answered" in str(text) for text in about) or len(about) > 10


def test_what_is_asked_follows_from_what_the_scheme_reads() -> None:
    asked = required_fields(compile_scheme(load_scheme(SCHEMES / "victim-services-cpqp.yaml"), CATALOGUE).plan)
    headings = [one.heading for one in asked.of_bids]
    assert headings[:3] == [
        "declarations.safeguarding_policy",
        "declarations.whistleblowing_policy",
        "supplier.annual_income",
    ]
    assert {"prices.annual_price", "prices.mobilisation", "prices.tupe"} <= set(headings)
    assert "price" not in headings
    assert asked.of_members == ("name", "confirmed", "annual_income")
    assert asked.of_tender == ("annual_value",)
    assert {one.heading for one in asked.of_bids if one.optional} == {
        "values.volunteer_hours",
        "values.passed_to_local_charities",
    }
