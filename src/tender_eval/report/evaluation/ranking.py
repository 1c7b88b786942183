"""The ranking of a tender or lot, as a chart and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.documents.charts import Bar, BarChart, BarRow, Lane
from tender_eval.documents.model import Block, Cell, Row, Tone, heading, row, table
from tender_eval.languages.inert import cut
from tender_eval.languages.runs import Inline, Run, joined, runs, soft
from tender_eval.model.evaluation import BidResult
from tender_eval.report.evaluation.contest import Contest
from tender_eval.report.evaluation.figures import WORDS
from tender_eval.report.terms.results import rank_of

MOST_HEADS = 3  # criteria that have room beside each other in the ranking
LONGEST_LABEL = 26


def ranking_section(contest: Contest) -> Iterator[Block]:
    """The bids from the first to the last, those that are not ranked at the end."""
    yield heading(WORDS.say("ranking.heading"), contest.level, contest.at("ranking"))
    if chart := ranking_chart(contest):
        yield chart
    evaluation, figures = contest.evaluation, contest.figures
    roots = evaluation.roots
    roots = roots if len(roots) <= MOST_HEADS else ()
    heads = [WORDS("ranking.rank"), WORDS("ranking.bid"), capital(evaluation.figure)]
    heads += [WORDS("ranking.award")] if evaluation.shares_money else []
    heads += [
        WORDS("ranking.of", title=root.title or root.id, available=figures.available(root.available)) for root in roots
    ]
    rows: list[Row] = []
    for bid in contest.bids:
        cells: list[Inline | Cell] = [rank_of(bid), linked(contest, bid), figures.figure(bid.figure)]
        cells += [figures.money(bid.award)] if evaluation.shares_money else []
        cells += [figures.points(c.points if c else None) for c in map(bid.criterion, (root.id for root in roots))]
        rows.append(row([*cells, status_cell(contest, bid)], "won" if bid.id in contest.decided else ""))
    caption = WORDS("ranking.caption", figure=evaluation.figure, best=WORDS(f"best.{evaluation.best}"))
    yield table(caption, [*heads, WORDS("ranking.status")], rows, (0, *range(2, len(heads))), named=1)


def linked(contest: Contest, bid: BidResult) -> Inline:
    """A bid by name, leading to its own section, and by id."""
    return with_id(contest.figures.called(bid, contest.anchor_of(bid)), bid)


def with_id(called: Run, bid: BidResult) -> Inline:
    """What a bid is called, and its id."""
    return joined((called, soft(WORDS("aside", text=bid.id))), " ")


def status_cell(contest: Contest, bid: BidResult) -> Cell:
    """How a bid came out, in a small box."""
    tone: Tone = "none" if bid.rank is not None else "out"
    if bid.tied or bid.id in contest.decided:
        tone = "winner" if bid.id in contest.decided else "tied"
    return Cell(runs(contest.status_of(bid)), tone=tone)


def ranking_chart(contest: Contest) -> BarChart | None:
    """A bar for the figure of each ranked bid, from a common zero; None where nothing is ranked."""
    evaluation = contest.evaluation
    ranked = [(b, b.figure) for b in contest.bids if b.figure is not None]
    if not ranked:
        return None
    least = min(Fraction(0), *(f for _, f in ranked), Fraction(0))
    most = max(Fraction(0), *(f for _, f in ranked), Fraction(0))
    span = (most - least) or Fraction(1)
    rows = []
    for bid, figure in ranked:
        start, end = sorted((Fraction(0), figure))
        bar = Bar(float((start - least) / span), float((end - least) / span))
        value = contest.figures.figure(figure)
        rows.append(BarRow(label_of(bid), (Lane((bar,)),), value, bid.id in contest.decided))
    direction = WORDS(f"ranking.{evaluation.best} first")
    says = WORDS("ranking.chart says", bids=WORDS.count("bids", len(rows)), direction=direction)
    title = WORDS("ranking.chart", figure=evaluation.figure)
    return BarChart(contest.at("bars"), title, says, tuple(rows), note=direction)


def label_of(bid: BidResult) -> str:
    """A bid at the left of its bar."""
    return f"{rank_of(bid)}  {cut(bid.name, LONGEST_LABEL)}"


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
