"""Quality as an effort that costs something: each bidder spends as much on it as is best for it.

Who makes an effort *e* between 0 and 1 bids as one that is better by *e* times what effort adds, and dearer by *e* x
*e* times what it costs: each further step costs more. So the tables of what bidders gain by quality and cost tell what
it is worth, and nothing else has to be known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import Array

LEVELS = (0.0, 0.5, 1.0)


class Effort(NamedTuple):
    """What full effort adds to quality, as a share of full marks, and what it costs, as a share of the lot's value."""

    quality: float
    cost: float

    def made(self, level: Array | float, quality: Array, cost: Array) -> tuple[Array, Array]:
        """Quality and cost with such efforts."""
        better = np.minimum(quality + level * self.quality, np.maximum(quality, 1.0))
        return np.asarray(better), np.asarray(cost + level * level * self.cost)

    def best(self, gains: Callable[[Array, Array], Array], quality: Array, cost: Array) -> Array:
        """The level that gains most, the least of equals; ``(bids,)``.

        Args:
            gains: what is gained at such a quality and cost.
        """
        found = np.array([gains(*self.made(level, quality, cost)) for level in LEVELS])
        return np.asarray(np.array(LEVELS)[found.argmax(axis=0)])
