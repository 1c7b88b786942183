"""Sobol indices of the scored criteria by SALib."""

from __future__ import annotations

import pytest
from inline import CATALOGUE, bids, leaf, refusal, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.robustness.effective_weights import effective_weights
from tender_eval.fairness.robustness.sobol import sobol_indices
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model import extras

BAND = {"name": "fixed_band", "full_at": 60_000, "zero_at": 140_000}


def scenario(offers, **rest):
    stated = scheme(leaf("quality", 60, {"name": "mark", "out_of": 30}), leaf("price", 40, BAND), **rest)
    by_id = {f"b{n}": {"price": p, "marks": {"quality": q}} for n, (q, p) in enumerate(offers)}
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


OFFERS = [(q, p) for q in (19, 21) for p in (94_000, 106_000)]


@pytest.fixture(autouse=True)
def _salib():
    pytest.importorskip("SALib")


@pytest.mark.slow
def test_a_plain_sum_has_the_shares_of_its_squared_ranges():
    quality, price = sobol_indices(scenario(OFFERS)).values()  # ranges of 4 and 6 points
    assert quality == pytest.approx((16 / 52, 16 / 52), abs=0.02)
    assert price == pytest.approx((36 / 52, 36 / 52), abs=0.02)


@pytest.mark.slow
def test_they_stand_beside_the_effective_weights_when_asked_for():
    quality, price = effective_weights(scenario(OFFERS), sobol=True)
    assert quality.sobol_first == pytest.approx(16 / 52, abs=0.02)
    assert price.sobol_total == pytest.approx(36 / 52, abs=0.02)


@pytest.mark.slow
def test_a_criterion_on_which_all_are_equal_has_none():
    assert sobol_indices(scenario([(20, 94_000), (20, 106_000)]))["quality"] == (0, 0)
    assert sobol_indices(scenario([(20, 94_000)])) == {"quality": (0, 0), "price": (0, 0)}


@pytest.mark.slow
def test_rounding_is_run_through():
    coarse = {"places": 0, "mode": "down", "at": ["criterion"]}
    assert sobol_indices(scenario(OFFERS, rounding=coarse)) != sobol_indices(scenario(OFFERS))


@pytest.mark.slow
def test_the_same_seed_gives_the_same_indices():
    assert sobol_indices(scenario(OFFERS), 2) == sobol_indices(scenario(OFFERS), 2)


def test_where_salib_is_missing_it_is_named(monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    (told,) = refusal(lambda: sobol_indices(scenario(OFFERS)))
    assert told.code == "TE097"
    assert "tender-eval[fairness]" in told.hint
