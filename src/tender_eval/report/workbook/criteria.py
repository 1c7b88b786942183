"""The working of each criterion: from the figures to scores and points, and the sums of groups."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.engine.plan import Leaf, PlanNode
from tender_eval.engine.questions import expression_of
from tender_eval.engine.recomputing.points import compared, settled
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.model.evaluation import BidResult, CriterionResult
from tender_eval.plugins.answers import Unsupported
from tender_eval.report.workbook.book import Cell, Checked
from tender_eval.report.workbook.by_working import of_working
from tender_eval.report.workbook.expression_cells import ExpressionCells
from tender_eval.report.workbook.expressions import text, unwritable
from tender_eval.report.workbook.formulas import total
from tender_eval.report.workbook.lot import (
    BID,
    CHECK,
    EXTRA,
    FIGURE,
    NOTE,
    OURS,
    POINTS,
    POINTS_CHECK,
    POINTS_OURS,
    RESULT,
    LotWorking,
    Pair,
    head,
    rounded,
    score_places,
)
from tender_eval.report.workbook.scaling import Scaling

WORDS = catalogue("workbook")
SHAPE = "0.00########"


def write_criterion(work: LotWorking, node: PlanNode) -> None:
    """A criterion after its parts, so that every formula looks back."""
    for part in node.parts:
        write_criterion(work, work.plan.node(part))
    if node.parts:
        _group(work, node)
    else:
        _Leaf(work, next(leaf for leaf in work.plan.leaves if leaf.id == node.id)).write()


def _group(work: LotWorking, node: PlanNode) -> None:
    page = work.page
    page.heading(WORDS("head.criterion", id=node.id, title=node.title))
    what = WORDS("head.scaled" if node.scaled else "head.group", parts=in_a_row(node.parts))
    page.text(BID, head(what, node.rounding), italic=True)
    page.row += 1
    heads = [""] * EXTRA
    heads[BID], heads[POINTS], heads[POINTS_OURS], heads[POINTS_CHECK] = map(WORDS, ("bid", "points", "ours", "check"))
    scaling = Scaling(work, node, [bid for bid, _ in work.scored(node.id)], heads)
    page.heads(*heads)
    checked = work.book.checks(WORDS("checks.points", id=node.id), work.lot)
    for n, (bid, result) in enumerate(work.scored(node.id)):
        page.text(BID, bid.id)
        parts = total([work.points[part, bid.id].here for part in node.parts])
        write_points(work, node, (bid, result, scaling.of(n, parts)), checked)
        page.row += 1
    page.row += 1


def write_points(
    work: LotWorking, node: PlanNode, of: tuple[BidResult, CriterionResult, str], checked: Checked
) -> None:
    """The points of a bid at a criterion, by a formula of what it earned; a value where there is none."""
    bid, result, formula = of
    page, value = work.page, result.points
    if formula:
        points = page.formula(POINTS, rounded(formula, node.rounding, [value]), value, SHAPE)
        work.compare(Pair(points, POINTS_OURS, POINTS_CHECK), value, work.evaluation.places, checked)
    else:
        points = page.number(POINTS, value, SHAPE)
        work.not_recomputed(WORDS("earlier round"), checked)
    work.points[node.id, bid.id] = points


class _Leaf:
    """The section of one criterion that has a scorer."""

    def __init__(self, work: LotWorking, leaf: Leaf) -> None:
        self.work, self.leaf, self.page = work, leaf, work.page
        self.results = work.scored(leaf.id)
        self.bids = [bid for bid, _ in self.results]
        self.node = work.plan.node(leaf.id)
        found = expression_of(leaf)
        self.silent = isinstance(found, Unsupported)
        self.why_not = found.why if isinstance(found, Unsupported) else unwritable(found)
        self.expression = None if isinstance(found, Unsupported) or self.why_not else found
        silent = {r.column: r.default or Fraction(0) for r in leaf.reads}
        self.written = ExpressionCells(work, self.bids, [self.expression] if self.expression else [], silent)
        wanted = [compared(work.plan, bid) for bid in self.bids]
        self.comes_to = self.written.values.of(self.expression, wanted) if self.expression else None
        if self.comes_to is None:
            self.why_not = self.why_not or WORDS("another value")
            self.expression = None
            self.written = ExpressionCells(work, self.bids, [], dict([*silent.items()][:1]))
        self.scores = work.book.checks(WORDS("checks.scores", id=leaf.id), work.lot)
        self.points = work.book.checks(WORDS("checks.points", id=leaf.id), work.lot)

    def write(self) -> None:
        page, leaf = self.page, self.leaf
        page.heading(WORDS("head.criterion", id=leaf.id, title=leaf.title))
        page.text(BID, head(WORDS("head.scorer", scorer=leaf.scorer), self.node.rounding), italic=True)
        page.row += 1
        page.text(BID, WORDS("available"))
        available = page.formula(FIGURE, page.ref(self.work.available(leaf.id)), leaf.points)
        page.row += 1
        self.written.write_stated()
        scored = {bid.id for bid in self.bids}
        missing = [bid.id for bid in self.work.evaluation.bids if bid.id not in scored]
        if missing:
            page.text(BID, WORDS("not scored", bids=in_a_row(missing)), italic=True)
            page.row += 1
        self._heads()
        for n, (bid, result) in enumerate(self.results):
            self._row(n, bid, result, available)
            page.row += 1
        page.row += 1

    def _heads(self) -> None:
        heads = [""] * EXTRA
        for at, key in (
            (BID, "bid"), (RESULT, "score"), (OURS, "ours"), (CHECK, "check"), (POINTS, "points"),
            (POINTS_OURS, "ours"), (POINTS_CHECK, "check"), (NOTE, "note"),
        ):  # fmt: skip
            heads[at] = WORDS(key)
        self.written.heads(heads, {})
        self.scaling = Scaling(self.work, self.node, self.bids, heads)
        self.page.heads(*heads)

    def _row(self, n: int, bid: BidResult, result: CriterionResult, available: Cell) -> None:
        work, page = self.work, self.page
        page.text(BID, bid.id)
        at = self.written.row(n)
        value = result.score if result.score is not None else Fraction(0)
        note = self._why_a_value(n, bid, value)
        if self.expression and not note:
            formula = rounded(text(self.expression, at), self.leaf.rounding, [Fraction(1)])
            cell = page.formula(RESULT, formula, value, SHAPE)
            work.compare(Pair(cell, OURS, CHECK), value, score_places(self.leaf.rounding), self.scores)
        elif self.silent and (shown := of_working(next(iter(result.step.inputs), None))):
            formula = rounded(text(shown, at), self.leaf.rounding, [Fraction(1)])
            cell = page.formula(RESULT, formula, value, SHAPE)
            work.compare(Pair(cell, OURS, CHECK), value, score_places(self.leaf.rounding), self.scores)
            page.text(NOTE, WORDS("by its working"), italic=True)
        else:
            cell = page.number(RESULT, value, SHAPE)
            work.not_recomputed(note, self.scores)
        work.scores[self.leaf.id, bid.id] = cell
        earned = f"{cell.here}*{available.here}"
        write_points(work, self.node, (bid, result, self.scaling.of(n, earned)), self.points)

    def _why_a_value(self, n: int, bid: BidResult, score: Fraction) -> str:
        """Why a score is not recomputed; empty where it is."""
        if self.comes_to is None:
            return WORDS("not recomputed for", why=self.why_not)
        if self.written.compares and not compared(self.work.plan, bid):
            return WORDS("earlier round")
        if settled(self.comes_to[n], self.leaf.rounding) != score:
            return WORDS("not recomputed for", why=WORDS("another value"))
        return ""
