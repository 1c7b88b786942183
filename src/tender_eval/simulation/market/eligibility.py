"""Step 2: who meets the turnover condition, the capacity that a lot asks for, and the scheme's own conditions."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import TOLERANCE, Array, Mask


class Eligibility(NamedTuple):
    """Who may bid where; ``(providers, lots, draws)``, or with one lot for all where they do not differ.

    Attributes:
        turnover: meets the turnover condition and the scheme's conditions alone.
        alone: may bid alone.
        joint: could bid with partners.
    """

    turnover: Mask
    alone: Mask
    joint: Mask


def turnover_asked(annual: Array, years: float, multiple: float, whole_contract: bool) -> Array:
    """The yearly income asked for each lot, ``(lots,)``.

    Source: Public Contracts Regulations 2015 r.58, which measures it against the contract's value; Procurement
    Act 2023 s.22, against what is proportionate.
    """
    return annual * multiple * (years if whole_contract else 1.0)


def carried_share(capacity: float, days: float, needed: float) -> float:
    """Yearly value that can be taken on by the start, as a share of income: at most what can be carried at all.

    Args:
        capacity: what can be carried, as a share of income.
        days: from the award to the start.
        needed: days to take on as much work as the whole yearly income; 0 where the start keeps nobody away.

    >>> carried_share(0.6, 104, 0), carried_share(0.6, 100, 400), carried_share(0.6, 100, 50)
    (0.6, 0.25, 0.6)
    """
    return min(capacity, days / needed) if needed else capacity


def eligibility_of(
    income: Array,
    together: Array,
    turnover: Array,
    annual: Array,
    capacity_share: float,
    met_alone: Mask | None = None,
    met_joint: Mask | None = None,
    most_alone: Array | None = None,
    most_joint: Array | None = None,
) -> Eligibility:
    """Who may bid.

    Args:
        income: yearly, ``(providers, draws)``.
        together: yearly income with the partners that each would have, same shape.
        turnover: yearly income asked for each lot, ``(lots,)``.
        annual: yearly value of each lot, ``(lots,)``.
        capacity_share: yearly value that can be carried, as a share of income.
        met_alone, met_joint: whether the scheme's conditions are met, ``(providers, lots or 1, draws)``.
        most_alone, most_joint: yearly value that the scheme lets one bidder win, ``(providers, draws)``; nobody bids
            for a lot that it may not win.
    """
    alike = bool((annual == annual[0]).all() and (turnover == turnover[0]).all())
    chosen = slice(0, 1) if alike else slice(None)
    asked, needed = turnover[chosen, None], (annual[chosen] / capacity_share)[:, None]
    least = np.maximum(asked, needed)
    own = income[:, None, :] * (1 + TOLERANCE)
    rich, alone, joint = own >= asked, own >= least, together[:, None, :] * (1 + TOLERANCE) >= least
    if met_alone is not None:
        rich, alone = rich & met_alone, alone & met_alone
    if met_joint is not None:
        joint = joint & met_joint
    if most_alone is not None and most_joint is not None:
        alone = alone & _within_capacity(annual[chosen], most_alone)
        joint = joint & _within_capacity(annual[chosen], most_joint)
    return Eligibility(rich, alone, joint)


def _within_capacity(annual: Array, most: Array) -> Mask:
    return np.asarray(annual[:, None] <= most[:, None] * (1 + TOLERANCE))
