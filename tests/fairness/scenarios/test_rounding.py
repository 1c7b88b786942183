"""Where a rounded number steps: between two values, at the rounding's own boundaries."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.scenarios.rounding import RoundedStage, rounded_stages
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.numeric import round_fraction

MARK = {"name": "mark", "out_of": 10}
NUMBER = st.fractions(-3, 3, max_denominator=50)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"])
@given(NUMBER, NUMBER, st.integers(0, 2))
def test_numbers_that_round_apart_have_a_step_between_them(
    mode: str, one: Fraction, other: Fraction, places: int
) -> None:
    rounded = RoundedStage(lambda _: (), Fraction(1, 10**places), mode.startswith("half"))
    step = rounded.boundary_between(one, other)
    if round_fraction(one, places, mode) != round_fraction(other, places, mode):
        assert step is not None
    if step is not None:
        assert min(one, other) <= step <= max(one, other)
        around = {round_fraction(step + d, places, mode) for d in (Fraction(-1, 10**6), 0, Fraction(1, 10**6))}
        assert len(around) > 1 or step == 0  # zero is a multiple, where rounding towards or from it may not step


def test_each_stage_that_is_rounded_is_looked_at_but_one() -> None:
    stated = scheme(leaf("x", 100, MARK), rounding={"places": 2, "mode": "up", "at": ["price", "score", "total"]})
    found = Scenario(
        compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids({"a": {"marks": {"x": 3}}}))
    )
    seen: list[str] = []
    (total,) = rounded_stages(found, lambda stage, _: seen.append(stage), except_stage="score")
    total.unrounded(Fraction(1))
    assert (seen, total.increment, total.half_way) == (["total"], Fraction(1, 100), False)
