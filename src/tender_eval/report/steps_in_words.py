"""Formulas and workings as the engine recorded them, step by step, in the words of a bidder."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.languages import results
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.wording import shown
from tender_eval.model.workings import noted
from tender_eval.report import in_words


def formulas(step: Step) -> tuple[str, ...]:
    """The formulas of a step in the order in which they are worked."""
    return tuple(in_words.formula(part) for part in step.formula.split("; ") if part)


def workings(step: Step) -> tuple[str, ...]:
    """The same with the numbers in them, and what the last comes to."""
    parts = [in_words.formula(part) for part in results.working(step).split("; ") if part]
    if parts and step.value is not None:
        expression, note = noted(parts[-1])
        value = in_words.grouped(shown(step.value))
        told = expression if expression == value else f"{expression} = {value}"
        parts[-1] = f"{told}, {note}" if note else told
    return tuple(parts)


def score_step(criterion: Step) -> Step:
    """The score within the step of a criterion."""
    return next((s for s in criterion.inputs if s.label == "score"), criterion)


def ranking_step(result: BidResult, figure: str) -> Step | None:
    """The step of the figure that tenders are ranked by."""
    return next((s for s in result.step.inputs if s.label == figure and s.working), None)


def price_step(result: BidResult) -> Step | None:
    """The evaluated price, where the scheme makes it of parts."""
    return next((s for s in result.step.walk() if s.label == "price" and s.inputs), None)


def price_workings(price: Step) -> Iterator[str]:
    """Each part of an evaluated price with its numbers, and their sum."""
    for part in price.inputs:
        if part.working:
            value = in_words.grouped(shown(part.value))
            yield f"{in_words.figure_name(part.label)}: {in_words.formula(part.working)} = {value}"
    if price.working:
        yield f"{in_words.formula(price.working)} = {in_words.grouped(shown(price.value))}"
