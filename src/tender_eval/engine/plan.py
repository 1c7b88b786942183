"""A scheme compiled: every name resolved, every weight in points, every promise of a scorer known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from tender_eval.model.bids import reads_price
from tender_eval.model.diagnostics import Diagnostic
from tender_eval.model.location import Location
from tender_eval.model.scheme import Rounding, Scheme
from tender_eval.plugins.catalogue import Catalogue, Registered
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer
from tender_eval.plugins.table import Reads

_MARKS = "marks."


class Leaf(NamedTuple):
    """A criterion with a scorer: ``points`` are available; ``floats`` are the parameters for batch runs.

    ``rounding`` is how its score is rounded.
    """

    id: str
    title: str
    depth: int
    points: Fraction
    scorer: Registered[Scorer]
    params: Any
    floats: Any
    reads: tuple[Reads, ...]
    independent: bool
    unbounded_below: bool
    where: Location
    rounding: Rounding | None = None
    unbounded_above: bool = False
    sealed: bool = False
    """Whether it reads what stays closed until the marks are locked."""

    @property
    def marks(self) -> tuple[str, ...]:
        """The names of the marks that it is scored by; usually one, its own."""
        return tuple(r.column.removeprefix(_MARKS) for r in self.reads if r.column.startswith(_MARKS))

    @property
    def reads_price(self) -> bool:
        """Whether it reads the price, or a part of it."""
        return any(reads_price(r.column) for r in self.reads)

    @property
    def highest_mark(self) -> Fraction | None:
        """The highest mark, where marks run from zero to it without a scale."""
        found = next((r.at_most for r in self.reads if r.column.startswith(_MARKS)), None)
        return None if found is None else Fraction(found)


class PlanNode(NamedTuple):
    """Any criterion: the ids of its parts (none at a leaf) and of the leaves under it.

    ``rounding`` is how its points are rounded, ``scaled`` whether and when they are scaled to those of the best bid.
    """

    id: str
    title: str
    depth: int
    points: Fraction
    parts: tuple[str, ...]
    leaves: tuple[str, ...]
    rounding: Rounding | None = None
    scaled: str = ""

    @property
    def stage(self) -> str:
        """The stage at which its points are rounded."""
        return "group" if self.parts else "criterion"


class Gate(NamedTuple):
    """A minimum: ``share`` of the points at ``node``, or ``mark`` in ``column`` (one of the two).

    ``short`` are the marks that miss it, where a lower mark is not always the worse one.
    """

    node: str
    share: Fraction | None
    mark: Fraction | None
    column: str
    relative: bool
    where: Location
    short: tuple[Fraction, ...] | None = None
    falls: bool = False
    """Whether every higher mark is the worse one, marks between those of the scale among them."""

    def misses(self, mark: Fraction) -> bool:
        """Whether a mark does not reach the minimum mark."""
        least = self.mark or Fraction(0)
        if self.falls:
            return mark > least
        return mark < least if self.short is None else mark in self.short


class CompiledRule(NamedTuple):
    """The award rule with its parameters in both arithmetics."""

    rule: Registered[AwardRule]
    params: Any
    floats: Any
    reads: tuple[Reads, ...]
    where: Location


class Tie(NamedTuple):
    """A step of the tie break: points of a criterion, or a column."""

    criterion: str
    column: str
    best: str

    @property
    def label(self) -> str:
        return f"{self.best} {self.criterion or self.column}"


class Plan(NamedTuple):
    """Everything that an evaluation needs to know of a scheme."""

    scheme: Scheme
    catalogue: Catalogue
    leaves: tuple[Leaf, ...]
    nodes: tuple[PlanNode, ...]
    roots: tuple[str, ...]
    gates: tuple[Gate, ...]
    rule: CompiledRule
    ties: tuple[Tie, ...]
    shortlist_by: tuple[str, ...]
    by_lot: Mapping[str, Plan] = MappingProxyType({})
    """The plan of each lot, where criteria or weights differ between them; this one is then of all criteria."""
    marks_elsewhere: frozenset[str] = frozenset()
    """The marks that other lots of the tender ask for."""
    notices: tuple[Diagnostic, ...] = ()
    """Warnings about the scheme, which every evaluation passes on."""
    sealed: frozenset[str] = frozenset()
    """The figures that stay closed with the prices until the marks are locked."""

    def is_sealed(self, column: str) -> bool:
        """Whether a figure is a price, or stays closed with the prices."""
        return reads_price(column) or column in self.sealed

    def with_sealed(self, sealed: frozenset[str]) -> Plan:
        """The same plan, with these figures closed until the marks are locked."""
        made = self._replace(sealed=sealed)
        leaves = (leaf._replace(sealed=any(made.is_sealed(r.column) for r in leaf.reads)) for leaf in self.leaves)
        return made._replace(leaves=tuple(leaves))

    def node(self, named: str) -> PlanNode:
        """The criterion with this id."""
        return next(n for n in self.nodes if n.id == named)

    @property
    def available(self) -> Fraction:
        """The points available at all criteria together."""
        return sum((self.node(root).points for root in self.roots), Fraction(0))

    def rounds(self, stage: str) -> bool:
        """Whether anything is rounded at this stage."""
        if stage == "score":
            return any(leaf.rounding for leaf in self.leaves)
        if stage in ("criterion", "group"):
            return any(node.rounding for node in self.nodes if node.stage == stage)
        return self.scheme.rounding is not None and stage in self.scheme.rounding.at

    @property
    def rounding(self) -> Rounding | None:
        """How the figure that is ranked is rounded."""
        return self.scheme.rounding if self.rounds("total") else None

    def unrounded(self, stage: str) -> Plan:
        """The same plan, but that nothing is rounded at a stage."""
        scheme = self.scheme
        if scheme.rounding is not None:
            left = tuple(at for at in scheme.rounding.at if at != stage)
            scheme = replace(scheme, rounding=replace(scheme.rounding, at=left))
        leaves = tuple(leaf._replace(rounding=None) for leaf in self.leaves) if stage == "score" else self.leaves
        nodes = tuple(n._replace(rounding=None) if stage == n.stage else n for n in self.nodes)
        return self._replace(scheme=scheme, leaves=leaves, nodes=nodes)

    @property
    def figure_decides_last(self) -> bool:
        """Whether the figure parts bids that are near enough to the best, once the tie break leaves them equal."""
        return self.scheme.award.near_tie is not None and self.scheme.award.then is None

    @property
    def scaled(self) -> tuple[PlanNode, ...]:
        """The criteria whose points are scaled to those of the best bid."""
        return tuple(node for node in self.nodes if node.scaled)

    @property
    def minimums_first(self) -> bool:
        """Whether minimums look at the points as they were earned, before any are scaled to the best bid."""
        return any(node.scaled == "after_minimums" for node in self.nodes)

    @property
    def compares(self) -> bool:
        """Whether at any criterion bids are compared with each other."""
        return bool(self.scaled) or not all(leaf.independent for leaf in self.leaves)

    @property
    def adds_up(self) -> bool:
        """Whether points are weight times score, but for what the scheme rounds everywhere alike."""
        return not self.scaled and not any(criterion.rounding for criterion in self.scheme.walk())

    def below(self, named: str) -> frozenset[str]:
        """A criterion and all below it."""
        node = self.node(named)
        return frozenset({named}.union(*(self.below(part) for part in node.parts)))

    @property
    def adjusts_prices(self) -> bool:
        """Whether the prices that are compared are others than those that bids ask for."""
        return self.scheme.price is not None and bool(self.scheme.price.adjustments)

    def adjusted_by(self) -> tuple[str, ...]:
        """The figures by which it is told whose prices are adjusted, in the order of the scheme."""
        adjustments = self.scheme.price.adjustments if self.scheme.price else ()
        return tuple(dict.fromkeys(str(test.reads) for a in adjustments for test in (*a.when, *a.unless)))

    @property
    def compares_prices(self) -> bool:
        """Whether the price of a bid depends on those of others, before anything is scored."""
        return self.scheme.price is not None and self.scheme.price.compares

    @property
    def recomputes(self) -> bool:
        """Whether a rejected bid no longer counts in the scores of the others."""
        return self.scheme.award.on_rejection != "keep_order"

    @property
    def shortlist_leaves(self) -> tuple[Leaf, ...]:
        """The leaves that the shortlist goes by."""
        names = {leaf for node in self.nodes if node.id in self.shortlist_by for leaf in node.leaves}
        return tuple(leaf for leaf in self.leaves if leaf.id in names)

    def without_shortlist(self) -> Plan:
        """The plan without its shortlist, under which every figure of a bid is read."""
        return self._replace(shortlist_by=(), scheme=replace(self.scheme, shortlist=None))

    def shortlist_reads(self) -> tuple[tuple[str, Reads], ...]:
        """What the shortlist reads; see `reads`."""
        return tuple((f'criterion "{leaf.id}"', r) for leaf in self.shortlist_leaves for r in leaf.reads)

    def named(self) -> frozenset[str]:
        """The columns that anything in the scheme names; none of them is another's name misspelt."""
        found = {reads.column for _, reads in self.reads()}
        found |= {column for condition in self.scheme.conditions for column in condition.needs}
        found |= {*self.adjusted_by()}
        return frozenset(found | {*self.scheme.price_columns})

    def marks_read(self) -> frozenset[str]:
        """The names of the marks that anything reads."""
        columns = (*(reads.column for _, reads in self.reads()), *(c.reads for c in self.scheme.conditions))
        return frozenset(column.removeprefix(_MARKS) for column in columns if column.startswith(_MARKS))

    @property
    def marks_by_criterion(self) -> dict[str, frozenset[str]]:
        """The names of the marks that a criterion reads, a group of them, and each mark by itself."""
        own = {
            leaf.id: {r.column.removeprefix(_MARKS) for r in leaf.reads if r.column.startswith(_MARKS)}
            for leaf in self.leaves
        }
        alone = {name: frozenset({name}) for name in self.marks_read()}
        return alone | {node.id: frozenset().union(*(own.get(leaf, ()) for leaf in node.leaves)) for node in self.nodes}

    @property
    def marks_for_all_lots(self) -> frozenset[str]:
        """The names of the marks that are one for all lots of a bid, as the scheme has it."""
        known = self.marks_by_criterion
        return frozenset().union(*(known.get(name, ()) for name in self.scheme.panel.for_all_lots))

    def marks_known(self) -> frozenset[str]:
        """The criteria, and the other names of marks, for which bids may state a mark."""
        return self.marks_read() | {criterion.id for criterion in self.scheme.walk()} | self.marks_elsewhere

    def reads(self) -> tuple[tuple[str, Reads], ...]:
        """Every column that is read, each with who reads it, in the order of the scheme."""
        found = [(f'criterion "{leaf.id}"', r) for leaf in self.leaves for r in leaf.reads]
        found += [(f'the award rule "{self.rule.rule.item.name}"', r) for r in self.rule.reads]
        found += [("the tie break", Reads(t.column)) for t in self.ties if t.column]
        if self.scheme.abnormally_low:
            found.append(("abnormally_low", Reads("price")))
        return tuple(found)
