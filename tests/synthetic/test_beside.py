"""Invented bids state what their scheme shows beside the price, and whole days."""

from __future__ import annotations

from fractions import Fraction

from inline import CATALOGUE, leaf, scheme

from tender_eval import compile_scheme, scheme_from_data
from tender_eval.model.explanation.flags import BelowFullCost, CostsNotStated, SourceNotStated
from tender_eval.synthetic.example import worked_example

FULL = {"costs": {"staff": "per_year", "overheads": "per_year", "set_up": "once"}, "years": 3}
BENEFITS = [{"id": "nights", "of": "values.nights", "each": 90}, {"id": "own"}]


def test_the_example_states_benefits_with_a_source_and_a_cost_sheet_that_one_price_does_not_meet() -> None:
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), full_cost=FULL, benefits=BENEFITS)
    found = worked_example(compile_scheme(scheme_from_data(stated), CATALOGUE))
    assert found is not None
    flags = [flag for bid in found.evaluation.bids for flag in bid.flags]
    assert sum(isinstance(flag, BelowFullCost) for flag in flags) == 1
    assert not any(isinstance(flag, CostsNotStated | SourceNotStated) for flag in flags)
    assert all(len(bid.beside) == 5 for bid in found.evaluation.bids)


def test_benefits_that_are_scored_follow_from_what_bids_state() -> None:
    saved = leaf("saved", 100, {"name": "ratio_to_highest", "field": "benefits"})
    found = worked_example(compile_scheme(scheme_from_data(scheme(saved, benefits=BENEFITS)), CATALOGUE))
    assert found is not None
    for bid in found.bids.bids:
        assert "benefits" not in bid.figures
        assert {"values.nights", "benefits.own"} <= set(bid.figures)


def test_days_are_whole() -> None:
    band = {"name": "fixed_band", "field": "values.start", "full_at": 0, "zero_at": 100, "floor": 0}
    stated = scheme(leaf("early", 100, band), dates={"start": "2026-06-01"})
    found = worked_example(compile_scheme(scheme_from_data(stated), CATALOGUE))
    assert found is not None
    days = [bid.figures["values.start"].value for bid in found.bids.bids]
    assert all(isinstance(day, Fraction) and day.denominator == 1 for day in days)
    assert len(set(days)) > 1
