"""What the sections of the working share: the lot that they are about, and the cells written so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from tender_eval.case.acts import REMOVES
from tender_eval.case.case import Case
from tender_eval.engine.plan import Plan
from tender_eval.engine.recomputing.readings import Readings
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.digits import fixed
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation
from tender_eval.model.pricing.beside import BENEFITS
from tender_eval.model.printed import SCORE_PLACES
from tender_eval.model.scheme import Rounding
from tender_eval.report.terms.results import status_of
from tender_eval.report.workbook.book import Cell, Checked, Workbook, Worksheet, decimals
from tender_eval.report.workbook.formulas import Rounder, agrees, snap_for
from tender_eval.report.workbook.inputs import InputCells

WORDS = catalogue("workbook")

# The columns of the working; further figures stand from EXTRA on.
BID, COUNTS, FIGURE, FLOORED, COMPARED, RESULT, OURS, CHECK, POINTS, POINTS_OURS, POINTS_CHECK, NOTE, EXTRA = range(13)
WIDTHS = (18, 13, 16, 13, 13, 14, 14, 9, 12, 12, 9, 40, 14, 14, 14, 14)


class Pair(NamedTuple):
    """Where a recomputed figure and tender-eval's own stand, and the column of the check."""

    recomputed: Cell
    ours: int
    check: int


@dataclass(slots=True)
class LotWorking:
    """One lot of the case on the sheet of the working; ``lot`` is empty where there are none.

    ``removed`` are the bids that people took out, with what they are then in words.
    """

    page: Worksheet
    book: Workbook
    case: Case
    facts: InputCells
    lot: str
    evaluation: Evaluation
    scores: dict[tuple[str, str], Cell] = field(default_factory=dict)
    points: dict[tuple[str, str], Cell] = field(default_factory=dict)
    status: dict[str, Cell] = field(default_factory=dict)
    figures: dict[str, Cell] = field(default_factory=dict)
    ranks: dict[str, Cell] = field(default_factory=dict)
    removed: dict[str, str] = field(default_factory=dict)
    _readings: Readings = field(init=False)

    def __post_init__(self) -> None:
        out = frozenset(REMOVES.values())
        self.removed = {bid.id: status_of(bid) for bid in self.evaluation.bids if bid.status in out}
        prices = {bid: price for (lot, bid), (_, price) in self.facts.prices.items() if lot == self.lot}
        self._readings = Readings(self.plan, self.evaluation, self.case.bids_for(self.lot), prices)

    @property
    def plan(self) -> Plan:
        return self.case.plan(self.lot)

    def available(self, node: str) -> Cell:
        """Where the points available at a criterion stand."""
        return self.facts.points[self.lot if self.case.compiled.plan.by_lot else "", node]

    @property
    def ranked(self) -> list[BidResult]:
        """The bids that are ranked, best first."""
        return list(self.evaluation.ranked)

    def scored(self, node: str) -> list[tuple[BidResult, CriterionResult]]:
        """The bids that have points at a criterion, each with these."""
        return [(bid, result) for bid in self.evaluation.bids if (result := bid.criterion(node))]

    def compare(self, pair: Pair, value: Fraction, places: int, checked: Checked) -> None:
        """Write tender-eval's figure as it prints it, and whether the recomputed one prints the same."""
        rounder = Rounder(places, self.evaluation.rounding_mode)
        shows = Fraction(fixed(value, places, rounder.mode))
        ours = self.page.number(pair.ours, shows, decimals(places))
        self.page.check(pair.check, agrees(pair.recomputed.here, ours.here, rounder, snap_for([value])), checked)

    def compare_texts(self, recomputed: Cell, ours: str, checked: Checked) -> None:
        """The same for words."""
        cell = self.page.text(OURS, ours)
        self.page.check(CHECK, f"EXACT({recomputed.here},{cell.here})", checked)

    def figure(self, bid: str, column: str, at: int, value: Fraction) -> Cell:
        """Write a figure that was read: from its own sheet where it stands there."""
        source = self._source(bid, column)
        if source is not None:
            return self.page.formula(at, self.page.ref(source), value)
        return self.page.number(at, value)

    def _source(self, bid: str, column: str) -> Cell | None:
        kind, _, name = column.partition(".")
        if kind == BENEFITS:
            return self.facts.beside.get((self.lot, bid, column))
        if column == "price" and (self.lot, bid) in self.facts.prices:
            return self.facts.prices[self.lot, bid][0]
        return self.facts.marks.get((self.lot, bid, name)) if kind == "marks" else None

    def column(self, bid: str, column: str) -> Fraction | None:
        """The figure of a bid that was read, or that it states; its evaluated price."""
        return self._readings.of(bid, column)

    def not_recomputed(self, note: str, checked: Checked) -> None:
        """Say of the present row that its figure is a value."""
        self.page.text(NOTE, note, italic=True, text_wrap=True)
        checked.values += 1
        checked.note = note


def rounded(expression: str, rounding: Rounding | None, values: Sequence[Fraction]) -> str:
    """An expression as the scheme rounds it."""
    return Rounder(rounding.places, rounding.mode).of(expression, snap_for(values)) if rounding else expression


def head(what: str, rounding: Rounding | None) -> str:
    """What is worked out, and how it is rounded."""
    if rounding and rounding.digits:
        return WORDS("head.digits", what=what, mode=rounding.mode, digits=rounding.digits)
    return WORDS("head.rounded", what=what, mode=rounding.mode, places=rounding.places) if rounding else what


def score_places(rounding: Rounding | None) -> int:
    """To how many places scores are shown and checked."""
    return max(SCORE_PLACES, rounding.places) if rounding else SCORE_PLACES
