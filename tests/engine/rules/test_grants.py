"""Grants from a pot: floors that no grant can meet, ties, and both arithmetics the same."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from generated import CATALOGUE
from growing import grows_too_fast
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval import Evaluation, bids_from_data, compile_scheme, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.rules.grants import GrantsWithinPot
from tender_eval.languages.results import text
from tender_eval.languages.steps import working
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.labels import CommonFigure
from tender_eval.model.explanation.reasons import GrantNotPossible, NotFunded
from tender_eval.model.numeric import exact_array
from tender_eval.plugins.scorer import in_floats
from tender_eval.plugins.table import BidTable, Steps
from tender_eval.plugins.tally import Tally


def grants(**stated: object) -> CompiledScheme:
    rule = {"name": "grants_within_pot", "pot": 10000, "cap": 5000, "when_short": "stop", **stated}
    scheme = {
        "format": "tender-eval/scheme/1",
        "id": "grants",
        "title": "Grants from a pot",
        "criteria": [{"id": "q", "weight": 100, "scorer": {"name": "mark", "out_of": 5}}],
        "award": {"rule": rule},
    }
    return compile_scheme(scheme_from_data(scheme), CATALOGUE)


def evaluated(scheme: CompiledScheme, **bids: tuple[int, int, int]) -> Evaluation:
    """Bids by id, each with its mark, what it asks for, and its floor."""
    listed = [
        {"id": name, "price": asked, "values": {"floor": floor}, "marks": {"q": mark}}
        for name, (mark, asked, floor) in bids.items()
    ]
    return scheme.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": listed}))


def awards(found: Evaluation) -> dict[str, Fraction | None]:
    return {bid.id: bid.award for bid in found.bids}


def told(found: Evaluation, bid: str) -> list[str]:
    """The reasons of a bid in words."""
    result = found.bid(bid)
    assert result is not None
    return list(map(text, result.reasons))


def award_step(found: Evaluation, bid: str) -> Step:
    result = found.bid(bid)
    assert result is not None
    return next(step for step in result.step.inputs if step.label is CommonFigure.AWARD)


@pytest.mark.parametrize("when_short", ["stop", "skip"])
def test_a_floor_above_the_cap_takes_nothing_and_stops_nobody(when_short: str) -> None:
    """After the case grants-floor, where the first bid got 5000 below its floor of 6000, and the last nothing."""
    scheme = grants(floor="values.floor", when_short=when_short)
    found = evaluated(scheme, a=(5, 7000, 6000), b=(4, 5000, 3000), c=(3, 5000, 4000))
    assert awards(found) == {"a": 0, "b": 5000, "c": 5000}
    assert not found.tied
    why = "its floor 6000 is above the cap 5000, so that it cannot be funded"
    assert working(award_step(found, "a")) == f"min(7000, 5000, 10000) x 0, {why}"
    assert found.bids[0].reasons == (NotFunded(GrantNotPossible(Fraction(6000), Fraction(5000), at_cap=True)),)
    assert told(found, "a") == [f"not funded: {why}"]


def test_a_floor_above_what_is_asked_for_cannot_be_funded_either() -> None:
    found = evaluated(grants(floor="values.floor"), a=(5, 3000, 4000), b=(4, 5000, 5000))
    assert awards(found) == {"a": 0, "b": 5000}
    assert told(found, "a") == [
        "not funded: its floor 4000 is above the 3000 that it asks for, so that it cannot be funded"
    ]


def test_a_bid_that_cannot_be_funded_makes_no_tie() -> None:
    found = evaluated(grants(floor="values.floor", pot=6000), a=(5, 7000, 6000), b=(5, 5000, 100), c=(4, 900, 900))
    assert awards(found) == {"a": 0, "b": 5000, "c": 900}
    assert not found.tied


def test_each_bid_is_told_why_it_gets_what_it_gets() -> None:
    scheme = grants(floor="values.floor", pot=9000)
    found = evaluated(scheme, a=(5, 7000, 0), b=(4, 5000, 3000), c=(3, 900, 900))
    assert awards(found) == {"a": 5000, "b": 4000, "c": 0}
    funded, why = working(award_step(found, "a")).split(" x 1, ")
    assert funded == "min(7000, 5000, 9000)"
    assert why == "it asks for 7000, held at the cap 5000, and the pot has 9000 left when its turn comes"
    assert told(found, "c") == [
        "not funded: it asks for 900, and funding stopped before its turn, at a bid for which the pot is too small"
    ]
    tied = evaluated(scheme, a=(5, 5000, 0), b=(4, 3000, 0), c=(4, 3000, 0), d=(3, 10, 0))
    assert tied.tied
    parted = [told(tied, bid.id)[0].partition(", and ") for bid in tied.bids[1:]]
    short = "the pot has 4000 left when its turn comes, which is too little for all that tie"
    after = "funding stopped before its turn, at bids that tie for which the pot is too small"
    assert [(asks, why) for asks, _, why in parted] == [
        ("not funded: it asks for 3000", short),
        ("not funded: it asks for 3000", short),
        ("not funded: it asks for 10", after),
    ]


AMOUNTS = st.integers(0, 12).map(lambda n: n * 500)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), AMOUNTS.filter(bool), AMOUNTS), min_size=1, max_size=7),
    st.sampled_from([500, 3000, 5000, 12000]),
    st.sampled_from([1000, 2500, 5000]),
    st.sampled_from(["stop", "skip"]),
    st.booleans(),
)
def test_both_arithmetics_share_out_the_same(
    bids: list[tuple[int, int, int]], pot: int, cap: int, when_short: str, floors: bool
) -> None:
    stated: dict[str, Any] = {"pot": pot, "cap": cap, "when_short": when_short}
    params = GrantsWithinPot.Params.model_validate(stated | ({"floor": "values.floor"} if floors else {}))
    ranks = np.array([1 + sum(other[0] > bid[0] for other in bids) if bid[0] else 0 for bid in bids])
    columns = {"price": [bid[1] for bid in bids], "values.floor": [bid[2] for bid in bids]}
    exact = _allocated(params, ranks, {name: exact_array(column) for name, column in columns.items()})
    floats = {name: np.array(column, dtype=float)[:, None] for name, column in columns.items()}
    batch = _allocated(in_floats(params), ranks[:, None], floats)
    assert batch.amounts[:, 0].tolist() == [float(amount) for amount in exact.amounts]
    assert bool(np.all(batch.undecided)) == exact.undecided
    for amount, (_, asked, floor) in zip(exact.amounts, bids, strict=True):
        assert amount <= min(asked, cap)
        assert not amount or not floors or amount >= floor
    assert sum(exact.amounts) <= pot


def _allocated(params: Any, ranks: Any, columns: Any) -> Any:
    table = BidTable(columns, np.ones(ranks.shape, dtype=np.bool_))
    tally = Tally(table, lambda names: columns["price"], lambda name: 1, lambda name: columns["price"], ())
    return GrantsWithinPot().allocate(ranks, tally, params, Steps())


def test_each_bid_has_one_turn() -> None:
    def allocate(number: int) -> None:
        params = GrantsWithinPot.Params(pot=10**9, cap=5, when_short="skip")
        _allocated(params, np.arange(1, number + 1), {"price": exact_array([7] * number)})

    assert not grows_too_fast(allocate)
