"""The programme with parts of choices allowed, solved by HiGHS in floats, and what its prices of the rows prove.

Whatever prices of at least nought the rows are given, no choice within the rows is worth more than the rows at these
prices and what each choice is worth beyond its share of them (weak duality). So a price may be rounded: the bound is
worked out of it in whole numbers, and holds however well HiGHS has calculated (Neumaier and Shcherbina 2004).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from tender_eval.lots.optimum.programme import Row

BITS = 90
"""What is worth most is two to this many units in the whole numbers of bounds."""

_PRICE_BITS = 60  # of a price of HiGHS that are kept
_INTEGRAL = 1e-6
_NEAR = 300  # choices among which a completion is proposed
_SECONDS = 5  # that a proposal may take; none is needed


class Part(NamedTuple):
    """What is left of a programme where some choices are made: the open ones, and the rows without those made.

    ``worth`` of each open choice is in units, rounded up, so that a bound is one.
    """

    worth: Mapping[int, int]
    rows: Sequence[Row]


class Relaxed(NamedTuple):
    """How far HiGHS would take each open choice, from 0 to 1, and the price of each row, in units."""

    taken: Mapping[int, float]
    prices: Sequence[int]

    @property
    def chosen(self) -> frozenset[int] | None:
        """What is taken, where each is taken whole or not at all."""
        if any(_INTEGRAL < x < 1 - _INTEGRAL for x in self.taken.values()):
            return None
        return frozenset(choice for choice, x in self.taken.items() if x > _INTEGRAL)


class Bound(NamedTuple):
    """What no completion is worth more than, and what each open choice is worth beyond its share of the rows."""

    most: int
    beyond: Mapping[int, int]


def bound(part: Part, prices: Sequence[int]) -> Bound:
    """The bound that prices of at least nought prove, in units."""
    beyond = dict(part.worth)
    most = 0
    for row, price in zip(part.rows, prices, strict=True):
        if price:
            most += price * row.most
            for choice, share in row.parts.items():
                beyond[choice] -= price * share
    return Bound(most + sum(value for value in beyond.values() if value > 0), beyond)


def plainly_relaxed(part: Part) -> Relaxed:
    """Prices without HiGHS, row by row: such that no choice of the row is worth more than its share of it.

    Where the rows of the lots come first, that is what the best bid of each is worth; and it is what is taken.
    """
    beyond, taken = dict(part.worth), dict.fromkeys(part.worth, 0.0)
    prices = []
    for row in part.rows:
        price, best = 0, None
        for choice, share in row.parts.items():
            if share > 0 and -(-beyond[choice] // share) > price:
                price, best = -(-beyond[choice] // share), choice
        prices.append(price)
        if best is not None:
            taken[best] = 1.0
            for choice, share in row.parts.items():
                beyond[choice] -= price * share
    priced = {choice for row in part.rows for choice in row.parts}
    return Relaxed({c: 1.0 if c not in priced and beyond[c] > 0 else x for c, x in taken.items()}, prices)


def relaxed(part: Part) -> Relaxed | None:
    """The relaxation's optimum; None where HiGHS finds none, which proves nothing."""
    found = _highs(part, [-w / 2**BITS for w in part.worth.values()], with_slack=False)
    if found is None:
        return None
    return Relaxed(dict(zip(part.worth, found.x.tolist(), strict=True)), _prices(part, found))


