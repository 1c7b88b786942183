"""The tree of a published formula: what the grammar makes, and what is run."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula, and where it stands in the text."""

    start: int
    end: int

    @property
    def parts(self) -> tuple[Node, ...]:
        """The parts that it is directly made of."""
        return ()


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number as it is written."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Named(Node):
    """A figure of the bid."""

    column: str


@dataclass(frozen=True, slots=True)
class OverBids(Node):
    """``lowest``, ``highest``, ``mean`` or ``median`` of a part over the admitted bids, or ``count``."""

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
    """``min``, ``max`` or ``abs`` of parts."""

    function: str
    of: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.of


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """``if_(left sign right, then, otherwise)``."""

    left: Node
    sign: str
    right: Node
    then: Node
    otherwise: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right, self.then, self.otherwise)
