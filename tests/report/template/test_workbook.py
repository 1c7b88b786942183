"""The workbook of bids for a scheme: empty it holds no bids, filled in it comes back as these bids."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from shipped import CATALOGUE, pairs, shipped

from tender_eval import Refused, load_scheme
from tender_eval.engine.compiled import compile_scheme
from tender_eval.files.load import load_bids
from tender_eval.model.bids import Bids, Figure, Mark
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.template.required_fields import required_fields
from tender_eval.report.template.workbook import template_workbook

SCHEMES = Path(__file__).parents[3] / "schemes"
PAIRS = pairs()


def written(value: object) -> object:
    """A value as somebody types it into a cell."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return int(value)
        return float(value) if Fraction(repr(float(value))) == value else str(value)
    return value


class Filled:
    """The template of a scheme, filled in with bids."""

    def __init__(self, data: bytes, bids: Bids) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        for bid in bids.bids:
            facts = {"id": bid.id, "supplier.name": bid.name, **self._figures(bid.figures)}
            self._row("Bids", facts)
            self._marks(bid.id, "", bid.marks)
            for lot, part in bid.lots.items():
                self._row("Bids by lot", {"bid": bid.id, "lot": lot, **self._figures(part.figures)})
                self._marks(bid.id, lot, part.marks)
            for one in bid.members:
                facts = {name: written(fact.value) for name, fact in one.facts.items()}
                told = {"role": one.role, "share": f"{one.share * 100}%", "confirmed": one.confirmed}
                self._row(
                    "Consortium", {"bid": bid.id, "name": one.name, **told, "pathways": written(one.pathways), **facts}
                )
        for each in bids.tender.lots:
            self._row("Lots", {"id": each.id, "title": each.title, **self._figures(each.figures)})
        for key in self.book["Tender"].iter_rows(min_row=2):
            if (figure := bids.tender.figures.get(str(key[0].value))) is not None:
                key[1].value = written(figure.value)  # type: ignore[assignment]

    @staticmethod
    def _figures(figures: Mapping[str, Figure]) -> dict[str, object]:
        stated = {f"{name}.source" for name in figures}
        amounts = {name: f"{name}.amount" for name in figures if name.startswith("benefits.") and name not in stated}
        return {amounts.get(name, name): written(figure.value) for name, figure in figures.items()}

    def _marks(self, bid: str, lot: str, marks: Mapping[str, Mark]) -> None:
        for criterion, mark in marks.items():
            where = {"bid": bid, "lot": lot or None, "criterion": criterion}
            self._row("Marks", {**where, "mark": mark.agreed and written(mark.agreed.value), "reason": mark.reason})
            for evaluator, own in mark.individual.items():
                self._row("Marks", {**where, "evaluator": evaluator, "mark": written(own.value)})

    def _row(self, name: str, cells: Mapping[str, object]) -> None:
        if name not in self.book:
            return
        sheet = self.book[name]
        assert isinstance(sheet, Worksheet)
        row = next(n for n in range(2, 9999) if sheet.cell(n, 1).value is None)
        for column, heading in enumerate((cell.value for cell in sheet[1]), 1):
            sheet.cell(row, column).value = cells.get(str(heading))  # type: ignore[assignment]

    def read(self, folder: Path) -> Bids:
        self.book.save(folder / "bids.xlsx")
        return load_bids(folder / "bids.xlsx")


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
