"""Step 2: who meets turnover, capacity and the scheme's conditions."""

from __future__ import annotations

import numpy as np

from tender_eval.simulation.market.eligibility import eligibility_of, turnover_asked

ANNUAL = np.array([100.0, 300.0])
INCOME = np.array([[100.0, 400.0], [600.0, 99.0]])  # two providers, two draws


def test_turnover_is_asked_against_one_year_or_all() -> None:
    assert turnover_asked(ANNUAL, 4.0, 2.0, False).tolist() == [200.0, 600.0]
    assert turnover_asked(ANNUAL, 4.0, 2.0, True).tolist() == [800.0, 2400.0]


def test_both_turnover_and_capacity_must_be_met() -> None:
    found = eligibility_of(INCOME, 4.0 * INCOME, ANNUAL * 1.0, ANNUAL, 0.5)
    assert found.turnover.tolist() == [[[True, True], [False, True]], [[True, False], [True, False]]]
    assert found.alone.tolist() == [[[False, True], [False, False]], [[True, False], [True, False]]]
    assert found.joint.tolist() == [[[True, True], [False, True]], [[True, True], [True, False]]]


def test_an_income_that_is_just_enough_is_enough() -> None:
    just = np.array([[100.0 / 0.3]])
    assert eligibility_of(just, just, np.zeros(1), np.array([100.0]), 0.3).alone.all()


def test_lots_that_are_alike_are_looked_at_once() -> None:
    found = eligibility_of(INCOME, 4.0 * INCOME, np.array([50.0, 50.0]), np.array([90.0, 90.0]), 1.0)
    assert found.alone.shape == (2, 1, 2)


def test_conditions_of_the_scheme_come_on_top() -> None:
    none, all_ = np.zeros((2, 1, 2), dtype=bool), np.ones((2, 1, 2), dtype=bool)
    found = eligibility_of(INCOME, 4.0 * INCOME, np.zeros(2), ANNUAL * 0 + 1, 1.0, none, all_)
    assert not found.alone.any()
    assert not found.turnover.any()
    assert found.joint.all()
