"""The full report of a case: who wins and why, every figure and mark behind it, and the record it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tender_eval.case.case import Case
from tender_eval.case.phases import Phase
from tender_eval.documents.model import Block, Cell, Document, Item, Notice, heading, items, paragraph, table
from tender_eval.languages.catalogue import ENGLISH, WELSH, catalogue, spoken_in
from tender_eval.languages.inert import cut
from tender_eval.languages.numbers import money
from tender_eval.languages.phrases import named
from tender_eval.languages.runs import Inline, Run, capital, name, runs, strong
from tender_eval.report.case.phase_checks import check_told
from tender_eval.report.evaluation.across import better_told, combined_offers, terms_of
from tender_eval.report.evaluation.acts import acts_section
from tender_eval.report.evaluation.beside import beside_section
from tender_eval.report.evaluation.bids import bids_section
from tender_eval.report.evaluation.conditions import conditions_section
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot, evaluated_lots
from tender_eval.report.evaluation.figures import LONGEST_NAME, WORDS, PrintedFigures
from tender_eval.report.evaluation.left_out import left_out_lines
from tender_eval.report.evaluation.method import how_ties_break, method_section
from tender_eval.report.evaluation.points import points_section
from tender_eval.report.evaluation.prices import prices_section
from tender_eval.report.evaluation.ranking import linked, ranking_section, with_id
from tender_eval.report.evaluation.record import history_section, record_section, words_section
from tender_eval.report.evaluation.reliability import reliability_section
from tender_eval.report.terms.english import in_welsh_drafted
from tender_eval.report.terms.formulas import formula
from tender_eval.report.terms.scheme import illustrative

t = catalogue("case")
HEAD_SHOWN = 12  # characters of the head hash at the head of the report


def report_document(
    case: Case, sensitivity: str = "", record: str = "RECORD", *, language: str = ENGLISH, checked_by: str = ""
) -> Document:
    """The report of a case. The same case gives the same document.

    Args:
        sensitivity: what is known of how firm the result is, in a sentence; the gap to the next bid is always
            told.
        record: the record's file, as the commands of what comes next name it.
        language: ``en_GB``, or ``cy`` for Welsh; what the panel and bidders wrote stays as it is.
        checked_by: who, of those that speak it, has checked the Welsh. Without it a report in Welsh is a draft.

    Raises:
        Refused: TE087 naming what comes next, where nothing is evaluated yet.
    """
    check_told(case, "report", record)
    if language != WELSH:
        return _report(case, sensitivity)
    case = case.told_in_welsh()
    with spoken_in(WELSH):
        return in_welsh_drafted(_report(case, sensitivity), case.compiled.plan, case.bids.tender, checked_by)


def _report(case: Case, sensitivity: str) -> Document:
    lots = evaluated_lots(case)
    blocks = [*_result(case, lots), *_left_out(case)]
    if told := illustrative(case.compiled.scheme):
        blocks.append(paragraph(told, tone="soft"))
    for evaluated in lots:
        blocks += _contest(evaluated, sensitivity)
    for evaluated in lots if case.compiled.plan.by_lot else lots[:1]:
        blocks += method_section(evaluated.plan, evaluated.evaluation)
    blocks += (*history_section(case), *record_section(case), *words_section())
    return Document(
        case.bids.tender.title or case.compiled.scheme.title,
        blocks=tuple(blocks),
        language=WORDS.tag,
        kind=WORDS("page.kind"),
        facts=tuple((runs(WORDS(key)), runs(text)) for key, text in _facts(case)),
        contents=WORDS("page.contents"),
        foot=WORDS.say("page.foot", head=case.head),
    )


def _facts(case: Case) -> Iterator[tuple[str, Inline]]:
    scheme, tender = case.compiled.scheme, case.bids.tender
    if tender.id:
        yield "page.tender", name(tender.id)
    yield "page.scheme", name(scheme.title)
    if not case.evaluations.keys() - {""}:
        yield "page.phase", t(f"phase.{case.phase()}")
    yield "page.bids", str(len(case.bids.bids))
    if scheme.currency:
        yield "page.money", WORDS.currency(scheme.currency)
    yield "page.head", Run(case.head[:HEAD_SHOWN], "code", to="record")


def _result(case: Case, lots: Sequence[EvaluatedLot]) -> Iterator[Block]:
    yield heading(WORDS.say("result.heading"), 1, "result")
    if lots[0].evaluation.lot:
        rows = []
        for evaluated in lots:
            outcome = Cell(evaluated.verdict.headline, tone="won" if evaluated.verdict.tone == "won" else "")
            phase = t(f"phase.{evaluated.phase}")
            rows.append((Run(evaluated.lot_name, to=evaluated.anchor), outcome, phase, evaluated.counts()))
        heads = [WORDS(f"result.{head}") for head in ("lot column", "outcome", "phase", "bids")]
        yield table(WORDS("across.caption" if case.across else "result.lots caption"), heads, rows)
    else:
        yield _verdict(lots[0])
    yield from acts_section(case, lots)
    yield from _across(case)


def _left_out(case: Case) -> Iterator[Block]:
    """What was published beside the bids here, and is not evaluated."""
    if told := left_out_lines(case.bids.left_out):
        yield heading(WORDS.say("left out.heading"), 2, "left-out")
        yield items(told, tone="out")


def _across(case: Case) -> Iterator[Block]:
    """How lots that are awarded together were awarded."""
    found = case.across
    if found is None:
        return
    mechanism, currency = found.policy.mechanism, case.compiled.scheme.currency
    names = {bid.id: name(cut(bid.name, LONGEST_NAME)) for bid in case.bids.bids}
    yield heading(WORDS.say("across.heading"), 2, "across")
    yield paragraph(WORDS.say("across.by", name=named(mechanism.name)))
    if terms := list(terms_of(found, names.__getitem__, lambda value: money(value, currency), formula)):
        yield items(terms)
    printed = PrintedFigures(next(iter(case.evaluations.values())), currency)
    yield from combined_offers(
        found, case.evaluations, lambda bid: with_id(printed.called(bid), bid), printed.money, capital
    )
    yield from better_told(found, next(iter(case.evaluations.values())), names.__getitem__)


def _contest(evaluated: EvaluatedLot, sensitivity: str) -> Iterator[Block]:
    """Everything that is told of a tender or lot."""
    if evaluated.evaluation.lot:
        yield heading(evaluated.lot_name, 1, evaluated.anchor)
        yield _verdict(evaluated)
    if evaluated.phase == Phase.SET_ASIDE:
        return
    if not evaluated.closed:
        yield from ranking_section(evaluated)
    yield from _lost(evaluated)
    yield from _firmness(evaluated, "" if evaluated.closed else sensitivity)
    yield from _flags(evaluated)
    yield from _out(evaluated)
    yield from conditions_section(evaluated)
    yield from points_section(evaluated)
    if not evaluated.closed:
        yield from prices_section(evaluated)
        yield from beside_section(evaluated)
    yield from reliability_section(evaluated)
    yield from bids_section(evaluated)


def _verdict(evaluated: EvaluatedLot) -> Notice:
    more: list[Inline] = [] if not evaluated.told else [WORDS("result.counted", counts=evaluated.counts())]
    if flagged := sum(len(bid.flags) for bid in evaluated.bids):
        link = Run(WORDS.count("result.looked at", flagged), to=evaluated.at("flags"))
        more.append(WORDS.say("result.flags", link=link))
    return evaluated.verdict.notice(*([paragraph(*more, tone="soft")] if more else []))


def _lost(evaluated: EvaluatedLot) -> Iterator[Block]:
    """Why each ranked bid that is not awarded a lot is not, where lots are awarded together."""
    across, lot = evaluated.case.across, evaluated.evaluation.lot
    found = [(bid, across.reason(lot, bid.id)) for bid in evaluated.bids if bid.rank is not None] if across else []
    told = [Item(runs(linked(evaluated, bid)), (paragraph(evaluated.lost(why)),)) for bid, why in found if why]
    if told:
        yield heading(WORDS.say("across.lost"), evaluated.level, evaluated.at("lost"))
        yield items(told, tone="out")


def _firmness(evaluated: EvaluatedLot, sensitivity: str) -> Iterator[Block]:
    told: list[Inline] = [*evaluated.verdict.firmness]
    told += [how_ties_break(evaluated.plan)] if evaluated.verdict.level else []
    told += [sensitivity] if sensitivity else []
    if told:
        yield heading(WORDS.say("firm.heading"), evaluated.level, evaluated.at("firm"))
        yield from (paragraph(sentence) for sentence in told)


def _flags(evaluated: EvaluatedLot) -> Iterator[Block]:
    yield heading(WORDS.say("flags.heading"), evaluated.level, evaluated.at("flags"))
    flagged = [
        WORDS.say("flags.of bid", name=evaluated.figures.called(bid, evaluated.anchor_of(bid)), flag=flag)
        for bid in evaluated.bids
        for flag in evaluated.flags(bid)
    ]
    if not flagged:
        yield paragraph(WORDS.say("flags.none"))
        return
    yield paragraph(WORDS.say("flags.lead"))
    yield Notice((), (items(flagged),), "heed")


def _out(evaluated: EvaluatedLot) -> Iterator[Block]:
    yield heading(WORDS.say("out.heading"), evaluated.level, evaluated.at("out"))
    out = [
        Item(
            WORDS.say("out.of bid", name=linked(evaluated, bid), status=strong(evaluated.status_of(bid))),
            tuple(map(paragraph, evaluated.reasons(bid))),
        )
        for bid in evaluated.bids
        if bid.rank is None
    ]
    yield items(out, tone="out") if out else paragraph(WORDS.say("out.none"))
