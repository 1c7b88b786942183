"""Letters: one document for each supplier, under the Procurement Act 2023 an assessment summary for an assessed tender.

What one holds is what Procurement Regulations 2024 reg. 31 asks (with Procurement Act 2023 s.50): the criteria,
their importance and the scores available; the score for each criterion and sub-criterion with an explanation
by reference to that tender; totals and sub-totals; why it did not win; and the scores of the winner with the
reasons for them. Beside these it says what a higher mark asks for. It names no other bidder but the winner and no
evaluator. What a record does not hold of all this, `gaps` tells. Whose tender was not assessed is told why, and
nothing of the others, but where another law has every tenderer told of the winner (`kinds`); where the law gives no
summary to a tender that was disregarded (s.50(5)(b)), it is told its own scores and the name of the winner alone. What
was decided is asked of the case, never of an evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Document, Table, heading, items, paragraph, table
from tender_eval.documents.templated import Parts
from tender_eval.languages.catalogue import ENGLISH, WELSH, catalogue, spoken_in
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.runs import Inline, capital, name
from tender_eval.model.bids import Bid, bid_of
from tender_eval.model.diagnostics import Problems
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.regime import Regime
from tender_eval.regime.duties import duty
from tender_eval.regime.standstill import Standstill
from tender_eval.report.case.order import order_notice
from tender_eval.report.letters.corrections import corrections
from tender_eval.report.letters.kinds import SUMMARY, advantages, kind_of, reaches_all
from tender_eval.report.letters.offers import offer_in_words, offers_told, told_of
from tender_eval.report.letters.outcome import never_evaluated, outcome
from tender_eval.report.letters.reasons_check import check_reasons
from tender_eval.report.letters.recipients import letters_due, lots_told
from tender_eval.report.letters.scores import AssessedBid, explained, ranked_by, scores_table
from tender_eval.report.terms.criteria import criteria_table, scale_tables
from tender_eval.report.terms.english import blocks_marked
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.law import cited, cited_after
from tender_eval.report.terms.lots import lots_section
from tender_eval.report.terms.scheme import first_sentence, illustrative

if TYPE_CHECKING:
    from tender_eval.files.authority import Letterhead

t = catalogue("letters", "terms")

Winner = Literal["withheld", "figures", "reasons"]
"""What is said of the winner to the others: its name alone, its scores, or these with the panel's reasons."""
_NO_RECORD = "0" * 64


class Letter(NamedTuple):
    """A letter, whole and by its parts."""

    document: Document
    parts: Parts


class LetterContext(NamedTuple):
    """What the caller decides about every summary of a case."""

    standstill: Standstill | None
    issued_on: date | None
    winner: Winner
    methodology_at: str
    draft: bool
    lots: tuple[str, ...]
    authority: Letterhead | None
    bids: Mapping[str, Bid]
    checked_by: str = ""


def summaries(
    case: Case, bid: str | None = None, standstill: Standstill | None = None, **asked: Any
) -> dict[str, Document]:
    """The letters as documents; see `letters_of`."""
    return {name: letter.document for name, letter in letters_of(case, bid, standstill, **asked).items()}


