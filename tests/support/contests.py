"""Generated contests for lots, in both arithmetics, with ties, gaps and every kind of limit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tender_eval.engine.evaluating.ranking import exact_ranks
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.plugins.mechanism import Contest, Quota

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
MECHANISMS = sorted(CATALOGUE.mechanisms)
LIMITED = [name for name in MECHANISMS if CATALOGUE.mechanisms[name].item.honours_limits]


def exact(
    figures: Sequence[Sequence[Fraction | int | None]],
    broken: Sequence[Sequence[int]] | None = None,
    best: Any = "highest",
    values: Sequence[Fraction | int] | None = None,
    most_lots: int = 0,
    capacity: Sequence[Fraction | int] | None = None,
    order: tuple[int, ...] = (),
    suppliers: Sequence[Sequence[int]] | None = None,
) -> Contest:
    """An exact contest of figures by bid and lot, None where a bid does not stand; ``broken`` breaks ties.

    Args:
        suppliers: the numbers of those behind each bid.
    """
    bids, lots = len(figures), len(figures[0])
    cells = np.empty((bids, lots), dtype=object)
    standing = np.zeros((bids, lots), dtype=np.bool_)
    ranks = np.zeros((bids, lots), dtype=np.int64)
    sign = -1 if best == "highest" else 1
    for lot in range(lots):
        column = [row[lot] for row in figures]
        standing[:, lot] = [figure is not None for figure in column]
        cells[:, lot] = [Fraction(figure or 0) for figure in column]
        keys = [[sign * c, Fraction(broken[n][lot] if broken else 0)] for n, c in enumerate(cells[:, lot])]
        ranks[:, lot] = exact_ranks(keys, standing[:, lot])
    worth = [Fraction(v) for v in (values or [1] * lots)]
    means = None if capacity is None else np.array([Fraction(c) for c in capacity] + [None], dtype=object)[:-1]
    behind = None
    if suppliers is not None:
        behind = np.zeros((bids, 1 + max(n for found in suppliers for n in found)), dtype=np.bool_)
        for row, found in enumerate(suppliers):
            behind[row, list(found)] = True
    annual = np.array([*worth, None], dtype=object)[:-1]
    return Contest(cells, standing, ranks, best, annual, most_lots, means, order, behind)


def batch(draws: Sequence[Contest]) -> Contest:
    """Exact contests of one shape as the draws of one contest in floats."""
    first = draws[0]
    figures = np.stack([np.where(c.standing, c.figures.astype(np.float64), np.nan) for c in draws], axis=2)
    capacity = None
    if first.capacity is not None:
        capacity = np.stack([c.capacity.astype(np.float64) for c in draws if c.capacity is not None], axis=1)
    return first._replace(
        figures=figures,
        standing=np.stack([c.standing for c in draws], axis=2),
        ranks=np.stack([c.ranks for c in draws], axis=2).astype(np.int16),
        values=np.stack([c.values.astype(np.float64) for c in draws], axis=1),
        most_value=None if first.most_value is None else np.array([float(c.most_value) for c in draws]),
        capacity=capacity,
    )


@st.composite
def further_limits(draw: st.DrawFn, bids: int, lots: int) -> dict[str, Any]:
    """How many suppliers are awarded anything, a quota, and what the bids prefer; often none of these."""
    one_in_three = st.sampled_from([False, False, True])
    found: dict[str, Any] = {}
    if draw(one_in_three):
        found["most_suppliers"] = draw(st.integers(1, 3))
    if draw(one_in_three):
        who = np.array(draw(st.lists(st.booleans(), min_size=bids, max_size=bids)), dtype=np.bool_)
        found["quotas"] = (Quota(who, draw(st.integers(1, 2))),)
    if draw(one_in_three):
        each = st.permutations([*range(lots + 1)]).map(lambda places: places[:lots])
        found["preferences"] = np.array(draw(st.lists(each, min_size=bids, max_size=bids)), dtype=np.int64)
    return found


@st.composite
def contests(draw: st.DrawFn, number: int = 1, limited: bool = True, ties: bool = True) -> list[Contest]:
    """Contests of one shape under the same limits; without ``ties`` every rank is held by one bid.

    Shape and limits are drawn, the many cells made from a seed.
    """
    bids, lots = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    best = draw(st.sampled_from(["highest", "lowest"]))
    most = draw(st.integers(0, 3)) if limited else 0
    capped = limited and draw(st.booleans())
    order = tuple(draw(st.permutations(range(lots)))) if draw(st.booleans()) else ()
    behind = None
    if limited and draw(st.booleans()):
        behind = draw(st.lists(st.sets(st.integers(0, 3), min_size=1, max_size=2), min_size=bids, max_size=bids))
    share = draw(st.sampled_from([None, Fraction(1, 2)])) if limited else None
    further = draw(further_limits(bids, lots)) if limited else {}
    gaps, breaks = draw(st.sampled_from([0.0, 0.3, 0.7])), draw(st.booleans())
    cells = Random(draw(st.integers(0, 2**32)))

    def fraction(most: int) -> Fraction:
        return Fraction(cells.randint(0, 3 * most), cells.choice((1, 2, 3)))

    found = []
    for _ in range(number):
        figures = [[None if cells.random() < gaps else fraction(2) for _ in range(lots)] for _ in range(bids)]
        keys = range(max(1, bids - 1)) if ties else range(bids)
        columns = [cells.sample([*keys, 0][:bids], bids) for _ in range(lots)]
        broken = [[column[n] for column in columns] for n in range(bids)] if breaks or not ties else None
        values = [fraction(1) for _ in range(lots)]
        means = [fraction(2) for _ in range(bids)] if capped else None
        one = exact(
            figures,
            broken,
            best,
            values,
            most,
            means,
            order,
            [tuple(sorted(one)) for one in behind] if behind else None,
        )
        found.append(one._replace(most_value=share and share * sum(values, Fraction(0)), **further))
    return found
