"""From when a price is flagged as abnormally low: each test against its definition, and as published."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import evaluate, leaf, refusal, scheme
from shipped import case_from

from tender_eval import scheme_from_data
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.languages.results import text
from tender_eval.model.explanation.flags import AbnormallyLowPrice


def flagged(low: dict[str, Any], *prices: object, **rest: Any) -> dict[str, list[AbnormallyLowPrice]]:
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), abnormally_low=low, **rest)
    result = evaluate(stated, {f"b{n}": {"price": price} for n, price in enumerate(prices)})
    found = {b.id: [f for f in b.flags if isinstance(f, AbnormallyLowPrice)] for b in result.bids}
    return {name: flags for name, flags in found.items() if flags}


def test_prozorro_holds_a_price_against_the_mean_of_the_others_and_the_next_one() -> None:
    """Law of Ukraine on public procurement, art. 1: 40% or more below the mean of the other bids, or 30% or more below
    the next price. The prices are made up."""
    low = {"below_mean_by": "40%", "counts_itself": "false", "also": [{"below_runner_up_by": "30%"}]}
    assert {name: [f.of for f in flags] for name, flags in flagged(low, 60, 100, 100).items()} == {
        "b0": ["mean", "runner_up"]
    }
    assert {name: [f.of for f in flags] for name, flags in flagged(low, 66, 90, 130).items()} == {"b0": ["mean"]}
    assert flagged(low, 71, 100, 110) == {}
    with_itself = {"below_mean_by": "40%"}
    assert flagged(with_itself, 60, 100, 100) == {}, "its own price draws the mean down"


def test_a_price_far_under_the_estimate_is_flagged_though_it_bids_alone() -> None:
    """Portland, project 2018D015: the low bid was 48% under the engineer's estimate, and nothing flagged it."""
    low = {"below_estimate_by": "30%", "estimate": 1000000}
    (flag,) = flagged(low, 520000)["b0"]
    assert (flag.middle, flag.below) == (1000000, Fraction("0.48"))
    yearly = {"below_estimate_by": "30%", "estimate": "400% of annual_value"}
    (found,) = refusal(flagged, yearly, 520000)
    assert (found.code, "annual_value" in found.message) == ("TE052", True)


def test_trimming_says_how_many_and_what_happens_to_ties() -> None:
    prices = (50, 50, 80, 100, 100, 120, 200)
    for ties, mean in (("all", Fraction(400, 4)), ("none", Fraction(450, 5))):
        low = {"below_trimmed_mean_by": "20%", "trim": {"each_end": "10%", "rounded": "up", "ties": ties}}
        assert {f.middle for flags in flagged(low, *prices).values() for f in flags} == {mean}
    down = {"below_trimmed_mean_by": "20%", "trim": {"each_end": "10%", "rounded": "down", "ties": "all"}}
    assert {f.middle for flags in flagged(down, *prices).values() for f in flags} == {Fraction(700, 7)}
    nothing = {"below_trimmed_mean_by": "1%", "trim": {"each_end": "40%", "rounded": "up", "ties": "all"}}
    assert flagged(nothing, 1, 2) == {}


def test_at_the_limit_and_by_the_number_of_bids() -> None:
    assert list(flagged({"below_median_by": "25%"}, 75, 100, 110)) == ["b0"]
    assert flagged({"below_median_by": "25%", "exactly": "not_flagged"}, 75, 100, 110) == {}
    few = {"below_median_by": "25%", "to_bids": 2, "also": [{"below_mean_by": "40%", "from_bids": 3}]}
    assert {n: [f.of for f in flags] for n, flags in flagged(few, 40, 100).items()} == {"b0": ["median"]}
    assert {n: [f.of for f in flags] for n, flags in flagged(few, 40, 100, 100).items()} == {"b0": ["mean"]}


def test_over_the_bids_that_are_ranked_or_all_that_were_evaluated() -> None:
    offered = {
        "low": {"price": 60, "marks": {"quality": 9}}, "fair": {"price": 80, "marks": {"quality": 9}},
        "poor": {"price": 400, "marks": {"quality": 1}},
    }  # fmt: skip
    for over, flags in (("ranked", []), ("evaluated", ["fair", "low"])):
        stated = scheme(
            leaf("quality", 50, {"name": "mark", "out_of": 10}, minimum="50%"), leaf("price", 50, "ratio_to_lowest"),
            award={"on_rejection": "recompute"}, abnormally_low={"below_mean_by": "30%", "over": over},
        )  # fmt: skip
        assert sorted(b.id for b in evaluate(stated, offered).bids if b.flags) == flags