def letters_of(
    case: Case,
    bid: str | None = None,
    standstill: Standstill | None = None,
    *,
    issued_on: date | None = None,
    winner: Winner = "reasons",
    methodology_at: str = "",
    draft: bool = False,
    record: str = "RECORD",
    authority: Letterhead | None = None,
    language: str = ENGLISH,
    checked_by: str = "",
) -> dict[str, Letter]:
    """One summary for each supplier, by the id of its first bid; each tells of all its bids and their lots.

    Args:
        bid: only that of this bid's supplier, by this id.
        standstill: the standstill period; without it nothing is said of one.
        issued_on: the date that the summaries carry.
        winner: what the others are told of the successful tender. Section 50(4)(b) with regulation 31(2)(e)
            asks for its scores and the reasons for them, as far as they are no sensitive commercial information
            (s.94); so that is the default.
        methodology_at: where the full methodology can be read, such as the address of the tender notice.
        draft: write them before the award is decided too, marked as drafts on every page.
        record: the record's file, for the commands that are told.
        authority: who writes them: their letterhead and signature.
        language: ``en_GB``, or ``cy`` for Welsh; what the scheme, the panel and the bidder wrote stays as it is.
        checked_by: who, of those that speak it, has checked the Welsh. Without it a letter in Welsh is a draft.

    Raises:
        Refused: TE070 for an unknown bid; TE088 where an award is not decided; TE095 for every mark without a reason
            and TE096 for every reason that compares bids, each at its place.
    """
    letters = letters_due(case, bid, draft, record)
    wanted = [one for ids in letters.values() for one in ids]
    lots = lots_told(case, draft)
    awarded = {one for lot in lots for one in case.announced(lot, draft=draft)}
    problems = Problems()
    check_reasons(case, {*wanted, *(map(bid_of, awarded) if winner == "reasons" else ())}, problems)
    problems.refuse()
    bids = {b.id: b for b in case.bids.offers}
    told = LetterContext(standstill, issued_on, winner, methodology_at, draft, lots, authority, bids, checked_by)
    case = case.told_in_welsh() if language == WELSH else case
    with spoken_in(language):
        made = {name: _summary(case, ids, told) for name, ids in letters.items()}
        return {name: _marked(letter, case) for name, letter in made.items()} if language == WELSH else made


def _marked(letter: Letter, case: Case) -> Letter:
    """A letter in Welsh with what it says in English marked so."""
    plan, tender = case.state.whole.plan, case.bids.tender
    parts = {name: blocks_marked(blocks, plan, tender) for name, blocks in letter.parts.items()}
    whole = tuple(block for found in parts.values() for block in found)
    return Letter(replace(letter.document, blocks=whole), parts)


def duties_of(case: Case) -> tuple[str, ...]:
    """The parts that the law, or fairness where no law binds, asks every letter to hold."""
    regime = case.compiled.scheme.regime
    found = ["assessment"]
    found += ["introduction", "method"] if duty(regime, "assessment_summary") else []
    found += ["facts"] if duty(regime, "summary_facts") else []
    found += ["standstill"] if duty(regime, "standstill") else []
    return tuple(found)


def _summary(case: Case, ids: Sequence[str], told: LetterContext) -> Letter:
    bids = [told.bids[one] for one in ids]
    tender = case.bids.tender.title or t("subtitle.unnamed", scheme=case.compiled.scheme.title)
    parts = [
        _assessed(case, lot, evaluation, r, told)
        for lot in told.lots
        for one in ids
        if (evaluation := case.evaluations.get(lot)) and (r := told_of(case, evaluation, one))
    ]
    regime = case.compiled.scheme.regime
    kind = kind_of(regime)
    if not reaches_all(regime) and not any(part.assessed for part in parts):
        kind = "not assessed"
    blocks: list[Block] = []
    for part in parts:
        key = ("lot of bid" if len(ids) > 1 else "lot") if part.lot else "bid" if len(ids) > 1 else ""
        level = 2 if key else 1
        if key:
            blocks.append(heading(t(key, title=_lot_title(case, part.lot), bid=bid_of(part.bid.id)), 1))
        blocks += [heading(t("outcome"), level), *outcome(part), *offers_told(part, told.bids, level)]
        blocks += [*corrections(part, level), *_scores(part, level)]
        blocks += _winners(part, told, level)
    for lot in (lot for lot in told.lots if lot not in case.evaluations):
        blocks += never_evaluated(case, lot, [one for one in bids if not lot or lot in one.lots], _lot_title(case, lot))
    if waiting := [lot for lot in dict.fromkeys(lot for one in bids for lot in one.lots) if lot not in told.lots]:
        blocks.append(paragraph(t("lots.waiting", lots=t.listing([_lot_title(case, lot) for lot in waiting]))))
    named: Parts = {
        "facts": (_facts(case, bids, told, kind),),
        "introduction": (paragraph(t(f"introduction.{kind}"), *_under(case, parts)), *order_notice(case)),
        "assessment": tuple(blocks),
        "method": tuple(_method(case, told)),
        "standstill": tuple(_standstill(told.standstill if case.phase().decided else None)),
        "signature": tuple(_signature(told)),
    }
    whole = tuple(block for found in named.values() for block in found)
    subtitle = t("subtitle", supplier=bids[0].name, tender=tender)
    mark = t("draft") if told.draft else t("draft.unchecked") if t.language == WELSH and not told.checked_by else ""
    document = Document(t(f"title.{kind}"), subtitle, whole, t.tag, draft=mark, letterhead=told.authority)
    return Letter(document, named)


