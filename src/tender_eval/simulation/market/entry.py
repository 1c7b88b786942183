"""Step 5: for which lots a provider bids: the best ones first, within what it can carry, where it pays."""

from __future__ import annotations

import numpy as np

from tender_eval.model.numeric import TOLERANCE, Array, Mask


def choose_lots(gain: Array, first: Array, annual: Array, capacity: Array, most: Array | None) -> Mask:
    """The lots that each provider bids for, ``(providers, lots, draws)``.

    The cost of a further lot is taken off each lot's gain, and what the first costs more is paid once: a provider
    bids for the lots that gain most, as far as its capacity and the cap go, if together they pay for the first.

    Args:
        gain: expected surplus less the cost of a further lot, in money; ``-inf`` where it cannot bid.
        first: what the first lot costs more than a further one, ``(providers, draws)``.
        annual: yearly value of each lot, ``(lots,)``.
        capacity: yearly value that a provider can carry, ``(providers, draws)``.
        most: cap on the lots tendered for, ``(providers, draws)``; None for none.
    """
    if gain.shape[1] == 1:
        return np.asarray((gain > first[:, None]) & (annual[0] <= capacity[:, None] * (1 + TOLERANCE)))
    wanted = gain > 0
    number = wanted.sum(axis=1, dtype=np.int16)
    heaviest = float(annual.max())
    over = number * heaviest > capacity * (1 + TOLERANCE)
    if most is not None:
        over |= number > most
    rows, draws = np.nonzero(over)
    if rows.size:
        cap = np.full(rows.size, gain.shape[1]) if most is None else most[rows, draws]
        wanted[rows, :, draws] = _best_first(gain[rows, :, draws], annual, capacity[rows, draws], cap)
    pays = np.where(wanted, gain, 0.0).sum(axis=1) > first
    wanted &= pays[:, None]
    return wanted


def _best_first(gain: Array, annual: Array, capacity: Array, most: Array) -> Mask:
    """The lots that are taken, ``(cases, lots)``, going from the best to the worst."""
    order = np.argsort(-gain, axis=1, kind="stable")
    taken = np.zeros(gain.shape, dtype=np.bool_)
    room = capacity * (1 + TOLERANCE)
    left = most.copy()
    cases = np.arange(len(gain))
    for place in range(gain.shape[1]):
        lot = order[:, place]
        fits = (gain[cases, lot] > 0) & (annual[lot] <= room) & (left > 0)
        taken[cases, lot] = fits
        room = room - annual[lot] * fits
        left -= fits
    return taken
