"""Which of a scheme's conditions each bid meets."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.documents.model import Block, Cell, heading, pairs, paragraph, row, table
from tender_eval.languages.runs import Inline, Runs, name, runs, strong
from tender_eval.languages.steps import working
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.explanation.labels import ConditionOf
from tender_eval.model.explanation.reasons import ConditionAnswer
from tender_eval.model.scheme import Condition
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot
from tender_eval.report.evaluation.figures import WORDS
from tender_eval.report.terms.figures import figure, figure_name
from tender_eval.report.terms.formulas import formula
from tender_eval.report.terms.scheme import condition_in_words


def conditions_section(evaluated: EvaluatedLot) -> Iterator[Block]:
    """What is asked of every bid, and what each answers; nothing where the scheme has no condition."""
    conditions = evaluated.plan.scheme.conditions
    if not conditions:
        return
    titles, currency = [c.title or c.id for c in conditions], evaluated.figures.currency
    yield heading(WORDS.say("conditions.heading"), evaluated.level, evaluated.at("conditions"))
    yield paragraph(WORDS.say("conditions.lead"))
    asks = zip(titles, map(condition_in_words, conditions), strict=True)
    yield pairs(((strong(title), what) for title, what in asks), "aside")
    rows = [
        row([evaluated.figures.called(bid, evaluated.anchor_of(bid)), *_answers(bid, conditions, currency)])
        for bid in evaluated.bids
    ]
    yield table(WORDS("conditions.caption"), [WORDS("ranking.bid"), *titles], rows, heard=True)


def _answers(bid: BidResult, conditions: tuple[Condition, ...], currency: str) -> Iterator[Inline | Cell]:
    steps = {step.label: step for step in bid.step.inputs if isinstance(step.value, bool)}
    for condition in conditions:
        yield _answer(condition, steps.get(ConditionOf(condition.id)), currency)


def _answer(condition: Condition, step: Step | None, currency: str) -> Inline | Cell:
    if step is None:
        return WORDS("conditions.not read")
    met = step.value is True
    # That a required fact is stated needs no more words; a figure that is held against a limit does.
    tells = not met or condition.at_least is not None or condition.at_most is not None
    below = _read(step, currency) if tells else ()
    return Cell(WORDS.say("conditions.met" if met else "conditions.not met"), below, tone="won" if met else "bad")


def _read(step: Step, currency: str) -> Runs:
    """What was read for a condition: text of the bid letter by letter, a number with signs between thousands."""
    match step.note:
        case ConditionAnswer(reads, str() | tuple() as value):
            return WORDS.say("conditions.stated", name=figure_name(reads), value=name(shown(value)))
        case ConditionAnswer(days=days) if days:
            return runs(formula(working(step)))
        case ConditionAnswer(reads, Fraction() as value) as answer:
            key = "conditions.stated together" if answer.pooled else "conditions.stated"
            return WORDS.say(key, name=figure_name(reads), value=figure(reads, value, currency))
        case _:
            return runs(formula(working(step)))
