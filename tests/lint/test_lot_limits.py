"""Limits on lots that contradict conditions or each other (TE334), beyond what its examples show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tender_eval import compile_scheme
from tender_eval import lint as built_in
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.load import read_scheme
from tender_eval.files.source import Source
from tender_eval.lint.rules.award import te334_lot_limits_contradict
from tender_eval.lint.run import lint
from tender_eval.lots import mechanisms
from tender_eval.model.diagnostics import Problems

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in, "mechanisms": mechanisms})
FOLDER = Path(te334_lot_limits_contradict.__file__).parent


EXAMPLE = FOLDER / "good.yaml"
AWARD = "{mechanism: largest_lead, most_tendered: 3, most_awarded: 2, capacity: 200% of supplier.annual_income}"


def said(lots: str, income: str = "") -> list[str]:
    """What TE334 finds of its good example, of three lots, under other limits."""
    text = EXAMPLE.read_text(encoding="utf-8").replace(AWARD, f"{{mechanism: largest_lead, {lots}}}")
    if income:
        text = text.replace("at_least: 50% of annual_value", f"at_least: {income}")
    else:
        text = text.replace("reads: supplier.annual_income", "reads: supplier.years_in_area").replace(
            "at_least: 50% of annual_value", "at_least: 2"
        )
    source = Source("scheme.yaml", text.encode())
    problems = Problems()
    compiled = compile_scheme(problems.sound(read_scheme(source, problems)), CATALOGUE)
    return [f.message for f in lint(source, compiled, [CATALOGUE.lint_rules["TE334"]], ["TE334"]).findings]


@pytest.mark.parametrize(
    ("lots", "income", "finds"),
    [
        ("capacity: 60% of supplier.annual_income", "50% of annual_value", "lets nobody be awarded a lot below 167%"),
        ("capacity: 60% of supplier.annual_income", "5/3 of annual_value", ""),
        ("capacity: 200% of supplier.annual_income", "50% of annual_value", ""),
        ("capacity: 60% of supplier.annual_income", "100000", ""),
        ("capacity: 100000", "50% of annual_value", ""),
        ("most_awarded: 2, most_tendered: 1", "", "may be awarded 2 lots, and may bid for 1 only"),
        ("most_awarded: 3", "", "may be awarded 3 lots, and there are 3: the limit is never reached"),
        ("most_awarded: 1, most_suppliers: 2", "", "2 suppliers of at most 1 lots each leave lots of the 3 over"),
        ("most_awarded: 2, most_suppliers: 2", "", ""),
        ("most_value: 20%, most_suppliers: 4", "", "4 suppliers of at most 20% of the value each leave lots over"),
        ("most_awarded: 2, most_tendered: 3", "", ""),
    ],
)
def test_what_contradicts(lots: str, income: str, finds: str) -> None:
    found = said(lots, income)
    assert len(found) == bool(finds)
    assert all(finds in message for message in found)
