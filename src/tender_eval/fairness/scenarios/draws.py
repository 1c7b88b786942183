"""Many draws in one batch, where some of them may be such that they cannot be scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.evaluating.places import places_in_draws, rivals_of
from tender_eval.engine.evaluating.ranking import Ranks
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array, Mask


@dataclass(frozen=True, slots=True)
class RankedDraws:
    """Ranks ``(bids, draws)`` and who is awarded in each; none in a draw that cannot be scored.

    ``alone`` are those who are awarded without a tie for the last place.
    """

    ranks: Ranks
    wins: Mask
    wins_outright: Mask
    refused: Mask  # (draws,)


def rank_draws(scheme: CompiledScheme, columns: Mapping[str, Array], present: Mask, bids: Bids) -> RankedDraws:
    """Evaluate every draw that can be.

    Args:
        columns: ``(bids, draws)``, or ``(bids,)`` for what is the same in all.
        present: ``(bids, draws)``.
        bids: those of the first rows; any rows behind them are of further suppliers.
    """
    draws = present.shape[1]
    found = RankedDraws(
        np.zeros(present.shape, dtype=np.int16),
        np.zeros(present.shape, dtype=np.bool_),
        np.zeros(present.shape, dtype=np.bool_),
        np.zeros(draws, dtype=np.bool_),
    )
    if draws and present.size:
        _fill(found, scheme, columns, present, _Others.of(bids, len(present)), 0, draws)
    return found


class _Others(NamedTuple):
    """Which rows have a supplier in common, None where no two have, and which bids people took out."""

    rivals: Mask | None
    removed: Mask

    @classmethod
    def of(cls, bids: Bids, rows: int) -> _Others:
        found, removed = rivals_of(bids), np.zeros(rows, dtype=np.bool_)
        removed[: len(bids.bids)] = [bid.removed is not None and bid.removed.assessed for bid in bids.bids]
        if found is None:
            return cls(None, removed)
        padded = np.eye(rows, dtype=np.bool_)
        padded[: len(found), : len(found)] = found
        return cls(padded, removed)


def _fill(
    found: RankedDraws,
    scheme: CompiledScheme,
    columns: Mapping[str, Array],
    present: Mask,
    others: _Others,
    start: int,
    stop: int,
) -> None:
    """Halve what is refused until the draws at fault stand alone."""
    here = slice(start, stop)
    try:
        some = {n: c if c.ndim == 1 or c.shape[1] == 1 else c[:, here] for n, c in columns.items()}
        result = scheme.evaluate_batch(some, present[:, here], removed=others.removed)
    except Refused:
        if stop - start == 1:
            found.refused[start] = True
            return
        middle = (start + stop) // 2
        _fill(found, scheme, columns, present, others, start, middle)
        _fill(found, scheme, columns, present, others, middle, stop)
        return
    found.ranks[:, here] = result.ranks
    places = scheme.scheme.award.suppliers
    if result.awards is not None:
        found.wins[:, here] = found.wins_outright[:, here] = (result.awards > 0) & (result.ranks > 0)
        return
    wins = places_in_draws(result.ranks, places, others.rivals)
    found.wins[:, here] = wins
    found.wins_outright[:, here] = wins & (wins.sum(axis=0) <= places)
