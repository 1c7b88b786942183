"""Methods as their sources state them, on invented bids: each figure is worked out by hand from the source's words.

Where a source prints figures of its own, it stands in `cases.json`; here are those that give the method alone.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from acting import Acting, source
from inline import evaluate, figures, leaf, points, ranks, scheme


def test_public_procurement_rules_32_2_of_pakistan() -> None:
    """Public Procurement Rules 2004 of Pakistan, rule 32(2): bids in several currencies, in one of them.

    The rate is the selling rate, as the State Bank of Pakistan notifies it, of the day on which bids are opened; who
    says it, and of which day it is, stands in the bidding documents. https://lawinsider.com/clause/conversion-to-single-currency
    """
    rates = {
        "in": "PKR",
        "rates": {"USD": "278.5", "EUR": "301.2"},
        "on": "2026-05-04",
        "source": "State Bank of Pakistan, selling",
    }
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), rule="lowest_price", currency=rates)
    offered = {
        "at_home": {"price": 27_900_000},
        "in_dollars": {"price": 100_000, "currency": "USD"},
        "in_euros": {"price": 93_000, "currency": "EUR"},
    }
    result = evaluate(stated, offered)
    assert figures(result) == {"in_dollars": 27_850_000, "at_home": 27_900_000, "in_euros": 28_011_600}
    assert result.winner == ("in_dollars",)


def test_vergabeportal_bw_cxray69y5c6() -> None:
    """A notice on vergabeportal-bw.de, project CXRAY69Y5C6: whole points for the price, points by month of delivery.

    30 points for the lowest price, none for more than twice as much, in a straight line between, and whole points only;
    30 for delivery in August 2027 or before, 20 in September, none from October on. It does not say how points become
    whole: here they are rounded half up. Its other criteria were not read.
    https://vergabeportal-bw.de/Satellite/public/company/project/CXRAY69Y5C6/de/processdata/generic
    """
    months = [("2000-01-01", "100%"), ("2027-09-01", "2/3"), ("2027-10-01", "0%")]
    by_month = {
        "name": "piecewise",
        "field": "values.delivery",
        "shape": "step",
        "includes": "lower",
        "points": [
            {"value": (date.fromisoformat(first) - date(2027, 8, 31)).days, "score": share} for first, share in months
        ],
    }
    price = {"name": "linear_above_lowest", "zero_at_percent": 100, "below_zero": "clamp"}
    stated = scheme(
        {**leaf("price", 30, price), "rounding": {"places": 0, "mode": "half_up"}},
        leaf("delivery", 30, by_month),
        weights="points",
        dates={"delivery": "2027-08-31"},
    )
    offered = {
        "a": {"price": 100_000, "values": {"delivery": "2027-09-01"}},
        "b": {"price": 128_400, "values": {"delivery": "2027-08-31"}},
        "c": {"price": 128_200, "values": {"delivery": "2027-10-01"}},
        "d": {"price": 250_000, "values": {"delivery": "2027-03-01"}},
    }
    result = evaluate(stated, offered)
    assert points(result, "price") == {"a": 30, "b": 21, "c": 22, "d": 0}, "of 30, 21.48, 21.54 and less than none"
    assert points(result, "delivery") == {"a": 20, "b": 30, "c": 0, "d": 30}
    assert result.winner == ("b",)


def test_vergabekommunal_cxp6yyhye45() -> None:
    """A notice on vergabekommunal.de, project CXP6YYHYE45: the simple quality-per-price method, to three digits.

    Z = L / P is scaled by powers of ten until the tender with the largest has three digits before the point, and then
    rounded without decimals; of equal ones the lowest price wins. It does not say which way a half goes.
    https://rlp.vergabekommunal.de/Satellite/public/company/project/CXP6YYHYE45/de/processdata/eforms
    """
    stated = scheme(
        leaf("quality", 1000, {"name": "mark", "out_of": 1000}),
        rule="highest_quality_per_price",
        award={"ties": [{"lowest": "price"}]},
        weights="points",
        rounding={"digits": 3, "mode": "half_up", "at": ["total"]},
    )
    offered = {
        "dearer": {"price": 210_000, "marks": {"quality": 874}},
        "cheaper": {"price": 209_000, "marks": {"quality": 869}},
        "third": {"price": 215_000, "marks": {"quality": 880}},
    }
    result = evaluate(stated, offered)
    scaled = {bid: (figure or 0) * 10**5 for bid, figure in figures(result).items()}
    assert scaled == {"cheaper": 416, "dearer": 416, "third": 409}, "of 415.79, 416.19 and 409.30"
    assert result.winner == ("cheaper",), "without rounding the dearer one"


def test_preferential_procurement_regulations_2017_regulation_7() -> None:
    """South Africa, Preferential Procurement Regulations 2017, regulation 7: 90 points for price, 10 by level.

    Of the levels 1 is the best, and a bidder without one has 0, worse than 8; points are rounded to two places.
    http://www.acts.co.za/preferential-procurement-policy-framework-act-2000/r32_7__90_10_preference_point_.php
    """
    by_level = (("0", 0), ("8", 1), ("7", 2), ("6", 3), ("5", 4), ("4", 5), ("3", 6), ("2", 9), ("1", 10))
    levels = [{"mark": level, "score": f"{10 * of_ten}%"} for level, of_ten in by_level]
    price = {"name": "linear_above_lowest", "zero_at_percent": 100, "below_zero": "allow"}
    stated = scheme(
        leaf("price", 90, price),
        leaf("level", 10, "mark", scale="levels"),
        scales={"levels": levels},
        rounding={"places": 2, "mode": "half_up", "at": ["criterion"]},
    )
    offered: dict[str, dict[str, Any]] = {
        "third": {"price": 61_300_000, "marks": {"level": 3}},
        "none": {"price": 60_000_000, "marks": {"level": 0}},
        "best": {"price": 64_000_000, "marks": {"level": 1}},
        "twice": {"price": 150_000_000, "marks": {"level": 8}},
    }
    result = evaluate(stated, offered)
    assert points(result, "price") == {"none": 90, "third": Fraction("88.05"), "best": 84, "twice": -45}
    assert figures(result) == {"third": Fraction("94.05"), "best": 94, "none": 90, "twice": -44}
    assert ranks(result) == {"third": 1, "best": 2, "none": 3, "twice": 4}


DRAWN = """\
format: tender-eval/scheme/1
id: equal-low-bids
title: Equal low bids
currency: USD
criteria:
  - {id: price, title: Price, weight: 100, scorer: ratio_to_lowest}
