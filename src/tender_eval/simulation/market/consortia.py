"""Step 3: consortia among those who can bid for no lot alone.

A provider that fails alone finds partners with a chance that grows with the days given, and bids with them in its
own place: with the income of all of them, at a higher cost and more slowly. Its partners are small organisations
outside the market or, as sub-contractors, inside it; they stay free to bid. That is an assumption.

Where a file of providers names partners, nobody else finds any: whoever names some bids with them where it cannot bid
alone, they pool the incomes that they have, and none of them bids beside.
"""

from __future__ import annotations

from collections.abc import Sequence

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


Named = Sequence[tuple[int, tuple[int, ...]]]
"""Of each provider that names partners, its row and theirs."""


def income_together(income: Array, named: Named, multiple: float) -> Array:
    """Yearly income of each with the partners that it would have, ``(providers, draws)``: with those that it names, or
    where nobody names any, so many times its own."""
    if not named:
        return np.asarray(income * multiple)
    found = income.copy()
    for lead, partners in named:
        for partner in partners:
            found[lead] += income[partner]
    return found


def chances(named: Named, providers: int, chance: float) -> Array:
    """The chance of partners of each provider, ``(providers, 1)``: certain for those who name some, if any do."""
    found = np.full((providers, 1), 0.0 if named else chance)
    for lead, _ in named:
        found[lead] = 1.0
    return found


def with_partners(who: Mask, leads: Mask, named: Named) -> Mask:
    """What holds of each or of the consortium that it is in, ``(providers, draws)``: partners stand where their lead
    does."""
    found = who.copy()
    for lead, partners in named:
        for partner in partners:
            found[partner] = np.where(leads[lead], who[lead], who[partner])
    return found


def consortia_formed(eligibility: Eligibility, partners: Array, chance: Array | float) -> Mask:
    """Who leads a consortium, ``(providers, draws)``: fails every lot alone, could stand with partners, finds them.

    Args:
        partners: uniform draws, ``(providers, draws)``.
        chance: that each finds partners, ``(providers, 1)``.
    """
    return np.asarray(~eligibility.alone.any(axis=1) & (partners < chance) & eligibility.joint.any(axis=1))


def able_to_bid(eligibility: Eligibility, leads: Mask, named: Named = ()) -> Mask:
    """Who can bid where, alone or with partners: the shape of `Eligibility`. Who bids as a partner bids no more."""
    able = eligibility.alone | (eligibility.joint & leads[:, None, :])
    for lead, partners in named:
        able[list(partners)] &= ~leads[lead]
    return able
