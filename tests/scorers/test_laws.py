"""What holds for every numeric scorer: both arithmetics agree, scores are in range, promises are kept."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.engine.catalogue import load_catalogue
from tender_eval.plugins.scorer import Scorer, Trait
from tender_eval.scorers.bands import FixedBand, Piecewise
from tender_eval.scorers.ceiling import DiscountFromCeiling
from tender_eval.scorers.common import NumericParams
from tender_eval.scorers.deviation import MeanDeviation, StandardDeviation
from tender_eval.scorers.formula import Formula
from tender_eval.scorers.linear import LinearAboveLowest, LinearBetweenBids
from tender_eval.scorers.logarithmic import LogRatio
from tender_eval.scorers.ratio import RatioToHighest, RatioToLowest

TABLE = [{"value": 20, "score": "100%"}, {"value": 50, "score": "1/3"}, {"value": 80, "score": "0%"}]
HILL = [{"value": 20, "score": "10%"}, {"value": 50, "score": "90%"}, {"value": 80, "score": "0%"}]
CASES: list[tuple[type[Scorer], dict[str, Any]]] = [
    (RatioToLowest, {}),
    (RatioToLowest, {"floor": 30}),
    (RatioToHighest, {}),
    (LinearAboveLowest, {"zero_at_percent": 40, "below_zero": "clamp"}),
    (LinearAboveLowest, {"below_zero": "allow"}),
    (LinearBetweenBids, {}),
    (LinearBetweenBids, {"best": "highest"}),
    (FixedBand, {"full_at": 20, "zero_at": 80}),
    (FixedBand, {"full_at": 80, "zero_at": 20}),
    (Piecewise, {"points": TABLE}),
    (Piecewise, {"points": TABLE, "shape": "step", "includes": "lower"}),
    (Piecewise, {"points": TABLE, "shape": "step", "includes": "upper"}),
    (Piecewise, {"points": HILL}),
    (DiscountFromCeiling, {"ceiling": 90, "significant_discount": "5%", "below_zero": "clamp"}),
    (DiscountFromCeiling, {"ceiling": 60, "significant_discount": "5%", "below_zero": "allow"}),
    (MeanDeviation, {"below_zero": "clamp"}),
    (MeanDeviation, {"below_zero": "allow"}),
    (StandardDeviation, {"k": "30%", "below_zero": "allow"}),
    (StandardDeviation, {"k": "30%", "deviation": "population", "below_zero": "clamp"}),
    (LogRatio, {"zero_at_multiple": 2, "below_zero": "clamp"}),
    (LogRatio, {"zero_at_multiple": "2.5", "below_zero": "allow"}),
    (Formula, {"expression": "(lowest / price) ** 0.5"}),
    (Formula, {"expression": "1 - price / 60", "below_zero": "allow"}),
    (Formula, {"expression": "if_(price > median, 1/3, lowest / mean)"}),
]
CASES += [(scorer, {**stated, "single_bid": "45%"}) for scorer, stated in CASES[::5]]
NAMES = [f"{scorer.name}-{n}" for n, (scorer, _) in enumerate(CASES)]

# Few different figures, some on the bands' boundaries, so that ties and boundaries are common.
figures = st.one_of(
    st.sampled_from([20, 50, 80, 100]).map(Fraction), st.integers(100, 9900).map(lambda n: Fraction(n, 100))
)
tenders = st.lists(figures, min_size=1, max_size=6)
each_case = pytest.mark.parametrize(("scorer", "stated"), CASES, ids=NAMES)
few = settings(max_examples=15)


def test_no_numeric_scorer_is_left_out():
    found = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}).scorers
    numeric = {name for name, scorer in found.items() if issubclass(scorer.item.Params, NumericParams)}
    assert {scorer.name for scorer, _ in CASES} == numeric


def promises(scoring, scorer, stated):
    return scorer().traits_for(scoring.params(scorer, **stated))


@pytest.mark.slow
@each_case
@settings(max_examples=15)
@given(st.data())
def test_both_arithmetics_agree_on_every_draw(scoring, scorer, stated, data):
    bids, draws = data.draw(st.integers(1, 6)), 4
    table = data.draw(st.lists(figures, min_size=bids * draws, max_size=bids * draws))
    present = np.array(data.draw(st.lists(st.booleans(), min_size=len(table), max_size=len(table))))
    prices = np.array(table, dtype=object).reshape(bids, draws)
    present = present.reshape(bids, draws)
    found = scoring.batch(scorer, {"price": prices}, present, **stated)
    found = np.broadcast_to(found, present.shape)
    assert found.dtype == np.float64
    for draw in range(draws):
        those_in = present[:, draw]
        if those_in.any():
            exact = scoring.exact(scorer, prices[those_in, draw].tolist(), **stated)
            expected = [float(score) for score in exact]
            assert found[those_in, draw].tolist() == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.slow
@each_case
@few
@given(tenders)
def test_scores_are_exact_and_in_range(scoring, scorer, stated, prices):
    scores = scoring.exact(scorer, prices, **stated)
    assert all(isinstance(score, Fraction | int) and score <= 1 for score in scores)
    if not scorer().unbounded_below(scoring.params(scorer, **stated)):
        assert all(score >= 0 for score in scores)


@pytest.mark.slow
@each_case
@few
@given(tenders.flatmap(lambda prices: st.tuples(st.just(prices), st.permutations(range(len(prices))))))
def test_the_order_of_the_bids_does_not_matter(scoring, scorer, stated, tender):
    prices, order = tender
    scores = scoring.exact(scorer, prices, **stated)
    assert scoring.exact(scorer, [prices[i] for i in order], **stated) == [scores[i] for i in order]


@pytest.mark.slow
@each_case
@few
@given(tenders, figures)
def test_an_independent_scorer_takes_no_notice_of_another_bid(scoring, scorer, stated, prices, another):
    if Trait.INDEPENDENT in promises(scoring, scorer, stated):
        scores = scoring.exact(scorer, prices, **stated)
        assert scoring.exact(scorer, [*prices, another], **stated)[:-1] == scores


@pytest.mark.slow
@each_case
@few
@given(tenders, st.data())
def test_bettering_a_figure_helps_nobody_else_and_does_not_hurt(scoring, scorer, stated, prices, data):
    if Trait.MONOTONE not in promises(scoring, scorer, stated):
        return
    (reads,) = scorer().reads(scoring.params(scorer, **stated))
    one = data.draw(st.integers(0, len(prices) - 1))
    other = data.draw(figures)
    best = min(prices[one], other) if reads.better == "lower" else max(prices[one], other)
    before = scoring.exact(scorer, prices, **stated)
    after = scoring.exact(scorer, [best if i == one else p for i, p in enumerate(prices)], **stated)
    assert after[one] >= before[one]
    assert all(a <= b for i, (a, b) in enumerate(zip(after, before, strict=True)) if i != one)


@pytest.mark.slow
@each_case
@few
@given(tenders, figures)
def test_a_scale_free_scorer_does_not_care_for_the_currency(scoring, scorer, stated, prices, rate):
    if Trait.SCALE_FREE in promises(scoring, scorer, stated):
        scores = scoring.exact(scorer, prices, **stated)
        assert scoring.exact(scorer, [p * rate for p in prices], **stated) == scores
