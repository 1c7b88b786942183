"""Points scaled to those of the best bid, before or after minimums.

Source: the two scalings (riparametrazione) of ANAC, Linee guida n. 2 (Gazzetta Ufficiale 120 of 25 May 2018, 18A03548):
of each criterion, and of the whole technical offer; the minimum is of the points as they were given (Consiglio di
Stato, sez. V, 18 October 2023, n. 9075).
"""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, evaluate, leaf, points, ranks, refusal, scheme

from tender_eval import compile_scheme, dump_scheme, scheme_from_data
from tender_eval.documents.markdown import document_markdown
from tender_eval.files.load import read_scheme
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.report.methodology.document import publish


def told(found: dict[str, Any], bids: dict[str, dict[str, Any]]) -> list[str]:
    return [d.message for d in refusal(evaluate, found, bids)]


def out_of(highest: int) -> dict[str, object]:
    return {"name": "mark", "out_of": highest}


def technical(**group: object) -> dict[str, Any]:
    parts = [leaf("plan", 40, out_of(10)), leaf("team", 30, out_of(10))]
    return {"id": "technical", "weight": 70, "criteria": parts, **group}


def stated(**group: object) -> dict[str, Any]:
    return scheme(technical(**group), leaf("price", 30, "ratio_to_lowest"), award={"on_rejection": "recompute"})


BIDS: dict[str, dict[str, Any]] = {
    "a": {"price": 100, "marks": {"plan": 8, "team": 6}},  # 32 + 18 = 50
    "b": {"price": 100, "marks": {"plan": 6, "team": 5}},  # 24 + 15 = 39
    "c": {"price": 100, "marks": {"plan": 2, "team": 9}},  # 8 + 27 = 35
}


def test_the_best_has_all_points_and_the_others_their_proportion() -> None:
    result = evaluate(stated(scale_to_best=True), BIDS)
    assert points(result, "technical") == {"a": 70, "b": Fraction(39 * 70, 50), "c": Fraction(35 * 70, 50)}
    assert points(result, "plan") == {"a": 32, "b": 24, "c": 8}, "its parts stay as they were earned"


def test_each_criterion_and_then_the_whole_can_be_scaled() -> None:
    parts = [leaf("plan", 40, out_of(10)), leaf("team", 30, out_of(10))]
    both = {"criteria": [{**part, "scale_to_best": True} for part in parts], "scale_to_best": True}
    result = evaluate(stated(**both), BIDS)
    first = {"a": Fraction(40) + 20, "b": 30 + Fraction(5 * 30, 9), "c": Fraction(10) + 30}
    assert points(result, "plan") == {"a": 40, "b": 30, "c": 10}
    assert points(result, "team") == {"a": 20, "b": Fraction(50, 3), "c": 30}
    assert points(result, "technical") == {bid: own * 70 / 60 for bid, own in first.items()}


def test_rounding_is_of_the_scaled_points() -> None:
    rounding = {"places": 1, "mode": "down"}
    assert points(evaluate(stated(scale_to_best=True, rounding=rounding), BIDS), "technical") == {
        "a": 70, "b": Fraction("54.6"), "c": 49
    }  # fmt: skip


@pytest.mark.parametrize(("order", "kept"), [("after_minimums", ["a"]), ("before_minimums", ["a", "b"])])
def test_a_minimum_of_56_per_cent_looks_at_the_points_as_earned_or_as_scaled(order: str, kept: list[str]) -> None:
    """39.2 of 70 points: b earned 39, and has 54.6 once they are scaled."""
    result = evaluate(stated(scale_to_best=order, minimum="56%"), {name: BIDS[name] for name in "ab"})
    assert sorted(bid for bid, rank in ranks(result).items() if rank) == kept


