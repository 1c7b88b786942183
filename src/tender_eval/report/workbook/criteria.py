"""The working of each criterion: from the figures to scores and points, and the sums of groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tender_eval.engine.plan import Leaf, Node
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.evaluation import BidResult, CriterionResult
from tender_eval.report.workbook.book import Cell, Range
from tender_eval.report.workbook.formulas import total
from tender_eval.report.workbook.lot import (
    BID,
    CHECK,
    COMPARED,
    COUNTS,
    EXTRA,
    FIGURE,
    FLOORED,
    NOTE,
    OURS,
    POINTS,
    POINTS_CHECK,
    POINTS_OURS,
    RESULT,
    LotWorking,
    Pair,
)
from tender_eval.report.workbook.scorers import Method, cells_of, method_of, score

WORDS = catalogue("workbook")


@dataclass(slots=True)
class _Places:
    """Where the formula of one score finds its figures (see `scorers.Places`)."""

    figure: str = ""
    over: str = ""
    counted: str = ""
    params: Mapping[str, Cell] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    ranges: dict[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)

    def param(self, name: str) -> str:
        return self.params[name].here

    def column(self, name: str) -> str:
        return self.columns[name]

    def compared(self, name: str) -> str:
        return self.ranges[name]

    def table(self, name: str) -> str:
        return self.tables[name]


def write_criterion(work: LotWorking, node: Node) -> None:
    """A criterion after its parts, so that every formula looks back."""
    for part in node.parts:
        write_criterion(work, work.plan.node(part))
    if node.parts:
        _group(work, node)
    else:
        _Leaf(work, next(leaf for leaf in work.plan.leaves if leaf.id == node.id)).write()


def _group(work: LotWorking, node: Node) -> None:
    page, bids = work.page, work.scored(node.id)
    page.heading(WORDS("head.criterion", id=node.id, title=node.title))
    what = WORDS("head.group", parts=", ".join(node.parts))
    page.text(BID, work.told(what, "group"), italic=True)
    page.row += 1
    heads = [""] * EXTRA
    heads[BID], heads[POINTS], heads[POINTS_OURS], heads[POINTS_CHECK] = map(WORDS, ("bid", "points", "ours", "check"))
    page.heads(*heads)
    checked = work.book.checks(WORDS("checks.points", id=node.id), work.lot)
    for bid in bids:
        page.text(BID, bid.id)
        result = _result(bid, node.id)
        parts = total([work.points[part, bid.id].here for part in node.parts])
        points = page.formula(POINTS, work.rounded(parts, "group", [result.points]), result.points, "0.00######")
        work.points[node.id, bid.id] = points
        work.compare(Pair(points, POINTS_OURS, POINTS_CHECK), result.points, work.evaluation.places, checked)
        page.row += 1
    page.row += 1


def _result(bid: BidResult, node: str) -> CriterionResult:
    found = bid.criterion(node)
    if found is None:
        raise AssertionError(f"bid {bid.id} was scored at {node}")
    return found


class _Leaf:
    """The section of one criterion that has a scorer."""

    def __init__(self, work: LotWorking, leaf: Leaf) -> None:
        self.work, self.leaf, self.page = work, leaf, work.page
        self.bids = work.scored(leaf.id)
        self.method: Method | None = method_of(leaf)
        self.floor = getattr(leaf.params, "floor", None) if self.method else None
        self.scores = work.book.checks(WORDS("checks.scores", id=leaf.id), work.lot)
        self.points = work.book.checks(WORDS("checks.points", id=leaf.id), work.lot)
        # Of further figures each has a column, and one more for the comparison.
        self.extra = {r.column: EXTRA + 2 * n for n, r in enumerate(leaf.reads[1:])} if self.method else {}

    def write(self) -> None:
        page, leaf = self.page, self.leaf
        page.heading(WORDS("head.criterion", id=leaf.id, title=leaf.title))
        page.text(BID, self.work.told(WORDS("head.scorer", scorer=leaf.scorer), "criterion"), italic=True)
        page.row += 1
        params = self._params()
        tables = self._tables()
        scored = {bid.id for bid in self.bids}
        missing = [bid.id for bid in self.work.evaluation.bids if bid.id not in scored]
        if missing:
            page.text(BID, WORDS("not scored", bids=", ".join(missing)), italic=True)
            page.row += 1
        self._heads()
        first = page.row
        rows = range(first, first + len(self.bids))
        for bid in self.bids:
            self._row(bid, _Places(params=params, tables=tables), Range(page.name, 0, rows.start, rows.stop - 1))
            page.row += 1
        page.row += 1

    def _params(self) -> dict[str, Cell]:
        """The parameters in cells, under their own names."""
        page = self.page
        page.text(BID, WORDS("available"))
        available = self.work.facts.points[self.leaf.id]
        found = {"available": page.formula(FIGURE, page.ref(available), self.leaf.points)}
        page.row += 1
        for name, value in cells_of(self.method, self.leaf.params) if self.method else ():
            page.text(BID, name)
            found[name] = page.number(FIGURE, value)
            page.row += 1
        return found

    def _tables(self) -> dict[str, str]:
        """The tables that a score is looked up in."""
        page, params = self.page, self.leaf.params
        scale = getattr(params, "scale", None)
        if self.method and scale in self.work.facts.scales:
            marks, shares = self.work.facts.scales[scale]
            return {"marks": marks.name, "shares": shares.name}
        points = getattr(params, "points", ()) if self.method and self.leaf.scorer.name == "piecewise" else ()
        first = page.row
        for n, point in enumerate(points, 1):
            page.text(BID, WORDS("point.value", n=n))
            page.number(FIGURE, point.value)
            page.number(FLOORED, point.score)
            page.row += 1
        values = Range(page.name, FIGURE, first, page.row - 1)
        return {"values": values.here, "scores": values._replace(column=FLOORED).here} if points else {}

    def _heads(self) -> None:
        heads = [""] * EXTRA
        for at, key in (
            (BID, "bid"), (RESULT, "score"), (OURS, "ours"), (CHECK, "check"), (POINTS, "points"),
            (POINTS_OURS, "ours"), (POINTS_CHECK, "check"), (NOTE, "note"),
        ):  # fmt: skip
            heads[at] = WORDS(key)
        if self.leaf.reads:
            heads[FIGURE] = self.leaf.reads[0].column
        if self.floor is not None:
            heads[FLOORED] = WORDS("figure.floored")
        if self.method and not self.leaf.independent:
            heads[COUNTS] = WORDS("in comparison")
            heads[COMPARED] = WORDS("figure.compared") if self.leaf.reads else ""
        for column in self.extra:
            heads += [column, WORDS("figure.compared") if not self.leaf.independent else ""]
        self.page.heads(*heads)

    def _row(self, bid: BidResult, places: _Places, rows: Range) -> None:
        work, page, result = self.work, self.page, _result(bid, self.leaf.id)
        page.text(BID, bid.id)
        self._figures(bid, places, rows)
        note = self._why_a_value(bid)
        value = result.score if result.score is not None else Fraction(0)
        shape = "0.00########"
        if self.method and not note:
            formula = work.rounded(score(self.method, self.leaf.params, places), "score", [Fraction(1)])
            cell = page.formula(RESULT, formula, value, shape)
            work.compare(Pair(cell, OURS, CHECK), value, work.score_places(), self.scores)
        else:
            cell = page.number(RESULT, value, shape)
            work.not_recomputed(note, self.scores)
        work.scores[self.leaf.id, bid.id] = cell
        product = f"{cell.here}*{places.param('available')}"
        points = page.formula(POINTS, work.rounded(product, "criterion", [result.points]), result.points, shape)
        work.points[self.leaf.id, bid.id] = points
        work.compare(Pair(points, POINTS_OURS, POINTS_CHECK), result.points, work.evaluation.places, self.points)

    def _why_a_value(self, bid: BidResult) -> str:
        if self.method is None:
            return WORDS("not recomputed")
        if not self.leaf.independent and not self.work.compared(bid):
            return WORDS("earlier round")
        return ""

    def _figures(self, bid: BidResult, places: _Places, rows: Range) -> None:
        """The figures that are read, and those that are compared."""
        page, work = self.page, self.work
        counts: Cell | None = None
        if self.method and not self.leaf.independent:
            counts = page.number(COUNTS, int(work.compared(bid)), align="center")
            places.counted = rows._replace(column=COUNTS).here
        for n, reads in enumerate(self.leaf.reads if self.method else self.leaf.reads[:1]):
            value = work.column(bid.id, reads.column) or Fraction(0)
            at = self.extra.get(reads.column, FIGURE)
            cell = work.figure(bid.id, reads.column, at, value)
            if n == 0 and self.floor is not None:
                value = max(value, Fraction(self.floor))
                cell = page.formula(FLOORED, f"MAX({cell.here},{places.param('floor')})", value)
            over = at + 1 if n else COMPARED
            if counts:
                shows: Any = value if work.compared(bid) else ""
                page.formula(over, f'IF({counts.here}=1,{cell.here},"")', shows)
            compared = rows._replace(column=over).here
            places.columns[reads.column], places.ranges[reads.column] = cell.here, compared
            if n == 0:
                places.figure, places.over = cell.here, compared
