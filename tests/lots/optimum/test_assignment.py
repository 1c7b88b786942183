"""What is proved of many draws at once is what the search gives of each."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tender_eval.lots.draws import award_one_by_one
from tender_eval.lots.mechanisms.best_total import BestTotal, BestTotalParams
from tender_eval.lots.optimum.assignment import assigned, out_of_reach
from tender_eval.lots.optimum.awards import best_awards
from tender_eval.plugins.mechanism import Contest, LotAwards, Quota

DRAWS = 12
EQUALLY = BestTotalParams()
BY_VALUE = BestTotalParams(weigh="annual_value")


def contest(seed: int, shared: bool = False, **limits: Any) -> Contest:
    """Draws with few different figures, so that many totals are equal; a rank is shared where that is asked for."""
    rng = np.random.default_rng(seed)
    shape = int(rng.integers(2, 6)), int(rng.integers(2, 5)), DRAWS
    figures = rng.integers(1, 6, shape) + 30.0 * (seed % 2)  # also such that an award of one lot less has a better sum
    standing = rng.random(shape) < rng.choice([0.7, 1.0])
    ranks = np.zeros(shape, dtype=np.int64)
    best = rng.choice(["highest", "lowest"])
    for lot in range(shape[1]):
        for draw in range(DRAWS):
            there = np.flatnonzero(standing[:, lot, draw])
            asked = figures[there, lot, draw] * (-1 if best == "highest" else 1)
            ties = np.zeros(len(there)) if shared else rng.random(len(there))
            keys = list(zip(asked.tolist(), ties.tolist(), strict=True))
            ranks[there, lot, draw] = [1 + sum(other < key for other in keys) for key in keys]
    values = rng.integers(1, 4, shape[1]) * 1000.0
    made = {name: limit(rng, shape) if callable(limit) else limit for name, limit in limits.items()}
    return Contest(figures, standing, ranks, str(best), values, **made)  # type: ignore[arg-type]


def in_quota(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[Quota, ...]:
    who = rng.random(shape[0]) < 0.6
    return Quota(who, int(rng.integers(0, 3))), Quota(~who & (rng.random(shape[0]) < 0.7), 1)


LIMITS: dict[str, dict[str, Any]] = {
    "none": {},
    "one lot each": {"most_lots": 1},
    "two lots each": {"most_lots": 2},
    "capacity": {"capacity": lambda rng, shape: rng.integers(1, 6, (shape[0], DRAWS)) * 1000.0},
    "a share of the value": {"most_value": 3000.0},
    "quotas": {"quotas": in_quota, "most_lots": 2},
    "quotas by draw": {"quotas": lambda rng, shape: (Quota(rng.random((shape[0], DRAWS)) < 0.5, 1),)},
    "suppliers": {"most_suppliers": 2, "most_lots": 2},
    "so many suppliers": {"fewest_suppliers": 3, "most_lots": 2},
    "a minimum of a quota": {"quotas": lambda rng, shape: (Quota(rng.random(shape[0]) < 0.5, None, 1),)},
}


def searched(of: Contest, params: BestTotalParams) -> LotAwards:
    """The same without what is proved of many draws at once."""
    weights = [Fraction(float(v)) for v in of.values / of.values.max()]
    even = (Fraction(1),) * len(weights)

    def award(exact: Contest, near: Fraction) -> LotAwards:
        found = best_awards(exact, tuple(weights) if params.weigh == "annual_value" else even, near)
        return LotAwards(np.array(found.winner), np.array([n in found.undecided for n in range(len(weights))]))

    return award_one_by_one(of, award)


@pytest.mark.slow
@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("params", [EQUALLY, BY_VALUE], ids=["equally", "by value"])
@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS)
def test_each_draw_is_awarded_as_the_search_does(limits: dict[str, Any], params: BestTotalParams, shared: bool) -> None:
    for seed in range(4):
        of = contest(seed, shared, **limits)
        found, expected = BestTotal().award(of, params), searched(of, params)
        assert found.winner.tolist() == expected.winner.tolist()
        assert found.undecided.tolist() == expected.undecided.tolist()


def test_a_further_lot_comes_before_any_figure() -> None:
    """The lowest total; the first can have one lot, and the second stands for the dear one alone."""
    figures, standing = np.array([[2.0, 10.0], [0.0, 16.0]]), np.array([[True, True], [False, True]])
    ranks, values = np.array([[1, 1], [0, 2]]), np.array([2.0, 3.0])
    of = Contest(figures[..., None], standing[..., None], ranks[..., None], "lowest", values, most_lots=1)
    assert assigned(of, False).winner[:, 0].tolist() == [0, 1]
    assert BestTotal().award(of, EQUALLY).winner[:, 0].tolist() == [0, 1]


def test_draws_with_ties_and_quotas_are_proved_without_a_search() -> None:
    proved = [assigned(contest(seed, quotas=in_quota, most_lots=1), False).proved for seed in range(8)]
    assert np.mean(proved) > 0.9
    ties = [assigned(contest(seed, shared=True, most_lots=1), False).proved for seed in range(8)]
    assert np.mean(ties) < 0.9  # where bids share a rank the search says what is undecided


def test_where_too_few_suppliers_could_have_anything_nothing_is_awarded() -> None:
    of = contest(6, fewest_suppliers=3, most_lots=1)
    none = out_of_reach(of)
    bidding = of.standing.any(axis=1).sum(axis=0)
    lots = of.standing.any(axis=0).sum(axis=0)
    assert none[(bidding < 3) | (lots < 3)].all()
    assert none.any()
    assert not none.all()
    assert (BestTotal().award(of, EQUALLY).winner[:, none] == -1).all()


def test_a_lot_that_is_awarded_comes_before_any_price_where_a_bid_stands_alone() -> None:
    """The only bid is dear at both lots, and may have one: it has one, and not none."""
    figures = np.array([[[2.0], [3.0]]])
    alone = Contest(figures, figures > 0, np.ones(figures.shape, dtype=np.int64), "lowest", np.ones(2), most_lots=1)
    assert assigned(alone, weigh=False).winner[:, 0].tolist() == [0, -1]
