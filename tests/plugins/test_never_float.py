"""Fractions of which no float is made: they calculate as fractions do, and whoever makes a float of one is stopped."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import abs as size
from operator import add, floordiv, mod, mul, neg, pos, sub, truediv
from typing import Any

import numpy as np
import pytest

from tender_eval.model.numeric import exact_array, highest, lowest
from tender_eval.plugins.never_float import MadeFloat, NeverFloat, never_float, plain

A, B = Fraction(7, 3), Fraction(-5, 2)


@pytest.mark.parametrize("operator", [add, sub, mul, truediv, mod, floordiv])
def test_they_calculate_as_fractions_do(operator: Callable[[Any, Any], Any]) -> None:
    for first, second in ((NeverFloat(A), B), (A, NeverFloat(B)), (NeverFloat(A), NeverFloat(B)), (3, NeverFloat(B))):
        found = operator(first, second)
        assert found == operator(Fraction(first), Fraction(second))
        assert isinstance(found, NeverFloat | int)


@pytest.mark.parametrize("operator", [neg, pos, size])
def test_of_one_of_them_comes_another(operator: Callable[[Any], Any]) -> None:
    assert type(operator(NeverFloat(B))) is NeverFloat
    assert operator(NeverFloat(B)) == operator(B)


@pytest.mark.parametrize(
    "made",
    [
        float,
        lambda x: x * 0.5,
        lambda x: 0.5 * x,
        lambda x: x < 0.5,
        lambda x: x <= 0.5,
        lambda x: x == 0.5,
        lambda x: x**0.5,
        lambda x: np.array([x], dtype=object).astype(float),
        lambda x: max([x, 0.5]),
    ],
)
def test_a_float_of_one_is_noted(made: Callable[[Any], Any]) -> None:
    before = NeverFloat.made
    with pytest.raises(MadeFloat):
        made(NeverFloat(A))
    assert NeverFloat.made == before + 1


def test_columns_of_them_serve_as_any_other() -> None:
    column = np.array([NeverFloat(A), NeverFloat(B)], dtype=object)
    there = np.ones(2, dtype=np.bool_)
    assert (lowest(column, there), highest(column, there)) == (B, A)
    assert [plain(x) for x in column / column.max()] == list(exact_array([A, B]) / A)
    assert {type(plain(x)) for x in column} == {Fraction}
    assert never_float("x") == "x"
    assert hash(NeverFloat(A)) == hash(A)
