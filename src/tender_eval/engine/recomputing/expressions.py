"""What the published formula of a scorer or rule gives for the bids of an evaluation, exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from tender_eval.engine.plan import Plan
from tender_eval.engine.recomputing.points import compared, together
from tender_eval.model.evaluation import BidResult
from tender_eval.model.numeric import Array, exact_array
from tender_eval.plugins.expression.evaluate import evaluate, holds
from tender_eval.plugins.expression.tree import Comparison, Node
from tender_eval.plugins.table import BidTable, FigureError
from tender_eval.plugins.tally import Tally


class ExpressionValues:
    """Expressions over some bids, in their order; those that count where bids are compared are there.

    Args:
        columns: the figures that are read, by name, one a bid.
    """

    def __init__(self, plan: Plan, bids: Sequence[BidResult], columns: Mapping[str, Sequence[Fraction]]) -> None:
        self._bids = bids
        self._shown: dict[Node, Array] = {}

        def each(of: Callable[[BidResult], Fraction | None]) -> Array:
            return exact_array(of(bid) or Fraction(0) for bid in bids)

        def points(criteria: tuple[str, ...]) -> Array:
            return each(lambda bid: together(bid, criteria))

        def earned(criterion: str) -> Array:
            shares = {b.id: c.score for b in bids if (c := b.criterion(criterion)) and c.score is not None}
            if shares:
                return each(lambda bid: shares.get(bid.id))
            return points((criterion,)) / (plan.node(criterion).points or 1)

        present = np.array([compared(plan, bid) for bid in bids], dtype=np.bool_)
        table = BidTable({name: exact_array(figures) for name, figures in columns.items()}, present)
        self._tally = Tally(table, points, lambda name: plan.node(name).points, earned, plan.roots)

    def of(self, expression: Node, wanted: Sequence[bool]) -> Array | None:
        """What an expression comes to for each bid; None where one that is wanted cannot have it."""
        try:
            return evaluate(expression, self._tally, np.array(wanted, dtype=np.bool_))
        except FigureError:
            return None

    def shown(self, node: Node) -> Array:
        """What is shown beside each bid; of a bid that cannot have it, that is of no consequence."""
        if node not in self._shown:
            self._shown[node] = evaluate(node, self._tally, self._nobody)
        return self._shown[node]

    def keeps(self, test: Comparison) -> list[bool]:
        """For which bids a comparison holds; not for one that cannot have what is compared."""
        return [bool(kept) for kept in holds(test, self._tally, self._nobody)]

    @property
    def _nobody(self) -> Array:
        return np.zeros(len(self._bids), dtype=np.bool_)
