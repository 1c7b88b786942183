"""Points scaled to those of the best bid, on the sheet of the working; what minimums look at before that."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tender_eval.engine.plan import PlanNode
from tender_eval.engine.recomputing.points import (
    compared,
    earned,
    looked_at_as_earned,
    points_at_minimum,
    stands_as_earned,
)
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.evaluation import BidResult
from tender_eval.report.workbook.book import Range
from tender_eval.report.workbook.formulas import total
from tender_eval.report.workbook.lot import LotWorking, rounded

WORDS = catalogue("workbook")


class Scaling:
    """The columns of a section at which points are scaled; none where they are not."""

    def __init__(self, work: LotWorking, node: PlanNode, bids: Sequence[BidResult], heads: list[str]) -> None:
        """Add the heads of the columns to those of the section, behind all others."""
        self._work, self._node, self._bids = work, node, bids
        self._at = len(heads)
        if node.scaled:
            heads += [WORDS("earned"), WORDS("earned compared")]

    def of(self, n: int, formula: str) -> str:
        """The points of a bid by a formula of what it earned; empty where it was in an earlier comparison."""
        if not self._node.scaled:
            return formula
        work, page, bid = self._work, self._work.page, self._bids[n]
        value = earned(bid, self._node)
        own = page.formula(self._at, formula, value, "0.00######")
        if not compared(work.plan, bid):
            return own.here if stands_as_earned(bid, self._node) else ""
        page.formula(self._at + 1, own.here, value, "0.00######")
        over = Range(page.name, self._at + 1, page.row - n, page.row - n + len(self._bids) - 1)
        available = page.ref(work.available(self._node.id))
        return f"IF(MAX({over.here})>0,{own.here}*{available}/MAX({over.here}),{own.here})"


def tested_cell(work: LotWorking, bid: BidResult, node: PlanNode) -> str:
    """The points of a bid that a minimum at a criterion looks at, as a formula; the engine says that it has some."""
    if not looked_at_as_earned(work.plan, node):
        return work.points[node.id, bid.id].here
    if node.parts:
        formula = f"({total([tested_cell(work, bid, work.plan.node(part)) for part in node.parts])})"
    else:
        formula = f"{work.scores[node.id, bid.id].here}*{work.page.ref(work.available(node.id))}"
    return rounded(formula, node.rounding, [points_at_minimum(work.plan, bid, node) or Fraction(0)])
