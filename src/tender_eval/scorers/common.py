"""What several scorer families state in the same way: single bids, and scores below zero."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.table import Steps

BelowZero = Literal["clamp", "allow"]


def single_bid(scores: Array, present: Mask, share: Any, steps: Steps) -> Array:
    """The published score of an only bid in place of the formula's, where the scheme states one."""
    if share is None:
        return scores
    alone = present.sum(axis=0) == 1
    if not np.any(alone):
        return scores
    steps.working("published score of an only bid", share=share)
    return numeric.where(alone if scores.ndim > 1 else np.full(len(scores), bool(alone)), numeric.full(scores, 0) + share, scores)


def within(scores: Array, below_zero: str) -> Array:
    """Scores held at full marks, and at zero unless the scheme allows them to fall below."""
    if below_zero == "allow":
        return numeric.smaller(scores, numeric.full(scores, 1))
    return numeric.clip(scores)
