"""Points scaled to those of the best bid, on the sheet of the working; what minimums look at before that."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tender_eval.engine.plan import Node
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.evaluation import BidResult
from tender_eval.report.workbook.book import Range
from tender_eval.report.workbook.formulas import total
from tender_eval.report.workbook.lot import LotWorking, rounded, settled

WORDS = catalogue("workbook")


class Scaling:
    """The columns of a section at which points are scaled; none where they are not."""

    def __init__(self, work: LotWorking, node: Node, bids: Sequence[BidResult], heads: list[str]) -> None:
        """Add the heads of the columns to those of the section, behind all others."""
        self._work, self._node, self._bids = work, node, bids
        self._at = len(heads)
        if node.scaled:
            heads += [WORDS("earned"), WORDS("earned compared")]

    def of(self, n: int, earned: str) -> str:
        """The points of a bid by a formula of what it earned; empty where it was in an earlier comparison."""
        if not self._node.scaled:
            return earned
        work, page, bid = self._work, self._work.page, self._bids[n]
        value = earned_by(bid, self._node)
        own = page.formula(self._at, earned, value, "0.00######")
        if not work.compared(bid):
            found = bid.criterion(self._node.id)
            alone = found is not None and found.points == settled(value, self._node.rounding)
            return own.here if alone else ""
        page.formula(self._at + 1, own.here, value, "0.00######")
        over = Range(page.name, self._at + 1, page.row - n, page.row - n + len(self._bids) - 1)
        available = page.ref(work.available(self._node.id))
        return f"IF(MAX({over.here})>0,{own.here}*{available}/MAX({over.here}),{own.here})"


def earned_by(bid: BidResult, node: Node) -> Fraction:
    """What a bid earned at a criterion before it was scaled."""
    if node.parts:
        return sum((found.points for part in node.parts if (found := bid.criterion(part))), Fraction(0))
    found = bid.criterion(node.id)
    return (found.score or Fraction(0)) * node.points if found else Fraction(0)


def tested(work: LotWorking, bid: BidResult, node: Node) -> tuple[str, Fraction] | None:
    """The points of a bid that a minimum at a criterion looks at, as a formula and exactly; None where it has none."""
    plan = work.plan
    if not plan.minimums_first or not any(plan.node(name).scaled for name in plan.below(node.id)):
        found = bid.criterion(node.id)
        return (work.points[node.id, bid.id].here, found.points) if found else None
    if not node.parts:
        if (node.id, bid.id) not in work.scores:
            return None
        earned = earned_by(bid, node)
        formula = f"{work.scores[node.id, bid.id].here}*{work.page.ref(work.available(node.id))}"
    else:
        parts = [one for part in node.parts if (one := tested(work, bid, plan.node(part)))]
        if len(parts) < len(node.parts):
            return None
        earned = sum((value for _, value in parts), Fraction(0))
        formula = f"({total([text for text, _ in parts])})"
    return rounded(formula, node.rounding, [earned]), settled(earned, node.rounding)
