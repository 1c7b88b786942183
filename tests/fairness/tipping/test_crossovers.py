"""Where the winner changes, found exactly on curves of every kind."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.fairness.scenarios.reranking import Ranking
from tender_eval.fairness.tipping.crossovers import CrossoverSearch, find_crossover, simplest

TOLERANCE = Fraction(1, 10**12)
NUMBER = st.fractions(-20, 20, max_denominator=30)


def _search(figure, other):
    """a has ``figure``, b ``other``; the higher wins, and both where they are equal."""

    def at(value):
        figures = {"a": figure(value), "b": other(value)}
        best = max(figures.values())
        return Ranking(tuple(name for name, f in figures.items() if f == best), figures)

    return CrossoverSearch(at, lambda s: s.winner == ("a",), TOLERANCE)


@pytest.mark.slow
@given(st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=10**6), NUMBER, NUMBER, st.fractions(0, 5))
def test_a_straight_line_over_a_straight_line_is_met_exactly(root, level, slope, bend):
    steep = 1 + abs(slope)

    def falling(x):
        return level + steep * (root - x) / (1 + bend * x)

    found = find_crossover(_search(falling, lambda x: level), Fraction(0), Fraction(1))
    assert (found.at, found.winner, found.exact, found.within) == (root, ("b",), True, 0)


def test_a_rational_root_of_another_curve_is_met_exactly():
    found = find_crossover(_search(lambda x: Fraction(8, 27) - x**3, lambda x: Fraction(0)), Fraction(0), Fraction(1))
    assert (found.at, found.exact) == (Fraction(2, 3), True)


def test_an_irrational_root_is_closed_in_on():
    found = find_crossover(_search(lambda x: 2 - x * x, lambda x: Fraction(0)), Fraction(0), Fraction(2))
    assert not found.exact
    assert 0 < found.within <= TOLERANCE
    assert (found.at - found.within) ** 2 < 2 < (found.at + found.within) ** 2


def test_a_leap_is_closed_in_on_from_either_side():
    leap = Fraction(1, 3)
    for inside, outside in ((Fraction(0), Fraction(1)), (Fraction(1), Fraction(0))):
        way = outside > inside
        search = _search(lambda x, way=way: Fraction(1) if (x < leap) == way else Fraction(-1), lambda x: Fraction(0))
        found = find_crossover(search, inside, outside)
        assert not found.exact
        assert abs(found.at - leap) <= found.within <= TOLERANCE
        assert found.winner == ("b",)


@pytest.mark.slow
@given(st.fractions(-5, 5), st.fractions(0, 1))
def test_the_simplest_fraction_lies_between_and_none_is_simpler(low, width):
    found = simplest(low, low + width)
    assert low <= found <= low + width
    for denominator in range(1, min(found.denominator, 50)):
        assert -(-low.numerator * denominator // low.denominator) > (low + width) * denominator


def test_where_rounding_keeps_two_level_for_a_while_nothing_is_called_exact():
    edge = Fraction(1, 3)
    search = _search(lambda x: Fraction(1) if x < edge else Fraction(0), lambda x: Fraction(0))
    found = find_crossover(search, Fraction(0), Fraction(1))
    assert found.winner == ("a", "b")
    assert not found.exact
    assert abs(found.at - edge) <= found.within <= TOLERANCE