def test_prices_are_held_as_they_were_bid() -> None:
    low = {"below_estimate_by": "10%", "estimate": 100}
    adjust = {"price": {"adjust": [{"id": "all", "by": "-50%"}]}}
    assert flagged(low, 95, **adjust) == {}


@pytest.mark.slow
@given(st.lists(st.integers(1, 100), min_size=2, max_size=8), st.integers(0, 60))
def test_the_mean_of_the_others_is_the_sum_without_the_bid(prices: list[int], percent: int) -> None:
    found = flagged({"below_mean_by": f"{percent}%", "counts_itself": "false"}, *prices)
    for n, price in enumerate(prices):
        others = Fraction(sum(prices) - price, len(prices) - 1)
        assert (f"b{n}" in found) == (price <= others * (1 - Fraction(percent, 100)))


def test_in_italy_the_threshold_is_the_mean_and_the_mean_deviation_of_the_discounts_above_it() -> None:
    """D.Lgs. 50/2016, art. 97(2), as the Council of State worked it out (VI, 17 October 2017, no. 4803): the ends left
    out, the mean of the rest, and to it the mean deviation of those above it. Discounts off 1,000 are made up."""
    discounts = (5, 10, 14, 15, 18, 20, 22, 25, 27, 40)
    trim = {"each_end": "10%", "rounded": "up", "ties": "all"}
    kept = discounts[1:-1]
    mean = Fraction(sum(kept), len(kept))
    for below, over in (("kept", kept), ("all", discounts)):
        above = [d for d in over if d > mean]
        threshold = mean + sum((d - mean for d in above), Fraction(0)) / len(above)
        low = {"below_trimmed_mean_by": "0%", "trim": trim, "averaged_again": {"below_mean": below}}
        found = flagged(low, *(1000 - 10 * d for d in discounts))
        assert sorted(found) == sorted(f"b{n}" for n, d in enumerate(discounts) if d >= threshold)
        assert {f.middle for flags in found.values() for f in flags} == {1000 - 10 * threshold}
        assert "the mean of the prices that are below the trimmed mean" in text(next(iter(found.values()))[0])


def test_in_spain_a_new_mean_is_taken_without_the_high_offers_over_three_at_least() -> None:
    """Real Decreto 1098/2001, art. 85(4): more than 10 per cent below the mean; where offers are more than 10 per cent
    above it, below a new mean without these, over the three lowest where fewer are left. The offers are made up."""
    low = {
        "below_mean_by": "10%", "exactly": "not_flagged", "averaged_again": {"without_above": "10%", "fewest": 3},
        "from_bids": 4,
    }  # fmt: skip
    assert list(flagged(low, 80, 95, 100, 150)) == ["b0"], "of 425 / 4 = 106.25 the limit is 116.875, and 150 is out"
    (flag,) = flagged(low, 80, 95, 100, 150)["b0"]
    assert (flag.middle, "taken again" in text(flag)) == (Fraction(275, 3), True)
    (flag,) = flagged(low, 10, 11, 100, 100, 100)["b1"]
    assert flag.middle == Fraction(121, 3), "two are left, so that the three lowest count"
    assert flagged(low, 90, 100, 100, 110) == {}, "exactly ten per cent is not more"


def test_the_tax_that_an_estimate_holds_is_taken_out() -> None:
    low = {"below_estimate_by": "30%", "estimate": 1200, "estimate_tax": "20%"}
    assert list(flagged(low, 700, tax="excluded")) == ["b0"]
    assert flagged(low, 701) == {}
    (said,) = refusal(lambda: flagged(low, 700, tax="included"))
    assert (said.code, "stated with it" in said.message) == ("TE028", True)


