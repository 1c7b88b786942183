"""Why a tender was or was not successful: its place, a condition that it failed, a minimum that it missed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.documents.model import Block, items, paragraph
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import money, number
from tender_eval.languages.results import reasons
from tender_eval.languages.runs import Inline, name, text_of
from tender_eval.model.evaluation import Step
from tender_eval.model.labels import ConditionOf, Part
from tender_eval.model.reasons import (
    BelowMinimumMark,
    BelowMinimumPoints,
    ConditionNotMet,
    ConditionNotStated,
    Reason,
    Removed,
    SupplierHasPlace,
)
from tender_eval.model.scheme import Condition
from tender_eval.report.letters.across import why_across
from tender_eval.report.letters.scores import AssessedBid
from tender_eval.report.terms.figures import figure
from tender_eval.report.terms.scheme import condition_in_words, ties_in_words

t = catalogue("letters", "terms")


def why(part: AssessedBid) -> Iterator[Block]:
    """The place among those ranked, or what kept the tender from being ranked."""
    if part.result.status == "ranked":
        yield paragraph(*_place(part))
        yield from _money(part)
    else:
        yield items([*_conditions(part), *_other_reasons(part)])


def _place(part: AssessedBid) -> Iterator[Inline]:
    evaluation, result = part.evaluation, part.result
    ranked = evaluation.ranked
    yield t("why.ranked_by", figure=evaluation.figure, best=t(f"best.{evaluation.best}"))
    rank = t("why.shared", rank=result.rank) if result.tied else str(result.rank)
    own = part.named(result.figure)
    yield t("why.rank", figure=own, rank=rank, count=len(ranked))
    if part.case.across:
        yield from why_across(part.case.across, part)
        return
    if any(isinstance(reason, SupplierHasPlace) for reason in result.reasons):
        yield t("why.other_place")
        return
    winners = [b for b in ranked if b.id in evaluation.winning]
    if result.id in evaluation.winning or not winners or evaluation.undecided or result.award is not None:
        return
    last = winners[-1]
    theirs = part.named(last.figure)
    if len(winners) == 1:
        yield t.say("why.their_figure", name=name(last.name), figure=theirs)
    else:
        yield t("why.their_figures", count=len(winners), figure=theirs)
    ties = ties_in_words(part.case.compiled.plan)
    if last.figure == result.figure and ties:
        yield t("why.broken_tie", ties=t("list.then").join(ties))


def _money(part: AssessedBid) -> Iterator[Block]:
    award = part.result.award
    if award is None:
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
                limit=_limit(step),
            )


def _found(condition: Condition, step: Step, currency: str) -> str:
    return figure(condition.reads, step.inputs[0].value if step.inputs else None, currency)


def _limit(step: Step) -> str:
    limit = next((s for s in step.inputs if s.label is Part.LIMIT and s.how), None)
    if limit is None or not isinstance(limit.value, Fraction):
        return ""
    return t("why.limit", value=number(limit.value))


def _other_reasons(part: AssessedBid) -> Iterator[str]:
    """Minimums and what else the engine gives as a reason; conditions are told above in plainer words."""
    for reason, said in _reasons(part):
        if isinstance(reason, ConditionNotMet | ConditionNotStated):
            continue
        if isinstance(reason, Removed):
            yield t("why.removed", reason=f"{said[:1].upper()}{said[1:]}")
        elif part.result.status == "not_shortlisted":
            yield t("why.not_shortlisted", why=said)
        else:
            key = "why.minimum" if isinstance(reason, BelowMinimumMark | BelowMinimumPoints) else "why.rule"
            yield t(key, reason=f"{said[:1].upper()}{said[1:]}")


def _reasons(part: AssessedBid) -> Iterator[tuple[Reason, str]]:
    """Each reason with its words."""
    return zip(part.result.reasons, map(text_of, reasons(part.result, to_bidder=True)), strict=True)
