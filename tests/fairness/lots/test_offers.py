"""Offers for several lots in the analyses: a bid with its offers is one bid, and no lot by itself knows of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from shipped import CATALOGUE

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.documents.html import document_html
from tender_eval.fairness.analyse import analyse
from tender_eval.fairness.findings.across import AwardChange
from tender_eval.fairness.findings.analysis import Analysis, AnalysisOptions
from tender_eval.fairness.groups import lot_group_impact
from tender_eval.fairness.lots.together import Together
from tender_eval.fairness.robustness.disagreement import mark_draws
from tender_eval.model.bids import Bid, Figure
from tender_eval.report.fairness.document import fairness_document

MARK = {"id": "quality", "weight": 100, "minimum": "25%", "scorer": {"name": "mark", "out_of": 4}}
SCHEME = {
    "format": "tender-eval/scheme/1", "id": "s", "title": "S", "criteria": [MARK],
    "award": {"rule": "lowest_price", "lots": {
        "mechanism": "best_total", "packages": "by_lot", "discounts": "where_awarded"}},
}  # fmt: skip


def together() -> Together:
    """North and south alone go to b for 90 + 80; a has both for 150 in a package. East is a's in a package only."""
    by_lot = {"north": {"price": 80}, "south": {"price": 70}}
    east = {"north": {"price": 95}, "east": {"price": 60}}
    bids = [
        {"id": "a", "supplier": {"name": "A", "size": "small"}, "marks": {"quality": 3},
         "lots": {"north": {"price": 100}, "south": {"price": 100}, "east": {"alone": False}},
         "packages": [{"by_lot": by_lot}, {"by_lot": east}]},
        {"id": "b", "supplier": {"name": "B", "size": "large"}, "marks": {"quality": 2},
         "lots": {"north": {"price": 90}, "south": {"price": 80}, "east": {"price": 70}},
         "discounts": [{"at_least": 3, "off": "1%"}]},
    ]  # fmt: skip
    lots = [{"id": lot} for lot in ("north", "south", "east")]
    offered = {"format": "tender-eval/bids/1", "tender": {"lots": lots}, "bids": bids}
    return Together(compile_scheme(scheme_from_data(SCHEME), CATALOGUE), bids_from_data(offered))


def test_by_itself_a_lot_is_of_the_prices_for_it_alone() -> None:
    found = together()
    assert found.award == {"north": ("a+north+south",), "south": ("a+north+south",), "east": ("b",)}
    assert {lot: scenario.winner for lot, scenario in found.by_itself.items()} == dict.fromkeys(found.lots, ("b",))
    assert [list(scenario.rows) for scenario in found.by_itself.values()] == [["a", "b"], ["a", "b"], ["b"]]
    assert "a+north+east" in found.lots["east"].rows


def test_a_bid_with_its_offers_counts_once_in_a_group_and_wins_with_any_of_them() -> None:
    found = together()
    (small,) = (one for one in lot_group_impact(list(found.lots.values()), list(found.award.values())))
    assert (small.members, small.others) == (3, 3)
    assert (small.selected, small.selected_others) == pytest.approx((2 / 3, 1 / 3))


def test_marks_that_are_drawn_anew_are_the_same_in_every_offer_of_a_bid() -> None:
    scenario = together().lots["north"]
    (drawn,) = mark_draws(scenario, np.random.default_rng(1), 200).values()
    rows = [drawn[row] for bid, row in scenario.rows.items() if bid.startswith("a")]
    assert len(rows) == 3
    assert all((row == rows[0]).all() for row in rows)
    assert len(np.unique(rows[0])) > 1
    assert (rows[0] != drawn[scenario.rows["b"]]).any()


def test_leaving_a_bid_out_takes_its_offers_with_it() -> None:
    assert together().award_without("a") == dict.fromkeys(("north", "south", "east"), ("b+north+south+east",))


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    found = together()
    return analyse(found.compiled, found.bids, AnalysisOptions(draws=20))


@pytest.mark.slow
def test_what_is_told_of_a_lot_says_that_offers_were_left_out(analysis: Analysis) -> None:
    assert all(one.findings.offers_left_out for one in analysis.lots.values())
    assert {bid for one in analysis.lots.values() for bid in one.findings.bids} == {"a", "b"}
    assert analysis.across is not None
    assert set(analysis.across.first.values()) == {("b",)}
    assert all("+" not in price.bid for one in analysis.lots.values() for price in one.findings.prices)
    assert {one.bid for one in analysis.across.changes if one.kind != "price"} <= {"a", "b"}


def at_prices(changed: AwardChange, to: Fraction) -> dict[str, tuple[str, ...]]:
    """The award were the price of a change to be this, of the bids as they would then be stated."""
    found = together()
    bids = tuple(with_price(bid, changed, Figure(to)) for bid in found.bids.bids)
    return dict(Together(found.compiled, replace(found.bids, bids=bids)).award)


def with_price(bid: Bid, changed: AwardChange, price: Figure) -> Bid:
    """The bid at the price that changes, where it is its own or that of a package of it."""
    named = {row.id: n for n, row in enumerate(bid.for_several[: len(bid.packages)])}
    if changed.bid == bid.id:
        part = replace(bid.lots[changed.lot], figures={"price": price})
        return replace(bid, lots={**bid.lots, changed.lot: part})
    if changed.bid not in named:
        return bid
    packages = list(bid.packages)
    one = packages[named[changed.bid]]
    packages[named[changed.bid]] = replace(one, figures={**one.figures, changed.lot: {"price": price}})
    return replace(bid, packages=tuple(packages))


@pytest.mark.slow
def test_the_nearest_price_of_a_bid_and_of_a_package_moves_the_award_and_a_dearer_one_does_not(
    analysis: Analysis,
) -> None:
    assert analysis.across is not None
    now, found = dict(analysis.across.award), [one for one in analysis.across.changes if one.kind == "price"]
    # 150 for the package of north and south beside 170; with b's discount of 1% on all three lots 240 less 1%.
    assert {(one.bid, one.lot) for one in found} >= {("b", "north"), ("b", "south"), ("a", "north"), ("a", "south")}
    assert "b+north+south+east" not in {one.bid for one in found}, "a discount is lower where the price is"
    for one in found:
        assert one.was is not None
        assert one.to is not None
        assert at_prices(one, one.to) == {**now, **one.award} != now
        assert at_prices(one, one.to + one.was / 500) == now


@pytest.mark.slow
def test_a_page_tells_offers_of_one_supplier_from_each_other(analysis: Analysis) -> None:
    page = document_html(fairness_document(analysis, brief=False))
    assert "A (north+south)" in page
    assert "a+north+south" not in page
