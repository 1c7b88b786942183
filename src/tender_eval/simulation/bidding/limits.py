"""What a limit on the lots that one may be awarded does to those who reckon with it.

Who bids for more lots than it may win keeps only some of the wins that its bids would bring, so it gains less by each;
and its rivals meet its bids only as often as it has not yet won all that it may.
"""

from __future__ import annotations

import numpy as np

from tender_eval.model.numeric import Array


def share_kept(bids: Array, chance: Array, most: Array) -> Array:
    """Of the lots that so many bids would win, each with a chance of its own, the share that may be kept.

    With X wins, binomial, that is E[min(X, most)] / E[X].

    Args:
        bids, chance, most: of each bidder, ``(bidders,)``; ``most`` is at least 1 and whole.

    >>> share_kept(np.array([2.0, 2.0, 2.0]), np.array([0.5, 0.0, 1.0]), np.array([1.0, 1.0, 2.0])).tolist()
    [0.75, 1.0, 1.0]
    """
    won = np.clip(chance, 1e-9, 1 - 1e-12)
    at = np.exp(bids * np.log1p(-won))  # the chance of so many wins
    none_more = np.zeros(len(won))  # of at most so many
    kept = np.zeros(len(won))
    for n in range(int(min(most.max(initial=0.0), bids.max(initial=0.0)))):
        none_more += at
        kept += np.where(n < most, 1 - none_more, 0.0)  # more than n wins
        at *= np.maximum(bids - n, 0.0) / (n + 1) * won / (1 - won)
    expected = bids * won
    part = np.divide(kept, expected, out=np.ones(len(won)), where=expected > 0)
    return np.asarray(np.where(bids > most, np.minimum(part, 1.0), 1.0))
