"""Points as minimums and comparisons saw them, held against what the evaluation says of them."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import pytest
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.engine.plan import Plan
from tender_eval.engine.recomputing.points import (
    best_figure,
    compared,
    earned,
    minimums,
    points_at_minimum,
    stands_as_earned,
)
from tender_eval.engine.recomputing.readings import Readings
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.explanation.reasons import BelowMinimumMark, BelowMinimumPoints

MARK = {"name": "mark", "scale": "ten"}
OFFERED = {
    "a": {"price": 100, "marks": {"care": 6, "reach": 6}},
    "b": {"price": 200, "marks": {"care": 4, "reach": 3}},
    "c": {"price": 150, "marks": {"care": 8, "reach": 1}},
}


def evaluated(when: str, on_rejection: str, least: int = 4) -> tuple[Plan, Evaluation, Readings]:
    parts = [leaf("care", 30, MARK), leaf("reach", 30, MARK, minimum=2)]
    quality = {"id": "quality", "weight": 60, "criteria": parts, "scale_to_best": when, "minimum": f"{least}0%"}
    scale = [{"mark": mark, "score": f"{10 * mark}%"} for mark in range(11)]
    stated = scheme(
        quality, leaf("price", 40, "ratio_to_lowest"), award={"on_rejection": on_rejection}, scales={"ten": scale}
    )
    compiled, offered = compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(OFFERED))
    found = compiled.evaluate(offered)
    return compiled.plan, found, Readings(compiled.plan, found, offered, {})


def one(found: Evaluation, name: str) -> BidResult:
    return next(bid for bid in found.bids if bid.id == name)


@pytest.mark.parametrize("on_rejection", ["recompute", "keep_order"])
@pytest.mark.parametrize("when", ["before_minimums", "after_minimums"])
def test_a_minimum_is_told_with_the_figures_that_the_reason_gives(when: str, on_rejection: str) -> None:
    plan, found, read = evaluated(when, on_rejection)
    for bid in found.bids:
        unmet = {
            one.gate.node: (one.found, one.least)
            for one in minimums(plan, bid, partial(read.of, bid.id))
            if not one.met
        }
        told = {
            why.criterion.id: (why.points if isinstance(why, BelowMinimumPoints) else why.mark, why.minimum)
            for why in bid.reasons
            if isinstance(why, BelowMinimumPoints | BelowMinimumMark)
        }
        assert told.items() <= unmet.items()
        assert bool(unmet) == bool(told)
    assert one(found, "c").reasons, "somebody is below a minimum"


def test_points_as_earned_stand_below_those_that_are_scaled() -> None:
    plan, found, _ = evaluated("after_minimums", "recompute")
    a, quality = one(found, "a"), plan.node("quality")
    assert earned(a, quality) == points_at_minimum(plan, a, quality) == 36
    assert earned(a, plan.node("care")) == 18
    assert not stands_as_earned(a, quality), "the best has all 60"
    assert stands_as_earned(a, plan.node("care"))


@pytest.mark.parametrize("on_rejection", ["recompute", "keep_order"])
def test_who_was_rejected_is_compared_only_where_the_order_is_kept(on_rejection: str) -> None:
    plan, found, _ = evaluated("after_minimums", on_rejection)
    assert {bid.id: compared(plan, bid) for bid in found.bids} == {
        "a": True, "b": on_rejection == "keep_order", "c": on_rejection == "keep_order",
    }  # fmt: skip
    assert best_figure(found) == max(bid.figure for bid in found.ranked if bid.figure is not None) > Fraction(90)
