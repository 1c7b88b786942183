"""The ranking of a tender or lot, as a chart and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.documents.charts import Bar, BarChart, BarRow, Lane
from tender_eval.documents.model import Block, Cell, Row, Tone, heading, row, table
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.runs import Inline, Run, capital, joined, runs, soft
from tender_eval.model.bids import bid_of
from tender_eval.model.evaluation import BidResult
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot
from tender_eval.report.evaluation.figures import WORDS, short_name
from tender_eval.report.terms.results import rank_of

MOST_HEADS = 3  # criteria that have room beside each other in the ranking
LONGEST_LABEL = 26


def ranking_section(evaluated: EvaluatedLot) -> Iterator[Block]:
    """The bids from the first to the last, those that are not ranked at the end."""
    yield heading(WORDS.say("ranking.heading"), evaluated.level, evaluated.at("ranking"))
    if chart := ranking_chart(evaluated):
        yield chart
    evaluation, figures = evaluated.evaluation, evaluated.figures
    roots = evaluation.roots
    roots = roots if len(roots) <= MOST_HEADS else ()
    heads = [WORDS("ranking.rank"), WORDS("ranking.bid"), capital(ranked_name(evaluation.figure))]
    heads += [WORDS("ranking.award")] if evaluation.shares_money else []
    heads += [
        WORDS("ranking.of", title=root.title or root.id, available=figures.available(root.available)) for root in roots
    ]
    rows: list[Row] = []
    for bid in evaluated.bids:
        cells: list[Inline | Cell] = [rank_of(bid), linked(evaluated, bid), figures.figure(bid.figure)]
        cells += [figures.money(bid.award)] if evaluation.shares_money else []
        cells += [figures.points(c.points if c else None) for c in map(bid.criterion, (root.id for root in roots))]
        rows.append(row([*cells, status_cell(evaluated, bid)], "won" if bid.id in evaluated.decided else ""))
    caption = WORDS("ranking.caption", figure=ranked_name(evaluation.figure), best=WORDS(f"best.{evaluation.best}"))
    yield table(caption, [*heads, WORDS("ranking.status")], rows, (0, *range(2, len(heads))), named=1)


def linked(evaluated: EvaluatedLot, bid: BidResult) -> Inline:
    """A bid by name, leading to its own section, and by id."""
    return with_id(evaluated.figures.called(bid, evaluated.anchor_of(bid)), bid)


def with_id(called: Run, bid: BidResult) -> Inline:
    """What a bid is called, and its id."""
    return joined((called, soft(WORDS("aside", text=bid.id))), " ")


def with_offer(called: Run, bid: BidResult) -> Inline:
    """What a bid is called, and the id of an offer for several lots, which tells it from others of the bid."""
    return with_id(called, bid) if bid_of(bid.id) != bid.id else called


def status_cell(evaluated: EvaluatedLot, bid: BidResult) -> Cell:
    """How a bid came out, in a small box."""
    tone: Tone = "none" if bid.rank is not None else "out"
    if bid.tied or bid.id in evaluated.decided:
        tone = "winner" if bid.id in evaluated.decided else "tied"
    return Cell(runs(evaluated.status_of(bid)), tone=tone)


def ranking_chart(evaluated: EvaluatedLot) -> BarChart | None:
    """A bar for the figure of each ranked bid, from a common zero; None where nothing is ranked."""
    evaluation = evaluated.evaluation
    ranked = [(b, b.figure) for b in evaluated.bids if b.figure is not None]
    if not ranked:
        return None
    least = min(Fraction(0), *(f for _, f in ranked), Fraction(0))
    most = max(Fraction(0), *(f for _, f in ranked), Fraction(0))
    span = (most - least) or Fraction(1)
    rows = []
    for bid, figure in ranked:
        start, end = sorted((Fraction(0), figure))
        bar = Bar(float((start - least) / span), float((end - least) / span))
        value = evaluated.figures.figure(figure)
        rows.append(BarRow(label_of(bid), (Lane((bar,)),), value, bid.id in evaluated.decided))
    direction = WORDS(f"ranking.{evaluation.best} first")
    says = WORDS("ranking.chart says", bids=WORDS.count("bids", len(rows)), direction=direction)
    title = WORDS("ranking.chart", figure=ranked_name(evaluation.figure))
    return BarChart(evaluated.at("bars"), title, says, tuple(rows), note=direction)


def label_of(bid: BidResult) -> str:
    """A bid at the left of its bar."""
    return f"{rank_of(bid)}  {short_name(bid, LONGEST_LABEL)}"
