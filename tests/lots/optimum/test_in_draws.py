"""Many draws at once come to what each comes to by itself; and what is too large for a diagram has none."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from all_awards import best_of_all, drawn, first_of
from contests import CATALOGUE, exact

from tender_eval.lots.limits import limits_shared
from tender_eval.lots.mechanisms.best_total import weights_of
from tender_eval.lots.optimum.choices import choices_in
from tender_eval.lots.optimum.diagram import diagram_of
from tender_eval.lots.optimum.in_draws import best_in_draws
from tender_eval.lots.run import run_mechanism
from tender_eval.plugins.mechanism import Contest

BEST = CATALOGUE.mechanisms["best_total"]


def in_draws(draws: list[Contest]) -> Contest:
    """Contests that differ in figures, ranks and who stands, as draws under the limits of the first."""
    first = draws[0]
    return first._replace(
        figures=np.stack([np.where(c.standing, c.figures.astype(np.float64), np.nan) for c in draws], axis=2),
        standing=np.stack([c.standing for c in draws], axis=2),
        ranks=np.stack([c.ranks for c in draws], axis=2),
        values=first.values.astype(np.float64),
        capacity=None if first.capacity is None else first.capacity.astype(np.float64),
        most_value=None if first.most_value is None else float(first.most_value),
        divisors=None,
    )


def others(contest: Contest, random: Random) -> Contest:
    """The contest with other figures, and now and then a bid that does not stand."""
    bids, lots = contest.standing.shape
    figures = [
        [Fraction(random.randint(0, 9)) if contest.standing[b, lot] and random.random() < 0.9 else None
         for lot in range(lots)]
        for b in range(bids)
    ]  # fmt: skip
    made = exact(figures, best=contest.best)
    return contest._replace(figures=made.figures, standing=made.standing, ranks=made.ranks, divisors=None)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_each_draw_goes_as_the_best_of_all_its_awards(seed: int) -> None:
    goes_as_the_best(seed)


def goes_as_the_best(seed: int) -> Contest:
    random = Random(seed)
    contest, _ = drawn(random, 2 + seed % 4, 2 + seed % 3)
    weigh = "annual_value" if seed % 2 else "equally"
    params = BEST.item.Params(weigh=weigh)
    draws = [others(contest, random) for _ in range(12)]
    batch = in_draws(draws)
    assert limits_shared(batch)
    found = run_mechanism(BEST, params, batch)
    for n, one in enumerate(draws):
        best = best_of_all(one, weights_of(one, params))
        winner, open_ = first_of(one, best.awards) if best else ((-1,) * one.standing.shape[1], set())
        assert tuple(found.winner[:, n]) == winner, n
        assert set(np.flatnonzero(found.undecided[:, n])) == open_, n
    return batch


@pytest.mark.parametrize("seed", [3, 9, 17, 21])
def test_offers_for_several_lots_are_in_the_diagram_and_searched_where_there_is_none(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = goes_as_the_best(seed)
    assert batch.offers is not None
    assert best_in_draws(batch, weigh_values=False) is not None
    monkeypatch.setattr("tender_eval.lots.optimum.diagram.MOST_NODES", 0)
    assert best_in_draws(batch, weigh_values=False) is None
    goes_as_the_best(seed)


def test_draws_without_a_tie_are_plain_and_those_with_one_are_not() -> None:
    apart, level = exact([[90, 80], [81, 40]], most_lots=1), exact([[5, 4], [5, 4]], most_lots=1)
    told = best_in_draws(in_draws([apart, level, apart]), weigh_values=False)
    assert told is not None
    winner, plain = told
    assert plain.tolist() == [True, False, True]
    assert winner[:, plain].tolist() == [[1, 1], [0, 0]]


def test_limits_that_differ_from_draw_to_draw_are_left_to_each() -> None:
    batch = in_draws([exact([[1, 2], [3, 4]], most_lots=1)] * 2)
    assert best_in_draws(batch._replace(values=np.ones((2, 2))), weigh_values=False) is None
    assert best_in_draws(batch._replace(capacity=np.ones((2, 2))), weigh_values=False) is None
    assert best_in_draws(batch._replace(most_value=np.ones(2)), weigh_values=False) is None


def test_many_bidders_for_many_lots_are_too_many_and_few_are_not() -> None:
    """A hundred bids for twenty lots, all by the same few suppliers, are a matter of how much each may have."""
    many = exact([[1] * 20 for _ in range(20)], most_lots=2)
    assert diagram_of(many, choices_in(many)) is None
    params = BEST.item.Params()
    assert BEST.item.most_draws(many, params) == 50
    few = exact([[1] * 20 for _ in range(3)], most_lots=7)
    found = diagram_of(few, choices_in(few))
    assert found is not None
    assert sum(len(layer.leads) for layer in found.layers) < 20 * 8**3
    assert BEST.item.most_draws(few, params) > 10**6
