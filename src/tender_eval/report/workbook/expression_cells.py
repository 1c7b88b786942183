"""Where the parts of expressions stand on the sheet of the working: what the scheme states above, one bid a row below.

Beside each bid stand the figures that are read, what is shown by itself (`Step`), and what is compared: the same
part for every bid in the comparison, blank for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import count

from tender_eval.engine.compiling.constants import stated_by
from tender_eval.engine.recomputing.expressions import ExpressionValues
from tender_eval.engine.recomputing.points import compared
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.formulas import name
from tender_eval.model.evaluation import BidResult
from tender_eval.model.explanation.formulas import FacetOf
from tender_eval.plugins.expression.tree import Figure, Lookup, Node, OverBids, Parameter, Table, Titled, differs
from tender_eval.plugins.expression.words import said
from tender_eval.report.workbook.book import Cell, Range
from tender_eval.report.workbook.expressions import text
from tender_eval.report.workbook.formulas import snap_for, total
from tender_eval.report.workbook.lot import COMPARED, COUNTS, EXTRA, FIGURE, FLOORED, LotWorking

WORDS = catalogue("workbook")

POINTS = "0.00######"


def called(of: str | FacetOf) -> str:
    """What a parameter or a table is called."""
    return of if isinstance(of, str) else name(of)


def titled(step: Titled) -> str:
    """What a part is called that is shown by itself."""
    return step.title if isinstance(step.title, str) else WORDS(f"title.{step.title.value}")


class ExpressionCells:
    """Expressions over the bids of one section; the first figure, step and comparison have columns of their own."""

    def __init__(
        self, work: LotWorking, bids: Sequence[BidResult], expressions: Iterable[Node], columns: Mapping[str, Fraction]
    ) -> None:
        """Find a place for every part.

        Args:
            bids: in the order of the rows.
            columns: the figures that are read, each with what a bid counts as that is silent on it.
        """
        self.work, self.page, self.bids = work, work.page, bids
        parts = list(dict.fromkeys(part for one in expressions for part in _inside_out(one)))
        over = [part.of for part in parts if isinstance(part, OverBids) and part.of is not None and differs(part.of)]
        self.compares = any(isinstance(part, OverBids) for part in parts)
        self._params = [part for part in parts if isinstance(part, Parameter)]
        self._tables = [p.table for p in parts if isinstance(p, Lookup) and not is_scale(work, p.table)]
        steps = [part for part in parts if isinstance(part, Titled)]
        self._shared = [step for step in steps if not (differs(step) or _over_bids(step))]
        self._columns = dict(columns)
        free = count(EXTRA)
        self._at: dict[Node, int] = {}
        for first, nodes in (
            (FIGURE, [Figure(column) for column in columns]),
            (FLOORED, [step for step in steps if step not in self._shared]),
        ):
            self._at |= {node: next(free) if n else first for n, node in enumerate(nodes)}
        self._over = {node: next(free) if n else COMPARED for n, node in enumerate(dict.fromkeys(over))}
        self.free = next(free)
        """The first column that holds nothing."""
        self._cells: dict[Node, Cell] = {}
        self._ranges: dict[Table, tuple[Range, Range]] = {}
        self.values = ExpressionValues(work.plan, bids, {column: self._stated(column) for column in columns})
        """What expressions come to for these bids."""
        self._first = 0

    def write_stated(self) -> None:
        """What is the same for all bids: parameters, what is made of them alone, and tables."""
        page = self.page
        for param in self._params:
            page.text(0, called(param.name))
            self._cells[param] = page.number(FIGURE, param.value)
            page.row += 1
        for step in self._shared:
            page.text(0, titled(step))
            self._cells[step] = page.formula(
                FIGURE, text(step.of, _CellsOfRow(self, "")), stated_by(self.work.plan, step)
            )
            page.row += 1
        for table in dict.fromkeys(self._tables):
            first = page.row
            for n, (figure, earns) in enumerate(table.rows, 1):
                page.text(0, WORDS("point", n=n, table=called(table.name) or WORDS("point.table")))
                page.number(FIGURE, figure)
                page.number(FLOORED, earns)
                page.row += 1
            figures = Range(page.name, FIGURE, first, page.row - 1)
            self._ranges[table] = figures, figures._replace(column=FLOORED)

    def heads(self, heads: list[str], names: Mapping[str, str]) -> None:
        """Add the heads of its columns to those of a section; ``names`` say what columns are called there."""
        if self.compares:
            heads[COUNTS] = WORDS("in comparison")
        titles = {at: names.get(n.column, n.column) for n, at in self._at.items() if isinstance(n, Figure)}
        titles |= {at: titled(node) for node, at in self._at.items() if isinstance(node, Titled)}
        titles |= {at: WORDS("compared", what=self._named(node, names)) for node, at in self._over.items()}
        for at, title in sorted(titles.items()):
            heads += [""] * (at + 1 - len(heads))
            heads[at] = title

    @staticmethod
    def _named(node: Node, names: Mapping[str, str]) -> str:
        if isinstance(node, Figure):
            return names.get(node.column, node.column)
        return titled(node) if isinstance(node, Titled) else said(node, name)

    def row(self, n: int) -> _CellsOfRow:
        """Write what stands beside a bid in the present row; it is where the formula of the bid finds its figures."""
        page, bid = self.page, self.bids[n]
        if not n:
            self._first = page.row
        counts = page.number(COUNTS, int(compared(self.work.plan, bid)), align="center") if self.compares else None
        at = _CellsOfRow(self, bid.id)
        for node, column in self._at.items():
            if isinstance(node, Figure):
                value = self._read(bid.id, node.column)
                at.cells[node] = self.work.figure(bid.id, node.column, column, value).here
        for node, column in self._at.items():
            if isinstance(node, Titled):
                at.cells[node] = page.formula(column, text(node.of, at), self.values.shown(node)[n], POINTS).here
        for node, column in self._over.items():
            if counts is not None:
                shows = self.values.shown(node)[n] if compared(self.work.plan, bid) else ""
                page.formula(column, f'IF({counts.here}=1,{text(node, at)},"")', shows)
        return at

    def _read(self, bid: str, column: str) -> Fraction:
        found = self.work.column(bid, column)
        return self._columns[column] if found is None else found

    def rows(self, column: int) -> Range:
        """The cells of a column, one a bid."""
        return Range(self.page.name, column, self._first, self._first + len(self.bids) - 1)

    def _stated(self, column: str) -> list[Fraction]:
        return [self._read(bid.id, column) for bid in self.bids]


class _CellsOfRow:
    """Where the formula of one bid finds what it is made of (see `expressions.Places`)."""

    def __init__(self, written: ExpressionCells, bid: str) -> None:
        self._written, self._work, self._bid = written, written.work, bid
        self.cells: dict[Node, str] = {}

    @property
    def counted(self) -> str:
        return self._written.rows(COUNTS).here

    def figure(self, column: str) -> str:
        return self.cells[Figure(column)]

    def parameter(self, parameter: Parameter) -> str:
        return self._written._cells[parameter].here

    def step(self, step: Titled) -> str:
        return self.cells.get(step) or self._written._cells[step].here

    def compared(self, of: Node) -> str:
        return self._written.rows(self._written._over[of]).here

    def sure(self, of: Node) -> int:
        return snap_for(self._written.values.shown(of))

    def table(self, table: Table) -> tuple[str, str]:
        if is_scale(self._work, table):
            marks, shares = self._work.facts.scales[table.scale]
            return marks.name, shares.name
        figures, earns = self._written._ranges[table]
        return figures.here, earns.here

    def points(self, criteria: tuple[str, ...]) -> str:
        return total([self._work.points[name, self._bid].here for name in criteria or self._work.plan.roots])

    def available(self, criteria: tuple[str, ...]) -> str:
        page, points = self._work.page, self._work.available
        return total([page.ref(points(name)) for name in criteria or self._work.plan.roots])

    def earned(self, criterion: str) -> str:
        if (criterion, self._bid) in self._work.scores:
            return self._work.scores[criterion, self._bid].here
        return f"({self.points((criterion,))}/{self.available((criterion,))})"


def _inside_out(node: Node) -> Iterable[Node]:
    """A part and all that it is made of, the innermost first."""
    for part in node.parts:
        yield from _inside_out(part)
    yield node


def _over_bids(node: Node) -> bool:
    return any(isinstance(part, OverBids) for part in node.walk())


def is_scale(work: LotWorking, table: Table) -> bool:
    """Whether a table is a scale of the scheme, so that its cells can be read in its place."""
    scale = next((s for s in work.plan.scheme.scales if s.id == table.scale), None)
    return scale is not None and table.rows == tuple((step.mark, step.score) for step in scale.steps)
