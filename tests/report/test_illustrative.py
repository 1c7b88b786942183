"""What of a scheme is an illustration is told in whatever is made of it, and nowhere where nothing is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from lot_outcomes import made_up
from shipped import case_from
from written import simulation_page, simulation_text

from tender_eval.case.case import Case
from tender_eval.documents.model import Document
from tender_eval.documents.terminal import document_text
from tender_eval.fairness.analyse import AnalysisOptions, analyse
from tender_eval.lots.award import award_lots
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.csv import simulation as simulation_csv
from tender_eval.report.csv.evaluation import evaluation_csv, lots_csv
from tender_eval.report.evaluation.across import award_document, lots_document
from tender_eval.report.evaluation.brief import evaluation_document, stage_document
from tender_eval.report.explanation import Explained, explanation
from tender_eval.report.fairness.document import fairness_document
from tender_eval.report.json import simulation as simulation_json
from tender_eval.report.json.award import award_json, lots_json
from tender_eval.report.json.evaluation import evaluation_json
from tender_eval.report.json.explanation import explain_json
from tender_eval.report.json.fairness import fairness_json
from tender_eval.report.workbook.report import xlsx_report
from tender_eval.simulation.results.outcome import SimulationOutcome

SAID = "the weights are a fancy of ours"
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Demo",
    "currency": "GBP",
    "criteria": [
        {"id": "care", "title": "Care", "weight": 60, "scorer": {"name": "mark", "out_of": 5}},
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}
BIDS = [{"id": one, "marks": {"care": n}} for n, one in enumerate("ab", start=3)]


def case(lots: bool, **more: object) -> Case:
    """Two bids, for two lots or for none."""
    priced = {"lots": {"x": {"price": 10}, "y": {"price": 12}}} if lots else {"price": 10}
    tender = {"lots": [{"id": "x"}, {"id": "y"}]} if lots else {}
    bids = {"format": "tender-eval/bids/1", "tender": tender, "bids": [one | priced for one in BIDS]}
    return case_from(SCHEME | more, bids)


def _plain(document: Document) -> str:
    return " ".join(document_text(document, 1000).split())


def _cells(case: Case) -> str:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(case)))
    return "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)


def _analysis(case: Case) -> Any:
    return analyse(case.compiled, case.bids, replace(AnalysisOptions(), draws=10))


def _last(text: str) -> str:
    return "\n".join(row[-1] for row in csv.reader(io.StringIO(text)))


def _across(case: Case) -> Any:
    return award_lots(case.compiled, case.bids, case.evaluations)


def _explained(evaluations: Iterable[Evaluation]) -> list[Explained]:
    return [Explained(found, found.bids[0], found.bids[0].step) for found in evaluations]


ONE: dict[str, Callable[[Case], str]] = {
    "terminal": lambda c: _plain(evaluation_document(c.evaluations[""])),
    "json": lambda c: str(json.loads(evaluation_json(c.evaluations[""]))["scheme"]),
    "csv": lambda c: _last(evaluation_csv(c.evaluations[""])),
    "workbook": _cells,
    "quality stage": lambda c: _plain(stage_document(c.evaluations)),
    "explained": lambda c: _plain(explanation(_explained(c.evaluations.values()))),
    "explained as json": lambda c: str(json.loads(explain_json(_explained(c.evaluations.values())))["scheme"]),
    "fairness": lambda c: _plain(fairness_document(_analysis(c))),
    "fairness in short": lambda c: _plain(fairness_document(_analysis(c), brief=True)),
    "fairness as json": lambda c: str(json.loads(fairness_json(_analysis(c)))["scheme"]),
}
LOTS: dict[str, Callable[[Case], str]] = {
    "terminal": lambda c: _plain(lots_document(c.evaluations, _across(c))),
    "json": lambda c: str(json.loads(lots_json(c.evaluations, _across(c)))["lots"]["x"]["scheme"]),
    "csv": lambda c: _last(lots_csv(c.evaluations)),
    "explained": lambda c: _plain(explanation(_explained(c.evaluations.values()))),
    "explained as json": lambda c: str(json.loads(explain_json(_explained(c.evaluations.values())))["lots"]["y"]),
    "award": lambda c: _plain(award_document(_across(c), c.evaluations)),
    "award as json": lambda c: str(json.loads(award_json(_across(c), c.evaluations))["scheme"]),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lots", "made"),
    [*((False, made) for made in ONE), *((True, made) for made in LOTS)],
    ids=lambda one: one if isinstance(one, str) else "lots" if one else "tender",
)
def test_an_illustration_is_told(lots: bool, made: str) -> None:
    render = (LOTS if lots else ONE)[made]
    assert SAID in render(case(lots, illustrative=[SAID]))
    assert "llustrat" not in render(case(lots))


@pytest.mark.parametrize(
    "write", [simulation_text, simulation_page, simulation_json.lots_json, simulation_csv.lots_csv]
)
def test_a_simulation_tells_the_illustrations_of_its_schemes(write: Callable[[SimulationOutcome], str]) -> None:
    found = made_up()
    designs = tuple(replace(design, illustrative=(SAID,)) for design in found.designs)
    assert SAID in " ".join(write(replace(found, designs=designs)).split())
    assert SAID not in write(found)
