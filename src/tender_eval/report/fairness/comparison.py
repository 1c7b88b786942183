"""The same bids under other schemes and price formulas."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block
from tender_eval.fairness.findings.results import Alternative, Order
from tender_eval.languages.numbers import grouped
from tender_eval.languages.runs import Run, Runs, name
from tender_eval.report.fairness.lot_report import NONE, LotReport
from tender_eval.report.fairness.numbers import percent_of
from tender_eval.report.fairness.reversals import without_repeats
from tender_eval.report.fairness.worth import about


def sentences(report: LotReport) -> Iterator[Runs]:
    """Who wins under those that change the winner, or that none does."""
    found, messages = report.findings, report.messages
    others: dict[tuple[bool, Order], list[Run]] = {}
    for other in found.alternatives[1:]:
        title = name(other.formula) if other.formula else _title(other, report)
        others.setdefault((bool(other.formula), other.winner), []).append(title)
    changed = {key: titles for key, titles in others.items() if set(key[1]) != set(found.winner)}
    for (formulas, winner), titles in changed.items():
        key = "answer.other formulas" if formulas else "answer.other winners"
        yield messages.say(key, schemes=messages.listed(titles), winner=report.names.wins(winner))
    if others and not changed:
        yield messages.say_count("answer.same winner", len(found.alternatives) - 1)


def section(report: LotReport) -> Iterator[Block]:
    """This scheme first."""
    found, names, messages = report.findings, report.names, report.messages
    if not found.alternatives:
        return
    yield from report.opening("compare", messages("compare.lead"))
    rows = [
        (
            _title(other, report),
            names.bids(other.winner) or NONE,
            _lead(other),
            str(len(without_repeats(other.reversals))),
            NONE if other.nominal_price is None else percent_of(other.nominal_price),
            NONE if other.effective_price is None else percent_of(other.effective_price),
            _point(other, report),
        )
        for other in found.alternatives
    ]
    keys = ("scheme", "winner", "ahead", "reversals", "published", "acts", "point")
    heads = tuple("winner" if k == "winner" else f"compare.{k}" for k in keys)
    notes = [messages("compare.note")] if any(other.formula for other in found.alternatives) else []
    notes += [messages("compare.unsaid")] if any(other.nominal_price is None for other in found.alternatives) else []
    yield from report.table("compare", heads, rows, (2, 3, 4, 5, 6), notes=notes)


def _point(other: Alternative, report: LotReport) -> str:
    """What a quality point is worth, from the bid to which it is worth least to that to which it is worth most."""
    told = [one.money for one in other.worth if one.money is not None]
    if not told:
        return NONE
    ends = about(min(told), report), about(max(told), report)
    return ends[0] if ends[0] == ends[1] else report.messages("compare.from to", least=ends[0], most=ends[1])


def _lead(other: Alternative) -> str:
    """By how much the first leads the second: the gap, and its share of the first's figure."""
    if other.gap is None:
        return NONE
    gap = grouped(other.gap.printed)
    return gap if other.margin_share is None else f"{gap} ({percent_of(other.margin_share)})"


def _title(other: Alternative, report: LotReport) -> Run:
    """The title of a scheme that is compared, with its id or place where several have that title.

    Where it is this scheme with another price formula, only that.
    """
    found = report.findings
    if other is found.alternatives[0]:
        return Run(report.messages("compare.this"))
    if other.formula:
        return Run(report.messages("compare.formula", formula=other.formula))
    if [one.title for one in found.alternatives if not one.formula].count(other.title) == 1:
        return name(other.title)
    same = [
        one for one in found.alternatives[1:] if (one.title, one.scheme, one.formula) == (other.title, other.scheme, "")
    ]
    nth = 1 + next(n for n, one in enumerate(same) if one is other)
    return name(f"{other.title} ({other.scheme}{f', {nth}' if len(same) > 1 else ''})")
