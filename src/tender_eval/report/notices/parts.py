"""What the notices of an award have in common: the scope, the procedure, the suppliers and the authority."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Document, Notice, heading, paragraph
from tender_eval.engine.facts.price import offered_price
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import money
from tender_eval.languages.runs import Inline, name, runs
from tender_eval.model.bids import Bid, Member, bid_of
from tender_eval.model.regime import Law, Regime
from tender_eval.model.suppliers import is_subcontractor
from tender_eval.regime.duties import covered, duty, threshold
from tender_eval.report.case.assessed import is_sme, is_vcse
from tender_eval.report.notices.sheet import Field, field, lot_title, lots_told, section, sheet, t, yes_or_no
from tender_eval.report.terms.law import cited_after

if TYPE_CHECKING:
    from tender_eval.files.authority import Letterhead

terms = catalogue("terms")


@dataclass(frozen=True, slots=True)
class Stated:
    """What whoever makes a notice says, and no record holds.

    Attributes:
        authority: who publishes it.
        buyer_id: of the authority in a register, such as ``GB-PPON-PABC-1234-DEFG``.
        summaries_sent_on: the day on which the assessment summaries were sent.
        losers: whether the unsuccessful suppliers are named too.
        signed_on: by lot, the day on which its contract was signed.
    """

    authority: Letterhead | None = None
    buyer_id: str = ""
    summaries_sent_on: date | None = None
    losers: bool = False
    signed_on: Mapping[str, date] = kept(default_factory=dict)


def notice(
    kind: str,
    case: Case,
    stated: Stated,
    of_lot: Callable[[str, tuple[Bid, ...]], Iterable[Block]],
    *,
    draft: bool,
    record: str,
) -> Document:
    """The field sheet of a kind of notice: lot by lot what it tells of one and who won it, or that nobody did.

    Raises:
        Refused: TE087 or TE088, saying what comes next, while there is nothing to tell.
    """
    won = winners(case, draft, record)

    def blocks() -> Iterator[Block]:
        yield paragraph(t(f"{kind}.about"))
        yield from _not_of_it(case.state.whole.scheme.regime)
        yield from _scope(case)
        yield from lot_by_lot(case, won, of_lot)
        if any(won.values()):
            yield from _procedure(case)
            yield from _suppliers([bid for bids in won.values() for bid in bids])
        yield from _authority(case, stated)

    return sheet(case, kind, blocks(), won)


def _not_of_it(regime: Regime) -> Iterator[Block]:
    """That these notices are of the Act, where another law governs the contract or it is below its threshold."""
    law = regime.law
    if law is Law.BELOW_THRESHOLD or (law is Law.PROCUREMENT_ACT_2023 and covered(regime) is False):
        yield Notice(runs(t("of it.below")))
    elif law not in (None, Law.PROCUREMENT_ACT_2023):
        yield Notice(runs(t("of it.other", law=terms(f"law.{law}"))))


def lot_by_lot(
    case: Case, won: Mapping[str, tuple[Bid, ...]], of_lot: Callable[[str, tuple[Bid, ...]], Iterable[Block]]
) -> Iterator[Block]:
    """What is told of each lot that somebody won, and of the others that nobody did."""
    for lot, bids in won.items():
        if bids:
            yield from of_lot(lot, bids)
        else:
            yield heading(lot_title(case, lot), 1)
            yield paragraph(*_nobody(case, lot))


def _nobody(case: Case, lot: str) -> Iterator[Inline]:
    """That nobody is awarded a lot, and why; or that it is open."""
    decision = case.decision(lot)
    if decision is None:
        yield t("open")
        return
    yield t.say("nobody", reason=name(decision.no_award)) if decision.no_award else t("nobody left")


def term_and_kind(case: Case) -> Iterator[Field]:
    """How long the contract runs, and what it is for."""
    years = case.state.whole.scheme.regime.years
    yield field("dates", "", t.count("note.years", years) if years else "")
    yield field("extension")
    yield field("category")
    yield field("cpv")


def winners(case: Case, draft: bool, record: str) -> dict[str, tuple[Bid, ...]]:
    """By lot that may be told of, the bids that may be named as awarded it, as they stand for it.

    Raises:
        Refused: as of `lots_told`.
    """
    named = {lot: case.announced(lot, draft=draft) for lot in lots_told(case, draft, record)}
    return {lot: tuple(bid for bid in case.bids_for(lot).bids if bid.id in ids) for lot, ids in named.items()}


def _scope(case: Case) -> Iterator[Block]:
    """What is bought."""
    tender, scheme = case.bids.tender, case.state.whole.scheme
    value = scheme.regime.estimated_value
    fields = [
        field("reference", name(tender.id) if tender.id else ""),
        field("title", name(tender.title or scheme.title)),
        field("description"),
        field("total_value", money(value, scheme.currency) if value is not None else "", t("note.value with tax")),
    ]
    yield from section(t("section.scope"), fields)


def value_of(case: Case, lot: str, bid: Bid) -> Field:
    """What the contract is worth: what a rule that shares out money gives, else the price as it was offered."""
    scheme, result = case.state.whole.scheme, case.evaluations[lot].find(bid.id)
    amount: Fraction | None = result.award if result and result.award is not None else None
    amount = offered_price(bid, scheme.price) if amount is None else amount
    told = money(amount, bid.currency or scheme.currency) if amount is not None else ""
    return field("contract_value", told, t(f"note.tax {scheme.tax}") if scheme.tax else t("note.tax unknown"))


def above_threshold(case: Case) -> Field:
    """Whether the contract is not below its threshold."""
    regime = case.state.whole.scheme.regime
    row = threshold(regime)
    note = t("note.threshold", figure=money(row.figure, "GBP")) if row and row.figure is not None else ""
    return field("above_threshold", yes_or_no(covered(regime)), note)


def _procedure(case: Case) -> Iterator[Block]:
    """How the contract was let, and whether conflicts of interest were looked for."""
    regime = case.state.whole.scheme.regime
    day = regime.conflicts_assessment
    yield from section(
        t("section.conflicts"),
        [field("conflicts", t("prepared on", day=t.day(day)) if day else ""), field("conflicts_revised")],
    )
    special = t("light touch") if regime.light_touch else t("none") if regime.light_touch is False else ""
    stated = regime.procedure.value.replace("-", " ") if regime.procedure else ""
    yield from section(t("section.procedure"), [field("procedure", stated), field("special_regime", special)])


def _suppliers(won: Sequence[Bid]) -> Iterator[Block]:
    """Each supplier that is awarded something, once."""
    for bid in {bid_of(one.id): one for one in won}.values():
        yield from section(t("section.supplier", name=bid.name), _supplier(bid))


def of_supplier(bid: Bid) -> Mapping[str, Inline]:
    """What a bid states of its supplier, by the keys of the fields; empty where it does not."""
    identifier, address = bid.figures.get("supplier.identifier"), in_a_row(bid.contact.address)
    return {
        "identifier": str(identifier.value) if identifier else "",
        "address": name(address) if address else "",
        "sme": yes_or_no(is_sme(bid)),
        "vcse": yes_or_no(is_vcse(bid)),
    }


def _supplier(bid: Bid) -> Iterator[Field]:
    stated = of_supplier(bid)
    joint = [m for m in bid.members if m.confirmed and not is_subcontractor(m.role)]
    relied = [m for m in bid.members if m.confirmed and is_subcontractor(m.role)]
    yield field("supplier_name", name(bid.name))
    yield field("identifier", stated["identifier"])
    yield field("address", stated["address"])
    yield field("email", name(bid.contact.email) if bid.contact.email else "")
    yield field("consortium", _members(joint))
    yield field("sme", stated["sme"], t("note.sme"))
    yield field("vcse", stated["vcse"])
    yield field("supported_employment")
    yield field("public_service_mutual")
    yield field("associated", _members(relied))
    yield field("connected")


def _members(members: Sequence[Member]) -> Inline:
    return t.listed([name(member.name) for member in members]) if members else t("no")


def _authority(case: Case, stated: Stated) -> Iterator[Block]:
    """Who lets the contract."""
    found, kind = stated.authority, case.state.whole.scheme.regime.authority
    yield from section(
        t("section.authority"),
        [
            field("authority_name", name(found.name) if found else ""),
            field("identifier", stated.buyer_id),
            field("address", name(in_a_row(found.address)) if found and found.address else ""),
            field("contact", name(in_a_row(found.contact)) if found and found.contact else ""),
            field("authority_kind", kind.value.replace("_", "-") if kind else ""),
        ],
    )


def clause_of(case: Case, rule: str) -> str:
    """Where the rule that binds the contract stands, with that its wording was not read where it was not."""
    row = duty(case.state.whole.scheme.regime, rule)
    if row is None:
        return ""
    return t("clause" if row.verified else "clause unread", clause=cited_after(row.clauses[0]))
