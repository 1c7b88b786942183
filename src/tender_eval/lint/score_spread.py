"""How far apart a price formula puts prices that differ by a stated share, by the scorer itself."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.plugins.lint_rule import LeafView
from tender_eval.plugins.scorer import Trait


def score_spread(leaf: LeafView, by: Fraction) -> Fraction | None:
    """How far apart a formula puts three prices of which the dearest is ``by`` above the cheapest.

    Only formulas that do not ask what the prices are counted in can be tried without knowing prices.

    Returns:
        The largest score less the smallest; None for a formula that cannot be tried so.
    """
    if Trait.SCALE_FREE not in leaf.traits:
        return None
    scores = leaf.score_at([Fraction(100), 100 * (1 + by / 2), 100 * (1 + by)])
    return max(scores) - min(scores) if scores else None
