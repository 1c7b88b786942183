"""Limits on awards are reckoned with: in what a bid is worth, and in what rivals are believed to do."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import SeedSequence
from scipy.stats import binom
from simulated import design, figures, made, mean, weighted

from tender_eval.simulation.bidding.limits import share_kept
from tender_eval.simulation.bidding.reckoning import expected, placed_in, read
from tender_eval.simulation.market.providers import Streams, draw_market
from tender_eval.simulation.prepared import PreparedDesign
from tender_eval.simulation.tender import run_first_tenders
from tender_eval.simulation.tendering.bidders import potential_bidders


def test_the_share_kept_is_that_of_binomial_wins() -> None:
    bids, most = np.meshgrid(np.arange(1.0, 9.0), np.arange(1.0, 5.0))
    for chance in (0.02, 0.3, 0.9, 1.0):
        found = share_kept(bids.ravel(), np.full(bids.size, chance), most.ravel())
        for b, m, kept in zip(bids.ravel(), most.ravel(), found, strict=True):
            wins = np.arange(b + 1)
            whole = (np.minimum(wins, m) * binom.pmf(wins, b, chance)).sum()
            assert kept == pytest.approx(whole / (b * chance), abs=1e-6)


def expected_and_won(prepared: PreparedDesign) -> tuple[float, float]:
    """Of the bids for lots under a limit, the share that is expected to win and the share that does."""
    model, play = prepared.model(), prepared.solutions[0]
    drawn = draw_market(Streams(SeedSequence(9)), model.draws_needed, 1500)
    bidders = potential_bidders(model, drawn)
    candidates = np.flatnonzero(bidders.candidate)
    bidders, kept = expected(model, play, bidders, candidates)
    chance = read(placed_in(model, play, bidders, candidates), len(candidates), lambda p, cells: p.chances(cells))
    done = run_first_tenders(model, play, drawn)
    bid = done.first.entered.ravel()[candidates]
    return float((chance * kept)[bid].sum()), float((done.first.winner >= 0).sum())


@pytest.mark.slow
def test_bidders_under_a_limit_win_about_as_often_as_they_expect() -> None:
    """Without it they would expect each lot that their bids are best for."""
    of, won = expected_and_won(made(design(4, weighted(60), lots_awarded=1)))
    assert of == pytest.approx(won, rel=0.08)


@pytest.mark.slow
def test_a_limit_brings_more_bidders_and_higher_prices() -> None:
    free, two, one = figures(*(made(design(4, weighted(60), lots_awarded=most)) for most in (0, 2, 1)), draws=800)
    for less, more in ((free, two), (two, one)):
        assert mean(more["bids_per_lot"]) > mean(less["bids_per_lot"])
        assert mean(more["price_ratio"]) > mean(less["price_ratio"]) + 0.003
        assert mean(more["small_win_share"]) > mean(less["small_win_share"])
