"""A scenario and the same with one thing changed: what is changed is changed, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from generated import bids_for, compiled, schemes
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, figures, leaf, points, refusal, scheme
from shipped import ROOT, pairs

from tender_eval import bids_from_data, compile_scheme, load_bids, load_scheme, scheme_from_data
from tender_eval.fairness.scenarios.plans import is_independent
from tender_eval.fairness.scenarios.scenario import Scenario, evaluation_if_possible

some = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 100})
PRICE = leaf("price", 40, "ratio_to_lowest")
BIDS = {
    "A": {"price": 100, "marks": {"quality": 80}},
    "B": {"price": 125, "marks": {"quality": 92}},
    "C": {"price": 50, "marks": {"quality": 10}},
}


def scenario(*criteria: dict[str, Any], by_id: Any = None, rule: object = "highest_score", **rest: Any) -> Scenario:
    stated = scheme(*(criteria or (QUALITY, PRICE)), rule=rule, **rest)
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id or BIDS)))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Any scheme with bids that it can score."""
    stated = compiled(draw(schemes()))
    found = Scenario(stated, draw(bids_for(stated)))
    assume(evaluation_if_possible(found) is not None)
    return found


def batch_ranks(of: Scenario) -> dict[str, int]:
    found = of.batch().ranks[:, 0]
    return {bid: int(found[row]) for bid, row in of.rows.items() if found[row]}


@pytest.mark.slow
@some
@given(scenarios())
def test_a_batch_of_the_very_bids_ranks_them_as_the_exact_evaluation_does(found: Scenario) -> None:
    assert batch_ranks(found) == found.ranks
    assert found.order == tuple(b.id for b in found.evaluation.bids if b.rank)


@pytest.mark.slow
@some
@given(scenarios(), st.data())
def test_a_bid_that_is_removed_was_never_there(found: Scenario, data: st.DataObject) -> None:
    bid = data.draw(st.sampled_from([b.id for b in found.bids.bids]))
    removed = found.without(bid)
    assume(removed.rows and evaluation_if_possible(removed) is not None)
    rest = replace(found.bids, bids=tuple(b for b in found.bids.bids if b.id != bid))
    assert removed.evaluation == found.scheme.evaluate(rest)
    assert batch_ranks(removed) == removed.ranks


@pytest.mark.slow
@some
@given(scenarios(), st.data())
def test_a_bid_that_is_turned_away_counts_as_the_scheme_says(found: Scenario, data: st.DataObject) -> None:
    bid = data.draw(st.sampled_from([b.id for b in found.bids.bids]))
    plan, rejected, removed = found.plan, found.with_rejected(bid), found.without(bid)
    assume(evaluation_if_possible(rejected) is not None)
    result = rejected.evaluation.bid(bid)
    assert result is not None
    assert result.rank is None
    assert batch_ranks(rejected) == rejected.ranks
    if plan.recomputes and plan.scheme.shortlist is None and evaluation_if_possible(removed) is not None:
        assert rejected.ranks == removed.ranks, "as if it had not bid"
    if not plan.recomputes and not any(gate.relative for gate in plan.gates):
        before = figures(found.evaluation)
        for other, figure in figures(rejected.evaluation).items():
            assert other == bid or figure == before[other], "it still counts"


def test_the_rejected_bid_keeps_counting_only_where_the_scheme_says_so() -> None:
    recompute = scenario(award={"on_rejection": "recompute"}).with_rejected("C")
    assert points(recompute.evaluation, "price") == {"A": 40, "B": 32}
    assert recompute.order == ("A", "B")
    keep = scenario(award={"on_rejection": "keep_order"}).with_rejected("C")
    assert points(keep.evaluation, "price") == {"A": 20, "B": 16, "C": 40}
    assert keep.order == ("B", "A")
    assert keep.with_rejected("B").order == ("A",), "one after the other"


def test_a_scheme_without_criteria_can_turn_bids_away_too() -> None:
    found = scenario(by_id=BIDS).with_scheme(
        compile_scheme(scheme_from_data({**scheme(rule="lowest_price"), "criteria": []}), CATALOGUE)
    )
    bare = replace(found, bids=replace(found.bids, bids=tuple(replace(b, marks={}) for b in found.bids.bids)))
    assert bare.order == ("C", "A", "B")
    assert bare.with_rejected("C").order == ("A", "B")


