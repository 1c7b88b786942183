"""The exact linear programme: its certificate, and an independent solver beside it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.fairness.linear_programme import Optimum, certifies, minimise

FIGURE = st.fractions(-9, 9, max_denominator=6)


@st.composite
def programmes(draw: st.DrawFn) -> tuple[list[Fraction], list[list[Fraction]], list[Fraction]]:
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    cost = draw(st.lists(st.fractions(0, 9, max_denominator=6), min_size=n, max_size=n))
    rows = draw(st.lists(st.lists(FIGURE, min_size=n, max_size=n), min_size=m, max_size=m))
    return cost, rows, draw(st.lists(FIGURE, min_size=m, max_size=m))


@pytest.mark.slow
@given(programmes())
def test_what_it_finds_is_proved_by_duality(programme):
    found = minimise(*programme)
    if found is not None:
        assert certifies(found, *programme)


@pytest.mark.slow
@given(programmes())
def test_it_agrees_with_an_independent_solver(programme):
    optimize = pytest.importorskip("scipy.optimize")
    cost, rows, bounds = programme
    found = minimise(cost, rows, bounds)
    floats = [[float(v) for v in row] for row in rows]
    theirs = optimize.linprog([float(c) for c in cost], floats, [float(b) for b in bounds])
    assert (found is None) == (theirs.status == 2)
    if found is not None:
        assert float(found.cost) == pytest.approx(theirs.fun, abs=1e-6)


def test_nothing_is_found_where_nothing_is_feasible():
    assert minimise([Fraction(1)], [[Fraction(1)], [Fraction(-1)]], [Fraction(1), Fraction(-2)]) is None


def test_a_degenerate_programme_ends():
    half = Fraction(1, 2)
    rows = [[-half, Fraction(11, 2), Fraction(5, 2), Fraction(-9)], [-half, Fraction(3, 2), half, Fraction(-1)]]
    found = minimise([Fraction(0)] * 4, rows, [Fraction(0), Fraction(-1)])
    assert found is not None
    assert found.cost == 0


def test_a_negative_cost_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        minimise([Fraction(-1)], [[Fraction(1)]], [Fraction(1)])


def test_a_false_answer_is_not_proved():
    cost, rows, bounds = [Fraction(1)], [[Fraction(-1)]], [Fraction(-2)]
    assert minimise(cost, rows, bounds) == Optimum((Fraction(2),), Fraction(2), (Fraction(1),))
    assert not certifies(Optimum((Fraction(3),), Fraction(3), (Fraction(1),)), cost, rows, bounds)
    assert not certifies(Optimum((Fraction(1),), Fraction(1), (Fraction(1),)), cost, rows, bounds)
