"""The figures of bids that were read, from the steps that the evaluation noted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bids
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.labels import RankedBy


class Readings:
    """What was read of each bid of an evaluation.

    Args:
        prices: the prices that are compared, by bid.
    """

    def __init__(self, plan: Plan, evaluation: Evaluation, bids: Bids, prices: Mapping[str, Fraction]) -> None:
        self._read = {bid.id: _readings(plan, bid) for bid in evaluation.bids}
        self._bids = {bid.id: bid for bid in bids.bids}
        self._prices = prices

    def of(self, bid: str, column: str) -> Fraction | None:
        """The figure of a bid that was read, or that it states; its evaluated price."""
        if column == "price" and bid in self._prices:
            return self._prices[bid]
        if (step := self._read[bid].get(column)) is not None:
            return step.number
        figure = self._bids[bid].figures.get(column)
        return figure.value if figure is not None and isinstance(figure.value, Fraction) else None


def _readings(plan: Plan, bid: BidResult) -> dict[str, Step]:
    found = dict[str, Step]()
    for leaf in plan.leaves:
        if result := bid.criterion(leaf.id):
            wanted = {r.column for r in leaf.reads}
            scored = result.step.inputs[0].inputs[: len(leaf.reads)]
            found.update(_by_column(scored, wanted))
    if bid.figure is not None and plan.rule.reads:
        top = next(step for step in bid.step.inputs if isinstance(step.label, RankedBy))
        wanted = {r.column for r in plan.rule.reads}
        found.update(_by_column(top.inputs[-len(plan.rule.reads) :], wanted))
    return found


def _by_column(read: Sequence[Step], wanted: Collection[str]) -> Iterator[tuple[str, Step]]:
    for step in read:
        if isinstance(step.label, Column) and step.label.name in wanted:
            yield step.label.name, step
