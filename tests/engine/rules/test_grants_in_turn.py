"""Grants shared out in one pass are those of asking for each rank who stands there."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.engine.rules.grants import GrantsParams, GrantsWithinPot
from tender_eval.model import numeric
from tender_eval.plugins.table import BidTable, Steps
from tender_eval.plugins.tally import Tally


def rank_by_rank(ranks: list[int], asked: list[int], least: list[int], pot: int, when_short: str) -> Any:
    """The rule as its words have it."""
    rest, stopped, undecided, given = pot, False, False, [0] * len(ranks)
    for rank in sorted({r for r in ranks if r}):
        group = [n for n, r in enumerate(ranks) if r == rank]
        if stopped:
            break
        if sum(asked[n] for n in group) <= rest:
            for n in group:
                given[n] = asked[n]
        elif len(group) > 1:
            stopped = undecided = True
        else:
            if rest > 0 and least[group[0]] <= rest:
                given[group[0]] = rest
            stopped = when_short == "stop"
        rest -= sum(given[n] for n in group)
    return given, undecided


@pytest.mark.slow
@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 8), st.integers(0, 8)), min_size=1, max_size=9),
    st.integers(1, 25),
    st.sampled_from(["stop", "skip"]),
)
def test_one_pass_gives_what_rank_by_rank_does(bids: list[tuple[int, int, int]], pot: int, when_short: str) -> None:
    points = [p for p, _, _ in bids]
    ranks = [1 + sum(other > p for other in points) if p else 0 for p in points]  # without points it is out
    asked, least = [a for _, a, _ in bids], [min(a, least) for _, a, least in bids]
    given, undecided = rank_by_rank(ranks, asked, least, pot, when_short)
    rule = GrantsWithinPot()
    exact = GrantsParams.model_construct(
        pot=Fraction(pot), cap=Fraction(9), amount="price", floor="values.floor", when_short=when_short
    )
    columns = {"price": numeric.exact_array(asked), "values.floor": numeric.exact_array(least)}
    found = rule.allocate(np.array(ranks), _tally(columns, np.array(ranks) > 0), exact, Steps())
    assert found.amounts.tolist() == given
    assert all(type(amount) is Fraction for amount in found.amounts)
    assert bool(found.undecided) == undecided
    floats: Any = SimpleNamespace(pot=float(pot), cap=9.0, amount="price", floor="values.floor", when_short=when_short)
    both = np.array([ranks, ranks[::-1]]).T
    wide = {name: column.astype(np.float64)[:, None] for name, column in columns.items()}
    batch = rule.allocate(both, _tally(wide, both > 0), floats, Steps())
    assert batch.amounts[:, 0].tolist() == given
    assert batch.undecided.tolist()[0] == undecided
    assert batch.amounts[:, 1].tolist() == rank_by_rank(ranks[::-1], asked, least, pot, when_short)[0]


def _tally(columns: dict[str, Any], present: Any) -> Tally:
    return Tally(BidTable(columns, present), lambda _: present, lambda _: 0, lambda _: present, ())
