"""Whether a bid that is out still counts in the scores of the others: as the scheme says, in both arithmetics."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import inline
import numpy as np
import pytest
from inline import CATALOGUE, evaluate, leaf, points, refusal, scheme

from tender_eval import Evaluation, bids_from_data, compile_scheme, scheme_from_data
from tender_eval.languages.results import text

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


# Of a bid that is out no more is asked than what puts it out.


@pytest.mark.parametrize("scorer", ["ratio_to_lowest", {"name": "fixed_band", "full_at": 50, "zero_at": 300}])
def test_the_price_of_a_bid_below_a_minimum_may_be_missing(scorer: object) -> None:
    """Its envelope stays closed; the others come out as they would with it."""
    stated = gated("recompute", scorer, abnormally_low={"below_mean_by": "25%"})
    bids = {**BIDS, "out": {"marks": {"quality": 10}}}
    result = evaluate(stated, bids)
    assert is_out(result)
    assert points(evaluate(stated, BIDS), "price").items() >= points(result, "price").items()
    out = result.bid("out")
    assert out is not None
    assert [c.id for c in out.criteria] == ["quality"]


def test_under_keep_order_its_price_is_asked_for() -> None:
    compiled = compile_scheme(scheme_from_data(gated("keep_order")), CATALOGUE)
    found = bids_from_data(inline.bids({**BIDS, "out": {"marks": {"quality": 10}}}))
    (said,) = refusal(compiled.evaluate, found)
    assert (said.code, '"out" has no price' in said.message) == ("TE052", True)


def test_a_bid_that_lacks_what_a_minimum_goes_by_is_asked_for_it() -> None:
    compiled = compile_scheme(scheme_from_data(gated("recompute")), CATALOGUE)
    found = bids_from_data(inline.bids({**BIDS, "out": {"price": 50}, "b": {"marks": {"quality": 90}}}))
    said = refusal(compiled.evaluate, found)
    assert sorted(d.message.split(",")[0] for d in said) == ['bid "b" has no price', 'bid "out" has no marks.quality']


def test_a_group_with_a_missing_part_rejects_nobody_by_that_part() -> None:
    """Not known is not zero: only the criterion that is known gives a reason."""
    stated = scheme(
        {
            "id": "all", "weight": 100, "minimum": "40%",
            "criteria": [
                leaf("quality", 60, {"name": "mark", "out_of": 100}, minimum="50%"),
                leaf("hours", 40, {"name": "fixed_band", "field": "values.hours", "full_at": 10, "zero_at": 0}),
            ],
        }, award={"on_rejection": "recompute"},
    )  # fmt: skip
    result = evaluate(
        stated, {"out": {"marks": {"quality": 10}}, "a": {"marks": {"quality": 80}, "values": {"hours": 5}}}
    )
    out = result.bid("out")
    assert out is not None
    assert [*map(text, out.reasons)] == ['"quality": 6 of 60 points is below the minimum 50% = 30']


def test_negative_quality_of_a_rejected_bid_does_not_stop_the_weighted_value_index() -> None:
    slow = {"price": 95_000, "values": {"days": 40}}
    days = {"name": "linear_above_lowest", "field": "values.days", "below_zero": "allow"}
    for minimum, ranked in (({"minimum": "50%"}, {"good": 1, "slow": None}), ({}, {"good": 1, "slow": 2})):
        stated = scheme(
            leaf("quality", 60, days, **minimum),
            leaf("price", 40, "ratio_to_lowest"),
            rule="weighted_value_index",
            award={"on_rejection": "keep_order"},
        )
        result = evaluate(stated, {"good": {"price": 100_000, "values": {"days": 10}}, "slow": slow})
        assert {b.id: b.rank for b in result.bids} == ranked
        assert {b.id: b.figure for b in result.bids}["good"] == Fraction(1, 100_000)


def test_under_keep_order_a_bid_below_a_minimum_counts_and_one_that_fails_a_condition_does_not() -> None:
    stated = gated("keep_order", conditions=[{"id": "policy", "reads": "declarations.policy", "must_be": True}])
    stated["criteria"][0]["minimum"] = "40%"
    bids = {
        "a": {"price": 100, "marks": {"quality": 80}, "declarations": {"policy": True}},
        "b": {"price": 80, "marks": {"quality": 60}, "declarations": {"policy": True}},
        "no_policy": {"price": 40, "marks": {"quality": 80}, "declarations": {"policy": False}},
        "below_minimum": {"price": 60, "marks": {"quality": 20}, "declarations": {"policy": True}},
    }
    assert {b.id: b.figure for b in evaluate(stated, bids).bids if b.rank} == {"a": 72, "b": 66}


def test_minimums_are_followed_to_the_end_before_the_rule_turns_anybody_away() -> None:
    stated = scheme(
        leaf("reach", 60, {"name": "linear_between_bids", "field": "values.people", "best": "highest"}),
        leaf("price", 40, "ratio_to_lowest", minimum="50%"),
        rule="lowest_cost_per_quality_point",
        award={"on_rejection": "recompute"},
    )
    result = evaluate(
        stated,
        {"dear": {"price": 300_000, "values": {"people": 400}}, "cheap": {"price": 100_000, "values": {"people": 200}}},
    )
    assert result.winner == ("cheap",)  # without dear, cheap alone has full marks for reach


def test_no_criterion_made_of_the_price_is_quality_by_whatever_name_the_rule_calls_it() -> None:
    for price, whole in (("prices.annual", {"price": {"components": {"annual": "per_year"}, "years": 4}}), (None, {})):
        name = price or "values.total"
        stated = scheme(
            leaf("quality", 60, {"name": "mark", "out_of": 5}),
            leaf("price", 40, {"name": "ratio_to_lowest", "field": "price" if price else "values.total"}),
            rule={"name": "lowest_cost_per_quality_point", "price": name},
            award={"on_rejection": "recompute"},
            **whole,  # type: ignore[arg-type]
        )
        cost = (lambda n: {"prices": {"annual": n}}) if price else (lambda n: {"values": {"total": n}})
        result = evaluate(
            stated,
            {"good": {"marks": {"quality": 5}, **cost(120_000)}, "poor": {"marks": {"quality": 3}, **cost(80_000)}},
        )
        assert {b.id: b.figure for b in result.bids} == {"good": 2000, "poor": Fraction(20000, 9)}
