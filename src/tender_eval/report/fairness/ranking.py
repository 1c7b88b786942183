"""Who is ranked, with ids and names, which the sentences use one or the other of; and what limits the answer."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.inert import cut
from tender_eval.languages.runs import Runs, capital
from tender_eval.report.fairness.lot_report import NONE, LotReport
from tender_eval.report.terms.figures import ranking_figure

LONGEST = 60  # columns of a name in a table of names alone


def sentences(report: LotReport) -> Iterator[Runs]:
    """That a lot may be awarded to another bid than its first, and to an offer for several lots."""
    if report.findings.limited_across_lots and not report.folded:
        yield report.messages.say("answer.limited")
    if report.findings.offers_left_out and not report.folded:
        yield report.messages.say("answer.alone")


def section(report: LotReport) -> Iterator[Block]:
    """The ranking as it stands. Where bids are given, `evaluate` shows it in a terminal."""
    if report.brief and report.findings.made_up is None:
        return
    evaluation, rows = report.lot_analysis.evaluation, []
    for bid in evaluation.bids:
        rank = NONE if bid.rank is None else str(bid.rank)
        figure = NONE if bid.figure is None else ranking_figure(evaluation, bid.figure, report.names.currency)
        rows.append((bid.id, cut(bid.name, LONGEST), rank, figure))
    if rows:
        yield from report.opening("bids")
    called = capital(cut(ranked_name(report.findings.figure), LONGEST))
    yield from report.table("bids", ("bid", "bids.supplier", "bids.rank"), rows, (2, 3), (called,))
