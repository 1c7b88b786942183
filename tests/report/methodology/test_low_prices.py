"""Tests for abnormally low prices are published with what they come to on the prices of the example."""

from __future__ import annotations

from typing import Any

from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.documents.markdown import document_markdown
from tender_eval.report.methodology.document import publish


def published(low: dict[str, Any], *prices: int, **rest: Any) -> str:
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), currency="GBP", abnormally_low=low, **rest)
    given = bids_from_data(bids({f"b{n}": {"price": price} for n, price in enumerate(prices)}))
    return document_markdown(publish(compile_scheme(scheme_from_data(stated), CATALOGUE), given))


def test_each_price_is_shown_with_what_it_is_held_against_and_the_answer() -> None:
    text = published({"below_mean_by": "25%"}, 600, 1000, 1400)
    assert "| b0 | £600 | £1,000 | £750 | yes |" in text
    assert "| b1 | £1,000 | £1,000 | £750 | no |" in text


def test_over_which_bids_the_mean_is_taken_is_published() -> None:
    text = published({"below_mean_by": "25%", "also": [{"below_mean_by": "30%", "over": "evaluated"}]}, 600, 1000)
    assert "- 25% or more below the mean, over the bids that are ranked\n" in text
    assert "- 30% or more below the mean, over all bids that are evaluated, rejected ones among them\n" in text


def test_every_test_has_its_own_example_and_prices_are_those_before_adjustments() -> None:
    low = {
        "below_mean_by": "10%", "exactly": "not_flagged", "averaged_again": {"without_above": "10%", "fewest": 2},
        "also": [{"below_estimate_by": "30%", "estimate": 1200, "estimate_tax": "20%"}],
    }  # fmt: skip
    text = published(low, 600, 1000, 1000, 1600, price={"adjust": [{"id": "all", "by": "-50%"}]})
    assert "| b0 | £600 | £866.67 | £780 | yes |" in text, "2,600 / 3, and nine tenths of it"
    assert "| b0 | £600 | £1,000 | £700 | yes |" in text
    assert "without the tax of 20% that it holds" in text


def test_without_a_test_nothing_is_said_of_low_prices() -> None:
    stated = scheme(leaf("price", 100, "ratio_to_lowest"))
    assert "bnormally low" not in document_markdown(publish(compile_scheme(scheme_from_data(stated), CATALOGUE)))
