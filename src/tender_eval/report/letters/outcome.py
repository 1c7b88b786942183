"""Why a tender was or was not successful: its place, a condition that it failed, a minimum that it missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, heading, items, paragraph
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.numbers import money
from tender_eval.languages.results import reasons, told
from tender_eval.languages.runs import Inline, Runs, name, runs, spaced, strong, text_of
from tender_eval.model.bids import Bid
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.labels import CommonFigure, ConditionOf
from tender_eval.model.explanation.reasons import (
    BelowMinimumMark,
    BelowMinimumPoints,
    ConditionNotMet,
    ConditionNotStated,
    Reason,
    Removed,
    SupplierHasPlace,
)
from tender_eval.model.scheme import Condition
from tender_eval.regime.duties import duty
from tender_eval.report.letters.across import decided_across, why_across
from tender_eval.report.letters.kinds import OFFER, kind_of, reaches_all
from tender_eval.report.letters.scores import AssessedBid
from tender_eval.report.terms.figures import figure
from tender_eval.report.terms.law import cited
from tender_eval.report.terms.scheme import condition_in_words, ties_in_words

t = catalogue("letters", "terms")


def outcome(part: AssessedBid) -> Iterator[Block]:
    """What was decided of a tender at a lot, and why, as the case has it."""
    yield paragraph(strong(_decided(part)), tone="aside")
    if part.result.status != "ranked":
        yield items([*_conditions(part), *_other_reasons(part)])
    elif part.told:
        yield paragraph(*_place(part))
        yield from _money(part)
    if part.told and part.result.status == "ranked" and (said := _settled(part)):
        yield paragraph(said)
    regime = part.case.compiled.scheme.regime
    if part.result.status != "ranked" and not part.assessed and not reaches_all(regime):
        row = duty(regime, "summary_only_assessed")
        yield paragraph(
            t("outcome.not_assessed under", clauses=cited(row.clauses)) if row else t("outcome.not_assessed")
        )


def never_evaluated(case: Case, lot: str, bids: Sequence[Bid], title: str) -> Iterator[Block]:
    """What was decided of tenders at a lot that was decided without an evaluation: nobody is awarded it."""
    if bids and lot:
        yield heading(t("lot", title=title), 1)
    decision = case.decision(lot)
    for bid in bids:
        removal = case.state.removal(bid.id, lot)
        if removal:
            yield paragraph(strong(t(f"outcome.{removal.removed.kind}")), tone="aside")
            yield items([_sentence(told(removal.removed, to_bidder=True))])
        elif decision:
            yield paragraph(strong(t.say("outcome.no_award", reason=name(decision.no_award))), tone="aside")


def _sentence(said: Runs) -> str:
    text = text_of(said)
    return t("why.removed", reason=f"{text[:1].upper()}{text[1:]}")


def _decided(part: AssessedBid) -> Inline:
    """What became of the tender, in a sentence."""
    case, lot, result, decision = part.case, part.lot, part.result, part.case.decision(part.lot)
    offer = kind_of(case.compiled.scheme.regime) == OFFER
    if result.status != "ranked":
        return t("outcome.rejected.offer" if offer and result.status == "rejected" else f"outcome.{result.status}")
    if not part.told:
        return t("outcome.not_evaluated")
    if decision and not decision.winners:
        return t.say("outcome.no_award", reason=name(decision.no_award))
    if case.undecided(lot) and not case.tied(lot):
        return t("outcome.matter")
    if case.across:
        return decided_across(case.across, part)
    if result.id in part.awarded:
        several = len(part.awarded) > 1
        if several:
            return t("outcome.won_one_of", count=len(part.awarded))
        return t("outcome.won.offer" if offer else "outcome.won")
    if not case.tied(lot):
        return t("outcome.lost.offer" if offer else "outcome.lost")
    return t("outcome.tied" if result.id in part.evaluation.undecided else "outcome.no_award_yet")


def _place(part: AssessedBid) -> Iterator[Inline]:
    evaluation, result = part.evaluation, part.result
    ranked = evaluation.ranked
    yield t("why.ranked_by", figure=ranked_name(evaluation.figure), best=t(f"best.{evaluation.best}"))
    rank = t("why.shared", rank=result.rank) if result.tied else str(result.rank)
    key = "why.rank of offers" if evaluation.several_offers else "why.rank"
    yield t(key, figure=part.named(result.figure), rank=rank, count=len(ranked))
    decision = part.case.decision(part.lot)
    if (decision and not decision.winners) or (part.case.undecided(part.lot) and not part.case.tied(part.lot)):
        return
    if part.case.across:
        yield from why_across(part.case.across, part)
        return
    if any(isinstance(reason, SupplierHasPlace) for reason in result.reasons):
        yield t("why.other_place")
        return
    awarded = part.awarded
    winners = [b for b in ranked if b.id in awarded]
    if result.id in awarded or not winners or result.award is not None:
        return
    last = winners[-1]
    theirs = part.named(last.figure)
    if len(winners) == 1:
        yield t.say("why.their_figure", name=name(last.name), figure=theirs)
    else:
        yield t("why.their_figures", count=len(winners), figure=theirs)
    ties = ties_in_words(part.case.plan(part.lot))
    if evaluation.level(last, result) and ties and last.id not in evaluation.settled:
        key = "why.broken_tie" if last.figure == result.figure else "why.broken_near_tie"
        yield t(key, ties=t("list.then").join(ties))


def _settled(part: AssessedBid) -> Inline:
    """How a tie was settled that the scheme left open, said wherever a winner is told; nothing where there was none."""
    settled = part.evaluation.settled
    acts = [one.act for one in part.case.acts if one.act.kind == "settle" and one.act.said("lot") in ("", part.lot)]
    if not settled or not acts or not part.awarded:
        return ""
    act, witnesses = acts[-1], acts[-1].listed("witnesses")
    found: list[Inline] = [
        t.say(
            "settled witnessed" if witnesses else "settled",
            at=t.date(act.at[:10]), procedure=name(act.said("procedure")), witnesses=t.listed([*map(name, witnesses)]),
        )
    ]  # fmt: skip
    if part.result.id in settled:
        found.append(t("settled.place", place=settled.index(part.result.id) + 1, count=len(settled)))
    return spaced(*found)


def _money(part: AssessedBid) -> Iterator[Block]:
    award = part.result.award
    if award is None or not part.awarded:
        return
    if award > 0:
        yield paragraph(t("outcome.money", amount=money(award, part.case.compiled.scheme.currency)))
    else:
        yield from (paragraph(f"{reason[:1].upper()}{reason[1:]}.") for _, reason in _reasons(part))


def _conditions(part: AssessedBid) -> Iterator[str]:
    """Each condition that was not met, from the steps that the engine kept."""
    steps = {step.label: step for step in part.result.step.inputs}
    for condition in part.case.compiled.scheme.conditions:
        step = steps.get(ConditionOf(condition.id))
        if step is not None and step.value is False:
            yield t(
                "why.condition",
                title=condition.title or condition.id,
                asked=condition_in_words(condition),
                found=_found(condition, step, part.case.compiled.scheme.currency),
                limit=_limit(condition, step, part.case.compiled.scheme.currency),
            )


def _found(condition: Condition, step: Step, currency: str) -> str:
    return figure(condition.reads, step.inputs[0].value if step.inputs else None, currency)


def _limit(condition: Condition, step: Step, currency: str) -> str:
    limit = next((s for s in step.inputs if s.label is CommonFigure.LIMIT and s.how), None)
    if limit is None or not isinstance(limit.value, Fraction):
        return ""
    return t("why.limit", value=figure(condition.reads, limit.value, currency))


def _other_reasons(part: AssessedBid) -> Iterator[str]:
    """Minimums and what else the engine gives as a reason; conditions are told above in plainer words."""
    for reason, said in _reasons(part):
        if isinstance(reason, ConditionNotMet | ConditionNotStated):
            continue
        if isinstance(reason, Removed):
            yield _sentence(runs(said))
        elif part.result.status == "not_shortlisted":
            yield t("why.not_shortlisted", why=said)
        else:
            key = "why.minimum" if isinstance(reason, BelowMinimumMark | BelowMinimumPoints) else "why.rule"
            yield t(key, reason=f"{said[:1].upper()}{said[1:]}")


def _reasons(part: AssessedBid) -> Iterator[tuple[Reason, str]]:
    """Each reason with its words."""
    return zip(part.result.reasons, map(text_of, reasons(part.result, to_bidder=True)), strict=True)
