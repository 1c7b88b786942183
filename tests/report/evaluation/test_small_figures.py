"""Figures are printed so that different ones look different, also where all of them are small."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from in_short import reasons_why
from inline import evaluate as evaluate_inline
from inline import leaf, scheme

from tender_eval import Evaluation
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.terminal import document_text
from tender_eval.model.digits import figure_places
from tender_eval.model.gap import gap_between
from tender_eval.model.printed import printed_figure
from tender_eval.report.evaluation.brief import evaluation_document
from tender_eval.report.json.evaluation import evaluation_json

QUALITY_PER_PRICE = {"award": {"rule": {"name": "highest_quality_per_price"}, "on_rejection": "recompute"}}
"""Points of quality for each pound."""


@pytest.fixture
def small(evaluate: Callable[..., Evaluation], a_bid: Callable[..., dict[str, Any]]) -> Evaluation:
    bids = a_bid("a", 1_050_000, care=5, reach=5), a_bid("b", 800_000, care=4, reach=4)
    return evaluate(*bids, scheme=QUALITY_PER_PRICE)


def test_small_figures_are_told_apart_wherever_they_are_printed(small: Evaluation) -> None:
    figures = [printed_figure(small, b.figure) for b in small.bids]
    assert figures == ["0.00006000", "0.00005714"]
    for text in (document_text(evaluation_document(small)), document_markdown(evaluation_document(small))):
        assert all(figure in text for figure in figures)
    assert reasons_why(small) == ("b wins with quality points per price of 0.00006000, 0.00000286 more than a.",)
    assert [b["figure"] for b in json.loads(evaluation_json(small))["bids"]] == figures


@pytest.mark.parametrize(("price", "places"), [(40, 2), (60, 2), (61, 4), (6_000, 5)])
def test_the_places_are_the_schemes_where_figures_are_not_small(
    evaluate: Callable[..., Evaluation], a_bid: Callable[..., dict[str, Any]], price: int, places: int
) -> None:
    one = evaluate(a_bid("a", price, care=5, reach=5), scheme=QUALITY_PER_PRICE)
    assert one.bids[0].figure == Fraction(60, price)
    assert one.figure_places == places


def test_figures_that_differ_look_different(
    evaluate: Callable[..., Evaluation], a_bid: Callable[..., dict[str, Any]]
) -> None:
    bids = a_bid("a", 100_000), a_bid("b", 100_001), a_bid("c", 150_000)
    close = evaluate(*bids)
    assert [printed_figure(close, b.figure) for b in close.bids] == ["88.0000", "87.9996", "74.6667"]
    level = evaluate(a_bid("a", 100), a_bid("b", 100))
    assert [printed_figure(level, b.figure) for b in level.bids] == ["88.00", "88.00"]


def test_the_places_are_found_once_for_all_bids(small: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(figures: set[Fraction], places: int, mode: str) -> int:
        asked.append(len(figures))
        return figure_places(figures, places, mode)

    monkeypatch.setattr("tender_eval.model.digits.figure_places", counted)
    evaluation_document(small)
    evaluation_json(small)
    assert asked == [2], "else printing takes the square of the number of bids"


def test_a_supplier_with_an_empty_name_goes_by_the_id_of_its_bid(
    evaluate: Callable[..., Evaluation], a_bid: Callable[..., dict[str, Any]]
) -> None:
    assert [b.name for b in evaluate(a_bid("a", 100, supplier={"name": ""})).bids] == ["a"]


@pytest.mark.slow
@given(a=st.fractions(0, 100, max_denominator=97), b=st.fractions(0, 100, max_denominator=97))
def test_the_gap_between_two_figures_is_always_a_number_and_true(a: Fraction, b: Fraction) -> None:
    """Figures that endless decimals round apart, such as 66.67 and 33.33, are 33.33 apart, not 33.34 and no trace."""
    assume(a != b)
    stated = scheme(leaf("q", 100, {"name": "formula", "expression": "values.q / 100"}))
    result = evaluate_inline(stated, {"a": {"values": {"q": str(a)}}, "b": {"values": {"q": str(b)}}})
    gap = gap_between(result, result.bids[0], result.bids[1]).printed
    places = len(gap.partition(".")[2])
    assert Fraction(gap) > 0
    assert abs(Fraction(gap) - abs(a - b)) <= Fraction(1, 2 * 10**places)
    (said,) = reasons_why(result)
    assert f"{gap} more than" in said
