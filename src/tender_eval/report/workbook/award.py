"""The working of the award: the figure that the rule ranks by, and the ranks with their tie breaks."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

from tender_eval.engine.questions import accepts_of, expression_of, price_column
from tender_eval.engine.recomputing.points import best_figure, rounding_of, settled
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.model.digits import places_for
from tender_eval.model.evaluation import BidResult
from tender_eval.model.explanation.labels import RankedBy
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Comparison, Figure, Node, OverBids, criteria_of
from tender_eval.report.workbook.book import Cell, Checked, Range, decimals
from tender_eval.report.workbook.by_working import of_working
from tender_eval.report.workbook.expression_cells import POINTS as POINTS_SHAPE
from tender_eval.report.workbook.expression_cells import ExpressionCells
from tender_eval.report.workbook.expressions import CellReferences, compared, text, unwritable
from tender_eval.report.workbook.formulas import Key, Rounder, counts_as, rank, snap_for
from tender_eval.report.workbook.inputs import MONEY
from tender_eval.report.workbook.lot import (
    BID,
    CHECK,
    EXTRA,
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
)

WORDS = catalogue("workbook")


class AwardSection:
    """The section of the award rule for one lot."""

    def __init__(self, work: LotWorking) -> None:
        self.work, self.page, self.rule = work, work.page, work.plan.rule
        found, accepts = expression_of(self.rule), accepts_of(self.rule)
        self.why_not = found.why if isinstance(found, Unsupported) else unwritable(found)
        self.silent = isinstance(found, Unsupported)
        self.expression = None if isinstance(found, Unsupported) or self.why_not else found
        self.accepts = accepts if isinstance(accepts, Comparison) and self.expression else None
        self.kept: dict[str, tuple[Cell, bool]] = {}
        self._place()
        ranked = [bid.figure is not None for bid in self.bids]
        self.comes_to = self.written.values.of(self.expression, ranked) if self.expression else None
        there = zip(() if self.comes_to is None else self.comes_to, self.bids, strict=False)
        self.rounding = rounding_of(work.plan, [figure for figure, bid in there if bid.rank is not None])
        if self.comes_to is None and self.expression is not None:
            self.why_not, self.expression, self.accepts = WORDS("another value"), None, None
            self._place()

    def _place(self) -> None:
        """Find a place for every part of the expression, and of what a bid must meet."""
        work = self.work
        self.parts: list[Node] = [] if self.expression is None else [self.expression]
        if self.accepts is not None:
            self.parts += [self.accepts.left, self.accepts.right]
        read = {part.column for one in self.parts for part in one.walk() if isinstance(part, Figure)}
        self.columns = {r.column: r.default for r in self.rule.reads if r.column in read}
        compares = any(isinstance(part, OverBids) for one in self.parts for part in one.walk())
        others = self.accepts is not None or (compares and not work.plan.recomputes)
        bids = [bid for bid in work.evaluation.bids if bid.rank is None and self._known(bid)] if others else []
        self.bids = work.ranked + bids
        self.written = ExpressionCells(
            work, self.bids, self.parts, {c: silent or Fraction(0) for c, silent in self.columns.items()}
        )

    def write(self) -> None:
        """Write figures and ranks; which bids the rule itself keeps is in ``kept``."""
        work, page, found = self.work, self.page, self.work.evaluation
        best = WORDS(f"award.{found.best}")
        page.heading(WORDS("head.award", rule=self.rule.rule.name, figure=ranked_name(found.figure), best=best))
        page.text(BID, head(WORDS("head.scorer", scorer=self.rule.rule), work.plan.rounding), italic=True)
        page.row += 1
        self.written.write_stated()
        self._heads()
        first = page.row
        among = Range(page.name, 0, first, first + len(work.ranked) - 1)
        figures = [bid.figure for bid in work.ranked if bid.figure is not None]
        places = places_for(figures, found.places)
        checked = work.book.checks(WORDS("checks.figure", figure=ranked_name(found.figure)), work.lot)
        ranks = work.book.checks(WORDS("checks.ranks"), work.lot)
        keeps = self.written.values.keeps(self.accepts) if self.accepts else None
        for n, bid in enumerate(self.bids):
            page.text(BID, bid.id)
            at = self.written.row(n)
            if self.accepts and keeps is not None:
                self._keep(bid, compared(self.accepts, at), keeps[n])
            if bid.figure is not None:
                work.figures[bid.id] = self._figure(n, bid, at, places, checked, among)
                self._rank(bid, bid.figure, among)
            page.row += 1
        self._check_ranks(first, ranks)
        page.row += 1
        self._money()

    def _figure(self, n: int, bid: BidResult, at: CellReferences, places: int, checked: Checked, among: Range) -> Cell:
        """The figure of a bid: recomputed, or a value that says why it is one."""
        work, shape, shown, figure = self.work, decimals(max(places, 2)), self.expression, bid.figure or Fraction(0)
        comes_to = None if self.comes_to is None else self.comes_to[n]
        if self.silent and not self.digits:
            shown = of_working(next((step for step in bid.step.inputs if isinstance(step.label, RankedBy)), None))
            if shown is not None:
                self.page.text(NOTE, WORDS("by its working"), italic=True)
        elif shown is not None and (comes_to is None or settled(comes_to, self.rounding) != figure):
            self.why_not, shown = WORDS("another value"), None
        if shown is not None:
            formula = text(shown, at)
            if self.digits and comes_to is not None:
                formula = self._to_digits(formula, comes_to, among)
            else:
                formula = rounded(formula, self.rounding, [figure])
            cell = self.page.formula(RESULT, formula, figure, shape)
            work.compare(Pair(cell, OURS, CHECK), figure, places, checked)
            return cell
        work.not_recomputed(WORDS("not recomputed for", why=self.why_not), checked)
        return self.page.number(RESULT, figure, shape)

    @property
    def digits(self) -> int:
        """To how many digits of the best figure the figures are rounded; 0 where it is to places, or not at all."""
        return self.work.plan.rounding.digits if self.work.plan.rounding else 0

    def _to_digits(self, formula: str, figure: Fraction, among: Range) -> str:
        """The figure before it is rounded, in a column of its own, and the formula that rounds it."""
        stated, column = self.work.plan.rounding, self.written.free
        own = self.page.formula(column, formula, figure, POINTS_SHAPE)
        key = Key(among._replace(column=column).here, own.here, self.work.evaluation.best, snap_for([figure]))
        return Rounder(0, stated.mode).to_digits(stated.digits, key) if stated else formula

    def _known(self, bid: BidResult) -> bool:
        """Whether a bid that is not ranked has what the rule asks for."""
        read = all(self.work.column(bid.id, c) is not None or s is not None for c, s in self.columns.items())
        counts = [name for one in self.parts for name in criteria_of(one, self.work.plan.roots)]
        return read and all(bid.criterion(node) for node in counts) and bid.status != "not_shortlisted"

    def _heads(self) -> None:
        work = self.work
        heads = [""] * self.written.free
        heads[BID], heads[RESULT], heads[OURS], heads[CHECK] = (
            WORDS("bid"), ranked_name(work.evaluation.figure), WORDS("ours"), WORDS("check"),
        )  # fmt: skip
        heads[POINTS], heads[POINTS_OURS], heads[POINTS_CHECK] = WORDS("rank"), WORDS("ours"), WORDS("check")
        if self.accepts or self.silent:
            heads[NOTE] = WORDS("rule accepts" if self.accepts else "note")
        price = price_column(self.rule)
        self.written.heads(heads, {} if isinstance(price, Unsupported) else {price: WORDS("price")})
        heads += [WORDS("head.unrounded")] if self.digits else []
        heads += [WORDS("counts as")] if work.plan.scheme.award.near_tie else []
        heads += [WORDS("tie", label=tie.label) for tie in work.plan.ties]
        heads += [WORDS("settled")] if work.evaluation.settled else []
        self.page.heads(*heads)

    def _keep(self, bid: BidResult, test: str, kept: bool) -> None:
        shows = WORDS("accepted" if kept else "turned away")
        cell = self.page.formula(NOTE, f'IF({test},"{WORDS("accepted")}","{WORDS("turned away")}")', shows)
        self.kept[bid.id] = cell, kept

    def _rank(self, bid: BidResult, figure: Fraction, among: Range) -> None:
        work, page = self.work, self.page
        own, best, free = work.figures[bid.id], work.evaluation.best, count(self.written.free + bool(self.digits))
        by_figure = Key(among._replace(column=RESULT).here, own.here, best, snap_for([figure]))
        keys = [by_figure]
        if near := work.plan.scheme.award.near_tie:
            column, level = next(free), bid.id in work.evaluation.near
            cell = page.formula(column, counts_as(by_figure, near), best_figure(work.evaluation) if level else figure)
            keys = [Key(among._replace(column=column).here, cell.here, best, by_figure.snap)]
        for tie in work.plan.ties:
            n = next(free)
            value = self._tie_value(bid, tie.criterion, tie.column)
            if tie.criterion:
                cell = page.formula(n, work.points[tie.criterion, bid.id].here, value)
            else:
                cell = work.figure(bid.id, tie.column, n, value)
            keys.append(Key(among._replace(column=n).here, cell.here, tie.best, snap_for([value])))
        if settled := work.evaluation.settled:
            place = Fraction(settled.index(bid.id) + 1 if bid.id in settled else 0)
            column = next(free)
            cell = page.number(column, place, "0")
            keys.append(Key(among._replace(column=column).here, cell.here, "lowest", snap_for([place])))
        keys += [by_figure] if work.plan.figure_decides_last else []
        work.ranks[bid.id] = page.formula(POINTS, rank(keys), Fraction(bid.rank or 0), "0")

    def _tie_value(self, bid: BidResult, criterion: str, column: str) -> Fraction:
        if criterion:
            found = bid.criterion(criterion)
            return found.points if found else Fraction(0)
        value = self.work.column(bid.id, column)
        return value if value is not None else Fraction(0)

    def _check_ranks(self, first: int, checked: Checked) -> None:
        page, after = self.page, self.page.row
        for n, bid in enumerate(self.work.ranked):
            page.row = first + n
            ours = page.number(POINTS_OURS, bid.rank or 0, "0")
            page.check(POINTS_CHECK, f"{self.work.ranks[bid.id].here}={ours.here}", checked)
        page.row = after

    def _money(self) -> None:
        """Money that the rule shares out: a value, for it follows from the whole order of the bids."""
        awarded = [bid for bid in self.work.ranked if bid.award is not None]
        if not awarded:
            return
        page = self.page
        checked = self.work.book.checks(WORDS("checks.money"), self.work.lot)
        heads = [""] * EXTRA
        heads[BID], heads[RESULT], heads[NOTE] = map(WORDS, ("bid", "award", "note"))
        page.heads(*heads)
        for bid in awarded:
            page.text(BID, bid.id)
            page.number(RESULT, bid.award or 0, MONEY)
            self.work.not_recomputed(WORDS("not recomputed"), checked)
            page.row += 1
        page.row += 1
