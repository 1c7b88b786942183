"""Step 4: days needed against days given."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.simulation.market.timetable import slack

MEDIAN, SPREAD = np.array([20.0, 20.0]), np.array([0.4, 0.0])


def test_ready_from_the_day_on_that_is_needed() -> None:
    drawn, leads = np.array([[0.0, 1.0], [9.0, -9.0]]), np.zeros((2, 2), dtype=bool)
    found = slack(MEDIAN, SPREAD, drawn, leads, 1.6, 20.0)
    assert (found >= 0).tolist() == [[True, False], [True, True]]  # what is known has no spread
    assert np.exp(found[0, 1]) == pytest.approx(np.exp(-0.4))


def test_a_consortium_takes_longer() -> None:
    drawn, leads = np.zeros((2, 2)), np.array([[False, True], [False, True]])
    assert (slack(MEDIAN, SPREAD, drawn, leads, 1.6, 31.0) >= 0).tolist() == [[True, False]] * 2
    assert (slack(MEDIAN, SPREAD, drawn, leads, 1.6, 33.0) >= 0).all()