def test_a_minimum_above_looks_at_the_points_as_earned_too() -> None:
    group = technical(scale_to_best="after_minimums")
    other = leaf("method", 10, out_of(10))
    whole = {"id": "quality", "weight": 80, "minimum": "50%", "criteria": [group, other]}
    bids = {name: {**bid, "marks": {**bid["marks"], "method": 0}} for name, bid in BIDS.items()}
    result = evaluate(scheme(whole, leaf("price", 20, "ratio_to_lowest"), award={"on_rejection": "recompute"}), bids)
    assert [bid for bid, rank in ranks(result).items() if rank] == ["a"], "39 and 35 are below 40"
    assert points(result, "quality")["a"] == 70


def test_a_rejected_bid_sets_no_measure_but_under_keep_order() -> None:
    """Of c, the best at the plan, too little is thought for the team."""
    bids = {**BIDS, "c": {"price": 100, "marks": {"plan": 10, "team": 1}}}
    plan, team = leaf("plan", 40, out_of(10)), leaf("team", 30, out_of(10))
    criteria = [{**plan, "scale_to_best": True}, {**team, "minimum": "40%"}, leaf("price", 30, "ratio_to_lowest")]
    found = {
        order: points(evaluate(scheme(*criteria, award={"on_rejection": order}), bids), "plan")
        for order in ("recompute", "keep_order")
    }
    assert found["recompute"] == {"a": 40, "b": 30, "c": 40}, "c keeps the points that it earned"
    assert found["keep_order"] == {"a": 32, "b": 24, "c": 40}


def test_where_nobody_has_points_none_are_scaled() -> None:
    nothing = {name: {"price": 1, "marks": {"plan": 0, "team": 0}} for name in "ab"}
    assert points(evaluate(stated(scale_to_best=True), nothing), "technical") == {"a": 0, "b": 0}


def test_a_batch_scales_in_each_draw_to_the_best_that_is_there() -> None:
    compiled = compile_scheme(scheme_from_data(stated(scale_to_best=True)), CATALOGUE)
    columns = {"marks.plan": np.array([8.0, 6, 2]), "marks.team": np.array([6.0, 5, 9]), "price": np.full(3, 100.0)}
    present = np.array([[True, False], [True, True], [True, True]])
    found = compiled.evaluate_batch(columns, present, keep=["technical"]).criteria["technical"]
    assert found[:, 0] == pytest.approx([70, 54.6, 49])
    assert found[1:, 1] == pytest.approx([70, 35 * 70 / 39])


def test_it_is_told_where_the_order_is_not_stated() -> None:
    assert told(stated(scale_to_best=True, minimum="50%"), BIDS) == [
        '"technical" is scaled to the best bid, but not said whether before or after the minimum'
    ]
    part = {**leaf("plan", 40, out_of(10)), "scale_to_best": True}
    inside = stated(minimum="50%", criteria=[part, leaf("team", 30, out_of(10))])
    (message,) = told(inside, BIDS)
    assert message.endswith('before or after the minimum of "technical"')
    mixed = stated(scale_to_best="before_minimums", criteria=[{**part, "scale_to_best": "after_minimums"},
                   leaf("team", 30, out_of(10))])  # fmt: skip
    assert "some are scaled to the best bid before the minimums, others after them" in told(mixed, BIDS)[0]


def test_no_shortlist_goes_by_what_compares_bids() -> None:
    listed = {**stated(scale_to_best=True), "shortlist": {"by": ["technical"], "top": 2}}
    assert told(listed, BIDS) == ['the shortlist goes by "technical", which compares bids with each other']


@pytest.mark.slow
def test_what_is_written_is_read_again_and_published() -> None:
    read = scheme_from_data(
        stated(scale_to_best="after_minimums", minimum="50%", rounding={"places": 2, "mode": "down"})
    )
    assert read_scheme(Source("again.yaml", dump_scheme(read).encode()), Problems()) == read
    text = document_markdown(publish(compile_scheme(read, CATALOGUE)))
    assert "the tender that earned the most gets all the points available" in text
    assert "Minimums are of the points as they were earned, before they are scaled." in text
    assert "technical: its points to 2 decimal places, always towards zero" in text
