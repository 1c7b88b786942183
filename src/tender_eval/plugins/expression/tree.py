"""The nodes of an expression: what a method works out, stated once, as data.

An expression is of one bid: the figures are its own, and what is taken over all bids says so. It is built with
``+ - * / **`` and the functions of `tender_eval.plugins.expression`, or read from a published formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from tender_eval.model.explanation.formulas import FacetOf
from tender_eval.model.explanation.terms import Title

Sign = Literal["<", "<=", ">", ">=", "==", "!="]
MOST_PLACES = 12  # to which a part is rounded, as in the rounding of a scheme


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression.

    Attributes:
        span: where it stands in the text that it was read from; None where there is none.
    """

    span: tuple[int, int] | None = field(default=None, kw_only=True, compare=False, repr=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        """The parts that it is directly made of."""
        return ()

    def walk(self) -> Iterator[Node]:
        """It and every part of it, from the outside inwards."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def __add__(self, other: Operand) -> Chain:
        return chained(self, "+", other)

    def __radd__(self, other: Operand) -> Chain:
        return chained(other, "+", self)

    def __sub__(self, other: Operand) -> Chain:
        return chained(self, "-", other)

    def __rsub__(self, other: Operand) -> Chain:
        return chained(other, "-", self)

    def __mul__(self, other: Operand) -> Chain:
        return chained(self, "*", other)

    def __rmul__(self, other: Operand) -> Chain:
        return chained(other, "*", self)

    def __truediv__(self, other: Operand) -> Chain:
        return chained(self, "/", other)

    def __rtruediv__(self, other: Operand) -> Chain:
        return chained(other, "/", self)

    def __pow__(self, other: Operand) -> Power:
        return Power(self, node(other))

    def __rpow__(self, other: Operand) -> Power:
        return Power(node(other), self)

    def __neg__(self) -> Negative:
        return Negative(self)


Operand = Node | Fraction | int


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number that the method itself brings, or a published formula."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """A number that the scheme states, by the name that it is shown under; a workbook keeps it in a cell.

    A built-in method that states one for each of several things names the facet; text is a name of the scheme format,
    or a plugin's own words.
    """

    name: str | FacetOf
    value: Fraction


@dataclass(frozen=True, slots=True)
class Figure(Node):
    """A figure of the bid, by its column."""

    column: str


@dataclass(frozen=True, slots=True)
class Points(Node):
    """The points that the bid earned at some criteria together; of all root criteria where none is named."""

    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Available(Node):
    """The points that could be earned at some criteria together; of all root criteria where none is named."""

    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earned(Node):
    """The share of full marks that the bid earned at one criterion."""

    criterion: str


@dataclass(frozen=True, slots=True)
class OverBids(Node):
    """What is taken over the bids in the comparison, of a part that is worked out for each of them.

    ``lowest``, ``highest``, ``mean`` or ``median``; ``sample_deviation`` or ``population_deviation``, the standard
    deviation by the number of bids less one or by their number; or their ``count``, which is of no part.
    """

    function: str
    of: Node | None

    @property
    def parts(self) -> tuple[Node, ...]:
        return () if self.of is None else (self.of,)


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Parts joined from left to right by signs of one rank: ``+ -`` or ``* /``."""

    first: Node
    rest: tuple[tuple[str, Node], ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.first, *(part for _, part in self.rest))


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """A part with its sign changed."""

    of: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class Power(Node):
    """A part raised to another."""

    base: Node
    exponent: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.base, self.exponent)


@dataclass(frozen=True, slots=True)
class Function(Node):
    """``min`` or ``max`` of parts; ``abs``, ``root`` (square) or ``log`` (natural) of one."""

    function: str
    of: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.of


@dataclass(frozen=True, slots=True)
class Round(Node):
    """A part rounded to decimal places, in one of the modes of `tender_eval.model.numeric`."""

    of: Node
    places: int
    mode: str

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.of,)


class Comparison(NamedTuple):
    """A comparison of two parts. In float64 it allows for the tolerance of `tender_eval.model.numeric`."""

    left: Node
    sign: Sign
    right: Node


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """One part where a comparison holds, another where it does not; the one that is not taken does not matter."""

    test: Comparison
    then: Node
    otherwise: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.test.left, self.test.right, self.then, self.otherwise)


class Table(NamedTuple):
    """A published table of figures, rising, each with what it earns.

    Attributes:
        name: what it is called; empty for the points of a criterion's own curve.
        scale: the scale of the scheme that it is, if it is one.
    """

    rows: tuple[tuple[Fraction, Fraction], ...]
    name: str | FacetOf = ""
    scale: str = ""


@dataclass(frozen=True, slots=True)
class Lookup(Node):
    """What a table gives for a part.

    ``how`` is ``mark`` where it is one of the table's figures; ``lower`` or ``upper`` where what a figure earns holds
    from there to the next, and that end belongs to the step; ``line`` in straight lines between the figures. Below
    the first figure and beyond the last their own hold.
    """

    of: Node
    table: Table
    how: Literal["mark", "lower", "upper", "line"]

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class Titled(Node):
    """A part with a title, which is shown by itself before what is made of it; text is a plugin's own words."""

    title: str | Title
    of: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.of,)


AnyNode = (
    Number | Parameter | Figure | Points | Available | Earned | OverBids
    | Chain | Negative | Power | Function | Round | Choice | Lookup | Titled
)  # fmt: skip
"""Every kind of part that there is; what else a plugin may state as one is refused (see `sound`)."""


def node(value: Operand) -> Node:
    """A number as a node; a node as it is.

    Raises:
        TypeError: it is neither an exact number nor a node.
    """
    return value if isinstance(value, Node) else Number(exact(value))


def exact(value: Fraction | int) -> Fraction:
    """An exact number.

    Raises:
        TypeError: it is a float, or no number at all.
    """
    if not isinstance(value, Fraction | int):
        raise TypeError(f"{value!r} is no exact number: write a Fraction or an int")
    return Fraction(value)


_RANKS = {"+": "+-", "-": "+-", "*": "*/", "/": "*/"}


def chained(left: Operand, sign: str, right: Operand) -> Chain:
    """Two parts joined by a sign; what is joined on the left by signs of the same rank is gone on with."""
    left, right = node(left), node(right)
    if isinstance(left, Chain) and left.rest[0][0] in _RANKS[sign]:
        return Chain(left.first, (*left.rest, (sign, right)))
    return Chain(left, ((sign, right),))


def differs(of: Node) -> bool:
    """Whether a part can differ between bids."""
    if isinstance(of, OverBids):
        return False
    return isinstance(of, Figure | Points | Earned) or any(differs(part) for part in of.parts)


def criteria_of(expression: Node, roots: tuple[str, ...]) -> tuple[str, ...]:
    """The criteria whose points or shares an expression is made of, each once; ``roots`` are those of the scheme."""
    named = (
        (part.criterion,) if isinstance(part, Earned) else part.criteria or roots
        for part in expression.walk()
        if isinstance(part, Earned | Points)
    )
    return tuple(dict.fromkeys(criterion for criteria in named for criterion in criteria))
