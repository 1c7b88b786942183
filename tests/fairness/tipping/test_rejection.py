"""Bids that one mark or their price alone turns away, and where each would stand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from inline import CATALOGUE, bids, leaf, scheme
from shipped import shipped

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.analyse import analyse
from tender_eval.fairness.findings.analysis import AnalysisOptions
from tender_eval.fairness.findings.results import MarkTipping, NarrowRejection
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.rejection import narrow_rejections

MARK = {"name": "mark", "out_of": 5}
PARTS = (leaf("skill", 60, MARK, minimum="60%"), leaf("price", 40, "ratio_to_lowest"))


def case(by_id, *parts, award=None, **rest):
    stated = scheme(*(parts or PARTS), award={"on_rejection": "recompute", **(award or {})}, **rest)
    return compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id))


def of(by_id, *parts, **rest):
    return narrow_rejections(Scenario(*case(by_id, *parts, **rest)))


def bid(price, skill, **rest):
    return {"price": price, "marks": {"skill": skill}, **rest}


def test_with_one_bid_left_the_better_one_that_a_mark_turned_away_is_named():
    one_left = {"a": bid(100, 3), "b": bid(60, 2)}
    assert of(one_left) == (NarrowRejection("b", "skill", Fraction(2), Fraction(3), 1, ("b",)),)
    found = analyse(*case(one_left), AnalysisOptions(draws=100)).lots[""].findings
    assert found.rejections == of(one_left)
    assert MarkTipping("b", "skill", Fraction(2), Fraction(3), ("b",)) in found.marks
    assert MarkTipping("a", "skill", Fraction(3), Fraction(2), ()) in found.marks  # and then nobody wins


def test_with_nobody_left_every_bid_that_a_mark_would_let_in_is_named():
    assert [(r.bid, r.to, r.winner) for r in of({"a": bid(100, 2), "b": bid(60, 2), "c": bid(50, 1)})] == [
        ("a", 3, ("a",)), ("b", 3, ("b",)),
    ]  # fmt: skip


def test_a_bid_that_is_let_in_and_loses_is_named_with_its_place():
    assert of({"a": bid(100, 5), "b": bid(100, 2)}) == (
        NarrowRejection("b", "skill", Fraction(2), Fraction(3), 2, ("a",)),
    )


def test_a_price_beyond_the_budget_is_let_in_at_the_budget_exactly():
    rule = {"name": "highest_quality_within_budget", "budget": 100}
    parts = (leaf("skill", 100, MARK),)
    found = of({"a": bid(90, 3), "b": bid(104, 5)}, *parts, award={"rule": rule})
    assert found == (NarrowRejection("b", "", Fraction(104), Fraction(100), 1, ("b",)),)


def test_a_condition_on_the_price_is_looked_into_too():
    limit = [{"id": "ceiling", "title": "Ceiling", "reads": "price", "at_most": "99.99"}]
    made = case({"a": bid(90, 3), "b": bid(120, 5)}, conditions=limit)
    assert narrow_rejections(Scenario(*made))[0].to == Fraction("99.99")


def test_what_no_single_step_mends_is_not_named():
    assert of({"a": bid(100, 5), "b": bid(60, 1)}) == ()
    two = (leaf("skill", 30, MARK, minimum="60%"), leaf("reach", 30, MARK, minimum="60%"), PARTS[1])
    short = {"a": {"price": 9, "marks": {"skill": 3, "reach": 3}}, "b": {"price": 8, "marks": {"skill": 2, "reach": 2}}}
    assert of(short, *two) == ()


@pytest.mark.slow
def test_a_bid_that_people_took_out_or_that_lacks_a_policy_is_not_named():
    found = shipped("victim-services-cpqp.yaml", "victim-services-cpqp.bids.yaml")
    assert [(r.bid, r.criterion) for r in narrow_rejections(Scenario(found.compiled, found.bids))] == [
        ("kingfisher", "safe_practice")
    ]
