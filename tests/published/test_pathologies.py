"""What goes wrong with schemes: constructed examples, each with every figure that was stated for it.

Two bids: A has 80% of the quality marks at 100, B 92% at 125; quality counts 60, price 40. C is junk (10% at 50),
and a dummy has no quality at 400. What C or the dummy does to the order of A and B is the pathology.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from inline import evaluate, figures, leaf, points, ranks, refusal, scheme, scores

from tender_eval import Evaluation, compile_scheme, scheme_from_data
from tender_eval.languages.results import text
from tender_eval.model.digits import fixed

BIDS: dict[str, dict[str, Any]] = {
    name: {"price": price, "marks": {"quality": quality}}
    for name, quality, price in (("A", 80, 100), ("B", 92, 125), ("C", 10, 50), ("dummy", 0, 400))
}
QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 100})


def totals(scorer: object, names: str) -> Evaluation:
    """The bids of these names, by quality and a price scorer."""
    return evaluate(scheme(QUALITY, leaf("price", 40, scorer)), {n: BIDS[n] for n in names.split()})


def printed(evaluation: Evaluation) -> dict[str, str]:
    """The figures as a report prints them, to two places."""
    return {bid.id: fixed(bid.figure, 2) for bid in evaluation.bids if bid.figure is not None}


def order(evaluation: Evaluation, names: Iterable[str] = "AB") -> list[str]:
    return [bid.id for bid in evaluation.bids if bid.id in names]


def test_ratio_to_lowest_a_junk_bid_changes_the_winner() -> None:
    assert printed(totals("ratio_to_lowest", "A B")) == {"A": "88.00", "B": "87.20"}
    with_junk = totals("ratio_to_lowest", "A B C")
    assert printed(with_junk) == {"B": "71.20", "A": "68.00", "C": "46.00"}
    assert with_junk.winner == ("B",)


def test_linear_between_bids_a_dummy_changes_the_winner() -> None:
    assert printed(totals("linear_between_bids", "A B")) == {"A": "88.00", "B": "55.20"}
    with_dummy = totals("linear_between_bids", "A B dummy")
    assert printed(with_dummy) == {"B": "91.87", "A": "88.00", "dummy": "0.00"}
    assert figures(with_dummy)["B"] == Fraction("55.2") + 40 * Fraction(275, 300)


@pytest.mark.parametrize("below_zero", ["clamp", "allow"])
def test_mean_deviation_a_dummy_changes_the_winner(below_zero: str) -> None:
    scorer = {"name": "mean_deviation", "below_zero": below_zero}
    assert order(totals(scorer, "A B")) == ["A", "B"]
    assert order(totals(scorer, "A B dummy")) == ["B", "A"]


def test_linear_above_lowest_without_gate_or_clamp_junk_wins() -> None:
    scorer = {"name": "linear_above_lowest", "zero_at_percent": 50, "below_zero": "allow"}
    result = totals(scorer, "A B C")
    assert printed(result) == {"C": "46.00", "A": "8.00", "B": "-24.80"}
    assert result.winner == ("C",)


def test_linear_above_lowest_with_a_gate_or_a_clamp_junk_does_not_win() -> None:
    clamped = {"name": "linear_above_lowest", "zero_at_percent": 50, "below_zero": "clamp"}
    assert totals(clamped, "A B C").winner == ("B",)
    gated = scheme(
        {**QUALITY, "minimum": "50%"},
        leaf("price", 40, {**clamped, "below_zero": "allow"}),
        award={"on_rejection": "recompute"},
    )
    assert evaluate(gated, {n: BIDS[n] for n in "ABC"}).winner == ("A",)


def test_a_score_below_zero_must_be_declared() -> None:
    """A score of -4.1 on a scale of 0 to 10 was upheld in Denmark: so the scheme says which it is."""
    scorer = {"name": "linear_above_lowest", "zero_at_percent": 50}
    undeclared = refusal(totals, scorer, "A B")
    assert [(d.code, d.message) for d in undeclared] == [
        ("TE011", '"below_zero" is missing in the parameters of "linear_above_lowest"')
    ]
    prices = {"low": {"price": 100}, "high": {"price": Fraction("170.5")}}
    fell = points(evaluate(scheme(leaf("p", 10, {**scorer, "below_zero": "allow"}), weights="points"), prices), "p")
    assert fell["high"] == Fraction("-4.1")
    held = points(evaluate(scheme(leaf("p", 10, {**scorer, "below_zero": "clamp"}), weights="points"), prices), "p")
    assert held["high"] == 0


NEVER_FLIPPED = [
    pytest.param("lowest_cost_per_quality_point", id="cost per quality point"),
    pytest.param(
        {"name": "lowest_price_less_quality_value", "values": [{"criterion": "quality", "full_marks": 250}]},
        id="quality as money",
    ),
]


@pytest.mark.parametrize("rule", NEVER_FLIPPED)
def test_rules_that_look_at_one_bid_alone_never_flip_a_and_b(rule: object) -> None:
    only_quality = leaf("quality", 100, {"name": "mark", "out_of": 100})
    stated = scheme(only_quality, rule=rule, award={"on_rejection": "recompute"})
    seen = set()
    for names in ("A B", "A B C", "A B dummy", "A B C dummy"):
        result = evaluate(stated, {n: BIDS[n] for n in names.split()})
        seen.add((tuple(order(result)), figures(result)["A"], figures(result)["B"]))
    assert len(seen) == 1


def utrecht(on_rejection: str, sound: int) -> Evaluation:
    """A, B and a winner (70% at 50) that is found unsound after the award decision, or not."""
    stated = scheme(
        QUALITY,
        leaf("price", 40, "ratio_to_lowest"),
        leaf("sound", 1, {"name": "pass_fail", "field": "values.sound"}, minimum="100%"),
        award={"on_rejection": on_rejection},
        weights="points",
    )
    bids = {"winner": {"price": 50, "marks": {"quality": 70}}, "A": BIDS["A"], "B": BIDS["B"]}
    return evaluate(stated, {n: {**bid, "values": {"sound": sound if n == "winner" else 1}} for n, bid in bids.items()})


def test_utrecht_disqualifying_the_winner_puts_the_third_bid_first_where_the_rule_recomputes() -> None:
    """Gemeente Utrecht, Hoge Raad 9 May 2014, ECLI:NL:HR:2014:1078: held to the rule that was published.

    The figures are constructed; the point of being sound (1) stands beside them.
    """
    decided = utrecht("recompute", sound=1)
    assert printed(decided) == {"winner": "83.00", "B": "72.20", "A": "69.00"}
    recomputed = utrecht("recompute", sound=0)
    assert printed(recomputed) == {"A": "89.00", "B": "88.20"}
    assert recomputed.winner == ("A",), "the third bid of the decision"
    kept = utrecht("keep_order", sound=0)
    assert printed(kept) == {"B": "72.20", "A": "69.00"}
    assert kept.winner == ("B",), "the second bid of the decision moves up"
    for result in (recomputed, kept):
        out = result.bid("winner")
        assert out is not None
        assert (out.status, out.rank) == ("rejected", None)
        assert [*map(text, out.reasons)] == ['"sound": 0 of 1 points is below the minimum 100% = 1']


def test_utrecht_a_scheme_that_does_not_say_what_happens_is_refused() -> None:
    unstated = scheme({**QUALITY, "minimum": "50%"}, leaf("price", 40, "ratio_to_lowest"))
    (said,) = refusal(compile_scheme, scheme_from_data(unstated))
    assert said.code == "TE027"
    assert said.message.startswith("on_rejection is not stated")


# Three components of 10.004 each against 10.005, 10.005 and 10.000, as marks out of 20 for 20 points.
COMPONENTS = {
    "first": {"marks": {"x": "10.004", "y": "10.004", "z": "10.004"}},
    "second": {"marks": {"x": "10.005", "y": "10.005", "z": "10.000"}},
}


def components(**rounding: object) -> Evaluation:
    parts = [leaf(name, 20, {"name": "mark", "out_of": 20}) for name in "xyz"]
    return evaluate(scheme(*parts, weights="points", **rounding), COMPONENTS)


def test_rounding_unrounded_the_first_wins() -> None:
    result = components()
    assert figures(result) == {"first": Fraction("30.012"), "second": Fraction("30.010")}
    assert result.winner == ("first",)


def test_rounding_components_half_up_the_first_loses() -> None:
    result = components(rounding={"places": 2, "mode": "half_up", "at": ["criterion"]})
    assert figures(result) == {"first": Fraction("30.00"), "second": Fraction("30.02")}
    assert result.winner == ("second",)


def test_rounding_components_half_even_it_is_a_tie() -> None:
    result = components(rounding={"places": 2, "mode": "half_even", "at": ["criterion"]})
    assert figures(result) == {"first": 30, "second": 30}
    assert result.winner == ("first", "second")
    assert result.tied


def test_rounding_only_the_total_makes_no_difference_here() -> None:
    result = components(rounding={"places": 2, "mode": "half_up", "at": ["total"]})
    assert figures(result) == {"first": Fraction("30.01"), "second": Fraction("30.01")}
    assert result.tied, "the total alone, rounded to 2 places, hides the difference"


@pytest.mark.parametrize("gap", ["0.01", "1", "1000"])
def test_standard_deviation_of_two_bids_is_blind_to_the_gap(gap: str) -> None:
    """With two bids the distance from the mean is always 0.707 sample standard deviations."""
    scorer = {"name": "standard_deviation", "k": "50%", "below_zero": "allow"}
    stated = scheme(leaf("price", 100, scorer))
    found = scores(evaluate(stated, {"A": {"price": 1000}, "B": {"price": 1000 + Fraction(gap)}}), "price")
    distance = [abs((score or 0) - Fraction(1, 2)) / Fraction(1, 2) for score in found.values()]
    assert [fixed(d, 3) for d in distance] == ["0.707", "0.707"]


def test_standard_deviation_of_equal_bids_is_not_a_division_by_zero() -> None:
    scorer = {"name": "standard_deviation", "k": "50%", "below_zero": "allow"}
    result = evaluate(scheme(leaf("price", 100, scorer)), {"A": {"price": 1000}, "B": {"price": 1000}})
    assert scores(result, "price") == {"A": Fraction(1, 2), "B": Fraction(1, 2)}


def test_a_trifling_discount_cannot_earn_full_marks() -> None:
    """Junta Consultiva Aragon, Informe 6/2014: a published significant discount stands against it."""
    scorer = {"name": "discount_from_ceiling", "ceiling": 1000, "significant_discount": "5%", "below_zero": "clamp"}
    stated = scheme(leaf("price", 100, scorer))
    trifling = evaluate(stated, {"A": {"price": 999}, "B": {"price": 1000}})
    assert figures(trifling) == {"A": 2, "B": 0}
    real = evaluate(stated, {"A": {"price": 900}, "B": {"price": 999}})
    assert figures(real) == {"A": 100, "B": 1}


def test_no_quality_is_an_explained_rejection_and_not_a_division() -> None:
    stated = scheme(
        leaf("quality", 100, {"name": "mark", "out_of": 100}),
        rule="lowest_cost_per_quality_point",
        award={"on_rejection": "recompute"},
    )
    result = evaluate(stated, {n: BIDS[n] for n in ("A", "B", "dummy")})
    assert ranks(result) == {"A": 1, "B": 2, "dummy": None}
    dummy = result.bid("dummy")
    assert dummy is not None
    assert [*map(text, dummy.reasons)] == ["no quality points, so no cost per point"]


def test_a_cheap_poor_bid_wins_on_cost_per_quality_point_unless_there_is_a_gate() -> None:
    poor = {"price": 10, "marks": {"quality": 10}}
    question = leaf("quality", 100, {"name": "mark", "out_of": 100})
    by_cost = {"rule": "lowest_cost_per_quality_point", "award": {"on_rejection": "recompute"}}
    assert evaluate(scheme(question, **by_cost), {**BIDS, "poor": poor}).winner == ("poor",)
    gated = scheme({**question, "minimum": "50%"}, **by_cost)
    assert evaluate(gated, {**BIDS, "poor": poor}).winner == ("A",)
