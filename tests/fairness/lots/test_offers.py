"""Offers for several lots in the analyses: a bid with its offers is one bid, and no lot by itself knows of them."""

from __future__ import annotations

import numpy as np
import pytest
from shipped import CATALOGUE

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.documents.html import document_html
from tender_eval.fairness.analyse import analyse
from tender_eval.fairness.findings.analysis import Analysis, AnalysisOptions
from tender_eval.fairness.groups import lot_group_impact
from tender_eval.fairness.lots.together import Together
from tender_eval.fairness.robustness.disagreement import mark_draws
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
    assert {change.bid for change in analysis.across.changes} <= {"a", "b"}


@pytest.mark.slow
def test_a_page_tells_offers_of_one_supplier_from_each_other(analysis: Analysis) -> None:
    page = document_html(fairness_document(analysis, brief=False))
    assert "A (north+south)" in page
    assert "a+north+south" not in page
