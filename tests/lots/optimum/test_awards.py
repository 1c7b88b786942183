"""The best award, held against every award that there can be."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from all_awards import best_of_all, drawn, first_of, total_of
from awards_in_arrays import best_in_arrays
from contests import exact

from tender_eval.lots.optimum import diagram
from tender_eval.lots.optimum.awards import best_awards, best_with, can_be_kept

ONE = (Fraction(1),)


@pytest.fixture(autouse=True, params=["diagram", "search"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to find the best award come to the same."""
    if request.param == "search":
        monkeypatch.setattr(diagram, "MOST_NODES", 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_it_is_the_best_of_all_and_finds_every_tie(seed: int) -> None:
    contest, weights = drawn(Random(seed), 2 + seed % 4, 2 + seed % 3)
    expected = best_of_all(contest, weights)
    found = best_awards(contest, weights)
    if expected is None:
        assert (found.kept, set(found.winner)) == (False, {-1})
        return
    winner, undecided = first_of(contest, expected.awards)
    assert (found.lots, found.total) == (expected.lots, expected.total)
    assert (found.winner, found.undecided) == (winner, undecided)


def test_every_award_in_arrays_is_every_award_one_after_another() -> None:
    """The brute force of `scripts/prove_lots.py` beside the one of these tests; half of the tenders have offers."""
    offers = 0
    for seed in range(200, 230):
        contest, weights = drawn(Random(seed), 2 + seed % 3, 2 + seed % 2)
        offers += contest.offers is not None
        slow, fast = best_of_all(contest, weights), best_in_arrays(contest, weights)
        assert (slow is None) == (fast is None), seed
        if slow is not None and fast is not None:
            assert (slow.lots, slow.total, sorted(slow.awards)) == (fast.lots, fast.total, sorted(fast.awards)), seed
    assert offers > 8


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_with_a_bid_at_a_lot_it_is_the_best_of_all_that_have_it_there(seed: int) -> None:
    contest, weights = drawn(Random(seed), 3, 3)
    for bid, lot in np.argwhere(contest.standing):
        with_it = contest._replace(standing=contest.standing.copy())
        with_it.standing[:, lot] = False
        with_it.standing[bid, lot] = True
        expected = best_of_all(with_it, weights)
        if expected is None:
            assert best_with(contest, weights, int(lot), int(bid)) is None
            continue
        there = [award for award in expected.awards if award[lot] == bid]
        found = best_with(contest, weights, int(lot), int(bid))
        if there:
            assert found == (expected.lots, expected.total)
        elif found is not None:
            assert found[0] < expected.lots or found[1] != expected.total


def test_a_tie_at_one_lot_leaves_the_ranks_of_the_next_to_say() -> None:
    """Both of north are first there; at south, where both ask the same, one is first by its place in the scheme."""
    contest = exact([[1, 5], [1, 5]], [[1, 2], [1, 1]])
    found = best_awards(contest, ONE * 2)
    assert (found.winner, found.undecided) == ((-1, 1), frozenset({0}))


def test_nobody_stands() -> None:
    found = best_awards(exact([[None, None]]), ONE * 2)
    assert (found.winner, found.undecided, found.lots) == ((-1, -1), frozenset(), 0)


def test_more_lots_come_before_a_better_total() -> None:
    """The dearest of all is awarded where nobody else can be, for the lowest sum."""
    contest = exact([[1, None], [None, 1000]], best="lowest")
    assert best_awards(contest, ONE * 2).winner == (0, 1)


def test_equal_totals_go_by_the_rank_at_the_first_lot_and_else_stay_open() -> None:
    """At most one lot each, and both ways come to 9: nothing but the ranks at the first lot tells them apart."""
    figures = [[5, 4], [5, 4]]
    apart = best_awards(exact(figures, [[0, 1], [1, 0]], most_lots=1), ONE * 2)
    assert (apart.winner, apart.undecided) == ((0, 1), frozenset())
    other_order = best_awards(exact(figures, [[0, 1], [1, 0]], most_lots=1, order=(1, 0)), ONE * 2)
    assert other_order.winner == (0, 1)
    level = best_awards(exact(figures, most_lots=1), ONE * 2)
    assert (level.winner, level.undecided) == ((-1, -1), {0, 1})


def test_the_cost_of_a_quality_point_is_that_of_all_lots_together() -> None:
    """Sum of quotients would prefer b at south (2 + 5 against 2 + 6); all costs by all points prefer a.

    a: 200 for 100 points and 60 for 10; b: 50 for 10 at south. (200 + 60) / 110 > (200 + 50) / 110, but with 20
    points for the 60 of a: 260 / 120 < 250 / 110.
    """
    figures = [[Fraction(2), Fraction(3)], [None, Fraction(5)]]
    divisors = np.array([[Fraction(100), Fraction(20)], [Fraction(1), Fraction(10)]], dtype=object)
    contest = exact(figures, best="lowest")._replace(divisors=divisors)
    found = best_awards(contest, ONE * 2)
    assert found.winner == (0, 0)
    assert found.total == Fraction(260, 120) == total_of(contest, ONE * 2, (0, 0))


LOOSER: tuple[dict[str, Any], ...] = (
    {"most_lots": 0}, {"capacity": None}, {"most_value": None}, {"most_suppliers": 0}, {"fewest_suppliers": 0},
    {"quotas": ()}, {"suppliers": None, "fewest_suppliers": 0},
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 225))
def test_without_a_limit_the_best_award_is_never_worse(seed: int) -> None:
    """Suppliers that are in one bid each are less bound than those that share some, unless many must be awarded."""
    contest, weights = drawn(Random(seed), 4, 4)
    best = best_awards(contest, weights)
    for looser in LOOSER:
        freed = best_awards(contest._replace(**looser), weights)
        assert (freed.kept, freed.lots) >= (best.kept, best.lots)
        if best.kept and freed.lots == best.lots:
            assert freed.total >= best.total if contest.best == "highest" else freed.total <= best.total


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300, 320))
def test_the_order_of_lots_and_bids_changes_nothing_where_nothing_ties(seed: int) -> None:
    random = Random(seed)
    contest, weights = drawn(random, 4, 4)
    best = best_awards(contest, weights)
    rows = len(contest.standing)
    bids, lots = random.sample(range(rows), rows), random.sample(range(4), 4)
    turned = contest.of(np.array(bids))._replace(
        suppliers=None if contest.suppliers is None else contest.suppliers[bids]
    )
    turned = turned._replace(
        figures=turned.figures[:, lots],
        standing=turned.standing[:, lots],
        ranks=turned.ranks[:, lots],
        values=turned.values[lots],
        divisors=None if turned.divisors is None else turned.divisors[:, lots],
        offers=turned.offers and turned.offers._replace(lots=turned.offers.lots[:, lots]),
        order=tuple(lots.index(lot) for lot in contest.lots),
    )
    found = best_awards(turned, tuple(weights[lot] for lot in lots))
    assert (found.lots, found.total) == (best.lots, best.total)
    back = {lots[at]: bids[row] if row >= 0 else -1 for at, row in enumerate(found.winner)}
    assert tuple(back[lot] for lot in range(4)) == best.winner
    assert {lots[at] for at in found.undecided} == best.undecided


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(400, 420))
def test_limits_can_be_kept_exactly_where_some_award_keeps_to_them(seed: int) -> None:
    contest, weights = drawn(Random(seed), 4, 3)
    there = [lot for lot in range(3) if contest.standing[:, lot].any()]
    best = best_of_all(contest, weights)
    assert can_be_kept(contest, []) is (best is not None)
    assert can_be_kept(contest, there) is (best is not None and best.lots == len(there))
