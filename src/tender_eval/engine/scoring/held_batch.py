"""Third parties' scorers held to what they promise in batches: asked again, and held against exact arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from fractions import Fraction
from functools import partial

import numpy as np

from tender_eval.engine.plan import Leaf
from tender_eval.engine.scoring.arithmetic import SLACK, Batch, exact_figures
from tender_eval.engine.scoring.guarded import of_third_party, refusal, scored_together
from tender_eval.engine.scoring.promises import CODE, orders, scored
from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.table import BidTable, frozen

DRAWS = 8
"""How many draws of a batch are scored again."""

COMPARED = 2
"""How many draws of a batch are scored exactly too."""

TRACE = Fraction(1, 10**12)
"""How far figures of a batch may be from the exact ones that they stand for, as a share of them."""


class HeldBatch(Batch):
    """Batches in which third parties' scorers are called once more on the first draws, and find copies of the columns.

    Args:
        held: the leaves that were, from one chunk of draws to the next.
    """

    def __init__(self, weights: Mapping[str, Array], settled: dict[str, Array], held: set[str]) -> None:
        super().__init__(weights, settled)
        self._held = held

    def score(self, leaf: Leaf, columns: Mapping[str, Array], present: Mask) -> Array:
        if not of_third_party(leaf.scorer) or leaf.id in self._held:
            return super().score(leaf, columns, present)
        before = {r.column: columns[r.column].copy() for r in leaf.reads}
        scores = super().score(leaf, columns, present)
        if any(not np.array_equal(column, columns[name], equal_nan=True) for name, column in before.items()):
            raise refusal(leaf, CODE, "changed the figures that it was given")
        self._held.add(leaf.id)
        few = min(DRAWS, present.shape[1])
        there, first = present[:, :few], np.broadcast_to(scores, present.shape)[:, :few]
        for rows, when in orders(len(present)):
            seen = {name: frozen(column[rows, :few]) for name, column in before.items()}
            table = BidTable(seen, frozen(there[rows]))
            found = scored(leaf, table, self.params(leaf))
            again = np.broadcast_to(found, (len(rows), few))
            if not (np.abs(again - first[rows]) <= SLACK)[there[rows]].all():
                raise refusal(leaf, CODE, f"scores the same draws otherwise {when}")
        for draw in range(min(COMPARED, few)):
            _as_exactly(leaf, before, there[:, draw], first[:, draw], draw)
        return scores


def _as_exactly(leaf: Leaf, columns: Mapping[str, Array], there: Mask, scores: Array, draw: int) -> None:
    """Hold the scores of one draw against exact ones, and those of figures a trace away: a step may be there."""
    bids = np.flatnonzero(there)
    if not len(bids):
        return
    floats = {n: np.broadcast_to(c[:, min(draw, c.shape[1] - 1)], len(there))[bids] for n, c in columns.items()}
    nearest = np.full(len(bids), np.inf)
    for nudge in (0, TRACE, -TRACE):
        exact = {n: [Fraction(str(f)) * (1 + nudge) for f in column.tolist()] for n, column in floats.items()}
        if not all(reads.takes(f) for reads in leaf.reads for f in exact[reads.column]):
            continue
        table = BidTable({n: frozen(numeric.exact_array(c)) for n, c in exact.items()}, frozen(there[bids]))
        found = scored_together(partial(scored, leaf, table, deepcopy(leaf.params)))
        if found is None:
            return
        came = np.array([float(score) for score in exact_figures(leaf, found, len(bids))])
        nearest = np.minimum(nearest, np.abs(came - scores[bids]))
    for row, off in zip(bids, nearest.tolist(), strict=True):
        if SLACK < off < np.inf:
            raise refusal(leaf, CODE, f"scores a bid {scores[row]:.6g} in batches, {off:.6g} away from its exact score")
