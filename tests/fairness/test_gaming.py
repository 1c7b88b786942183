"""Ploys: each is shown by a bid that does what is said, and none that works better was passed over."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from generated import bids_for, compiled, schemes
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, scheme
from told import notes_told, ploy_told

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.notes import ScoredAlone
from tender_eval.fairness.findings.ploys import GamingStrategy
from tender_eval.fairness.gaming import GamingResult, gaming
from tender_eval.fairness.scenarios.dummies import DummySpec, dummies, dummy_bid
from tender_eval.fairness.scenarios.scenario import Scenario, evaluation_if_possible
from tender_eval.model.digits import shown

some = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 100})
BIDS = {
    "A": {"price": 100, "marks": {"quality": 80}},
    "B": {"price": 125, "marks": {"quality": 92}},
}


def scenario(price: object = "ratio_to_lowest", quality: dict[str, Any] = QUALITY, **rest: Any) -> Scenario:
    stated = scheme(quality, leaf("price", 40, price), award={"on_rejection": "recompute"}, **rest)
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(BIDS)))


def ploy(found: GamingResult, kind: str) -> GamingStrategy:
    return next(p for p in found.strategies if p.kind == kind)


def bid_of(before: Scenario, found: GamingStrategy) -> Any:
    """The bid that shows a strategy, made again from what is reported of it."""
    if found.bid.share is not None:
        return dummy_bid(before, DummySpec((), found.bid.price, found.bid.share))
    return dummy_bid(before, next(f for f in dummies(before) if f.finding(found.bid.id) == found.bid))


@pytest.mark.slow
@some
@given(st.data())
def test_every_ploy_does_what_is_said(data: st.DataObject) -> None:
    stated = compiled(data.draw(schemes()))
    before = Scenario(stated, data.draw(bids_for(stated, most=4)))
    assume(evaluation_if_possible(before) is not None)
    for found in gaming(before).strategies:
        after = before.with_bid(bid_of(before, found))
        assert after.winner == found.winner
        if found.beneficiary:
            assert found.beneficiary in after.winner
        if found.kind in ("lowest_quality", "loss_leader"):
            assert found.beneficiary == found.bid.id
        if found.kind == "friend":
            assert found.beneficiary in before.order
            assert found.bid.id not in after.winner


@pytest.mark.slow
def test_no_bid_with_a_smaller_share_wins_at_any_price_of_a_fine_grid() -> None:
    before = scenario(quality={**QUALITY, "minimum": "30%"})
    lowest = ploy(gaming(before), "lowest_quality").bid
    assert lowest.share == Fraction(3, 10)
    for share in (Fraction(0), Fraction(1, 4)):
        for price in range(1, 140, 3):
            after = before.with_bid(dummy_bid(before, DummySpec((), Fraction(price), share)))
            assert after.winner != ("dummy",)
    assert lowest.price is not None
    dearer = before.with_bid(dummy_bid(before, DummySpec((), lowest.price * Fraction(105, 100), lowest.share)))
    assert dearer.winner != ("dummy",), "the price that is told is about the highest that wins"


def test_the_price_that_stops_winning_is_told_against_the_lowest() -> None:
    says = ploy_told(ploy(gaming(scenario()), "lowest_quality"))
    assert says == "A bid with 30% of the marks at a price of 8.54 wins; that is 9% of the lowest price of the others."


def test_a_price_near_zero_takes_the_points_of_the_others() -> None:
    found = gaming(scenario())
    zero = ploy(found, "zero_price")
    assert zero.bid.price == Fraction(1, 100)
    assert 'A goes from 40.00 to 0.00 of the 40 points for "price"' in ploy_told(zero)
    assert "A price of zero is refused as an error; 0.01 was tried in its place." in notes_told(found.notes)


def test_a_band_that_each_bid_meets_alone_is_told_as_what_stops_it() -> None:
    found = gaming(scenario({"name": "fixed_band", "full_at": 80, "zero_at": 200, "floor": 0}))
    zero = ploy(found, "zero_price")
    assert zero.bid.price == 0
    assert ploy_told(zero).endswith("the points of the others stay as they are.")
    assert ScoredAlone("price") in found.notes
    told = '"price" scores each price alone: no price, however low, takes points from another bid.'
    assert told in notes_told(found.notes)


def test_a_loss_leader_is_below_the_stated_share_of_the_mean() -> None:
    found = ploy(gaming(scenario()), "loss_leader")
    assert found.bid.price == Fraction("55.1")
    assert "below 50% of the mean price, 112.50" in ploy_told(found)
    cheaper = ploy(gaming(scenario(), Fraction(1, 4)), "loss_leader")
    assert cheaper.bid.price is not None
    assert cheaper.bid.price < Fraction("112.5") / 4


def test_a_loss_leader_that_wins_nothing_is_told_too() -> None:
    found = gaming(
        scenario({"name": "fixed_band", "full_at": 130, "zero_at": 200}, quality={**QUALITY, "minimum": "90%"})
    )
    assert [p.kind for p in found.strategies if p.kind == "loss_leader"] == ["loss_leader"]
    hopeless = scheme(leaf("past", 100, {"name": "pass_fail", "field": "supplier.by_and_for"}))
    by_id = {"A": {"price": 10, "supplier": {"name": "A", "by_and_for": True}}}
    level = Scenario(compile_scheme(scheme_from_data(hopeless), CATALOGUE), bids_from_data(bids(by_id)))
    told = "No made-up bid wins against these bids, at any share of the marks and any price tried."
    assert told in notes_told(gaming(level).notes)


def test_the_dummy_that_helps_a_friend() -> None:
    found = ploy(gaming(scenario()), "friend")
    assert (found.beneficiary, found.winner) == ("B", ("B",))
    assert ploy_told(found) == "A bid with 10% of the marks at a price of 84.40 makes B win in place of A."


def test_where_no_dummy_can_help_there_is_none() -> None:
    found = gaming(scenario({"name": "fixed_band", "full_at": 80, "zero_at": 200}))
    assert [p for p in found.strategies if p.kind == "friend"] == []


def test_a_share_is_told_that_the_scale_has() -> None:
    """Between two marks of a scale a share earns what the lower one does, and is not told as more."""
    steps = [{"mark": n, "score": f"{25 * n}%"} for n in range(5)]
    quality = {**leaf("quality", 60, {"name": "mark", "scale": "five"}), "minimum": "60%"}
    found = Scenario(
        compile_scheme(
            scheme_from_data(
                scheme(quality, leaf("price", 40, "ratio_to_lowest"), scales={"five": steps},
                       award={"on_rejection": "recompute"})
            ), CATALOGUE,
        ),
        bids_from_data(
            bids({"A": {"price": 100, "marks": {"quality": 3}}, "B": {"price": 125, "marks": {"quality": 4}}})
        ),
    )  # fmt: skip
    notes = notes_told(gaming(found).notes)
    assert any(n.startswith('What stops a bid with 50% of the marks: "quality"') and "30 of 60" in n for n in notes)


def test_what_is_reported_is_the_whole_bid() -> None:
    """The bid that shows a strategy can be put into a bids file, and does there what is said of it."""
    before = scenario()
    for found in gaming(before).strategies:
        states = {name: shown(value) for name, value in found.states.items()}
        marks = {name.removeprefix("marks."): mark for name, mark in states.items() if name.startswith("marks.")}
        offered = bids({**BIDS, found.bid.id: {"price": states["price"], "marks": marks}})
        after = before.scheme.evaluate(bids_from_data(offered))
        assert set(after.winner) == set(found.winner)
        assert found.partners_of == ""


def test_a_flag_stops_no_ploy() -> None:
    found = gaming(scenario(abnormally_low={"below_mean_by": "25%"}))
    assert ploy_told(ploy(found, "loss_leader")).endswith("It is flagged as abnormally low, to be asked about.")
    assert notes_told(found.notes)[-1].startswith("An abnormally low price is flagged")


def test_nobody_ranked_nothing_to_play() -> None:
    found = gaming(scenario(quality={**QUALITY, "minimum": "95%"}))
    assert found.strategies == ()
    assert notes_told(found.notes) == ["Gaming was not tried: no bid is ranked."]
