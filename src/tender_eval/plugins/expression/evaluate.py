"""What an expression comes to for bids, in the arithmetic of their table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.expression.parts import part_of, whether
from tender_eval.plugins.expression.run import Run
from tender_eval.plugins.expression.tree import Comparison, Figure, Node
from tender_eval.plugins.table import BidTable

if TYPE_CHECKING:
    from tender_eval.plugins.tally import Tally


def evaluate(expression: Node, of: BidTable | Tally, wanted: Mask | None = None) -> Array:
    """What an expression comes to for each bid, in the arithmetic of the table (or tally) that it is run on.

    Args:
        wanted: the bids that must have a value, by default all that are in; what others come to means nothing.

    Raises:
        FigureError: it cannot be worked out for a bid that must have a value, as where it divides by zero.
    """
    bids, tally = (of, None) if isinstance(of, BidTable) else (of.table, of)
    columns = dict.fromkeys(part.column for part in expression.walk() if isinstance(part, Figure))
    run = Run(bids, tuple(columns), tally=tally)
    if wanted is not None:
        run.active = run.scored = wanted
    with np.errstate(all="ignore"):  # what a bid that is in has to do with it is checked in each part
        return run.spread(part_of(expression)(run))


def holds(test: Comparison, of: BidTable | Tally, wanted: Mask | None = None) -> Mask:
    """For which bids a comparison holds; see `evaluate`."""
    left, right = evaluate(test.left, of, wanted), evaluate(test.right, of, wanted)
    return np.asarray(whether(left, test.sign, right), dtype=np.bool_)