@pytest.mark.slow
@some
@given(scenarios(), st.data())
def test_a_price_that_moves_moves_alike_in_both_arithmetics(found: Scenario, data: st.DataObject) -> None:
    assume(found.price_column == "price" and found.present.any())
    bid = data.draw(st.sampled_from([b for b, row in found.rows.items() if found.present[row]]))
    price = Fraction(data.draw(st.integers(1, 5000)), 7)
    moved = found.with_price(bid, price)
    assert moved.price_of(bid) == price
    assume(evaluation_if_possible(moved) is not None)
    batch = found.batch(found.columns_at_prices(bid, np.array([float(price)]))).ranks[:, 0]
    assert {b: int(batch[row]) for b, row in found.rows.items() if batch[row]} == moved.ranks
    others = {b.id: b for b in found.bids.bids if b.id != bid}
    assert {b.id: b for b in moved.bids.bids if b.id != bid} == others


def test_components_of_a_price_move_in_proportion() -> None:
    by_id = {
        "A": {"prices": {"yearly": 90, "start": 20}, "marks": {"quality": 50}},
        "B": {"prices": {"yearly": 0, "start": 0}, "marks": {"quality": 50}},
    }
    found = scenario(by_id=by_id, price={"years": 2, "components": {"yearly": "per_year", "start": "once"}})
    assert found.price_of("A") == 200
    moved = found.with_price("A", Fraction(100)).bid("A").figures
    assert {n: f.value for n, f in moved.items() if n.startswith("prices.")} == {
        "prices.yearly": 45,
        "prices.start": 10,
    }
    from_nothing = found.with_price("B", Fraction(100)).bid("B").figures
    assert from_nothing["prices.yearly"].value == 50
    assert found.with_price("B", Fraction(100)).price_of("B") == 100


def test_a_price_can_fail_a_condition() -> None:
    limit = {"id": "limit", "reads": "price", "at_most": 110}
    found = scenario(conditions=[limit])
    assert found.order == ("A", "C") or found.order == ("C", "A")
    moved = found.batch(found.columns_at_prices("A", np.array([100.0, 111.0]))).ranks
    assert (moved[found.rows["A"]] > 0).tolist() == [True, False]
    assert found.with_price("A", Fraction(111)).evaluation.bid("A").status == "rejected"  # type: ignore[union-attr]


def test_a_mark_that_changes() -> None:
    found = scenario().with_mark("A", "quality", Fraction(100))
    assert points(found.evaluation, "quality")["A"] == 60
    assert points(scenario().evaluation, "quality")["A"] == 48


def test_other_weights() -> None:
    found = scenario().reweighted({"quality": Fraction(0)})
    assert found.order == ("C", "A", "B")


def test_one_lot_at_a_time() -> None:
    stated = compile_scheme(load_scheme(ROOT / "schemes/level-playing-field.yaml"), CATALOGUE)
    both = load_bids(ROOT / "fixtures/level-playing-field.bids.yaml")
    for lot in ("north", "south"):
        found = Scenario(stated, both, lot)
        assert found.evaluation == stated.evaluate(both, lot)
        assert found.without(found.winner[0]).order == found.order[1:], "of one lot"
    assert [d.code for d in refusal(lambda: Scenario(stated, both).evaluation)] == ["TE056"]
    assert [d.code for d in refusal(lambda: Scenario(stated, both, "east").evaluation)] == ["TE056"]


@pytest.mark.slow
@pytest.mark.parametrize(("stated", "of"), pairs())
def test_batches_agree_on_all_shipped_schemes(stated: str, of: str) -> None:
    found = compile_scheme(load_scheme(ROOT / "schemes" / stated), CATALOGUE)
    both = load_bids(ROOT / "fixtures" / of)
    for lot in [lot.id for lot in both.tender.lots] or [""]:
        assert batch_ranks(Scenario(found, both, lot)) == Scenario(found, both, lot).ranks


def test_what_promises_that_no_other_bid_matters() -> None:
    assert not is_independent(scenario().plan)
    alone = scenario(leaf("quality", 100, {"name": "mark", "out_of": 100}))
    assert is_independent(alone.plan)
    relative = scenario(QUALITY, PRICE, rule={"name": "utility_index", "quality": ["quality"]})
    assert not is_independent(relative.plan)
    best = scenario(
        leaf("quality", 100, {"name": "mark", "out_of": 100}),
        rule="lowest_price",
        shortlist={"by": ["quality"], "top": 2},
        award={"on_rejection": "recompute"},
    )
    assert not is_independent(best.plan)