@pytest.mark.slow
@given(st.lists(st.integers(1, 60), min_size=1, max_size=9), st.sampled_from([0, 10, 25]), st.integers(1, 4))
def test_a_mean_taken_again_is_that_of_its_definition(prices: list[int], percent: int, fewest: int) -> None:
    ordered, mean = sorted(prices), Fraction(sum(prices), len(prices))
    left = [p for p in ordered if p <= mean * (1 + Fraction(percent, 100))]
    left = left if len(left) >= fewest else ordered[:fewest]
    under = [p for p in ordered if p < mean] or ordered
    tried = {
        ("without_above", f"{percent}%"): Fraction(sum(left), len(left)),
        ("below_mean", "kept"): Fraction(sum(under), len(under)),
    }
    for (key, said), against in tried.items():
        again = {key: said} | ({"fewest": fewest} if key == "without_above" else {})
        found = flagged({"below_mean_by": "5%", "from_bids": 1, "averaged_again": again}, *prices)
        assert set(found) == {f"b{n}" for n, p in enumerate(prices) if p <= against * Fraction(95, 100)}


@pytest.mark.parametrize(
    ("low", "code"),
    [
        ({"below_median_by": "5%", "averaged_again": {"below_mean": "kept"}}, "TE028"),
        ({"below_mean_by": "5%", "averaged_again": {"below_mean": "all"}}, "TE028"),
        ({"below_mean_by": "5%", "averaged_again": {}}, "TE012"),
        ({"below_mean_by": "5%", "averaged_again": {"below_mean": "kept", "fewest": 3}}, "TE028"),
        ({"below_mean_by": "5%", "counts_itself": "false", "averaged_again": {"below_mean": "kept"}}, "TE028"),
        ({"below_mean_by": "5%", "estimate_tax": "20%"}, "TE028"),
        ({}, "TE012"), ({"below_mean_by": "10%", "below_median_by": "10%"}, "TE012"),
        ({"below_estimate_by": "10%"}, "TE027"), ({"below_trimmed_mean_by": "10%"}, "TE027"),
        ({"below_mean_by": "10%", "estimate": 5}, "TE028"),
        ({"below_runner_up_by": "10%", "counts_itself": "false"}, "TE028"),
        ({"below_trimmed_mean_by": "10%", "trim": {"each_end": "50%", "rounded": "up", "ties": "all"}}, "TE015"),
    ],
)  # fmt: skip
def test_what_is_left_open_is_refused(low: dict[str, Any], code: str) -> None:
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), abnormally_low=low)
    assert [d.code for d in refusal(scheme_from_data, stated)] == [code]


def test_a_test_is_written_back() -> None:
    low = {
        "below_trimmed_mean_by": "20%", "trim": {"each_end": "10%", "rounded": "up", "ties": "none"}, "from_bids": 5,
        "also": [{"below_estimate_by": "30%", "estimate": "400% of annual_value", "exactly": "not_flagged"}],
    }  # fmt: skip
    made = scheme_from_data(scheme(leaf("price", 100, "ratio_to_lowest"), abnormally_low=low))
    assert scheme_from_data(scheme_data(made)) == made


@pytest.mark.parametrize(
    ("regime", "cited"),
    [
        ({}, True),
        ({"law": "procurement-act-2023"}, True),
        ({"law": "psr-2023"}, False),
        ({"law": "pcsr-2015"}, False),
        ({"law": "world-bank"}, False),
    ],
)
def test_a_low_price_is_asked_about_under_the_act_where_that_governs(regime: dict[str, str], cited: bool) -> None:
    scheme = {
        "format": "tender-eval/scheme/1", "id": "x", "title": "X", "currency": "GBP", "regime": regime,
        "criteria": [{"id": "price", "title": "Price", "weight": 100, "scorer": "ratio_to_lowest"}],
        "abnormally_low": {"below_mean_by": "25%"}, "award": {"rule": "highest_score", "on_rejection": "recompute"},
    }  # fmt: skip
    bids = [{"id": one, "price": price} for one, price in (("a", 10), ("b", 100), ("c", 100))]
    made = case_from(scheme, {"format": "tender-eval/bids/1", "bids": bids})
    (flag,) = made.evaluations[""].bids[0].flags
    assert text(flag).startswith("abnormally low? the price 10 is 85.7% below the mean 70 (flagged from 25%): ask the")
    assert text(flag).endswith("before any decision (Procurement Act 2023 s.19(3)-(5))" if cited else "any decision")
