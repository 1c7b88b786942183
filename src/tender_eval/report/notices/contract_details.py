"""UK7, the contract details notice: the contract that was entered into, and by which indicators it is held to account.

Source: Procurement Act 2023 ss.52 and 53; Procurement Regulations 2024 reg. 32(2), of which the fields up to the lot
were read; the further ones, and the order, are those in which Find a Tender shows the notice.
"""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Document, heading, paragraph
from tender_eval.languages.numbers import money
from tender_eval.languages.runs import name
from tender_eval.model.bids import Bid
from tender_eval.model.regime import Law, Regime
from tender_eval.regime.duties import duties, duty
from tender_eval.report.notices.award_notice import nobody
from tender_eval.report.notices.parts import (
    Stated,
    above_threshold,
    authority,
    procedure,
    scope,
    suppliers,
    value_of,
    winners,
)
from tender_eval.report.notices.sheet import Field, field, lot_title, lots_told, section, sheet, t
from tender_eval.report.terms.law import cited_after

RULE = "key_performance_indicators"


def contract_details(case: Case, stated: Stated, *, draft: bool = False, record: str = "RECORD") -> Document:
    """The field sheet; arguments and errors as of `award_notice`."""
    lots = lots_told(case, draft, record)
    return sheet(case, "uk7", _blocks(case, stated, lots, draft), lots)


def _blocks(case: Case, stated: Stated, lots: tuple[str, ...], draft: bool) -> Iterator[Block]:
    won: list[Bid] = []
    yield paragraph(t("uk7.about"))
    yield from scope(case)
    for lot in lots:
        found = winners(case, lot, draft)
        if not found:
            yield heading(lot_title(case, lot), 1)
            yield paragraph(*nobody(case, lot))
            continue
        won += found
        yield from section(lot_title(case, lot), _contract(case, lot, found))
        yield heading(t("section.indicators"), 2)
        yield from indicators(case.state.whole.scheme.regime)
    if won:
        yield from procedure(case)
        yield from suppliers(won)
    yield from authority(case, stated)


def _contract(case: Case, lot: str, won: tuple[Bid, ...]) -> Iterator[Field]:
    row = duty(case.state.whole.scheme.regime, "contract_details")
    due = ""
    if row and row.figure is not None:
        due = t("note.details due", days=int(row.figure), clause=cited_after(row.clauses[0]))
    yield field("suppliers", t.listed([name(bid.name) for bid in won]))
    yield field("signed", "", due)
    for bid in won:
        yield value_of(case, lot, bid)
    yield above_threshold(case)
    years = case.state.whole.scheme.regime.years
    yield field("dates", "", t.count("note.years", years) if years else "")
    yield field("extension")
    yield field("category")
    yield field("cpv")
    yield field("locations")
    yield field("copy", "", _copy_due(case.state.whole.scheme.regime))


def _copy_due(regime: Regime) -> str:
    """By when a copy of the contract is due; nothing where none is."""
    row = duty(regime, "contract_copy")
    if row is None or row.figure is None:
        return ""
    return t("note.copy due", days=int(row.figure), clause=cited_after(row.clauses[0]))


def indicators(regime: Regime) -> Iterator[Block]:
    """Whether key performance indicators must be set, and the fields of each that is due."""
    row = duty(regime, RULE)
    if row is None or row.figure is None:
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
    row = next(one for one in duties().rows if one.rule == RULE)
    if regime.law is not Law.PROCUREMENT_ACT_2023:
        return t("indicators.other law")
    if regime.light_touch:
        return t("indicators.light touch", clause=cited_after(row.clauses[0]))
    return t("indicators.small", above=money(row.above, "GBP") if row.above is not None else "")
