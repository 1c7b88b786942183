"""Who is awarded a tender or lot as its case stands: the state decides what may be said, the evaluation says why."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.case.acts import Act
from tender_eval.case.case import Case
from tender_eval.case.phases import Phase
from tender_eval.case.state import QUALITY, WHOLE, Matter
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import Inline, Runs, name
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.case.effects import at_lot, names_of
from tender_eval.report.evaluation.across import verdict_across
from tender_eval.report.evaluation.figures import WORDS, PrintedFigures
from tender_eval.report.evaluation.id_names import called_in
from tender_eval.report.evaluation.verdict import Verdict, closed_verdict, verdict_of

t = catalogue("case")


def outcome_of(case: Case, lot: str, figures: PrintedFigures | None = None) -> Verdict:
    """The outcome of a tender or lot in the phase that it is in; nobody is named whom the state does not name.

    Args:
        figures: how figures are printed and bids called; as bare digits and ids where that is not given.
    """
    if nobody := without_award(case, lot):
        return nobody
    evaluation, phase = case.evaluations[lot], case.phase(lot)
    if case.stage == QUALITY:
        return closed_verdict(opened=phase == Phase.PRICES_OPEN)
    if phase == Phase.SET_ASIDE:
        return _set_aside(case, lot)
    figures = figures or PrintedFigures(evaluation, brief=True)
    if case.across:
        found = verdict_across(case.across, evaluation, figures, None if figures.brief else called_in(case))
    else:
        found = verdict_of(evaluation, figures)
    if phase == Phase.UNDECIDED and not case.tied(lot):
        found = Verdict("tied", WORDS.say("across.open"), (), (WORDS.say("firm.open"),))
    elif phase == Phase.UNDECIDED and not case.across:
        bids = [evaluation.bid(bid) for bid in evaluation.undecided]
        names = WORDS.listed([figures.called(bid) for bid in bids])
        found = found._replace(headline=WORDS.say("verdict.tied", names=names))
    said = (*_settled(case, evaluation, figures), *_matters(case, lot, figures), _decided(case, lot))
    return found._replace(because=(*found.because, *filter(None, said)))


def without_award(case: Case, lot: str) -> Verdict | None:
    """The outcome of a tender or lot of which it is decided that nobody is awarded, evaluated or not."""
    decision = case.decision(lot)
    if decision is None or decision.winners:
        return None
    on = WORDS.date(case.entries[decision.entry].at[:10]) if decision.entry < len(case.entries) else ""
    why = WORDS.say("verdict.no award", reason=name(decision.no_award.strip().removesuffix(".")), at=on)
    return Verdict("none", WORDS.say("verdict.none"), (why,))


def _set_aside(case: Case, lot: str) -> Verdict:
    entry = case.state.aside[lot]
    act = next((told.act for told in case.acts if told.act.number == entry), None)
    why = name(act.said("reason").strip().removesuffix(".")) if act else ""
    at = WORDS.date(act.at[:10]) if act else ""
    return Verdict("heed", WORDS.say("verdict.set aside"), (WORDS.say("verdict.set aside why", reason=why, at=at),))


def _decided(case: Case, lot: str) -> Runs:
    """Whether what stands here was decided."""
    decision = case.decision(lot)
    if decision is None:
        return WORDS.say("verdict.not decided")
    if decision.entry >= len(case.entries):
        return WORDS.say("verdict.decided")
    return WORDS.say("verdict.decided on", at=WORDS.date(case.entries[decision.entry].at[:10]))


def _matters(case: Case, lot: str, figures: PrintedFigures) -> Iterator[Runs]:
    """What is open, and keeps a lot from being decided."""
    if not case.decided(lot):
        for matter in case.state.blocking(lot):
            yield WORDS.say("verdict.matter", matter=matter_of(case, matter, figures))


def matter_of(case: Case, matter: Matter, figures: PrintedFigures | None) -> Runs:
    """A matter: what it is about, and since when it is open."""
    result = figures.evaluation.find(matter.bid) if figures else None
    called: Inline = (
        figures.called(result) if figures and result else name(names_of(case.state).get(matter.bid, matter.bid))
    )
    key = "matter.of bid" if matter.bid else "matter"
    kind, lot = t(f"matter.{matter.kind}"), at_lot(matter.lot)
    return t.say(key, id=matter.id, kind=kind, bid=called, lot=lot, entry=matter.opened_by)


def _settled(case: Case, evaluation: Evaluation, figures: PrintedFigures) -> Iterator[Runs]:
    """How a tie was settled, wherever the winner is named."""
    for act in settlings(case, evaluation):
        results = [(bid, evaluation.find(bid)) for bid in act.listed("order")]
        order = WORDS.listed([figures.called(result) if result else name(bid) for bid, result in results])
        witnesses = WORDS.listed([name(one) for one in act.listed("witnesses")])
        key = "verdict.settled witnessed" if witnesses else "verdict.settled"
        said = {"procedure": name(act.said("procedure").strip().removesuffix(".")), "at": WORDS.date(act.at[:10])}
        yield WORDS.say(key, order=order, witnesses=witnesses, **said)


def settlings(case: Case, evaluation: Evaluation) -> Iterator[Act]:
    """The acts by which ties of a tender or lot were settled that still hold."""
    for told in case.acts:
        act = told.act
        if act.kind == "settle" and act.said("lot") in (WHOLE, evaluation.lot):
            order = act.listed("order")
            if order == tuple(bid for bid in evaluation.settled if bid in order):
                yield act
