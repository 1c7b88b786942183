"""Step 7: marks."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.plugins.table import Reads
from tender_eval.simulation.tendering.marking import Question, marks

F = Fraction
SCALES = {
    "even": ((0, 1, 2, 3, 4, 5), (0, F(1, 5), F(2, 5), F(3, 5), F(4, 5), 1)),
    "uneven": ((0, 1, 2, 3), (0, F(1, 2), F(3, 5), 1)),
    "other marks": ((2, 4, 8), (0, F(1, 2), 1)),
    "falling": ((1, 2, 3), (1, F(1, 2), 0)),
    "from above none": ((1, 2, 3), (F(1, 4), F(1, 2), F(3, 4))),
}


def question(name: str) -> Question:
    some, shares = SCALES[name]
    return Question.of(Reads("marks.a", one_of=tuple(F(m) for m in some)), shares, [0.0])


@pytest.mark.slow
@pytest.mark.parametrize("name", SCALES)
@given(quality=st.floats(-0.5, 1.5), noise=st.floats(-3, 3))
def test_a_mark_is_the_nearest_step_of_the_scale(name: str, quality: float, noise: float) -> None:
    asked = question(name)
    (found,) = marks(asked, np.array([quality]), np.array([noise]), 0.1)
    some, shares = SCALES[name]
    distance = {float(m): abs(float(s) - (quality + 0.1 * noise)) for m, s in zip(some, shares, strict=True)}
    assert distance[found] == pytest.approx(min(distance.values()), abs=1e-9)


def test_marks_out_of_a_highest_are_in_proportion() -> None:
    out_of = Question.of(Reads("marks.a", better="higher", at_least=F(0), at_most=F(10)), (), [0.0])
    assert marks(out_of, np.array([-1.0, 0.25, 2.0]), np.zeros(3), 0.1) == pytest.approx([0.0, 2.5, 10.0])


def test_where_less_is_better_good_bids_have_low_marks() -> None:
    risk = Question.of(Reads("marks.risk", better="lower", one_of=(F(1), F(2), F(3))), (), [0.0])
    assert marks(risk, np.array([0.0, 0.5, 1.0]), np.zeros(3), 0.1).tolist() == [3, 2, 1]


def test_the_noise_is_as_wide_as_it_says() -> None:
    out_of = Question.of(Reads("marks.a", at_least=F(0), at_most=F(1)), (), [0.0])
    found = marks(out_of, np.full(20_000, 0.5), np.random.default_rng(1).standard_normal(20_000), 0.05)
    assert found.std() == pytest.approx(0.05, rel=0.05)
