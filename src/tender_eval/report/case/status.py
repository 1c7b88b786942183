"""How a case stands, as a document: phase, winner, bids that are out, open matters, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tender_eval.case.case import Case
from tender_eval.case.next import Next, next_acts
from tender_eval.case.state import WHOLE
from tender_eval.documents.model import Block, Document, heading, items, paragraph, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.results import flags
from tender_eval.languages.runs import Inline, code, name, strong
from tender_eval.report.case.effects import at_lot, effect, names_of
from tender_eval.report.case.panel import panel_lines

t = catalogue("case")


def status_document(case: Case, record: str, standstill_ends: date | None = None) -> Document:
    """How a case stands.

    Args:
        record: the record's file, as the commands of what comes next name it.
    """
    title = case.bids.tender.title or case.state.whole.scheme.title
    return Document(title, blocks=tuple(_blocks(case, record, standstill_ends)), language=t.tag)


def _blocks(case: Case, record: str, standstill_ends: date | None) -> Iterator[Block]:
    if case.state.lots == (WHOLE,):
        yield paragraph(t.say("stands", phase=strong(t(f"phase.{case.phase()}")), award=_awarded(case, WHOLE)))
    else:
        rows = [(name(lot), t(f"phase.{case.phase(lot)}"), _awarded(case, lot)) for lot in case.state.lots]
        yield table("", [t("head.lot"), t("head.phase"), t("head.award")], rows)
    if standstill_ends:
        yield paragraph(t("standstill", day=t.day(standstill_ends)))
    if rounds := case.state.whole.scheme.regime.rounds:
        yield paragraph(t("round", round=case.state.round, rounds=rounds))
    yield from _listed("heading.out", [_out(case, *key) for key in case.state.out])
    matters = [
        t.say(
            "matter.of bid" if m.bid else "matter",
            id=m.id, kind=t(f"matter.{m.kind}"), bid=name(m.bid), lot=at_lot(m.lot), entry=m.opened_by,
        )
        for m in case.matters
        if m.closed_by is None
    ]  # fmt: skip
    yield from _listed("heading.matters", matters)
    yield from _listed("heading.flags", list(dict.fromkeys(_flagged(case))))
    yield from _listed("heading.panel", list(panel_lines(case.state)))
    yield from _listed("heading.changed", [said for told in case.acts if (said := effect(case.state, told))])
    yield from _listed("heading.next", [next_line(step, record) for step in next_acts(case.state)])


def _listed(key: str, told: Sequence[Inline]) -> list[Block]:
    return [heading(t.say(key)), items(told, tone="out")] if told else []


def _awarded(case: Case, lot: str) -> Inline:
    """Who is awarded, or would be; nothing where the state has no winner."""
    decision, winners = case.decision(lot), case.awarded(lot)
    if decision and not winners:
        return t.say("award.nobody", reason=name(decision.no_award), entry=decision.entry)
    if not winners:
        return t("award.tie") if case.tied(lot) else t("award.open")
    known = names_of(case.state)
    names = t.listed([name(known[bid]) for bid in winners])
    return t.say("award.decided" if decision else "award.first", names=names)


def _out(case: Case, bid: str, lot: str) -> Inline:
    found = case.state.out[bid, lot]
    keys = ("out", "out.under clause") if found.entry else ("out in file", "out.under clause in file")
    key = keys[bool(found.removed.clause)]
    return t.say(
        key, bid=name(names_of(case.state)[bid]), lot=at_lot(lot), how=t(f"standing.{found.removed.kind}"),
        clause=name(found.removed.clause), reason=name(found.removed.reason), entry=found.entry or "",
    )  # fmt: skip


def _flagged(case: Case) -> Iterator[Inline]:
    """What is to be looked at before a decision; none of it keeps anybody from deciding."""
    for lot in case.state.lots:
        if case.evaluated(lot) and not case.decided(lot):
            for bid in case.evaluations[lot].bids:
                for said in flags(bid):
                    yield t.say("told.flag", bid=name(bid.name), lot=at_lot(lot), flag=said)


def next_line(step: Next, record: str) -> Inline:
    """Whose turn it is, and the command to type."""
    return t.say("next", who=t(f"who.{step.who}"), command=code(step.typed(record)))