def _assessed(case: Case, lot: str, evaluation: Evaluation, result: BidResult, told: LetterContext) -> AssessedBid:
    bid = told.bids[result.id]
    return AssessedBid(case, lot, evaluation, bid.for_lot(lot) if lot else bid, result)


def _lot_title(case: Case, lot: str) -> str:
    return next((x.title for x in case.bids.tender.lots if x.id == lot and x.title), lot)


def _facts(case: Case, bids: Sequence[Bid], told: LetterContext, kind: str) -> Table:
    scheme, tender, bid = case.compiled.scheme, case.bids.tender, bids[0]
    identifier = next(
        (one.figures["supplier.identifier"] for one in bids if "supplier.identifier" in one.figures), None
    )
    address = next((one.contact.address for one in bids if one.contact.address), ())
    email = next((one.contact.email for one in bids if one.contact.email), "")
    named = (
        t("facts.named", name=tender.title, id=tender.id) if tender.title and tender.id else tender.title or tender.id
    )
    rows: list[tuple[Inline, Inline]] = [(t("facts.supplier"), name(bid.name))]
    rows += [(t("facts.identifier"), str(identifier.value))] if identifier else []
    rows += [(t("facts.address"), name(in_a_row(address)))] if address else []
    rows += [(t("facts.email"), name(email))] if email else []
    rows += [(t("facts.bid"), in_a_row(one.id for one in bids))]
    rows += [(t("facts.contract"), named)] if named else []
    rows += [(t("facts.issued"), capital(t.day(told.issued_on, weekday=True)))] if told.issued_on else []
    if told.authority and told.authority.reference:
        rows.append((t("facts.reference"), told.authority.reference))
    rows += [(t("facts.scheme"), scheme.title)]
    rows += [(t("facts.record"), case.head)] if case.head != _NO_RECORD else []
    rows += [(t("facts.checked"), name(told.checked_by))] if told.checked_by else []
    return table(t(f"facts.{kind}"), heads(t, "facts", "subject details"), rows, widths=(30, 70))


def _under(case: Case, parts: list[AssessedBid]) -> tuple[str, ...]:
    """The law asks for a summary of tenders that were assessed; others are told in the same way."""
    regime = case.compiled.scheme.regime
    disregarded = duty(regime, "summary_only_assessed") is not None
    due = any((part.assessed or reaches_all(regime)) and not (disregarded and part.bid.removed) for part in parts)
    row = duty(regime, "assessment_summary") if due else None
    return (t("introduction.under", clauses=cited(row.clauses)),) if row else ()


def _scores(part: AssessedBid, level: int) -> Iterator[Block]:
    yield heading(t("scores"), level)
    if not part.result.criteria:
        yield paragraph(t("scores.none"))
        return
    if not part.told:
        yield paragraph(t("scores.no_total"))
    elif len(part.result.criteria) < len(part.case.plan(part.lot).nodes):
        row = duty(part.case.compiled.scheme.regime, "summary_as_far_as_assessed")
        clause = t("scores.partly under", clause=cited_after(row.clauses[0])) if row else ""
        yield paragraph(t("scores.partly"), clause)
    yield scores_table(part, t("scores.caption"))
    yield heading(t("explained"), level)
    yield from explained(part, level + 1)
    yield from ranked_by(part, level)


