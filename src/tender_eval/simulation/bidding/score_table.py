"""What bids score beside the reference bids of the moment, read off a table by marks and price."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import Array
from tender_eval.simulation.bidding.pricing import Grid


class SameMarks(NamedTuple):
    """Outcomes of marking that come to the same marks for bids of a quality, of one group.

    Attributes:
        quality, marks: of each that differs.
        each: which of them each quality and outcome is, ``(qualities, outcomes)``.
    """

    quality: Array
    marks: Array
    each: Array

    @classmethod
    def of(cls, marked: Array) -> SameMarks:
        """Those of the marks that bids of one group get, ``(qualities, outcomes)``."""
        qualities = np.broadcast_to(np.arange(len(marked))[:, None], marked.shape)
        pairs, each = np.unique(qualities * (marked.max() + 1) + marked, return_inverse=True)
        return cls(*np.divmod(pairs, marked.max() + 1), each.reshape(marked.shape))

    def mean(self, values: Array) -> Array:
        """The mean over the outcomes, ``(qualities, ...)``, of values of each that differs."""
        return np.asarray(values.take(self.each, axis=0).mean(axis=1))


class ScoreTable:
    """Scores by marks and price.

    Attributes:
        values: ``(marks, prices)``; higher is better, ``-inf`` where rejected.
        rejects: whether any bid may be rejected.
        may_win: the marks with which a bid is not rejected at every price, ``(marks,)``.
    """

    def __init__(self, values: Array, prices: Grid) -> None:
        self.values, self.prices = values, prices
        out = values == -np.inf
        always = out.all(axis=1)
        self.rejects = bool(out.any())
        self.may_win = ~always
        self._by_price = bool(out[~always].any())  # whether a price is rejected that others with the same marks are not

    def of_bids(self, marks: Array, above: Array | None, part: Array, price: Array) -> Array:
        """Scores of bids, ``(bids,)``.

        Args:
            marks, above: of the qualities below and above that of each bid; ``above`` is None where there is one.
            part: of the way from one to the other.
        """
        at, price_part = self.prices.place(price)
        low = self._read(marks * self.prices.number + at, price_part, self.rejects)
        if above is None:
            return low
        high = self._read(above * self.prices.number + at, price_part, self.rejects)
        return _between(low, high, part, self.rejects)

    def of_states(self, same: SameMarks, at: Array, part: Array) -> tuple[Array, Array]:
        """Scores at prices placed in the grid, ``(qualities, costs)``, with each of the marks that differ.

        Returns:
            Which of ``same`` may win, and the scores of these, ``(those, costs)``.
        """
        those = np.flatnonzero(self.may_win.take(same.marks))
        quality = same.quality.take(those)
        entry = (same.marks.take(those) * self.prices.number)[:, None] + at.take(quality, axis=0)
        return those, self._read(entry, part.take(quality, axis=0), self._by_price)

    def _read(self, entry: Array, part: Array, rejected: bool) -> Array:
        flat = self.values.ravel()
        return _between(flat.take(entry), flat[1:].take(entry), part, rejected)


def _between(low: Array, high: Array, part: Array, rejected: bool) -> Array:
    """Scores part of the way between two; where bids may be rejected, which have none, the nearer of the two holds."""
    if not rejected:
        high -= low
        high *= part
        high += low
        return high
    with np.errstate(invalid="ignore"):
        found: Array = low + part * (high - low)
    broken = np.flatnonzero(~np.isfinite(found))
    if broken.size:
        nearer = np.where(part.take(broken) < 0.5, low.take(broken), high.take(broken))
        found.ravel()[broken] = nearer
    return found
