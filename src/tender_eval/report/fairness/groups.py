"""Groups of providers: how each fares beside all others."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block
from tender_eval.fairness.findings.results import GroupImpact
from tender_eval.languages.numbers import at_places
from tender_eval.languages.runs import Inline, Runs, capital, spaced
from tender_eval.report.fairness.lot_report import NONE, LotReport
from tender_eval.report.fairness.names import count
from tender_eval.report.fairness.numbers import is_low, percent_of, rate_of, ratio_of
from tender_eval.report.fairness.samples import group_sample, group_title

MORE_REJECTED = 0.1  # by which the rate of a group that is turned away must be above that of the others to be told


def sentences(report: LotReport) -> Iterator[Runs]:
    """Each group that wins at less than four fifths of the rate of the others, and where it loses."""
    messages = report.messages
    for group in report.findings.groups:
        if group.ratio is None or not is_low(group.ratio) or group.by_chance:
            continue
        parts = [
            messages.say(
                "answer.group",
                title=_title(group, report),
                members=count(group.members),
                bids=count(group.members + group.others),
                selected=rate_of(group.selected or 0),
                others=rate_of(group.selected_others or 0),
                ratio=ratio_of(group.ratio),
                chance=percent_of(group.chance or 0),
            )
        ]
        if (group.rejected or 0) > (group.rejected_others or 0) + MORE_REJECTED:
            rates = {"rejected": rate_of(group.rejected or 0), "others": rate_of(group.rejected_others or 0)}
            parts.append(messages.say("answer.group rejected", **rates))
        if group.widest_gap:
            parts.append(messages.say("answer.group gap", title=report.names.title(group.widest_gap)))
        yield spaced(*parts)


def _title(group: GroupImpact, report: LotReport) -> str:
    return capital(group_title(group.group, report.messages))


def section(report: LotReport) -> Iterator[Block]:
    """Rates, ratios and what makes the gap."""
    found = report.findings.groups
    if not found:
        return
    yield from report.opening("groups", report.messages("groups.lead"))
    ratios = any(group.ratio is not None for group in found)
    names = ("group", "members", "selected", "others", *(("ratio", "by lot") if ratios else ()), "rejected",
             "rejected others", "gap")  # fmt: skip
    heads = tuple(f"groups.{n}" for n in names)
    rows = [_row(group, report, ratios) for group in found]
    yield from report.table("groups", heads, rows, range(1, len(names) - 1), notes=tuple(_notes(report, ratios)))
    if not report.brief:
        yield from _gaps(report)


def _row(group: GroupImpact, report: LotReport, ratios: bool) -> tuple[Inline, ...]:
    ratio = NONE if group.ratio is None else ratio_of(group.ratio)
    if group.ratio is not None and is_low(group.ratio) and not group.by_chance:
        ratio = report.messages("groups.below", ratio=ratio)
    chance = NONE if group.chance is None else percent_of(group.chance)
    return (
        _title(group, report),
        count(group.members),
        *(NONE if s is None else rate_of(s) for s in (group.selected, group.selected_others)),
        *((ratio, chance) if ratios else ()),
        *(NONE if s is None else rate_of(s) for s in (group.rejected, group.rejected_others)),
        report.names.criterion(group.widest_gap) if group.widest_gap else NONE,
    )


def _notes(report: LotReport, ratios: bool) -> Iterator[str]:
    found, messages = report.findings.groups, report.messages
    bases = {group.sample for group in found}
    for group in found if len(bases) > 1 else found[:1]:
        over = group_sample(group.sample, messages)
        if len(bases) > 1:
            yield messages("groups.note", group=_title(group, report), over=over)
        else:
            yield messages("effective.note", over=over)
    yield messages("groups.chance note" if ratios else "groups.one award")


def _gaps(report: LotReport) -> Iterator[Block]:
    """Where the points of each group are gained and lost; as wide as there are groups."""
    found = [group for group in report.findings.groups if group.gaps]
    criteria = tuple(dict.fromkeys(c for group in found for c in group.gaps))
    rows: list[tuple[Inline, ...]] = [
        (report.names.criterion(c), *(at_places(g.gaps[c], 2, signed=True) if c in g.gaps else NONE for g in found))
        for c in criteria
    ]
    heads = [_title(group, report) for group in found]
    yield from report.table("gaps", ("criterion",), rows, range(1, len(heads) + 1), heads)
