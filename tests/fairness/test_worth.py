"""What quality is worth: closed forms, and the bid at the price that makes up for it scored anew by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from by_hand import Tender, drawn, scenario, totals
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.worth import Worth
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.worth import worth

MARK = {"name": "mark", "out_of": 5}


def of(by_id, *parts, **rest) -> Worth:
    given = parts or (
        leaf("quality", 60, MARK),
        leaf("price", 40, {"name": "fixed_band", "full_at": 50, "zero_at": 150}),
    )
    compiled = compile_scheme(scheme_from_data(scheme(*given, **rest)), CATALOGUE)
    offered = {name: {"price": price, "marks": {"quality": mark}} for name, (price, mark) in by_id.items()}
    found = worth(Scenario(compiled, bids_from_data(bids(offered))))
    assert found is not None
    return found


def test_where_each_price_is_scored_by_itself_every_point_costs_the_same():
    """Of 100 pounds each takes 0.4 points: a point is worth 2.50, a mark of 12 points 30, up or down."""
    found = of({"a": (90, 4), "b": (100, 5)})
    assert [one.money for one in found.points] == pytest.approx([2.5, 2.5])
    assert {(m.bid, m.to): m.money for m in found.marks} == pytest.approx({("a", 5): 30, ("b", 4): 30})


def test_under_cost_per_quality_point_a_point_is_worth_what_a_point_costs():
    found = of({"a": (90, 3), "b": (100, 4)}, leaf("quality", 100, MARK), rule="lowest_cost_per_quality_point")
    assert {one.bid: one.money for one in found.points} == pytest.approx({"a": 90 / 60, "b": 100 / 80})
    assert [curve.bid for curve in found.curves] == ["b", "a"]
    for curve, ratio in zip(found.curves, (100 / 80, 90 / 60), strict=True):
        ratios = [p / q for p, q in zip(curve.prices, curve.quality, strict=True)]
        assert ratios == pytest.approx([ratio] * len(ratios))
    assert found.curves[1].quality == pytest.approx([30 + 5 * n for n in range(13)])


def test_each_bid_has_a_curve_on_which_its_points_stay_what_they_are():
    """Of 100 pounds each takes 0.4 points, between 50 and 150; more than 60 points of quality there are not."""
    found = of({"a": (90, 4), "b": (100, 5)})
    for curve, quality, price in zip(found.curves, (60, 48), (100, 90), strict=True):
        tried = [quality * (6 + n) / 12 for n in range(13)]
        level = {q: price + (q - quality) / 0.4 for q in tried}
        expected = {q: p for q, p in level.items() if q <= 60 and 50 <= p <= 150}
        assert len(expected) > 4
        assert curve.quality == pytest.approx(list(expected))
        assert curve.prices == pytest.approx(list(expected.values()), rel=1e-4)  # 50 is where the line bends


@pytest.mark.parametrize("seed", range(4))
def test_at_that_price_a_bid_with_the_better_mark_has_the_points_that_it_had(seed: int) -> None:
    tender = drawn(seed)
    found = worth(scenario(tender))
    assert found is not None
    now = totals(tender)
    assert any(one.money is not None for one in found.marks)
    for one in (one for one in found.marks if one.money is not None):
        marks, price = tender.bids[one.bid]
        at = int(one.criterion.removeprefix("q"))
        better = tuple(int(one.to) if n == at else mark for n, mark in enumerate(marks))
        asked = Fraction(price) + Fraction(one.money) * (1 if one.to > one.mark else -1)
        other = Tender(tender.weights, {**tender.bids, one.bid: (better, asked)})  # type: ignore[dict-item]
        assert float(totals(other)[one.bid]) == pytest.approx(float(now[one.bid]), abs=1e-4)


def test_where_nothing_but_quality_counts_nothing_is_worth_money():
    compiled = compile_scheme(scheme_from_data(scheme(leaf("quality", 100, MARK))), CATALOGUE)
    offered = bids({"a": {"marks": {"quality": 3}}, "b": {"marks": {"quality": 4}}})
    assert worth(Scenario(compiled, bids_from_data(offered))) is None


def test_a_price_that_scores_nothing_any_more_makes_up_for_nothing():
    """c lost all points of the price long ago: no price makes up for a better mark, a lower one for a worse."""
    found = of({"a": (50, 5), "c": (400, 4)})
    assert {one.bid: one.money is None for one in found.points} == {"a": False, "c": True}


def test_of_many_bids_the_first_ten_are_looked_at() -> None:
    found = of({f"b{n:02}": (60 + n, 4) for n in range(12)})
    assert [one.bid for one in found.points] == [f"b{n:02}" for n in range(10)]


def test_where_a_share_of_the_marks_is_paid_for_marks_alone_are_looked_at():
    """Full marks are worth 100: a mark of five is worth 20, and weighing quality more moves nobody."""
    rule = {"name": "lowest_price_less_quality_value", "values": [{"criterion": "quality", "full_marks": 100}]}
    found = of({"a": (900, 3), "b": (1000, 4)}, leaf("quality", 100, MARK), rule=rule)
    assert [(one.bid, one.money) for one in found.points] == [("a", None), ("b", None)]
    assert [one.money for one in found.marks] == pytest.approx([20, 20])
    assert found.curves == ()
