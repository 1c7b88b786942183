"""After an award of one lot after another, the best award of all lots is told where it is better."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from contests import CATALOGUE
from inline import scheme
from marked import LEAVES, marked

from tender_eval import award_lots, compile_scheme, scheme_from_data
from tender_eval.documents.terminal import document_text
from tender_eval.lots.award import AcrossLots
from tender_eval.lots.better import Better, Going, Unproved
from tender_eval.lots.optimum import diagram, search
from tender_eval.report.evaluation.across import award_document
from tender_eval.report.json.award import award_json


def awarded(
    marks: Mapping[str, Mapping[str, object]], mechanism: str = "lot_order", **award: Any
) -> tuple[AcrossLots, Any]:
    """Bids at one price for each lot with these marks, out of ten and worth 60; at most one lot each."""
    stated = scheme(*LEAVES, award={"lots": {"mechanism": mechanism, "most_awarded": 1}, **award})
    bids = marked(marks)
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    found = compiled.evaluate_lots(bids)
    return award_lots(compiled, bids, found), found


def told(found: tuple[AcrossLots, Any]) -> str:
    return " ".join(document_text(award_document(*found)).split())


def test_a_lot_that_could_be_filled() -> None:
    """In order a takes north, where b could have it, and nobody but a stands for south."""
    found = awarded({"a": {"north": 9, "south": 8}, "b": {"north": 8}})
    better = found[0].better
    assert isinstance(better, Better)
    assert (better.lots, better.best_lots) == (1, 2)
    assert better.goes == (Going("north", "a", "b"), Going("south", "", "a"))
    text = told(found)
    assert "Within the same limits 2 lots could be awarded, where 1 are:" in text
    assert "lot north would go to b, in place of a" in text
    assert "lot south would go to a, in place of nobody" in text
    assert "the mechanism lot_order, so that is not the award" in text
    data = json.loads(award_json(*found))["better"]
    assert (data["proved"], data["lots"], data["best_lots"]) == (True, 1, 2)
    assert data["goes"][1] == {"lot": "south", "from": None, "to": "a"}


def test_more_points_for_as_many_lots() -> None:
    """a at north and b at south: 94 + 58; b at north and a at south: 88 + 88."""
    found = awarded({"a": {"north": 9, "south": 8}, "b": {"north": 8, "south": 3}})
    better = found[0].better
    assert isinstance(better, Better)
    assert (better.total, better.best_total) == (152, 176)
    assert "better: points of all lots 176.00, where they are 152.00" in told(found)


def test_a_total_that_is_hardly_better_is_told_from_the_other() -> None:
    """a at north and b at south: 94 + 81.9994; b at north and a at south: 88 + 88."""
    found = awarded({"a": {"north": 9, "south": 8}, "b": {"north": 8, "south": "6.9999"}})
    assert "better: points of all lots 176.000, where they are 175.999" in told(found)


@pytest.mark.parametrize(
    ("mechanism", "award"),
    [("best_total", {}), ("lot_order", {"rule": "utility_index"}), ("lot_order", {"near_tie": 1})],
)
def test_nothing_is_said_where_it_is_the_best_or_totals_mean_nothing(mechanism: str, award: dict[str, Any]) -> None:
    if "near_tie" in award:
        award = {**award, "ties": [{"highest": "quality"}]}
    found = awarded({"a": {"north": 9, "south": 8}, "b": {"north": 8, "south": 3}}, mechanism, **award)
    assert found[0].better is None
    assert "same limits" not in told(found)
    assert json.loads(award_json(*found))["better"] is None


def test_nothing_is_said_of_the_best_award_itself_or_while_a_tie_is_open() -> None:
    assert awarded({"a": {"north": 9, "south": 3}, "b": {"north": 8, "south": 8}})[0].better is None
    assert awarded({"a": {"north": 9, "south": 9}, "b": {"north": 9}})[0].better is None


def test_what_was_not_found_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    found = awarded({"a": {"north": 9, "south": 8}, "b": {"north": 8, "south": 3}})
    monkeypatch.setattr(diagram, "MOST_NODES", 0)
    monkeypatch.setattr(search, "MOST_BRANCHES", 1)
    assert isinstance(found[0].better, Unproved)
    assert "was not found out" in told(found)
    assert json.loads(award_json(*found))["better"] == {"proved": False}
