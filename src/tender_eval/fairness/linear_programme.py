"""A small linear programme solved exactly, with the certificate that proves the answer.

The dual simplex method (Lemke 1954) over whole numbers: the tableau is kept free of fractions as in Edmonds
(1967) and Bareiss (1968), so every division comes out even. Bland's rule (1977) picks the pivots, so it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import Array

Row = Sequence[Fraction]


class Optimum(NamedTuple):
    """The cheapest point, what it costs, and the prices of the rows that prove that nothing is cheaper."""

    x: tuple[Fraction, ...]
    cost: Fraction
    dual: tuple[Fraction, ...]


def minimise(cost: Row, rows: Sequence[Row], bounds: Row) -> Optimum | None:
    """The ``x >= 0`` of least ``cost . x`` with ``row . x <= bound`` for every row, or None where there is none.

    Args:
        cost: a cost of at least zero by variable, so that the programme is never unbounded.
        rows: the coefficients of each row, ``(variables,)``.
        bounds: the bound of each row.

    >>> half = Fraction(1, 2)
    >>> minimise([Fraction(1), Fraction(2)], [[Fraction(-1), Fraction(-1)], [Fraction(1), Fraction(0)]], [-1, half])
    Optimum(x=(Fraction(1, 2), Fraction(1, 2)), cost=Fraction(3, 2), dual=(Fraction(2, 1), Fraction(1, 1)))
    """
    if any(c < 0 for c in cost):
        raise ValueError("a cost is below zero")
    tableau, scales, one = _tableau(cost, rows, bounds)
    n, basis, common = len(cost), [len(cost) + r for r in range(len(rows))], 1
    while (row := _leaving(tableau, basis)) is not None:
        column = _entering(tableau, row)
        if column is None:
            return None
        common = _pivot(tableau, row, column, common)
        basis[row] = column
    found = {name: Fraction(tableau[r, -1], common) for r, name in enumerate(basis)}
    x = tuple(found.get(v, Fraction(0)) for v in range(n))
    dual = tuple(Fraction(tableau[-1, n + r] * s, common * one) for r, s in enumerate(scales))
    best = Optimum(x, _dot(cost, x), dual)
    if not certifies(best, cost, rows, bounds):
        raise ArithmeticError("the optimum does not hold")
    return best


def certifies(best: Optimum, cost: Row, rows: Sequence[Row], bounds: Row) -> bool:
    """Whether a point is cheapest: it is feasible, and so are the prices, which come to the same (duality)."""
    feasible = all(v >= 0 for v in best.x) and all(_dot(r, best.x) <= b for r, b in zip(rows, bounds, strict=True))
    worth = [c + sum((p * r[v] for p, r in zip(best.dual, rows, strict=True)), Fraction(0)) for v, c in enumerate(cost)]
    dual = all(p >= 0 for p in best.dual) and all(w >= 0 for w in worth)
    return feasible and dual and best.cost == -_dot(best.dual, bounds)


def _dot(a: Row, b: Row) -> Fraction:
    return sum((Fraction(x) * y for x, y in zip(a, b, strict=True)), Fraction(0))


def _tableau(cost: Row, rows: Sequence[Row], bounds: Row) -> tuple[Array, list[int], int]:
    """Rows, then the costs; columns of variables, slacks and bounds; each row made whole by its own scale."""
    n, m = len(cost), len(rows)
    tableau: Array = np.zeros((m + 1, n + m + 1), dtype=object)
    scales = []
    for r, (row, bound) in enumerate(zip(rows, bounds, strict=True)):
        scale = lcm(*(Fraction(v).denominator for v in (*row, bound)))
        tableau[r, :n] = [int(v * scale) for v in row]
        tableau[r, n + r], tableau[r, -1] = 1, int(bound * scale)
        scales.append(scale)
    one = lcm(*(Fraction(c).denominator for c in cost))
    tableau[-1, :n] = [int(c * one) for c in cost]
    return tableau, scales, one


def _leaving(tableau: Array, basis: list[int]) -> int | None:
    short = [r for r, bound in enumerate(tableau[:-1, -1]) if bound < 0]
    return min(short, key=lambda r: basis[r]) if short else None


def _entering(tableau: Array, row: int) -> int | None:
    best: int | None = None
    for column, coefficient in enumerate(tableau[row, :-1]):
        if coefficient >= 0:
            continue
        if best is None or tableau[-1, column] * tableau[row, best] > tableau[-1, best] * coefficient:
            best = column
    return best


def _pivot(tableau: Array, row: int, column: int, common: int) -> int:
    """Exchange a basis variable; the true tableau is what is kept divided by ``common``, which stays positive."""
    pivot = tableau[row, column]
    kept = tableau[row].copy()
    tableau[:] = (tableau * pivot - np.outer(tableau[:, column], kept)) // common
    tableau[row] = kept
    if pivot < 0:
        tableau[:] = -tableau
    return abs(int(pivot))
