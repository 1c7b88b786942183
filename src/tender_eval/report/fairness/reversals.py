"""Rank reversal: who changes places when a bid comes or goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tender_eval.documents.model import Block, paragraph
from tender_eval.fairness.findings.results import Order, Reversal
from tender_eval.languages.runs import Runs, runs
from tender_eval.report.fairness.gaming import dummy_in_words
from tender_eval.report.fairness.lot_report import NONE, LotReport

NAMED = 3  # findings of a kind that are told in words; the rest are counted, and stand in the tables
NAMED_ORDER = 1
EITHER = "either"  # what stands for removing a bid and rejecting it, where both do the same


def sentences(report: LotReport) -> Iterator[Runs]:
    """What changes who wins, then one change of order that does not."""
    reversals = without_repeats(report.findings.reversals)
    award = [r for r in reversals if r.changes_award]
    order = [r for r in reversals if not r.changes_award]
    first = _first_of_each(award)
    for reversal in first[:NAMED]:
        yield _in_words(reversal, report)
    changes = {(r.change, r.bid, r.dummy) for r in award}
    if len(changes) > min(NAMED, len(first)):
        yield report.messages.say_count("answer.more wins", len(changes) - min(NAMED, len(first)))
    for reversal in _first_of_each(order)[:NAMED_ORDER]:
        yield _in_words(reversal, report)
    if not report.findings.reversals:
        yield _none(report)


def section(report: LotReport) -> Iterator[Block]:
    """All of them, what changes the winner first; or why there is none."""
    yield from report.opening("reversals")
    keys = ("reversals.change", "reversals.ahead", "reversals.behind", "reversals.winner")
    ordered = sorted(without_repeats(report.findings.reversals), key=lambda r: not r.changes_award)
    yield from report.table("reversals", keys, [_row(r, report) for r in ordered], ())
    if not ordered and not report.brief:
        yield paragraph(_none(report))


def without_repeats(reversals: Sequence[Reversal]) -> tuple[Reversal, ...]:
    """The reversals; what comes of removing a bid and of rejecting it alike is told once, as ``either``."""

    def same(r: Reversal) -> tuple[object, ...]:
        return r.bid, r.pair, r.was, r.winner_before, r.winner_after

    by = {change: {same(r) for r in reversals if r.change == change} for change in ("remove", "reject")}
    both = by["remove"] & by["reject"]
    return tuple(
        replace(r, change=EITHER) if r.change == "remove" and same(r) in both else r
        for r in reversals
        if not (r.change == "reject" and same(r) in both)
    )


def _none(report: LotReport) -> Runs:
    if len(report.findings.order) < 2:
        return report.messages.say("answer.too few")
    return report.messages.say("answer.independent" if report.findings.independent else "answer.no reversal")


def _row(reversal: Reversal, report: LotReport) -> tuple[Runs, ...]:
    found, names = report.findings, report.names
    who = dummy_in_words(reversal.dummy, names) if reversal.dummy else names.bid(reversal.bid)
    change = report.messages.say(f"reversals.{reversal.change}", bid=who)
    behind, ahead = reversal.pair
    same = not reversal.changes_award and reversal.bid not in found.winner
    winner = report.messages.say("reversals.same") if same else names.bids(reversal.winner_after) or runs(NONE)
    return change, runs(names.bid(ahead)), runs(names.bid(behind)), winner


def _in_words(reversal: Reversal, report: LotReport) -> Runs:
    names, messages = report.names, report.messages
    behind, ahead = reversal.pair
    after, before = reversal.winner_after, reversal.winner_before
    first = reversal.bid in report.findings.winner
    ties = len(after) > 1 and not names.several
    if not reversal.changes_award:
        result = "rest" if first else "order"
    elif not after:
        result = "nobody"
    else:
        result = ("next tie" if ties else "next") if first else "tie" if ties else "wins"
        if reversal.change == "add":  # the bid that comes may be ahead of them all
            result = "tie of others" if ties else "first of others"
    change = messages.say(
        f"change.{reversal.change}{' first' if first else ''}",
        bid=dummy_in_words(reversal.dummy, names) if reversal.dummy else names.bid(reversal.bid),
        now=messages("now.several" if names.several else "now.first"),
    )
    then = {"before": names.bids(before), "after": names.bids(after)}
    result_told = messages.say(f"result.{result}", **then, ahead=names.bid(ahead), behind=names.bid(behind))
    return messages.say("answer.change", change=change, result=result_told)


def _first_of_each(reversals: Sequence[Reversal]) -> list[Reversal]:
    """One reversal of each kind of change and each new winner, real bids before dummies."""
    kept: dict[tuple[str, Order], Reversal] = {}
    for reversal in sorted(reversals, key=lambda r: (EITHER, "remove", "reject", "add").index(r.change)):
        kept.setdefault((reversal.change, reversal.winner_after), reversal)
    return list(kept.values())
