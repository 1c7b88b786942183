"""Rank reversals: all that there are, none that there are not, and each as it was reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from generated import CATALOGUE, PRICE_SCORERS, SCORERS, bids_for, compiled, schemes
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from inline import bids, leaf, scheme
from told import dummy_told

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.notes import NotRemoved
from tender_eval.fairness.findings.results import Reversal
from tender_eval.fairness.reversal import UNRANKED, least_admitted, rank_reversals
from tender_eval.fairness.scenarios.dummies import SHARES, dummies, dummy_bid
from tender_eval.fairness.scenarios.plans import is_independent
from tender_eval.fairness.scenarios.scenario import Scenario, evaluation_if_possible
from tender_eval.model.evaluation import Evaluation
from tender_eval.plugins.scorer import Trait

INDEPENDENT = [n for n in SCORERS if Trait.INDEPENDENT in CATALOGUE.scorers[n].item.traits]
some = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
BIDS = {
    "A": {"price": 100, "marks": {"quality": 80}},
    "B": {"price": 125, "marks": {"quality": 92}},
    "C": {"price": 50, "marks": {"quality": 10}},
}
QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 100})


def scenario(names: Iterable[str], price: object = "ratio_to_lowest", **rest: Any) -> Scenario:
    stated = scheme(QUALITY, leaf("price", 40, price), **rest)
    chosen = bids_from_data(bids({name: BIDS[name] for name in names}))
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), chosen)


@st.composite
def scenarios(draw: st.DrawFn, scorers: list[str] | None = None) -> Scenario:
    stated = compiled(draw(schemes(scorers)))
    found = Scenario(stated, draw(bids_for(stated, most=4)))
    assume(evaluation_if_possible(found) is not None)
    return found


@st.composite
def by_points(draw: st.DrawFn) -> Scenario:
    """Quality and price in points, the price by any scorer that compares bids: where reversals are common."""
    names = ["ratio_to_lowest", "linear_above_lowest", "linear_between_bids", "mean_deviation"]
    scorer = draw(st.sampled_from([call for call in PRICE_SCORERS if call["name"] in names]))
    stated = scheme(
        {**QUALITY, **draw(st.sampled_from([{}, {"minimum": "30%"}]))},
        leaf("price", 40, scorer),
        award={"on_rejection": draw(st.sampled_from(["recompute", "keep_order"]))},
    )
    figures = st.fixed_dictionaries(
        {
            "price": st.integers(50, 200),
            "marks": st.fixed_dictionaries({"quality": st.integers(2, 10).map(lambda n: 10 * n)}),
        }
    )
    made = draw(st.lists(figures, min_size=2, max_size=4))
    chosen = bids_from_data(bids({f"b{n}": bid for n, bid in enumerate(made)}))
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), chosen)


def reproduced(before: Scenario, found: Reversal) -> Evaluation:
    """The exact evaluation of what a reversal says was changed, by the public interface where it can be."""
    if found.change == "remove":
        rest = tuple(b for b in before.bids.bids if b.id != found.bid)
        return before.scheme.evaluate(replace(before.bids, bids=rest))
    if found.change == "reject":
        return before.with_rejected(found.bid).evaluation
    (figured,) = {f for f in dummies(before, (*least_admitted(before), *SHARES)) if f.finding(found.bid) == found.dummy}
    more = (*before.bids.bids, dummy_bid(before, figured))
    return before.scheme.evaluate(replace(before.bids, bids=more))


def rank(evaluation: Evaluation, bid: str) -> int:
    found = evaluation.bid(bid)
    return found.rank if found and found.rank else UNRANKED


@pytest.mark.slow
@some
@given(scenarios() | by_points())
def test_every_reversal_is_reproduced_by_an_exact_evaluation(before: Scenario) -> None:
    for found in rank_reversals(before).reversals:
        after = reproduced(before, found)
        a, b = found.pair
        assert found.bid not in found.pair
        was, now = (rank(e, a) - rank(e, b) for e in (before.evaluation, after))
        assert was < 0 if found.was == "ahead" else was == 0
        assert now > 0
        assert found.before == before.order
        assert found.after == tuple(x.id for x in after.bids if x.rank)


@pytest.mark.slow
@some
@given(scenarios() | by_points())
def test_no_removal_that_swaps_two_is_missed(before: Scenario) -> None:
    wanted = set()
    for gone in before.order:
        after = before.without(gone)
        if evaluation_if_possible(after) is None:
            continue
        for a, b in permutations([x for x in before.order if x != gone], 2):
            if rank(before.evaluation, a) <= rank(before.evaluation, b) and (
                rank(after.evaluation, a) > rank(after.evaluation, b)
            ):
                wanted.add((gone, (a, b)))
    found = {(r.bid, r.pair) for r in rank_reversals(before).reversals if r.change == "remove"}
    assert {(bid, pair) for bid, pair in found if {bid, *pair} <= set(before.order)} == wanted


@pytest.mark.slow
@settings(some, max_examples=12)
@given(scenarios(INDEPENDENT))
def test_schemes_that_score_and_rank_each_bid_alone_have_no_reversal(found: Scenario) -> None:
    assume(is_independent(found.plan))
    assert rank_reversals(found) == ((), ())


def test_the_bid_that_decides_between_two_others_is_named() -> None:
    removed, *_ = rank_reversals(scenario("ABC", award={"on_rejection": "keep_order"})).reversals
    assert (removed.change, removed.bid, removed.pair) == ("remove", "C", ("B", "A"))
    assert (removed.before, removed.after) == (("B", "A", "C"), ("A", "B"))
    assert (removed.winner_before, removed.winner_after) == (("B",), ("A",))
    assert removed.changes_award


def test_a_rejection_reverses_only_where_the_scheme_recomputes() -> None:
    def rejections(on_rejection: str) -> list[tuple[str, tuple[str, str]]]:
        found = rank_reversals(scenario("ABC", award={"on_rejection": on_rejection})).reversals
        return [(r.bid, r.pair) for r in found if r.change == "reject"]

    assert rejections("recompute") == [("C", ("B", "A"))]
    assert rejections("keep_order") == []


def test_of_the_dummies_that_swap_two_the_plainest_is_reported_and_ever_the_same() -> None:
    first, again = (rank_reversals(scenario("AB")).reversals for _ in range(2))
    assert first == again
    (added,) = first
    assert (added.change, added.pair, added.winner_after) == ("add", ("A", "B"), ("B",))
    assert added.dummy is not None
    assert dummy_told(added.dummy) == "a bid with 10% of the marks at a price of 84.40"
    assert (added.dummy.price, added.dummy.share) == (Fraction("84.4"), Fraction(1, 10))


def test_a_tie_that_is_broken_is_a_change_and_says_so() -> None:
    by_id = {
        "A": {"price": 100, "marks": {"quality": 60}},
        "B": {"price": 200, "marks": {"quality": 80}},
        "C": {"price": 60, "marks": {"quality": 0}},
    }
    stated = scheme(QUALITY, leaf("price", 40, "ratio_to_lowest"))
    found = Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))
    assert found.ranks == {"A": 1, "B": 1, "C": 3}
    removed = [(r.bid, r.pair, r.was) for r in rank_reversals(found).reversals if r.change == "remove"]
    assert removed == [("C", ("B", "A"), "level")]


def test_a_dummy_states_what_the_scheme_reads_and_meets_its_conditions() -> None:
    stated = scheme(
        {**QUALITY, "minimum": "50%"},
        leaf("price", 40, "ratio_to_lowest"),
        award={"on_rejection": "recompute"},
        conditions=[{"id": "sound", "reads": "declarations.sound", "must_be": True}],
    )
    by_id = {name: {**BIDS[name], "declarations": {"sound": True}} for name in "AB"}
    found = Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))
    assert least_admitted(found) == (Fraction(1, 2),)
    (added,) = rank_reversals(found).reversals
    assert added.dummy is not None
    assert added.dummy.share == Fraction(1, 2), "with fewer marks the minimum keeps it out"


def test_what_a_shortlist_leaves_open_is_told() -> None:
    stated = scheme(
        leaf("first", 50, {"name": "mark", "out_of": 10}),
        leaf("second", 50, {"name": "mark", "out_of": 10}),
        shortlist={"by": ["first"], "top": 2},
    )
    by_id = {
        "A": {"marks": {"first": 9, "second": 5}},
        "B": {"marks": {"first": 8, "second": 9}},
        "C": {"marks": {"first": 1}},
    }
    found = Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))
    assert rank_reversals(found).notes == (NotRemoved(("A", "B")),)