award: {rule: lowest_price, ties: [{highest: values.small_in_surplus_area}, {highest: values.small}, {draw: lots}]}
"""
EQUAL = """\
format: tender-eval/bids/1
bids:
  - {id: large, price: 100, values: {small: 0, small_in_surplus_area: 0}}
  - {id: small, price: 100, values: {small: 1, small_in_surplus_area: 0}}
  - {id: other, price: 100, values: {small: 1, small_in_surplus_area: 0}}
  - {id: dear, price: 101, values: {small: 1, small_in_surplus_area: 1}}
"""


def test_far_14_408_6() -> None:
    """Federal Acquisition Regulation 14.408-6, equal low bids.

    Small business in a labour surplus area goes first, then other small business, then others; whom that leaves equal
    draw lots among them alone, before three witnesses, who are documented.
    https://samsearch.co/far-navigator/14-408-6-equal-low-bids
    """
    case = Acting.evaluated(scheme=DRAWN, bids=EQUAL)
    (before,) = case.state.evaluations.values()
    assert (ranks(before), before.tied) == ({"other": 1, "small": 1, "large": 3, "dear": 4}, True)
    assert case.refusal("settle", order=["large", "small"], procedure="drawn by lot"), "a lot among the two alone"
    case("settle", order=["small", "other"], procedure="drawn by lot", witnesses=["Ann", "Bob", "Cyd"])
    assert case.winner() == ("small",)


NEGOTIATED = """\
format: tender-eval/scheme/1
id: final-proposals
title: Final proposal revisions
currency: USD
regime: {rounds: 2}
criteria:
  - {id: care, title: Care, weight: 60, scorer: {name: mark, out_of: 5}}
  - {id: price, title: Price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score, on_rejection: recompute}
"""


def proposals(**offered: tuple[int, int]) -> dict[str, Any]:
    """A file of proposals: the price and the mark of each bid."""
    bids = (f"  - {{id: {n}, price: {p}, marks: {{care: {m}}}}}\n" for n, (p, m) in offered.items())
    return source("bids.yaml", "format: tender-eval/bids/1\nbids:\n" + "".join(bids))


def test_far_15_307() -> None:
    """Federal Acquisition Regulation 15.307: after discussions all who are still in may make a final revision.

    Of whoever was eliminated none is taken; one round ends the discussions, and award is made without a further one.
    https://samsearch.co/far-navigator/15-307-proposal-revisions
    """
    case = Acting.opened(scheme=NEGOTIATED)
    case("receive", file=proposals(a=(100, 4), b=(90, 3), out=(80, 5)))
    case("exclude", bid="out", clause="15.306(c)", reason="not among the most highly rated proposals")
    assert case.refusal("offer", file=proposals(out=(70, 5)), round="2")
    case("offer", file=proposals(a=(96, 4), b=(72, 4)), round="2")
    assert case.refusal("offer", file=proposals(a=(60, 5)), round="3"), "no further revision"
    case("lock")
    case("evaluate")
    (result,) = case.state.evaluations.values()
    assert figures(result) == {"b": 88, "a": 78, "out": None}, "48 and 40 x 72 / 96"
    assert case.winner() == ("b",)
