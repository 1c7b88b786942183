"""UK7, the contract details notice: the contract that was entered into, and by which indicators it is held to account.

Source: Procurement Act 2023 ss.52 and 53; Procurement Regulations 2024 reg. 32(2), of which the fields up to the lot
were read; the further ones, and the order, are those in which Find a Tender shows the notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Document, heading, paragraph
from tender_eval.languages.numbers import money
from tender_eval.languages.runs import name
from tender_eval.model.bids import Bid
from tender_eval.model.regime import Law, Regime
from tender_eval.regime.duties import duty, rows_of
from tender_eval.report.notices.parts import (
    Stated,
    above_threshold,
    notice,
    term_and_kind,
    value_of,
)
from tender_eval.report.notices.sheet import Field, field, lot_title, section, t
from tender_eval.report.terms.law import cited_after

RULE = "key_performance_indicators"


def contract_details(case: Case, stated: Stated, *, draft: bool = False, record: str = "RECORD") -> Document:
    """The field sheet; arguments and errors as of `award_notice`."""

    def of_lot(lot: str, won: tuple[Bid, ...]) -> Iterator[Block]:
        yield from section(lot_title(case, lot), _contract(case, lot, won, stated.signed_on.get(lot)))
        yield heading(t("section.indicators"), 2)
        yield from indicators(case.state.whole.scheme.regime)

    return notice("uk7", case, stated, of_lot, draft=draft, record=record)


def _contract(case: Case, lot: str, won: tuple[Bid, ...], signed_on: date | None) -> Iterator[Field]:
    row = duty(case.state.whole.scheme.regime, "contract_details")
    due = ""
    if row and row.figure is not None:
        due = t("note.details due", days=int(row.figure), clause=cited_after(row.clauses[0]))
    yield field("suppliers", t.listed([name(bid.name) for bid in won]))
    early = signed_early(case, lot, signed_on) if signed_on else None
    note = t("note.signed early", day=t.day(early)) if early else ""
    yield field("signed", t.day(signed_on) if signed_on else "", " ".join(filter(None, (note, due))))
    for bid in won:
        yield value_of(case, lot, bid)
    yield above_threshold(case)
    yield from term_and_kind(case)
    yield field("locations")
    yield field("copy", "", _copy_due(case.state.whole.scheme.regime))


def signed_early(case: Case, lot: str, signed_on: date) -> date | None:
    """The last day of the standstill period of a lot, where its contract was signed by then; None where it was not."""
    period = case.standstill(lot)
    return period.ends if period and signed_on <= period.ends else None


def _copy_due(regime: Regime) -> str:
    """By when a copy of the contract is due; nothing where none is."""
    row = duty(regime, "contract_copy")
    if row is None or row.figure is None:
        return ""
    return t("note.copy due", days=int(row.figure), clause=cited_after(row.clauses[0]))


def indicators(regime: Regime) -> Iterator[Block]:
    """Whether key performance indicators must be set, and the fields of each that is due."""
    row = duty(regime, RULE)
    if row is None or row.figure is None or regime.concession:
        yield paragraph(_not_due(regime))
        return
    above = money(row.above, "GBP") if row.above is not None else ""
    yield paragraph(
        t("indicators.due", n=int(row.figure), above=above, clause=cited_after(row.clauses[0])),
        t("indicators.value unknown") if regime.estimated_value is None else "",
        t("indicators.unless"),
    )
    for number in range(1, int(row.figure) + 1):
        fields = [field("indicator"), field("indicator_description"), field("indicator_frequency")]
        yield from section(t("indicator", n=number), fields, 3)


def _not_due(regime: Regime) -> str:
    """Why none must be set."""
    (row,) = rows_of(RULE)
    if regime.law is not Law.PROCUREMENT_ACT_2023:
        return t("indicators.other law")
    if regime.concession:
        return t("indicators.concession", clause=cited_after(row.clauses[0]))
    if regime.light_touch:
        return t("indicators.light touch", clause=cited_after(row.clauses[0]))
    return t("indicators.small", above=money(row.above, "GBP") if row.above is not None else "")
