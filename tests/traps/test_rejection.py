"""Whether a bid that is out still counts in the scores of the others: as the scheme says, in both arithmetics."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, evaluate, leaf, points, refusal, scheme

from tender_eval import Evaluation, compile_scheme, scheme_from_data

# out: the cheapest, below the minimum for quality
BIDS: dict[str, dict[str, Any]] = {
    "out": {"price": 50, "marks": {"quality": 10}},
    "a": {"price": 100, "marks": {"quality": 80}},
    "b": {"price": 200, "marks": {"quality": 90}},
}


def gated(on_rejection: str | None, scorer: object = "ratio_to_lowest", **rest: object) -> dict[str, Any]:
    award = {} if on_rejection is None else {"on_rejection": on_rejection}
    quality = leaf("quality", 60, {"name": "mark", "out_of": 100}, minimum="50%")
    return scheme(quality, leaf("price", 40, scorer), award=award, **rest)


def is_out(result: Evaluation, name: str = "out") -> bool:
    bid = result.bid(name)
    assert bid is not None
    assert bid.reasons, "whoever is out is told why"
    return (bid.status, bid.rank, bid.figure) == ("rejected", None, None) and name not in result.winner


@pytest.mark.parametrize(("on_rejection", "a", "b"), [("recompute", 40, 20), ("keep_order", 20, 10)])
def test_an_excluded_bid_and_the_lowest_price(on_rejection: str, a: int, b: int) -> None:
    result = evaluate(gated(on_rejection), BIDS)
    assert is_out(result)
    earned = points(result, "price")
    assert (earned["a"], earned["b"]) == (a, b)


@pytest.mark.parametrize(("on_rejection", "a", "b"), [("recompute", 40, 20), ("keep_order", 20, 10)])
def test_an_excluded_bid_and_the_lowest_price_in_a_batch(on_rejection: str, a: int, b: int) -> None:
    compiled = compile_scheme(scheme_from_data(gated(on_rejection)), CATALOGUE)
    columns = {"price": np.array([50.0, 100.0, 200.0]), "marks.quality": np.array([10.0, 80.0, 90.0])}
    found = compiled.evaluate_batch(columns, keep=["price"])
    assert found.criteria["price"][1:, 0].tolist() == [a, b]
    assert found.rejected[:, 0].tolist() == [True, False, False]
    assert found.ranks[0, 0] == 0


@pytest.mark.parametrize(
    ("scorer", "recomputed", "kept"),
    [
        ({"name": "linear_between_bids"}, [40, 0], [Fraction(80, 3), 0]),
        ({"name": "linear_above_lowest", "below_zero": "clamp"}, [40, 0], [0, 0]),
        ({"name": "mean_deviation", "below_zero": "allow"}, [Fraction(100, 3), Fraction(20, 3)], None),
        ({"name": "formula", "expression": "lowest / price"}, [40, 20], [20, 10]),
        ({"name": "formula", "expression": "1 / count()"}, [20, 20], [Fraction(40, 3)] * 2),
    ],
)
def test_no_scorer_sees_an_excluded_bid_where_the_scheme_recomputes(
    scorer: object, recomputed: list[Fraction], kept: list[Fraction] | None
) -> None:
    found = points(evaluate(gated("recompute", scorer), BIDS), "price")
    assert [found["a"], found["b"]] == recomputed
    without = points(evaluate(gated("recompute", scorer), {n: BIDS[n] for n in "ab"}), "price")
    assert {n: found[n] for n in "ab"} == without, "as if it had never been there"
    still = points(evaluate(gated("keep_order", scorer), BIDS), "price")
    assert [still["a"], still["b"]] != recomputed
    assert kept is None or [still["a"], still["b"]] == kept


@pytest.mark.parametrize("on_rejection", ["recompute", "keep_order"])
def test_a_bid_that_fails_a_condition_is_never_scored_and_never_counts(on_rejection: str) -> None:
    policy = {"id": "policy", "reads": "declarations.policy", "must_be": True}
    stated = scheme(
        leaf("price", 100, "ratio_to_lowest", minimum="1%"),
        conditions=[policy],
        award={"on_rejection": on_rejection},
    )
    bids = {n: {"price": bid["price"], "declarations": {"policy": n != "out"}} for n, bid in BIDS.items()}
    result = evaluate(stated, bids)
    assert is_out(result)
    assert points(result, "price") == {"a": 100, "b": 50}


@pytest.mark.parametrize("on_rejection", ["recompute", "keep_order"])
def test_a_bid_that_is_not_shortlisted_never_counts(on_rejection: str) -> None:
    stated = gated(on_rejection, shortlist={"by": ["quality"], "top": 2})
    result = evaluate(stated, BIDS)
    out = result.bid("out")
    assert out is not None
    assert (out.status, out.rank) == ("not_shortlisted", None)
    assert {n: points(result, "price")[n] for n in "ab"} == {"a": 40, "b": 20}


@pytest.mark.parametrize(("on_rejection", "figure"), [("recompute", 100), ("keep_order", 50)])
def test_a_bid_that_the_rule_turns_away(on_rejection: str, figure: int) -> None:
    """Over the budget: the dearest no longer sets the highest quality that others are measured by."""
    stated = scheme(
        leaf("quality", 100, {"name": "ratio_to_highest", "field": "values.quality"}),
        rule={"name": "highest_quality_within_budget", "budget": 150},
        award={"on_rejection": on_rejection},
    )
    bids = {"a": {"price": 100, "values": {"quality": 40}}, "over": {"price": 200, "values": {"quality": 80}}}
    result = evaluate(stated, bids)
    assert is_out(result, "over")
    a = result.bid("a")
    assert a is not None
    assert a.figure == figure


def test_a_rejection_that_brings_down_another_bid_is_followed_to_the_end() -> None:
    """Without the cheapest the next lowest sets the mark, and another falls below its minimum only with it."""
    stated = scheme(
        leaf("quality", 60, {"name": "mark", "out_of": 100}, minimum="50%"),
        leaf("price", 40, {"name": "linear_between_bids"}, minimum="10%"),
        award={"on_rejection": "recompute"},
    )
    bids = {
        "junk": {"price": 1000, "marks": {"quality": 10}},
        "a": {"price": 100, "marks": {"quality": 80}},
        "b": {"price": 400, "marks": {"quality": 90}},
        "c": {"price": 390, "marks": {"quality": 85}},
    }
    result = evaluate(stated, bids)
    # junk goes; b is then the dearest and earns nothing; c after it, for the same reason; a is alone
    assert {b.id: b.status for b in result.bids} == {
        "a": "ranked",
        "b": "rejected",
        "c": "rejected",
        "junk": "rejected",
    }
    kept = evaluate({**stated, "award": {"rule": "highest_score", "on_rejection": "keep_order"}}, bids)
    assert {b.id for b in kept.bids if b.rank} == {"a", "b", "c"}


def test_when_everybody_is_out_nobody_wins() -> None:
    result = evaluate(gated("recompute"), {"out": BIDS["out"]})
    assert is_out(result)
    assert result.winner == ()
    assert not result.tied


def test_a_scheme_that_does_not_say_which_is_refused() -> None:
    (said,) = refusal(compile_scheme, scheme_from_data(gated(None)), CATALOGUE)
    assert (said.code, said.hint.startswith("state on_rejection: recompute (")) == ("TE027", True)
