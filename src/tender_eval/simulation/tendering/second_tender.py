"""Step 9: lots that nobody was awarded are tendered once more; those that stay unserved are awarded directly.

In the second tender the days count on from the first, so whoever was late may be ready. Nobody bid well enough the
first time, so whoever can bid expects to be alone: it asks for the highest price admitted, and bids where that
pays. The scheme decides between them. What then stays unserved is awarded without a competition, at a premium above
the ceiling. These are assumptions.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import Array, Mask
from tender_eval.simulation.market.entry import choose_lots

DAYS_MULTIPLE = 2.0  # days from the first invitation to the second closing date, as a multiple of those of the first


class UnawardedLots(NamedTuple):
    """What first tenders left undone, in the draws that they did so."""

    draws: Array  # indices
    unserved: Mask  # (lots, these draws)


def unawarded_lots(unserved: Mask) -> UnawardedLots:
    """The lots without a winner, from ``(lots, draws)``."""
    draws = np.flatnonzero(unserved.any(axis=0))
    return UnawardedLots(draws, unserved[:, draws])


def second_bids(
    unserved: Mask,
    able: Mask,
    cost: Array,
    ceiling: Array,
    value: Array,
    annual: Array,
    further: Array,
    first: Array,
    capacity: Array,
    winner: Array,
    most_tendered: int,
    most_awarded: int,
) -> Mask:
    """Who bids for the lots left, ``(providers, lots, draws)``.

    Args:
        unserved: the lots that are left, ``(lots, draws)``; all draws here are those with such lots.
        able: who may bid and is ready the second time, ``(providers, lots, draws)``.
        cost: share of the lot's value, same shape.
        ceiling: highest price that is admitted for each lot, likewise a share.
        value, annual: of each lot, over all years and a year.
        further: cost of a bid for a further lot, ``(providers, lots, draws)`` or broadcast to it.
        first: what the first lot costs more, ``(providers, draws)``.
        capacity: yearly value that a provider can carry, ``(providers, draws)``.
        winner: of the first tender, in draws, ``(lots, draws)``.
        most_tendered, most_awarded: caps; 0 for none.
    """
    won = winner[None] == np.arange(len(able))[:, None, None]
    margin = ceiling[:, None] - cost
    gain = np.where(able & unserved & (margin > 0), margin * value[:, None] - further, -np.inf)
    room = capacity - (won * annual[:, None]).sum(axis=1)
    cap = np.full(room.shape, most_tendered or len(value))
    if most_awarded:
        cap = np.minimum(cap, most_awarded - won.sum(axis=1))
    chosen = choose_lots(gain, first, annual, room, cap)
    return chosen & (cap > 0)[:, None]
