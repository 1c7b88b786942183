"""When a line is paid, and what it counts for: worked by hand at 25%, where 1 / 1.25 = 4/5."""

from __future__ import annotations

import doctest
from fractions import Fraction

import pytest
from tender_eval_whole_life import costs
from tender_eval_whole_life.costs import CostLine, exponents, factor, listed, residual_factor, when

QUARTER = Fraction(1, 4)


def line(paid, **more):
    return CostLine(reads="values.x", paid=paid, **more)


@pytest.mark.parametrize(
    ("paid", "more", "start", "end"),
    [
        ("once", {}, [0], [0]),
        ("per_year", {}, [0, 1, 2, 3], [1, 2, 3, 4]),
        ("per_year", {"from_year": 3}, [2, 3], [3, 4]),
        ({"every": 2}, {"from_year": 1}, [0, 2], [1, 3]),
        ({"every": 2}, {"from_year": 2}, [1, 3], [2, 4]),
        ({"every": 5}, {"from_year": 4}, [3], [4]),
        ({"in_year": 4}, {}, [3], [4]),
    ],
)
def test_when_it_is_paid_in_four_years(paid, more, start, end):
    assert exponents(line(paid, **more), 4, "start_of_year") == start
    assert exponents(line(paid, **more), 4, "end_of_year") == end


def test_factors_by_hand():
    # 4/5 + 16/25 + 64/125 = 100/125 + 80/125 + 64/125 = 244/125
    assert factor(line("per_year"), 3, QUARTER, "end_of_year") == Fraction(244, 125)
    # 1 + 4/5 + 16/25 = 61/25
    assert factor(line("per_year"), 3, QUARTER, "start_of_year") == Fraction(61, 25)
    assert factor(line("once"), 3, QUARTER, "end_of_year") == 1
    assert factor(line({"in_year": 3}), 3, QUARTER, "start_of_year") == Fraction(16, 25)
    assert factor(line({"every": 2}, from_year=1), 3, QUARTER, "end_of_year") == Fraction(4, 5) + Fraction(64, 125)
    assert residual_factor(3, QUARTER) == Fraction(64, 125)


def test_the_green_books_factors():
    """HM Treasury, The Green Book, discount factors at 3.5%: 0.9662 after one year, 0.7089 after ten."""
    rate = Fraction(35, 1000)
    assert round(residual_factor(1, rate), 4) == Fraction(9662, 10000)
    assert round(residual_factor(10, rate), 4) == Fraction(7089, 10000)


def test_undiscounted_it_is_the_number_of_payments():
    assert factor(line("per_year"), 7, Fraction(0), None) == 7
    assert factor(line({"every": 3}, from_year=1), 7, Fraction(0), None) == 3


def test_in_words():
    assert when(line("once"), 5, "end_of_year") == "once, at the start"
    assert when(line("per_year"), 5, "end_of_year") == "in years 1 to 5, at the end of the year"
    assert when(line({"every": 2}, from_year=1), 5, "start_of_year") == "in years 1, 3, 5, at the start of the year"
    assert when(line({"in_year": 2}), 5, None) == "in year 2"
    assert [listed(n) for n in ([4], [1, 2], [2, 3, 4], range(1, 3))] == ["4", "1, 2", "2 to 4", "1, 2"]


def test_the_examples_in_the_docstrings():
    found = doctest.testmod(costs)
    assert found.attempted >= 4
    assert found.failed == 0
