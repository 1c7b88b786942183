"""Which of a scheme's conditions each bid meets."""

from __future__ import annotations

from dataclasses import dataclass

from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.scheme import Condition
from tender_eval.report.in_words import formula


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a bid meets a condition (met, not met, not read), and the figures of it."""

    outcome: str
    working: str


def answers(bid: BidResult, conditions: tuple[Condition, ...]) -> tuple[Answer, ...]:
    """What a bid answers to each condition, in the order of the scheme."""
    steps = {step.label: step for step in bid.step.inputs if isinstance(step.value, bool)}
    return tuple(_answer(c, steps.get(f'condition "{c.id}"')) for c in conditions)


def _answer(condition: Condition, step: Step | None) -> Answer:
    if step is None:
        return Answer("not read", "")
    met = step.value is True
    # That a required fact is stated needs no more words; a figure that is held against a limit does.
    tells = not met or condition.at_least is not None or condition.at_most is not None
    return Answer("met" if met else "not met", formula(step.working) if tells else "")
