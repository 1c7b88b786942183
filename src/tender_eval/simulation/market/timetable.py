"""Step 4: the days needed to write a bid against the days given."""

from __future__ import annotations

import numpy as np

from tender_eval.model.numeric import Array, Mask


def slack(median: Array, spread: Array, drawn: Array, leads: Mask, joint: float, given: float) -> Array:
    """The logarithm of the days given over the days needed, ``(providers, draws)``: ready from 0 on.

    Args:
        median: days of each provider, ``(providers,)``.
        spread: log-standard deviation of each, ``(providers,)``.
        drawn: standard normal, ``(providers, draws)``.
        leads: who writes for a consortium, ``(providers, draws)``.
        joint: days that a consortium needs, as a multiple.
        given: days from the invitation to the closing date.
    """
    left = (np.log(given) - np.log(median))[:, None] - spread[:, None] * drawn
    left -= np.log(joint) * leads
    return np.asarray(left)
