"""The individual marks of a tender or lot as tables: bids by people, at each criterion that is marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.statistics.ratings import Ratings
from tender_eval.fairness.tipping.mark import MarkedCriterion, marked_criteria
from tender_eval.model.bids import Bid
from tender_eval.model.numeric import Array


@dataclass(frozen=True)
class MarkedBy:
    """The marks at one criterion: by bid the one that counts, and those of each person.

    Attributes:
        highest: the highest mark that can be given there, above zero.
    """

    at: MarkedCriterion
    title: str
    highest: Fraction
    counts: dict[str, Fraction]
    individual: dict[str, dict[str, Fraction]]

    @property
    def criterion(self) -> str:
        return self.at.criterion

    @property
    def column(self) -> str:
        return self.at.column


@dataclass(frozen=True)
class PanelMarks:
    """Everything that the panel marked, and who of it gave marks; the order is that of the files."""

    bids: tuple[str, ...]
    people: tuple[str, ...]
    criteria: tuple[MarkedBy, ...]
    roles: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def together(self) -> Ratings:
        """Every bid at every criterion, in shares of the highest mark there; the marks of a bid are a cluster."""
        tables = [self._tables[one.criterion] / float(one.highest) for one in self.criteria]
        bids = np.arange(len(self.bids))
        return Ratings(np.concatenate(tables), np.tile(bids, len(tables)))

    @property
    def highest(self) -> Fraction | None:
        """The highest mark, where all criteria have the same."""
        found = {one.highest for one in self.criteria}
        return next(iter(found)) if len(found) == 1 else None

    @property
    def one_scale(self) -> bool:
        """Whether the same marks can be given everywhere."""
        return len({(one.at.reads.one_of, one.at.reads.at_least, one.at.reads.at_most) for one in self.criteria}) == 1

    def at(self, one: MarkedBy) -> Ratings:
        """The marks at one criterion as they are, of those who gave any there."""
        table = self._tables[one.criterion]
        gave = ~np.isnan(table).all(axis=0)
        return Ratings(table[:, gave], np.arange(len(self.bids)))

    @cached_property
    def _tables(self) -> dict[str, Array]:
        return {one.criterion: self._table(one) for one in self.criteria}

    def _table(self, one: MarkedBy) -> Array:
        found = np.full((len(self.bids), len(self.people)), np.nan)
        column = {person: n for n, person in enumerate(self.people)}
        for row, bid in enumerate(self.bids):
            for person, mark in one.individual.get(bid, {}).items():
                found[row, column[person]] = float(mark)
        return found


def panel_marks(scenario: Scenario) -> PanelMarks:
    """The marks of every bid, whether or not it is ranked."""
    titles = {node.id: node.title for node in scenario.plan.nodes}
    counting = scenario.scheme.with_computed_marks(scenario.bids).bids
    criteria = tuple(
        _marked_by(counting, at, titles.get(at.criterion, ""))
        for at in marked_criteria(scenario.plan)
        if _highest(at) > 0
    )
    given = (person for one in criteria for by in one.individual.values() for person in by)
    bids = tuple(bid.id for bid in scenario.bids.bids)
    return PanelMarks(bids, tuple(dict.fromkeys(given)), criteria, scenario.bids.roles)


def _marked_by(bids: Iterable[Bid], at: MarkedCriterion, title: str) -> MarkedBy:
    name = at.column.removeprefix("marks.")
    marks = {bid.id: mark for bid in bids if (mark := bid.marks.get(name)) is not None}
    counts = {bid: mark.value for bid, mark in marks.items() if isinstance(mark.value, Fraction)}
    return MarkedBy(at, title or at.criterion, _highest(at), counts, {bid: mark.given for bid, mark in marks.items()})


def _highest(at: MarkedCriterion) -> Fraction:
    return max(at.reads.one_of, default=at.reads.at_most or Fraction(0))
