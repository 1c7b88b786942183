"""UK6, the contract award notice: who is to be awarded the contract, before it is entered into.

Source: Procurement Act 2023 s.50(1) and (2); Procurement Regulations 2024 reg. 27; for devolved Welsh authorities
Procurement (Wales) Regulations 2024 reg. 28, which counts the unsuccessful and names none of them. The order is that in
which Find a Tender shows the notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Document
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.runs import Inline, name
from tender_eval.model.bids import Bid
from tender_eval.regime.duties import duty
from tender_eval.report.case.assessed import assessed, final_stage, is_sme, is_vcse
from tender_eval.report.notices.parts import (
    Stated,
    above_threshold,
    clause_of,
    notice,
    term_and_kind,
    value_of,
)
from tender_eval.report.notices.sheet import Field, field, lot_title, section, t, yes_or_no
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
    kind = t("standstill mandatory" if row.says == "must" else "standstill voluntary")
    note = t("note.standstill", kind=kind, clause=cited_after(row.clauses[0]))
    told = t("standstill from to", begins=t.day(period.begins), ends=t.day(period.ends)) if period else ""
    return field("standstill", told, note)


def _tenders(case: Case, lot: str, won: tuple[Bid, ...], stated: Stated) -> Iterator[Field]:
    counted, evaluation = final_stage(case, lot), case.evaluations[lot]
    named = {bid.id for bid in won}
    lost = [bid for bid in assessed(case, lot) if bid.id not in named]
    yield field("received", str(len(evaluation.bids)))
    yield field("assessed", str(counted.bids), t("note.assessed"))
    counted_alone = clause_of(case, "unsuccessful_counted")
    if counted_alone:
        stated_bids = {bid.id: bid for bid in case.bids_for(lot).bids}
        yield _counted("unsuccessful_sme", [is_sme(stated_bids[bid.id]) for bid in lost])
        yield _counted("unsuccessful_vcse", [is_vcse(stated_bids[bid.id]) for bid in lost])
    else:
        yield field("assessed_sme", "" if counted.sme is None else str(counted.sme))
        yield field("assessed_vcse", "" if counted.vcse is None else str(counted.vcse))
    yield field("awarded", str(len(won)))
    due = clause_of(case, "unsuccessful_suppliers")
    note = t("note.names due", clause=due) if due else t("note.names withheld")
    note = t("note.counted alone", clause=counted_alone) if counted_alone else note
    yield field("unsuccessful", str(len(lost)), "" if stated.losers or not lost else note)
    if stated.losers:
        unsuccessful = {bid.id for bid in lost}
        for one in (one for one in case.bids_for(lot).bids if one.id in unsuccessful):
            yield field("unsuccessful_name", name(one.name), t.listed(_of_loser(one)))


def _counted(key: str, told: Sequence[bool | None]) -> Field:
    """How many are so; open where one of them does not say."""
    return field(key, "" if None in told else str(told.count(True)))


def _of_loser(bid: Bid) -> list[Inline]:
    """What the notice asks for beside the name (reg. 27(2)(o)(iii)); what is not stated is asked for."""
    identifier, address = bid.figures.get("supplier.identifier"), in_a_row(bid.contact.address)
    told: list[tuple[str, Inline]] = [
        ("identifier", str(identifier.value) if identifier else ""),
        ("address", name(address) if address else ""),
        ("sme", yes_or_no(is_sme(bid))),
        ("vcse", yes_or_no(is_vcse(bid))),
    ]
    return [t.say("note.of loser", field=t(f"field.{key}"), value=value or t("ask")) for key, value in told]
