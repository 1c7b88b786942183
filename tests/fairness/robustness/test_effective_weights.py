"""Effective weights: shares of the variance of the totals, which add up to one."""

from __future__ import annotations

import pytest
from generated import bids_for, compiled, schemes
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.robustness.effective_weights import MADE_UP, REAL, effective_sample, effective_weights
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.diagnostics import Refused

BAND = {"name": "fixed_band", "full_at": 60_000, "zero_at": 140_000}


def scenario(stated, by_id):
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


def published_60_40():
    """Quality moves by 2 points either way, price by 3, each without the other: 4 and 9 parts of 13."""
    stated = scheme(leaf("quality", 60, {"name": "mark", "out_of": 30}), leaf("price", 40, BAND))
    offers = [(q, p) for q in (19, 21) for p in (94_000, 106_000)]
    return scenario(stated, {f"b{n}": {"price": p, "marks": {"quality": q}} for n, (q, p) in enumerate(offers)})


def test_published_60_40_acts_like_31_69():
    quality, price = effective_weights(published_60_40())
    assert (quality.nominal, price.nominal) == (0.6, 0.4)
    assert (round(100 * quality.effective), round(100 * price.effective)) == (31, 69)
    assert quality.effective == pytest.approx(4 / 13)
    assert effective_sample(published_60_40()) == REAL


def test_a_criterion_on_which_all_are_equal_decides_nothing():
    stated = scheme(leaf("quality", 60, {"name": "mark", "out_of": 30}), leaf("price", 40, BAND))
    by_id = {f"b{n}": {"price": p, "marks": {"quality": 20}} for n, p in enumerate((80_000, 90_000, 120_000))}
    assert [w.effective for w in effective_weights(scenario(stated, by_id))] == pytest.approx([0, 1])


def test_where_too_few_bids_differ_they_are_made_up_and_it_is_said():
    stated = scheme(leaf("quality", 60, {"name": "mark", "out_of": 30}), leaf("price", 40, BAND))
    given_bids = scenario(stated, {n: {"price": 100_000, "marks": {"quality": 20}} for n in "ab"})
    assert effective_sample(given_bids) == MADE_UP
    quality, price = effective_weights(given_bids, 3)
    # marks even over 60 points, prices even over 80,000 to 120,000 of a band of 80,000: over half of 40 points
    assert quality.effective == pytest.approx(9 / 10, abs=0.02)
    assert quality.effective + price.effective == pytest.approx(1)
    assert effective_weights(given_bids, 3) == effective_weights(given_bids, 3)


def as_added_up(stated):
    """Leave out whatever keeps points from being the sum of their parts."""
    for name in ("rounding", "scale_to_best"):
        stated.pop(name, None)
    for criterion in stated.get("criteria", ()):
        as_added_up(criterion)


@pytest.mark.slow
@settings(max_examples=10)
@given(st.data())
def test_the_shares_of_the_top_criteria_add_up_to_one(data):
    stated = data.draw(schemes())
    as_added_up(stated)
    compiled_scheme = compiled(stated)
    given_bids = Scenario(compiled_scheme, data.draw(bids_for(compiled_scheme)))
    try:
        found = {w.criterion: w for w in effective_weights(given_bids)}
    except Refused:
        return
    total = sum(found[root].effective for root in given_bids.plan.roots)
    assert total == pytest.approx(1) or total == 0  # nothing, where no bid can differ
    assert found["delivery"].effective + found["reach"].effective == pytest.approx(found["quality"].effective)


def test_without_it_being_asked_for_there_are_no_sobol_indices():
    assert {w.sobol_first for w in effective_weights(published_60_40())} == {None}
