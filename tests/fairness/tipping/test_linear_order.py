"""Which rules compare bids in a straight line of the weights: asked of the rule, whoever brought it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.notes import NoNearest, NoNearestBecause
from tender_eval.fairness.findings.results import NearestWeights
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.discontinuities import all_changes_found
from tender_eval.fairness.tipping.linear_order import (
    NotLinearError,
    is_monotone,
    kept_above_zero,
    linear_figures,
    order_of,
)
from tender_eval.fairness.tipping.nearest_weights import nearest_weights
from tender_eval.fairness.tipping.varied_weights import is_discontinuous
from tender_eval.fairness.tipping.weight import weight_tipping
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins import expression as e
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.expression.evaluate import evaluate, holds
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.table import Reads, Steps
from tender_eval.plugins.tally import Tally

MARK = {"name": "mark", "out_of": 100}
PRICE, BOTH = e.figure("price"), e.points("x", "y")


class Brought(AwardRule):
    """A rule by an expression.

    Source: invented for this test.
    """

    name = "brought"
    figure = "figure"
    best = "highest"
    stated: e.Node = BOTH
    kept: e.Comparison | None = None

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("price", above=Fraction(0)),)

    def rank_by(self, tally: Tally, params: Any, steps: Steps) -> Array:
        return evaluate(self.stated, tally)

    def expression(self, params: Any) -> e.Node | Unsupported:
        return self.stated

    def rejects(self, params: Any) -> bool:
        return self.kept is not None

    def reject(self, tally: Tally, params: Any, steps: Steps) -> Mapping[str, Mask]:
        return {} if self.kept is None else {"not kept": ~holds(self.kept, tally)}

    def accepts(self, params: Any) -> e.Comparison | Unsupported | None:
        return self.kept


class Mute(Brought):
    """The same, which does not say how.

    Source: invented for this test.
    """

    name = "mute"

    def expression(self, params: Any) -> e.Node | Unsupported:
        return Unsupported("its author keeps it secret")


def scenario(rule: str | type[Brought], *prices: int, **award: Any) -> Scenario:
    catalogue, name = CATALOGUE, rule
    if not isinstance(rule, str):
        registered = Registered(rule.name, PluginInfo("invented", "invented", "1"), rule, AwardRule)
        catalogue, name = CATALOGUE._replace(rules={**CATALOGUE.rules, rule.name: registered}), rule.name
    stated = scheme(leaf("x", 60, MARK), leaf("y", 40, MARK), rule={"name": name, **award})
    marks = ((90, 20), (40, 80), (60, 60))
    by_id = {n: {"price": p, "marks": {"x": m[0], "y": m[1]}} for n, p, m in zip("abc", prices, marks, strict=False)}
    return Scenario(compile_scheme(scheme_from_data(stated), catalogue), bids_from_data(bids(by_id)))


def by(stated: e.Node, best: str = "highest", kept: e.Comparison | None = None) -> type[Brought]:
    """A rule of a plugin with this expression."""
    return type("By", (Brought,), {"__doc__": "Source: a test.", "stated": stated, "best": best, "kept": kept,
                                   "name": "brought", "figure": "figure"})  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "straight"),
    [
        (BOTH, True),
        (e.points() - PRICE / 1000, True),
        (e.named("Quality", BOTH) / e.named("Cost", PRICE * 2 + 1), True),
        ((e.points("x") * 2 + e.points("y")) / e.available("x", "y"), True),
        (PRICE / e.points("y"), True),
        (e.smaller(PRICE, 500) - (BOTH - e.lowest(BOTH)) * 3 / (e.available() - e.available("x")), True),
        (e.points("x") * e.points("y"), False),
        (BOTH / PRICE - e.highest(BOTH) / PRICE, False),
        (BOTH / (e.available("x") - e.available("y")), False),
        (e.larger(e.points("x"), e.points("y")), False),
        (e.root(BOTH), False),
        (e.earned("x") * 100 - PRICE, False),
    ],
)
def test_whether_the_order_of_two_bids_turns_on_a_straight_line(stated: e.Node, straight: bool) -> None:
    found = scenario(by(stated), 400, 500, 450)
    assert isinstance(order_of(found.plan), NoNearest) is not straight
    lines = linear_figures(
        found, {n: {"x": Fraction(m), "y": 1 - Fraction(m)} for n, m in (("a", 1), ("b", Fraction(1, 3)))}
    )
    if not straight:
        with pytest.raises(NotLinearError):
            lines.difference("a", "b")


@pytest.mark.parametrize(
    "stated", [BOTH, e.points() - PRICE / 10, BOTH / PRICE, e.points("x") * 2 + e.points("y"), -(PRICE / BOTH)]
)
def test_a_bid_is_ahead_where_its_figure_is_higher(stated: e.Node) -> None:
    found = scenario(by(stated), 400, 500, 450)
    scores = {b.id: {c.id: Fraction(c.score or 0) for c in b.criteria} for b in found.evaluation.bids}
    lines, figures = linear_figures(found, scores), {b.id: b.figure or 0 for b in found.evaluation.bids}
    for one in "abc":
        for other in "abc":
            line, constant, _ = lines.difference(one, other)
            ahead = sum(a * leaf.points for a, leaf in zip(line, found.plan.leaves, strict=True)) + constant
            assert (ahead > 0) == (figures[one] > figures[other])
            assert (ahead == 0) == (figures[one] == figures[other])


def test_the_search_over_all_weights_is_exact_for_a_rule_of_a_plugin() -> None:
    """After lowest_cost_per_quality_point, of which the rule of the plugin is the inverse."""
    ours = nearest_weights(scenario("lowest_cost_per_quality_point", 400, 500, 450))
    theirs = nearest_weights(scenario(by(BOTH / PRICE), 400, 500, 450))
    assert isinstance(theirs, NearestWeights)
    assert theirs == ours
    assert theirs.exact


def test_every_change_on_the_way_of_a_weight_is_told_for_a_rule_of_a_plugin() -> None:
    ours, theirs = scenario("lowest_cost_per_quality_point", 400, 500, 450), scenario(by(BOTH / PRICE), 400, 500, 450)
    assert all_changes_found(theirs.plan, discontinuous=True)
    assert all_changes_found(theirs.plan, is_discontinuous(theirs))
    of_ours, of_theirs = (weight_tipping(found) for found in (ours, theirs))
    assert of_theirs == of_ours


def test_a_rule_that_does_not_say_is_told_of() -> None:
    found = scenario(Mute, 400, 500, 450)
    assert not all_changes_found(found.plan, discontinuous=False)
    assert nearest_weights(found) == NoNearest(NoNearestBecause.NOT_STATED, "mute", "its author keeps it secret")


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        (None, None),
        (e.compare(BOTH, ">", 0), ("x", "y")),
        (e.compare(PRICE, "<=", 100), None),
        (e.compare(BOTH, ">=", e.available("x")), Unsupported),
    ],
)
def test_by_which_points_a_rule_turns_bids_away(kept: e.Comparison | None, found: Any) -> None:
    plan = scenario(by(BOTH, kept=kept), 400, 500).plan
    answer = kept_above_zero(plan)
    assert isinstance(answer, Unsupported) if found is Unsupported else answer == found
    assert (
        all_changes_found(plan, discontinuous=True)
        is all_changes_found(plan, discontinuous=False)
        is (found is not Unsupported)
    )


def test_shares_of_full_marks_go_one_way() -> None:
    values = [{"criterion": "x", "full_marks": 100}]
    assert is_monotone(scenario("lowest_price_less_quality_value", 400, 500, values=values).plan)
    assert is_monotone(scenario(by(PRICE / 2 - e.earned("x") * 10, "lowest"), 400, 500).plan)
    assert not is_monotone(scenario(by(e.earned("x") * e.earned("y")), 400, 500).plan)
    assert not is_monotone(scenario(by(BOTH), 400, 500).plan)