def _winners(part: AssessedBid, told: LetterContext, level: int) -> Iterator[Block]:
    """The successful tenders, told to those that were not."""
    evaluation = part.evaluation
    awarded = part.awarded
    others = [b for b in evaluation.bids if b.id in awarded]
    regime = part.case.compiled.scheme.regime
    due = part.assessed or reaches_all(regime)
    if not others or part.result.id in awarded or not due or part.result.status == "withdrawn":
        return
    yield heading(t("winner.many") if len(others) > 1 else t("winner.one"), level)
    rule = duty(regime, "summary_only_assessed") if part.bid.removed else None
    if rule or told.winner == "withheld":
        yield items(name(b.name) for b in others)
        yield paragraph(t("winner.not_due", clauses=cited(rule.clauses)) if rule else _withheld(regime))
        return
    for result in others:
        best = _assessed(part.case, part.lot, evaluation, result, told)
        if said := offer_in_words(best):
            yield paragraph(t.say("offers.theirs", name=name(result.name), offer=said))
        yield scores_table(best, t("winner.scores", name=_identified(best.bid)))
        if told.winner == "reasons":
            yield heading(t.say("winner.reasons", name=name(result.name)), level + 1)
            yield from explained(best, level + 2, higher=False)
        yield from advantages(part, best, level + 1)
    if told.winner == "figures":
        yield paragraph(t("winner.no_reasons"))


def _withheld(regime: Regime) -> str:
    """That the winner's scores are withheld, and where the law lets them be."""
    row = duty(regime, "withholding")
    if row is None:
        return t("winner.withheld")
    key = "winner.withheld.summary" if kind_of(regime) == SUMMARY else "winner.withheld under"
    return t(key, clause=cited_after(row.clauses[0]))


def _identified(bid: Bid) -> str:
    found = bid.figures.get("supplier.identifier")
    return t("facts.named", name=bid.name, id=found.value) if found else bid.name


def _method(case: Case, told: LetterContext) -> Iterator[Block]:
    plan = case.state.whole.plan
    yield heading(t("method"), 1)
    yield paragraph(t("method.at", where=told.methodology_at) if told.methodology_at else t("method.summary"))
    for lot in plan.by_lot:
        yield heading(t("method.lot", lot=lot), 2)
        yield criteria_table(plan.by_lot[lot])
    if not plan.by_lot:
        yield criteria_table(plan)
    yield paragraph(first_sentence(plan.rule.rule.item))
    yield from scale_tables(plan)
    if note := illustrative(plan.scheme):
        yield paragraph(note)
    if case.across:
        yield from lots_section(plan)


def _standstill(period: Standstill | None) -> Iterator[Block]:
    if period is None:
        return
    yield heading(t("standstill"), 1)
    yield paragraph(
        t(
            f"standstill.{_kind(period)}",
            begins=t.day(period.begins, weekday=True),
            first=t.day(period.begins + timedelta(max(period.under.counts_from - 1, 0)), weekday=True),
            ends=t.day(period.ends, weekday=True),
            clause=cited_after(period.under.clauses[0]),
        )
    )
    nations = [t(f"nation.{nation}") for nation in period.under.bank_holidays]
    yield paragraph(t.say("standstill.working_days", nations=t.listed(nations, "or")))


def _signature(told: LetterContext) -> Iterator[Block]:
    """Where the authority signs."""
    if told.authority is None:
        return
    signed = t("signature", name=told.authority.name)
    lines = [(t("signature.signature"), ""), (t("signature.name"), told.authority.signatory)]
    lines += [(t("signature.role"), told.authority.role)] if told.authority.role else []
    yield table("", [signed, ""], [*lines, (t("signature.date"), "")], widths=(40, 60))


def _kind(period: Standstill) -> str:
    if period.under.unit == "days":
        return "days"
    if period.under.counts_from:
        return "representations"
    if period.mandatory:
        return "mandatory"
    return "voluntary" if period.under.who.light_touch else "framework"
