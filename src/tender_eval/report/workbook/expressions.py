"""An expression as the text of a spreadsheet formula.

What is taken over all bids is of a column of cells, one a bid; where a part differs between bids, its cells are
written beside the bid (see `written`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, assert_never, cast

from tender_eval.languages.catalogue import catalogue
from tender_eval.plugins.expression.tree import (
    AnyNode,
    Available,
    Chain,
    Choice,
    Comparison,
    Earned,
    Figure,
    Function,
    Lookup,
    Negative,
    Node,
    Number,
    OverBids,
    Parameter,
    Points,
    Power,
    Round,
    Table,
    Titled,
    differs,
)
from tender_eval.report.workbook.book import as_float
from tender_eval.report.workbook.formulas import Rounder

WORDS = catalogue("workbook")
LONGEST = 1_500  # characters: a rounding may name it four times over, and Excel takes 8,192
_OVER = {
    "lowest": "MIN",
    "highest": "MAX",
    "mean": "AVERAGE",
    "median": "MEDIAN",
    "sample_deviation": "STDEV",
    "population_deviation": "STDEVP",
}
_FUNCTIONS = {"min": "MIN", "max": "MAX", "abs": "ABS", "root": "SQRT", "log": "LN"}
_SIGNS = {"==": "=", "!=": "<>"}
_ENDS = {"upper": "<", "lower": "<=", "line": "<="}


class CellReferences(Protocol):
    """Where the formula of one bid finds what it is made of: each gives the name of a cell, or of several."""

    @property
    def counted(self) -> str:
        """1 for each bid in the comparison, 0 for the others."""

    def figure(self, column: str) -> str:
        """The bid's figure in a column."""

    def parameter(self, parameter: Parameter) -> str:
        """What the scheme states."""

    def step(self, step: Titled) -> str:
        """What is shown by itself."""

    def compared(self, of: Node) -> str:
        """What a part comes to for all bids in the comparison; the others are blank."""

    def sure(self, of: Node) -> int:
        """To how many places what a part comes to is sure in doubles."""

    def table(self, table: Table) -> tuple[str, str]:
        """The figures of a table, and what they earn."""

    def points(self, criteria: tuple[str, ...]) -> str:
        """The points that the bid earned, as a sum of cells."""

    def available(self, criteria: tuple[str, ...]) -> str:
        """The points that could be earned, as a sum of cells."""

    def earned(self, criterion: str) -> str:
        """The share of full marks that the bid earned."""


def unwritable(node: Node) -> str:
    """Why no spreadsheet can hold an expression; empty where one can."""
    for part in node.walk():
        if isinstance(part, Number | Parameter) and as_float(part.value) is None:
            return WORDS("not held.too large")
    cells = [node, *(of for part in node.walk() if isinstance(part, Titled | OverBids) and (of := part.of) is not None)]
    longest = max(len(text(cell, _WIDE)) for cell in cells)
    return WORDS("not held.too long") if longest > LONGEST else ""


def text(node: Node, at: CellReferences) -> str:  # noqa: PLR0912  one kind of node a case
    """The formula of one bid."""
    match of_kind := cast("AnyNode", node):
        case Number(value=value):
            return _number(as_float(value) or 0.0)
        case Parameter() as stated:
            return at.parameter(stated)
        case Figure(column=column):
            return at.figure(column)
        case Points(criteria=criteria):
            return _sum(at.points(criteria))
        case Available(criteria=criteria):
            return _sum(at.available(criteria))
        case Earned(criterion=criterion):
            return at.earned(criterion)
        case Titled() as step:
            return at.step(step)
        case OverBids(function=function, of=of):
            if of is None:
                return f"SUM({at.counted})"
            if differs(of):
                return f"{_OVER[function]}({at.compared(of)})"
            alike = _bracketed(of, at, isinstance(of, Chain | Power))  # it stands where a function would
            return "0" if function.endswith("_deviation") else alike
        case Chain(first=first, rest=rest):
            product = rest[0][0] in "*/"
            told = _bracketed(first, at, isinstance(first, Chain) and product and first.rest[0][0] in "+-")
            return told + "".join(f"{sign}{_bracketed(part, at, _joins(part, product))}" for sign, part in rest)
        case Negative(of=of):
            return f"(0-{_bracketed(of, at, _joins(of, False))})"
        case Power(base=base, exponent=exponent):
            return "^".join(_bracketed(part, at, isinstance(part, Chain | Power)) for part in (base, exponent))
        case Function(function=function, of=several):
            return f"{_FUNCTIONS[function]}({','.join(text(part, at) for part in several)})"
        case Round(of=of, places=places, mode=mode):
            return Rounder(places, mode).of(text(of, at), at.sure(of))
        case Choice(test=test, then=then, otherwise=otherwise):
            return f"IF({compared(test, at)},{text(then, at)},{text(otherwise, at)})"
        case Lookup() as looked_up:
            return _LOOKED_UP.get(looked_up.how, _in_steps)(looked_up, at)
        case _:
            assert_never(of_kind)


