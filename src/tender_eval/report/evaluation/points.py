"""The points of all bids by criterion, as a chart of what they are made of and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from tender_eval.documents.charts import Bar, BarChart, BarRow, Lane
from tender_eval.documents.model import Block, Cell, Row, Table, heading, row, table
from tender_eval.languages.runs import Inline, runs
from tender_eval.model.evaluation import BidResult, CriterionResult
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot
from tender_eval.report.evaluation.figures import WORDS, short_name
from tender_eval.report.evaluation.ranking import label_of

COLUMNS = 5  # bids beside each other in a table that still fits on a page
LONGEST_HEAD = 34
MOST_PARTS = 7  # as many as there are colours that can be told apart
DEEPEST = 5  # levels of criteria that are told apart by how far they are set in


def points_section(evaluated: EvaluatedLot) -> Iterator[Block]:
    """What each bid earned where."""
    yield heading(WORDS.say("points.heading"), evaluated.level, evaluated.at("points"))
    if not evaluated.closed and (chart := parts_chart(evaluated)):
        yield chart
    scored = [bid for bid in evaluated.bids if bid.criteria]
    groups = {node.id for node in evaluated.plan.nodes if node.parts}
    for first in range(0, len(scored), COLUMNS):
        yield _table(evaluated, scored[first : first + COLUMNS], first, len(scored), groups)


def _table(evaluated: EvaluatedLot, bids: Sequence[BidResult], first: int, every: int, groups: set[str]) -> Table:
    alone = every <= COLUMNS
    caption = (
        WORDS("points.caption")
        if alone
        else WORDS("points.caption part", first=first + 1, last=first + len(bids), all=every)
    )
    heads = [WORDS("points.criterion"), WORDS("points.available"), *(short_name(bid, LONGEST_HEAD) for bid in bids)]
    found = [{c.id: c for c in bid.criteria} for bid in bids]
    rows: list[Row] = []
    for criterion in evaluated.criteria:
        cells: list[Inline | Cell] = [criterion.title or criterion.id, evaluated.figures.available(criterion.available)]
        cells += [_cell(evaluated, by_id.get(criterion.id)) for by_id in found]
        rows.append(row(cells, "group" if criterion.id in groups else "", min(criterion.depth, DEEPEST)))
    return table(caption, heads, rows, range(1, len(heads)), heard=alone)


def _cell(evaluated: EvaluatedLot, found: CriterionResult | None) -> Cell:
    if found is None:
        return Cell(runs(evaluated.figures.points(None)))
    return Cell(runs(evaluated.figures.points(found.points)), share=share(found.points, found.available))


@cache
def share(points: Fraction, available: Fraction) -> Fraction:
    """How much of the points available was earned, from 0 to 1, for a bar.

    >>> share(Fraction(3), Fraction(4)), share(Fraction(-1), Fraction(4))
    (Fraction(3, 4), Fraction(0, 1))
    """
    return min(Fraction(1), max(Fraction(0), points / available)) if available else Fraction(0)


def parts_chart(evaluated: EvaluatedLot) -> BarChart | None:
    """What each bid's points are made of; None where there are too few parts, or too many to tell apart."""
    parts = _parts(evaluated.criteria)
    ranked = [bid for bid in evaluated.bids if bid.rank is not None]
    if not ranked or not 2 <= len(parts) <= MOST_PARTS:
        return None
    span = sum((part.available for part in parts), Fraction(0)) or Fraction(1)
    rows = []
    for bid in ranked:
        found = [bid.criterion(part.id) for part in parts]
        if any(c and c.points < 0 for c in found) or sum(c.points for c in found if c) > span:
            return None  # points outside those available do not fit into one bar
        bars, at = [], Fraction(0)
        for number, (part, earned) in enumerate(zip(parts, found, strict=True)):
            if earned and earned.points:
                says = f"{part.title}: {evaluated.figures.points(earned.points)}"
                bars.append(Bar(float(at / span), float((at + earned.points) / span), number, says))
                at += earned.points
        rows.append(BarRow(label_of(bid), (Lane(tuple(bars)),), strong=bid.id in evaluated.decided))
    titles = [part.title or part.id for part in parts]
    says = WORDS("points.chart says", bids=WORDS.count("bids", len(rows)), parts=WORDS.listing(titles))
    key = tuple(enumerate(titles))
    return BarChart(evaluated.at("parts"), WORDS("points.chart"), says, tuple(rows), key)


def _parts(criteria: Sequence[CriterionResult]) -> list[CriterionResult]:
    """The criteria at the top; where there is but one, the parts of it."""
    for depth in sorted({c.depth for c in criteria}):
        found = [c for c in criteria if c.depth == depth]
        if len(found) > 1:
            return found if _complete(found, criteria) else []
    return []


def _complete(found: Sequence[CriterionResult], criteria: Sequence[CriterionResult]) -> bool:
    """Whether these hold all the points, and no criterion above them is scored by itself."""
    return sum(c.available for c in found) == sum(c.available for c in criteria if c.depth == 0)