def proposed(part: Part, beyond: Mapping[int, int]) -> frozenset[int]:
    """A completion that HiGHS takes for the best of those of the choices that the relaxation is least set against."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    near = sorted(part.worth, key=lambda choice: -beyond[choice])[:_NEAR]
    some = Part({choice: part.worth[choice] for choice in near}, part.rows)
    matrix, most = _matrix(some)
    found = milp(
        [-w / 2**BITS for w in some.worth.values()],
        integrality=np.ones(len(near)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, most),
        options={"mip_rel_gap": 0, "time_limit": _SECONDS},
    )
    taken = found.x.tolist() if found.x is not None else ()
    return frozenset(choice for choice, x in zip(near, taken, strict=False) if x > 1 - _INTEGRAL)


def in_conflict(part: Part) -> bool:
    """Whether prices of the rows prove that every completion breaks one."""
    found = _highs(part, [0.0] * len(part.worth), with_slack=True)
    nothing = part._replace(worth=dict.fromkeys(part.worth, 0))
    return found is not None and bound(nothing, _prices(part, found)).most < 0


def strictly_best(part: Part, chosen: frozenset[int]) -> bool:
    """Whether prices prove a completion within the rows to be worth more than every other.

    At prices of the rows that it uses up, each choice of it must be worth more than its share of them and each other
    one less, by more units than rounding has added.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    tight = [n for n, row in enumerate(part.rows) if sum(s for c, s in row.parts.items() if c in chosen) == row.most]
    line = {choice: n for n, choice in enumerate(part.worth)}
    sign = [1.0 if choice in chosen else -1.0 for choice in part.worth]
    at, of, by = list(range(len(line))), [len(tight)] * len(line), [1.0] * len(line)
    for column, n in enumerate(tight):
        scale = _scale(part.rows[n])
        for choice, share in part.rows[n].parts.items():
            at.append(line[choice])
            of.append(column)
            by.append(sign[line[choice]] * (share / scale))
    most = [s * (w / 2**BITS) for s, w in zip(sign, part.worth.values(), strict=True)]
    cost = np.zeros(len(tight) + 1)
    cost[-1] = -1
    matrix = csr_array((by, (at, of)), shape=(len(line), len(cost)))
    found = linprog(cost, A_ub=matrix, b_ub=most, bounds=[(0, None)] * len(tight) + [(None, 1)], method="highs")
    if found.status != 0:
        return False
    prices = [0] * len(part.rows)
    for n, price in zip(tight, found.x.tolist(), strict=False):
        prices[n] = _in_units(price, _scale(part.rows[n]))
    beyond = bound(part, prices).beyond
    return all((value if c in chosen else -value) > len(chosen) for c, value in beyond.items())


def _highs(part: Part, cost: Sequence[float], with_slack: bool) -> Any | None:
    """What HiGHS finds of least cost; with slack, how far the rows must be broken at the least."""
    from scipy.optimize import linprog

    slack = len(part.rows) if with_slack else 0
    matrix, most = _matrix(part, slack)
    bounds = [(0, 1)] * len(part.worth) + [(0, None)] * slack
    found = linprog([*cost, *[1.0] * slack], A_ub=matrix, b_ub=most, bounds=bounds, method="highs")
    return found if found.status == 0 else None


def _matrix(part: Part, slack: int = 0) -> tuple[Any, list[float]]:
    """The rows of the open choices in floats, each by its scale, with a column of slack for the first so many."""
    from scipy.sparse import csr_array

    column = {choice: n for n, choice in enumerate(part.worth)}
    at, of, by = list[int](), list[int](), list[float]()
    for n, row in enumerate(part.rows):
        scale = _scale(row)
        for choice, share in row.parts.items():
            if choice in column:
                at.append(n)
                of.append(column[choice])
                by.append(share / scale)
    at, of, by = [*at, *range(slack)], [*of, *range(len(column), len(column) + slack)], [*by, *[-1.0] * slack]
    matrix = csr_array((by, (at, of)), shape=(len(part.rows), len(column) + slack))
    return matrix, [row.most / _scale(row) for row in part.rows]


def _scale(row: Row) -> int:
    return max(map(abs, row.parts.values()), default=1)


def _prices(part: Part, found: Any) -> list[int]:
    marginals = found.ineqlin.marginals.tolist()
    return [_in_units(-price, _scale(row)) for price, row in zip(marginals, part.rows, strict=True)]


def _in_units(price: float, scale: int) -> int:
    """A price of a row that was divided by its scale, as whole units of one that was not."""
    kept: int = int(max(0.0, price) * 2.0**_PRICE_BITS) << (BITS - _PRICE_BITS)
    return kept // scale
