"""Step 3: consortia among those who can bid for no lot alone.

A provider that fails alone finds partners with a chance that grows with the days given, and bids with them in its
own place: with the income of all of them, at a higher cost and more slowly. Its partners are small organisations
outside the market or, as sub-contractors, inside it; they stay free to bid. That is an assumption.
"""

from __future__ import annotations

import numpy as np

from tender_eval.model.numeric import Array, Mask
from tender_eval.simulation.market.eligibility import Eligibility

REFERENCE_DAYS = 60.0


def chance_of_partners(share: float, days: float) -> float:
    """The chance to find partners within so many days, where a share of providers finds them within 60.

    Each day has the same chance, so it grows with the days and never passes 1.

    >>> chance_of_partners(0.3, 60.0), round(chance_of_partners(0.3, 30.0), 3), chance_of_partners(0.0, 600.0)
    (0.3, 0.163, 0.0)
    """
    return 1.0 if share >= 1 else -float(np.expm1(days / REFERENCE_DAYS * np.log1p(-share)))


def consortia_formed(eligibility: Eligibility, partners: Array, chance: float) -> Mask:
    """Who leads a consortium, ``(providers, draws)``: fails every lot alone, could stand with partners, finds them.

    Args:
        partners: uniform draws, ``(providers, draws)``.
    """
    return np.asarray(~eligibility.alone.any(axis=1) & (partners < chance) & eligibility.joint.any(axis=1))


def able_to_bid(eligibility: Eligibility, leads: Mask) -> Mask:
    """Who can bid where, alone or with partners: the shape of `Standing`."""
    return eligibility.alone | (eligibility.joint & leads[:, None, :])
