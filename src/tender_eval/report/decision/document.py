"""The decision paper: two pages for the chair and the approvers, of what is settled, what is open, what could turn it.

The full report says how every figure came about; this says what is decided on, and who answers for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tender_eval.case.case import Case
from tender_eval.case.phases import Phase
from tender_eval.documents.model import Block, Cell, Document, heading, items, paragraph, row, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.inert import cut
from tender_eval.languages.runs import Inline, Run, capital, joined, name, runs
from tender_eval.model.explanation.reasons import Removed
from tender_eval.report.case.effects import changes_award, effect
from tender_eval.report.case.order import commitment_line, order_notice
from tender_eval.report.case.panel import panel_lines
from tender_eval.report.case.phase_checks import check_evaluated
from tender_eval.report.decision.people import people_rows
from tender_eval.report.decision.sensitivity import sensitivity
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot, evaluated_lots
from tender_eval.report.evaluation.outcome import matter_of, without_award
from tender_eval.report.evaluation.prices import price_step
from tender_eval.report.evaluation.reliability import reliability_of, sentences
from tender_eval.report.terms.results import rank_of
from tender_eval.report.terms.scheme import illustrative

t = catalogue("decision", "case", "report")
SIGNATURES = 3
"""Rows for who approves: the chair, and two more."""
MOST = 8
"""Bids, acts or sentences of a kind that stand on two pages; how many more there are is said."""
MOST_LOTS = 2
"""Lots that are told of with their rankings."""
LONGEST = 60


def decision_document(case: Case, record: str = "RECORD") -> Document:
    """The decision paper of a case. The same case gives the same document.

    Args:
        record: the record's file, as the commands of what comes next name it.

    Raises:
        Refused: TE087 naming what comes next, before all is evaluated.
    """
    if not any(map(case.decided, case.state.lots)):
        check_evaluated(case, "decision", record)
    lots = evaluated_lots(case)
    blocks = [
        *order_notice(case),
        *commitment_line(case),
        *_settled(case, lots),
        *_open(case, lots),
        *_turning(lots),
        *_reliability(lots),
        *_acts(case),
        *_interests(case),
    ]
    blocks += [heading(t.say("people"), 1), table(t("people"), *_people(case), heard=True), *_approval(case)]
    tender = case.bids.tender
    facts: list[tuple[str, Inline]] = [("page.tender", name(tender.id))] if tender.id else []
    facts += [("page.scheme", name(case.compiled.scheme.title)), ("page.phase", t(f"phase.{case.phase()}"))]
    facts += [("page.bids", str(len(case.bids.bids)))]
    return Document(
        tender.title or case.compiled.scheme.title,
        blocks=tuple(blocks),
        language=t.tag,
        kind=t("kind"),
        facts=tuple((runs(t(key)), runs(text)) for key, text in facts),
        foot=t.say("foot", head=case.head),
    )


def _settled(case: Case, lots: Sequence[EvaluatedLot]) -> Iterator[Block]:
    """Who is awarded or comes first, why, and how the bids stand."""
    yield heading(t.say("settled" if case.phase().decided else "proposed"), 1)
    few = len(lots) <= MOST_LOTS
    if not few:
        yield _lots(lots)
    for evaluated in lots:
        if few:
            yield from [heading(evaluated.lot_name, 2)] if evaluated.evaluation.lot else []
            yield evaluated.verdict.notice()
        if evaluated.told:
            yield from [_ranking(evaluated)] if few else []
            yield from _out(evaluated)
    for lot in case.state.lots:
        if lot not in case.evaluations and (verdict := without_award(case, lot)):
            yield from [heading(lot, 2)] if lot else []
            yield verdict.notice()


def _lots(lots: Sequence[EvaluatedLot]) -> Block:
    """Many lots in a table: who is awarded each or comes first, and who comes next."""
    heads = ("result.lot column", "result.outcome", "result.next", "result.phase")
    return table(t("settled"), [*map(t, heads)], map(_lot, lots), heard=True)


def _lot(evaluated: EvaluatedLot) -> tuple[Inline, ...]:
    figures, won = evaluated.figures, [bid for bid in evaluated.bids if bid.id in evaluated.decided]
    told = t.listed([t.say("with figure", name=figures.called(bid), figure=figures.figure(bid.figure)) for bid in won])
    rest = [bid for bid in evaluated.bids if bid.rank is not None and bid.id not in evaluated.decided] if won else []
    after = [t.say("with figure", name=figures.called(bid), figure=figures.figure(bid.figure)) for bid in rest[:1]]
    return evaluated.lot_name, told or evaluated.verdict.headline, t.listed(after), t(f"phase.{evaluated.phase}")


def _ranking(evaluated: EvaluatedLot) -> Block:
    figures, evaluation = evaluated.figures, evaluated.evaluation
    ranked = [bid for bid in evaluated.bids if bid.rank is not None]
    heads = [
        t("ranking.rank"),
        t("supplier"),
        capital(ranked_name(evaluation.figure)),
        t("price.price"),
        t("ranking.status"),
    ]
    rows = []
    for bid in ranked[:MOST]:
        price = price_step(bid)
        told = evaluated.status_of(bid)
        cells: list[Inline | Cell] = [rank_of(bid), name(cut(bid.name, LONGEST)), figures.figure(bid.figure)]
        cells += [figures.money(bid.award if evaluation.shares_money else price.value if price else None), told]
        rows.append(row(cells, "won" if bid.id in evaluated.decided else ""))
    if evaluation.shares_money:
        heads[3] = t("ranking.award")
    more = [t.say_count("more bids", len(ranked) - MOST)] if len(ranked) > MOST else []
    caption = t("ranking.caption", figure=ranked_name(evaluation.figure), best=t(f"best.{evaluation.best}"))
    return table(caption, heads, rows, (0, 2, 3), named=1, heard=True, notes=more)


def _out(evaluated: EvaluatedLot) -> Iterator[Block]:
    out = [bid for bid in evaluated.bids if bid.rank is None]
    told = [
        t.say(
            "out alone" if any(isinstance(one, Removed) for one in bid.reasons) else "out",
            name=name(cut(bid.name, LONGEST)),
            status=evaluated.status_of(bid),
            why=joined(evaluated.reasons(bid), "; "),
        )
        for bid in out[:MOST]
    ]
    if told:
        more = [t.say_count("more bids", len(out) - MOST)] if len(out) > MOST else []
        yield items([*told, *more])


def _open(case: Case, lots: Sequence[EvaluatedLot]) -> Iterator[Block]:
    """What stands in the way, and what is to be looked at before anybody signs."""
    yield heading(t.say("open"), 1)
    told: list[Inline] = [
        t.say("open.matter", matter=matter_of(case, one, lots[0].figures if lots else None))
        for one in case.matters
        if one.closed_by is None
    ]
    told += [
        t.say("open.tie lot" if evaluated.evaluation.lot else "open.tie", lot=evaluated.lot_name)
        for evaluated in lots
        if case.tied(evaluated.evaluation.lot)
    ]
    if not case.phase().decided:
        told += [t.say("open.decide")] if case.phase() == Phase.EVALUATED else []
    flagged = [
        t.say("flags.of bid", name=evaluated.figures.called(bid), flag=flag)
        for evaluated in lots
        for bid in evaluated.bids
        for flag in evaluated.flags(bid)
    ]
    told += flagged[:MOST]
    told += [t.say_count("more flags", len(flagged) - MOST)] if len(flagged) > MOST else []
    if note := illustrative(case.compiled.scheme):
        told.append(note)
    yield items(told) if told else paragraph(t.say("open.nothing"))


def _turning(lots: Sequence[EvaluatedLot]) -> Iterator[Block]:
    """What would turn the award: the gap, one mark a step away, one price."""
    yield heading(t.say("turning"), 1)
    told: list[Inline] = []
    for evaluated in lots:
        lot: Inline = t.say("turning.lot", lot=evaluated.lot_name) if evaluated.evaluation.lot else ""
        told += [joined([part for part in (lot, sentence) if part], " ") for sentence in sensitivity(evaluated)]
    yield items(told) if told else paragraph(t.say("turning.nothing"))


def _reliability(lots: Sequence[EvaluatedLot]) -> Iterator[Block]:
    """How reliably the panel marked, where individual marks are given; the report has every figure."""
    told: list[Inline] = []
    for evaluated in lots:
        found = reliability_of(evaluated)
        lot = t.say("turning.lot", lot=evaluated.lot_name) if evaluated.evaluation.lot else ""
        funded = evaluated.evaluation.shares_money
        told += (
            [joined([part for part in (lot, s) if part], " ") for s in sentences(found, funded=funded)] if found else []
        )
    if told:
        yield heading(t.say("reliability"), 1)
        yield items(told)


def _acts(case: Case) -> Iterator[Block]:
    """What was put right and who left, those acts first that turned the award."""
    told = [(one, said) for one in case.acts if (said := effect(case.state, one))]
    if not told:
        return
    yield heading(t.say("acts"), 1)
    told.sort(key=lambda pair: (pair[0].act.number not in case.state.amended, not changes_award(pair[0])))
    more = [t.say_count("more acts", len(told) - MOST)] if len(told) > MOST else []
    yield items([*(said for _, said in told[:MOST]), *more])


def _interests(case: Case) -> Iterator[Block]:
    """What the panel declared, and whom its people may not mark; nothing where the case has no panel."""
    told = list(panel_lines(case.state))
    if told:
        more = [t.say_count("more interests", len(told) - MOST)] if len(told) > MOST else []
        yield from (heading(t.say("interests"), 1), items([*told[:MOST], *more]))


def _people(case: Case) -> tuple[list[str], list[tuple[Inline, Inline]]]:
    return [t("people.name"), t("people.did")], [(name(who), t.listed(did)) for who, did in people_rows(case)]


def _approval(case: Case) -> Iterator[Block]:
    """Where the chair and the approvers sign."""
    yield heading(t.say("approval"), 1)
    yield paragraph(t.say("approval.decided" if case.phase().decided else "approval.lead"))
    heads = [t(f"approval.{head}") for head in ("role", "name", "decision", "signature", "date")]
    roles = [t("approval.chair"), *[t("approval.approver")] * (SIGNATURES - 1)]
    rows = [row([role, *[Run(" ")] * 4], "sign") for role in roles]
    yield table(t("approval"), heads, rows, widths=(12, 28, 19, 27, 14), heard=True)
