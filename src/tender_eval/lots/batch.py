"""The award of lots over many draws: the same mechanisms in float64, in chunks that stay in the processor's cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tender_eval.engine.evaluating.batch import BatchResult
from tender_eval.lots.draws import part_of
from tender_eval.lots.run import run_mechanism
from tender_eval.model.numeric import Array
from tender_eval.plugins.catalogue import Registered
from tender_eval.plugins.mechanism import Contest, LotAwards, Mechanism

CHUNK = 4096  # draws at a time: 20 bids x 8 lots x 4096 draws x 8 bytes is 5 MB


def contest_of(lots: Sequence[BatchResult], best: Any, values: Array, **limits: Any) -> Contest:
    """The contest of batch results, one a lot, each ``(bids, draws)`` over the same bids and draws.

    Args:
        values: annual value of each lot, ``(lots,)`` or ``(lots, draws)``.
        limits: ``most_lots``, ``capacity`` and ``order`` of the contest.
    """
    ranks = np.stack([found.ranks for found in lots], axis=1)
    figures = np.stack([found.figures for found in lots], axis=1)
    return Contest(figures, ranks > 0, ranks, best, values, **limits)


def award_draws(mechanism: Registered[Mechanism], params: Any, contest: Contest) -> LotAwards:
    """Who wins each lot in every draw: ``winner`` and ``undecided`` of shape ``(lots, draws)``.

    Memory beyond the contest and the result does not grow with the number of draws.

    Raises:
        Refused: naming the mechanism where it is at fault.
    """
    shape = contest.standing.shape[1:]
    winner = np.empty(shape, dtype=np.int16)
    undecided = np.empty(shape, dtype=np.bool_)
    for start in range(0, shape[1], CHUNK):
        here = slice(start, min(start + CHUNK, shape[1]))
        found = run_mechanism(mechanism, params, part_of(contest, here))
        winner[:, here], undecided[:, here] = found.winner, found.undecided
    return LotAwards(winner, undecided)