def compared(test: Comparison, at: CellReferences) -> str:
    """A comparison, true or false."""
    return f"{text(test.left, at)}{_SIGNS.get(test.sign, test.sign)}{text(test.right, at)}"


def _number(value: float) -> str:
    shows = repr(abs(value)).removesuffix(".0")
    return shows if value >= 0 else f"(0-{shows})"


def _sum(cells: str) -> str:
    return f"({cells})" if "+" in cells else cells


def _joins(part: Node, product: bool) -> bool:
    """Whether a part behind a sign needs brackets: any sum, and a product behind one of its own rank."""
    return isinstance(part, Chain) and (product or part.rest[0][0] in "+-")


def _bracketed(part: Node, at: CellReferences, needed: bool) -> str:
    return f"({text(part, at)})" if needed else text(part, at)


def _at_mark(node: Lookup, at: CellReferences) -> str:
    marks, shares = at.table(node.table)
    return f"INDEX({shares},MATCH({text(node.of, at)},{marks},0))"


def _in_steps(node: Lookup, at: CellReferences) -> str:
    values, scores = at.table(node.table)
    return f"INDEX({scores},MAX(1,SUMPRODUCT(({values}{_ENDS[node.how]}{_figure(node, at)})*1)))"


def _on_a_line(node: Lookup, at: CellReferences) -> str:
    (values, scores), x, last = at.table(node.table), _figure(node, at), len(node.table.rows)
    band = f"SUMPRODUCT(({values}<={x})*1)"
    v, s = f"INDEX({values},{band})", f"INDEX({scores},{band})"
    v2, s2 = f"INDEX({values},{band}+1)", f"INDEX({scores},{band}+1)"
    inside = f"{s}+({x}-{v})*({s2}-{s})/({v2}-{v})"
    return f"IF({band}=0,INDEX({scores},1),IF({band}={last},INDEX({scores},{last}),{inside}))"


def _figure(node: Lookup, at: CellReferences) -> str:
    return _bracketed(node.of, at, isinstance(node.of, Chain))


_LOOKED_UP: dict[str, Callable[[Lookup, CellReferences], str]] = {"mark": _at_mark, "line": _on_a_line}


class _Wide:
    """Cells with names as wide as they come, to see how long a formula is."""

    counted = "$AAA$1000:$AAA$1999"

    def figure(self, column: str) -> str:
        return "$AAA$1000"

    def parameter(self, parameter: Parameter) -> str:
        return "$AAA$1000"

    def step(self, step: Titled) -> str:
        return "$AAA$1000"

    def compared(self, of: Node) -> str:
        return self.counted

    def sure(self, of: Node) -> int:
        return 10

    def table(self, table: Table) -> tuple[str, str]:
        return f"Scales!{self.counted}", f"Scales!{self.counted}"

    def points(self, criteria: tuple[str, ...]) -> str:
        return "+".join(["$AAA$1000"] * max(len(criteria), 12))

    def available(self, criteria: tuple[str, ...]) -> str:
        return "+".join(["Criteria!$AAA$1000"] * max(len(criteria), 12))

    def earned(self, criterion: str) -> str:
        return "$AAA$1000"


_WIDE = _Wide()
