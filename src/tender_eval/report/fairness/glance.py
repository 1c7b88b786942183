"""Every lot by itself on a line: who is first, by how much, and how little would change it."""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.documents.model import Row, Table, row, table
from tender_eval.fairness.findings.results import Acceptability, Findings
from tender_eval.languages.numbers import grouped
from tender_eval.languages.runs import Inline, Run, joined
from tender_eval.model.gap import gap_between
from tender_eval.report.fairness.lot_report import NONE, LotReport
from tender_eval.report.fairness.names import FAIRNESS
from tender_eval.report.fairness.numbers import percent_of
from tender_eval.report.fairness.tipping import less, smallest_discount
from tender_eval.report.terms.figures import in_its_unit

KEYS = ("lot", "first", "ahead", "near", "whole", "marks", "price")


def at_a_glance(reports: Mapping[str, LotReport]) -> Table:
    """A table with a line for each lot, and the way to it."""
    rows = [_row(lot, report) for lot, report in reports.items()]
    heads = [FAIRNESS(f"glance.{key}") for key in KEYS]
    return table(FAIRNESS("glance.caption"), heads, rows, (2, 3, 4, 5), notes=[FAIRNESS.say("glance.note")])


def _row(lot: str, report: LotReport) -> Row:
    found, names = report.findings, report.names
    return row(
        (
            (Run(lot, "code", to=report.anchor),),
            names.bids(found.winner) or NONE,
            _ahead(report),
            _first_in(found.near, found),
            _first_in(found.acceptability, found),
            str(len(found.marks)),
            _cheapest(report),
        )
    )


def _ahead(report: LotReport) -> str:
    """By how much the first is ahead of the next, as it is printed."""
    evaluation = report.lot_analysis.evaluation
    ranked = evaluation.ranked
    if len(ranked) < 2:
        return NONE
    return in_its_unit(grouped(gap_between(evaluation, *ranked[:2]).printed), evaluation.figure, report.names.currency)


def _first_in(shares: Acceptability | None, found: Findings) -> str:
    """In what share of draws the winner comes first; several that tie share a draw."""
    if shares is None or not found.winner:
        return NONE
    return percent_of(sum(shares.ranks[bid][0] for bid in found.winner if bid in shares.ranks))


def _cheapest(report: LotReport) -> Inline:
    """The bid that needs the smallest discount to win, and that discount."""
    can = smallest_discount(report.findings)
    if can is None:
        return NONE
    return joined([report.names.bid(can[0].bid), percent_of(less(*can))], FAIRNESS("enumeration"))
