"""Standard errors are what they say: the spread of what comes out when everything is drawn anew."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.random import SeedSequence
from simulated import CATALOGUE, design, made, standard_types

from tender_eval.simulation.prepared import PreparedDesign, prepare
from tender_eval.simulation.results.tally import Moments, Tallies
from tender_eval.simulation.tender import simulate

SEEDS, DRAWS = 30, 200
NAMES = ("small_bidders", "small_win_share", "price_ratio")
NEAR = (0.65, 1.4)  # a standard deviation of 30 has a standard error of 13%: beyond this is chance of 1 in 200


@cache
def designs() -> tuple[PreparedDesign, PreparedDesign]:
    return made(design(1)), made(design(8))


@cache
def repeated() -> tuple[Tallies, ...]:
    seeds = (SeedSequence(1000 + n) for n in range(SEEDS))
    return tuple(Tallies.of(simulate(designs(), seed, DRAWS), DRAWS) for seed in seeds)


def spread_and_error(moments: list[Moments]) -> tuple[float, float]:
    """The spread of the means, and the error that they report."""
    means, errors = zip(*((m.mean or 0.0, m.se or 0.0) for m in moments), strict=True)
    return float(np.std(means, ddof=1)), float(np.sqrt(np.mean(np.square(errors))))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_means_spread_as_their_standard_errors_say(name: str) -> None:
    for moments in ([t.designs[1][name] for t in repeated()], [t.paired[0][name] for t in repeated()]):
        spread, error = spread_and_error(moments)
        assert NEAR[0] < spread / error < NEAR[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_common_random_numbers_shrink_the_errors_of_differences(name: str) -> None:
    _, paired = spread_and_error([t.paired[0][name] for t in repeated()])
    apart = np.hypot(*(spread_and_error([t.designs[n][name] for t in repeated()])[1] for n in (0, 1)))
    assert paired < 0.97 * apart


@pytest.mark.slow
def test_the_sample_on_which_play_is_settled_moves_figures_less_than_the_draws_do() -> None:
    """Little of a standard error is the error of the solutions."""
    a_design = design(8)
    found = [
        simulate([prepare(a_design, standard_types(), (), [1 / 8] * 8, CATALOGUE, seed)], SeedSequence(5), 1000)[0]
        for seed in range(4)
    ]
    prices = [float(np.nanmean(f["price_ratio"])) for f in found]
    bidders = [float(np.nanmean(f["small_bidders"])) for f in found]
    assert len(set(prices)) == 4
    assert np.std(prices, ddof=1) < 0.0008
    assert np.std(bidders, ddof=1) < 0.03
