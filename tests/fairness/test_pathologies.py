"""What goes wrong with schemes, as the fairness analyses find it: each with every figure that was stated for it.

Two bids: A has 80% of the quality marks at 100, B 92% at 125; quality counts 60, price 40. C is junk (10% at 50),
and a dummy has no quality at 400.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.compare import compare
from tender_eval.fairness.findings.notes import Stopped
from tender_eval.fairness.findings.results import Reversal
from tender_eval.fairness.gaming import gaming
from tender_eval.fairness.reversal import rank_reversals, reversals_between
from tender_eval.fairness.scenarios.dummies import made_up_bid
from tender_eval.fairness.scenarios.plans import is_independent
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.digits import fixed

BIDS: dict[str, dict[str, Any]] = {
    name: {"price": price, "marks": {"quality": quality}}
    for name, quality, price in (("A", 80, 100), ("B", 92, 125), ("C", 10, 50))
}
QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 100})
JUNK, HIGH = (Fraction(1, 10), Fraction(50)), (Fraction(0), Fraction(400))


def scenario(stated: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Scenario:
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


def priced(scorer: object, names: Iterable[str] = "AB", **rest: Any) -> Scenario:
    """These bids by quality and a price scorer."""
    return scenario(scheme(QUALITY, leaf("price", 40, scorer), **rest), {name: BIDS[name] for name in names})


def printed(of: Scenario) -> dict[str, str]:
    """The figures as a report prints them, in order."""
    return {b.id: fixed(b.figure, 2) for b in of.evaluation.bids if b.figure is not None}


def with_dummy(before: Scenario, dummy: tuple[Fraction, Fraction]) -> tuple[Scenario, list[Reversal]]:
    """A made-up bid with this share of the marks at this price, and what it reverses."""
    bid = made_up_bid(before, *dummy)
    after = before.with_bid(bid)
    return after, list(reversals_between(before, after, "add", bid.id))


def reversals(of: Scenario, change: str) -> list[tuple[str, tuple[str, str], tuple[str, ...], tuple[str, ...]]]:
    found = (r for r in rank_reversals(of).reversals if r.change == change)
    return [(r.bid, r.pair, r.winner_before, r.winner_after) for r in found]


def test_ratio_to_lowest() -> None:
    before = priced("ratio_to_lowest")
    assert printed(before) == {"A": "88.00", "B": "87.20"}
    after, found = with_dummy(before, JUNK)
    assert printed(after) == {"B": "71.20", "A": "68.00", "dummy": "46.00"}
    assert [(r.pair, r.winner_after) for r in found] == [(("A", "B"), ("B",))]
    assert reversals(before, "add") == [("dummy", ("A", "B"), ("A",), ("B",))]
    with_junk = priced("ratio_to_lowest", "ABC")
    assert printed(with_junk) == {"B": "71.20", "A": "68.00", "C": "46.00"}
    assert reversals(with_junk, "remove") == [("C", ("B", "A"), ("B",), ("A",))], "without C, A beats B"


def test_linear_between_bids() -> None:
    before = priced("linear_between_bids")
    assert printed(before) == {"A": "88.00", "B": "55.20"}
    after, found = with_dummy(before, HIGH)
    assert printed(after) == {"B": "91.87", "A": "88.00", "dummy": "0.00"}
    assert [r.pair for r in found] == [("A", "B")]
    assert reversals(before, "add") == [("dummy", ("A", "B"), ("A",), ("B",))]


@pytest.mark.parametrize("below_zero", ["clamp", "allow"])
def test_mean_deviation(below_zero: str) -> None:
    before = priced({"name": "mean_deviation", "below_zero": below_zero})
    assert before.order == ("A", "B")
    after, found = with_dummy(before, HIGH)
    assert after.order[:2] == ("B", "A")
    assert [r.pair for r in found] == [("A", "B")]
    assert ("dummy", ("A", "B"), ("A",), ("B",)) in reversals(before, "add")


def test_linear_above_lowest_without_gate_or_clamp() -> None:
    scorer = {"name": "linear_above_lowest", "zero_at_percent": 50, "below_zero": "allow"}
    after, _ = with_dummy(priced(scorer), JUNK)
    assert printed(after) == {"dummy": "46.00", "A": "8.00", "B": "-24.80"}
    assert after.winner == ("dummy",)
    ploys = gaming(priced(scorer)).strategies
    lowest = next(p for p in ploys if p.kind == "lowest_quality")
    assert lowest.bid.share == 0, "even less than junk wins, if it is cheap enough"
    assert lowest.winner == (lowest.bid.id,)


def test_linear_above_lowest_with_a_gate_junk_does_not_win() -> None:
    scorer = {"name": "linear_above_lowest", "zero_at_percent": 50, "below_zero": "allow"}
    gated = scenario(
        scheme({**QUALITY, "minimum": "50%"}, leaf("price", 40, scorer), award={"on_rejection": "recompute"}),
        {name: BIDS[name] for name in "AB"},
    )
    assert with_dummy(gated, JUNK)[0].winner == ("A",)
    lowest = next(p for p in gaming(gated).strategies if p.kind == "lowest_quality")
    assert lowest.bid.share == Fraction(1, 2)
    assert any(isinstance(note, Stopped) and note.share == Fraction(9, 20) for note in gaming(gated).notes)


@pytest.mark.parametrize(
    "rule",
    [
        "lowest_cost_per_quality_point",
        {"name": "lowest_price_less_quality_value", "values": [{"criterion": "quality", "full_marks": 250}]},
    ],
)
def test_cost_per_quality_point_and_quality_as_money_never_flip_a_and_b(rule: object) -> None:
    only_quality = leaf("quality", 100, {"name": "mark", "out_of": 100})
    stated = scheme(only_quality, rule=rule, award={"on_rejection": "recompute"})
    for names in ("AB", "ABC"):
        found = scenario(stated, {name: BIDS[name] for name in names})
        assert is_independent(found.plan)
        assert rank_reversals(found).reversals == ()
        for dummy in (JUNK, HIGH):
            assert with_dummy(found, dummy)[1] == []


def test_a_fixed_band_never_flips_a_and_b() -> None:
    for names in ("AB", "ABC"):
        assert rank_reversals(priced({"name": "fixed_band", "full_at": 50, "zero_at": 200}, names)).reversals == ()


def utrecht(on_rejection: str) -> Scenario:
    stated = scheme(QUALITY, leaf("price", 40, "ratio_to_lowest"), award={"on_rejection": on_rejection})
    winner = {"price": 50, "marks": {"quality": 70}}
    return scenario(stated, {"winner": winner, "A": BIDS["A"], "B": BIDS["B"]})


def test_utrecht_the_winner_is_disqualified_and_the_third_bid_comes_first() -> None:
    """Gemeente Utrecht, Hoge Raad 9 May 2014, ECLI:NL:HR:2014:1078; the figures are constructed."""
    decided = utrecht("recompute")
    assert printed(decided) == {"winner": "82.00", "B": "71.20", "A": "68.00"}
    found = next(r for r in rank_reversals(decided).reversals if r.change == "reject")
    assert (found.bid, found.pair) == ("winner", ("B", "A"))
    assert (found.winner_before, found.winner_after) == (("B",), ("A",)), "not the second, who would move up"
    assert found.changes_award
    assert decided.with_rejected("winner").winner == ("A",), "the third bid of the decision"


def test_utrecht_where_the_order_is_kept_the_second_moves_up() -> None:
    kept = utrecht("keep_order")
    assert reversals(kept, "reject") == []
    assert kept.with_rejected("winner").winner == ("B",)
    assert printed(kept.with_rejected("winner")) == {"B": "71.20", "A": "68.00"}


@pytest.mark.slow
def test_rounding_decides_between_two_and_the_comparison_shows_it() -> None:
    """Three components of 10.004 each against 10.005, 10.005 and 10.000."""
    by_id = {
        "first": {"marks": {"x": "10.004", "y": "10.004", "z": "10.004"}},
        "second": {"marks": {"x": "10.005", "y": "10.005", "z": "10.000"}},
    }
    parts = [leaf(name, 20, {"name": "mark", "out_of": 20}) for name in "xyz"]
    roundings: list[dict[str, Any]] = [
        {},
        *({"rounding": {"places": 2, "mode": mode, "at": ["criterion"]}} for mode in ("half_up", "half_even")),
    ]
    plain, half_up, half_even = compare(scenario(scheme(*parts, weights="points", **r), by_id) for r in roundings)
    assert plain.figures == {"first": Fraction("30.012"), "second": Fraction("30.010")}
    assert (plain.winner, plain.gap and plain.gap.exact) == (("first",), Fraction("0.002"))
    assert half_up.figures == {"first": Fraction("30.00"), "second": Fraction("30.02")}
    assert half_up.winner == ("second",)
    assert half_even.figures == {"first": 30, "second": 30}
    assert (half_even.winner, half_even.gap and half_even.gap.exact) == (("first", "second"), 0)


def test_goldilocks_is_a_tie_in_which_the_middle_bid_loses() -> None:
    """Half quality, half price: (50, 50 pounds), (75, 75 pounds), (100, 100 pounds), in proportion to the lowest."""
    by_id = {name: {"price": n, "marks": {"quality": n}} for name, n in (("small", 50), ("middle", 75), ("large", 100))}
    stated = scheme(leaf("quality", 50, {"name": "mark", "out_of": 100}), leaf("price", 50, "ratio_to_lowest"))
    found = scenario(stated, by_id)
    assert printed(found) == {"large": "75.00", "small": "75.00", "middle": "70.83"}
    assert found.evaluation.tied
    assert found.winner == ("large", "small")
    assert found.order == ("large", "small", "middle")
    (side,) = compare([found])
    assert (side.winner, side.gap and side.gap.exact) == (("large", "small"), 0)
    broken = [r for r in rank_reversals(found).reversals if r.was == "level"]
    assert broken, "what breaks the tie is told as such"
