"""UK6, the contract award notice: who is to be awarded the contract, before it is entered into.

Source: Procurement Act 2023 s.50(1) and (2); Procurement Regulations 2024 reg. 27; for devolved Welsh authorities
Procurement (Wales) Regulations 2024 reg. 28, which counts the unsuccessful and names none of them. The order is that in
which Find a Tender shows the notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Document
from tender_eval.languages.runs import Inline, name
from tender_eval.model.bids import Bid, bid_of
from tender_eval.model.evaluation import bids_of
from tender_eval.regime.duties import duty
from tender_eval.report.case.assessed import assessed, counts
from tender_eval.report.notices.parts import (
    Stated,
    above_threshold,
    clause_of,
    notice,
    of_supplier,
    term_and_kind,
    value_of,
)
from tender_eval.report.notices.sheet import Field, field, lot_title, section, t
from tender_eval.report.terms.law import cited_after


def award_notice(case: Case, stated: Stated, *, draft: bool = False, record: str = "RECORD") -> Document:
    """The field sheet.

    Args:
        draft: before the award is decided too; the sheet then says so on every page.
        record: the record's file, as the commands of what comes next name it.

    Raises:
        Refused: TE087 or TE088, saying what comes next, while there is nothing to tell.
    """

    def of_lot(lot: str, won: tuple[Bid, ...]) -> Iterator[Block]:
        yield from section(lot_title(case, lot), _contract(case, lot, won, stated))
        yield from section(t("section.tenders", lot=lot_title(case, lot)), _tenders(case, lot, won, stated), 2)

    return notice("uk6", case, stated, of_lot, draft=draft, record=record)


def _contract(case: Case, lot: str, won: tuple[Bid, ...], stated: Stated) -> Iterator[Field]:
    decision, period = case.decision(lot), case.standstill(lot)
    at = next((entry.at[:10] for entry in case.entries if decision and entry.number == decision.entry), "")
    areas = case.bids_for(lot).tender.figures.get("areas")
    named = t("note.areas", areas=t.listing(areas.value)) if areas and isinstance(areas.value, tuple) else ""
    sent = stated.summaries_sent_on
    summaries = clause_of(case, "assessment_summary")
    yield field("suppliers", t.listed([name(bid.name) for bid in won]))
    for bid in won:
        yield value_of(case, lot, bid)
    yield above_threshold(case)
    yield field("decided_on", t.date(at) if at else "")
    yield field("summaries_sent", t.day(sent) if sent else "", summaries)
    yield _standstill(case, lot)
    yield field("signed_earliest", "", t("note.not before", day=t.day(period.ends + timedelta(1))) if period else "")
    yield from term_and_kind(case)
    yield field("locations", "", named)


def _standstill(case: Case, lot: str) -> Field:
    """The period, or that none is due."""
    row, period = duty(case.state.whole.scheme.regime, "standstill"), case.standstill(lot)
    if row is None:
        return field("standstill", t("standstill none"))
    light = "light touch" if row.who.light_touch else "framework"
    kind = t("standstill mandatory" if row.says == "must" else f"standstill {light}")
    note = t("note.standstill", kind=kind, clause=cited_after(row.clauses[0]))
    told = t("standstill from to", begins=t.day(period.begins), ends=t.day(period.ends)) if period else ""
    return field("standstill", told, note)


def _tenders(case: Case, lot: str, won: tuple[Bid, ...], stated: Stated) -> Iterator[Field]:
    found, named = assessed(case, lot), {bid_of(bid.id) for bid in won}
    counted, lost = counts(found), [bid for bid in found if bid_of(bid.id) not in named]
    yield field("received", str(len(bids_of(case.evaluations[lot].bids))))
    yield field("assessed", str(counted.bids), t("note.assessed"))
    counted_alone = clause_of(case, "unsuccessful_counted")
    if counted_alone:
        unsuccessful = counts(lost)
        yield _count("unsuccessful_sme", unsuccessful.sme)
        yield _count("unsuccessful_vcse", unsuccessful.vcse)
    else:
        yield _count("assessed_sme", counted.sme)
        yield _count("assessed_vcse", counted.vcse)
    yield field("awarded", str(len(won)))
    due = clause_of(case, "unsuccessful_suppliers")
    note = t("note.names due", clause=due) if due else t("note.names withheld")
    note = t("note.counted alone", clause=counted_alone) if counted_alone else note
    yield field("unsuccessful", str(len(lost)), "" if stated.losers or not lost else note)
    if stated.losers:
        for bid in lost:
            yield field("unsuccessful_name", name(bid.name), t.listed(_of_loser(bid)))


def _count(key: str, number: int | None) -> Field:
    return field(key, "" if number is None else str(number))


def _of_loser(bid: Bid) -> list[Inline]:
    """What the notice asks for beside the name (reg. 27(2)(o)(iii)); what is not stated is asked for."""
    told = of_supplier(bid)
    return [t.say("note.of loser", field=t(f"field.{key}"), value=value or t("ask")) for key, value in told.items()]
