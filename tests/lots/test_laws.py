"""The laws of awarding lots, on generated contests, for every built-in mechanism and both arithmetics."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from all_awards import beyond
from contests import CATALOGUE, LIMITED, MECHANISMS, batch, contests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender_eval.lots.batch import award_draws
from tender_eval.lots.run import run_mechanism
from tender_eval.plugins.mechanism import Contest, LotAwards

thorough = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
every = pytest.mark.parametrize("name", MECHANISMS)
limited = pytest.mark.parametrize("name", LIMITED)
one_by_one = pytest.mark.parametrize("name", [n for n in LIMITED if not CATALOGUE.mechanisms[n].item.passes_over(None)])


def awarded(name: str, contest: Contest) -> LotAwards:
    registered = CATALOGUE.mechanisms[name]
    return run_mechanism(registered, registered.item.Params(), contest)


def is_full(contest: Contest, winner: np.ndarray, bid: int, lot: int) -> bool:
    """Whether the limits keep a bid from a further lot."""
    with_it = winner.copy()
    with_it[lot] = bid
    return any(beyond(contest, with_it))


@pytest.mark.slow
@limited
@thorough
@given(data=st.data())
def test_winners_stand_and_keep_to_their_limits(name: str, data: st.DataObject) -> None:
    (contest,) = data.draw(contests())
    found = awarded(name, contest)
    for lot, row in enumerate(found.winner):
        assert row == -1 or contest.standing[row, lot]
        assert not (found.undecided[lot] and row >= 0)
    assert [*beyond(contest, found.winner)] == []


@pytest.mark.slow
@one_by_one
@thorough
@given(data=st.data())
def test_a_lot_is_left_only_where_no_bid_has_room_or_a_tie_is_open(name: str, data: st.DataObject) -> None:
    (contest,) = data.draw(contests())
    found = awarded(name, contest)
    for lot, row in enumerate(found.winner):
        ahead = [
            bid
            for bid in np.flatnonzero(contest.standing[:, lot])
            if row == -1 or contest.ranks[bid, lot] <= contest.ranks[row, lot]
        ]
        if not found.undecided[lot]:
            assert all(is_full(contest, found.winner, bid, lot) for bid in ahead if bid != row)


@pytest.mark.slow
@every
@thorough
@given(data=st.data())
def test_without_limits_each_lot_goes_to_its_first(name: str, data: st.DataObject) -> None:
    (contest,) = data.draw(contests(limited=False))
    found = awarded(name, contest)
    for lot, row in enumerate(found.winner):
        first = np.flatnonzero(contest.ranks[:, lot] == 1)
        assert row == (first[0] if len(first) == 1 else -1)
        assert found.undecided[lot] == (len(first) > 1)


@pytest.mark.slow
@every
@thorough
@given(data=st.data())
def test_batch_equals_exact_draw_by_draw(name: str, data: st.DataObject) -> None:
    draws = data.draw(contests(number=4, limited=name in LIMITED))
    registered = CATALOGUE.mechanisms[name]
    found = award_draws(registered, registered.item.Params(), batch(draws))
    for n, contest in enumerate(draws):
        alone = awarded(name, contest)
        assert found.winner[:, n].tolist() == alone.winner.tolist()
        assert found.undecided[:, n].tolist() == alone.undecided.tolist()


@pytest.mark.slow
@every
@thorough
@given(data=st.data())
def test_the_order_of_bids_does_not_matter(name: str, data: st.DataObject) -> None:
    (contest,) = data.draw(contests(limited=name in LIMITED))
    rows = data.draw(st.permutations(range(len(contest.standing))))
    again = awarded(
        name,
        contest._replace(
            figures=contest.figures[rows],
            standing=contest.standing[rows],
            ranks=contest.ranks[rows],
            capacity=None if contest.capacity is None else contest.capacity[rows],
            suppliers=None if contest.suppliers is None else contest.suppliers[rows],
            preferences=None if contest.preferences is None else contest.preferences[rows],
            quotas=tuple(quota._replace(who=quota.who[rows]) for quota in contest.quotas),
        ),
    )
    found = awarded(name, contest)
    assert [-1 if row < 0 else rows[row] for row in again.winner] == found.winner.tolist()
    assert again.undecided.tolist() == found.undecided.tolist()


@pytest.mark.slow
@limited
@settings(thorough, max_examples=100)
@given(data=st.data())
def test_what_is_decided_beside_a_tie_holds_however_the_tie_is_resolved(name: str, data: st.DataObject) -> None:
    (contest,) = data.draw(contests())
    found = awarded(name, contest)
    bids = len(contest.standing)
    ranks = contest.ranks.copy()
    for lot in range(ranks.shape[1]):
        drawn = data.draw(st.permutations(range(bids)))
        keys = [(rank, drawn[bid]) for bid, rank in enumerate(contest.ranks[:, lot])]
        there = sorted(key for key in keys if key[0])
        ranks[:, lot] = [1 + there.index(key) if key[0] else 0 for key in keys]
    resolved = awarded(name, contest._replace(ranks=ranks))
    assert not resolved.undecided.any(), "where no rank is shared, nothing is undecided"
    for lot in np.flatnonzero(~found.undecided):
        assert resolved.winner[lot] == found.winner[lot]


def one_after_another(contest: Contest) -> list[int]:
    """Lots in their order, each to its best bid with room: written without arrays."""
    winner = np.full(contest.standing.shape[1], -1)
    for lot in contest.lots:
        for bid in np.argsort(contest.ranks[:, lot], kind="stable"):
            if contest.standing[bid, lot] and not is_full(contest, winner, bid, lot):
                winner[lot] = bid
                break
    return winner.tolist()


def leading_first(contest: Contest) -> list[int]:
    """The lot with the largest lead first: written without arrays."""
    winner = np.full(contest.standing.shape[1], -1)
    left = list(contest.lots)
    while left:
        leads = []
        for at, lot in enumerate(left):
            room = [b for b in np.flatnonzero(contest.standing[:, lot]) if not is_full(contest, winner, b, lot)]
            room.sort(key=lambda b, lot=lot: contest.ranks[b, lot])  # type: ignore[misc]
            if not room:
                continue
            lead = Fraction(10)
            if len(room) > 1:
                a, b = (contest.figures[n, lot] for n in room[:2])
                lead = abs(a - b) / max(abs(a), abs(b)) if a or b else Fraction(0)
            leads.append((-lead, at, lot, room[0]))
        if not leads:
            break
        _, _, lot, bid = min(leads)
        winner[lot] = bid
        left.remove(lot)
    return winner.tolist()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "oracle"), [("lot_order", one_after_another), ("largest_lead", leading_first)])
@thorough
@given(data=st.data())
def test_each_mechanism_does_what_it_says(name: str, oracle: object, data: st.DataObject) -> None:
    (contest,) = data.draw(contests(ties=False))
    found = awarded(name, contest)
    assert callable(oracle)
    assert found.winner.tolist() == oracle(contest)
    assert not found.undecided.any()
