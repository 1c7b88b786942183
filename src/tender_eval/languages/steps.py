"""The steps of a result in words: what a figure is called, its formula, and the formula with the figures in it.

Steps hold data (`tender_eval.model.explanation.labels` and `formulas`); this is the one place at which it is put in
words. Records hold these words, and a record is verified by making them again.
"""

from __future__ import annotations

from tender_eval.languages import results
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.formulas import message, method, name, worked
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation import labels
from tender_eval.model.explanation.formulas import Column, OwnWords
from tender_eval.model.explanation.reasons import ConditionAnswer


def label(of: labels.Label, language: str = "") -> str:
    """What the figure of a step is called."""
    match of:
        case Column(called) | OwnWords(called):
            return called
        case labels.CommonFigure(value=key):
            return message(f"label.{key}", language)
        case labels.RankedBy(ranked_by):
            return ranked_name(ranked_by, language)
        case labels.RankOf(bid):
            return message("label.rank of", language, bid=bid)
        case labels.ConditionOf(condition):
            return message("label.condition", language, id=condition)
        case labels.AdjustmentOf(adjustment):
            return message("label.adjustment", language, id=adjustment)
        case labels.FunderOf(funder):
            return message("label.funder", language, id=funder)
        case labels.Member(member):
            return message("label.member", language, name=member)
        case labels.MarkOf(evaluator):
            return message("label.mark of", language, evaluator=evaluator)
        case labels.NotScoredAt(criterion):
            return message("label.not scored at", language, criterion=criterion)
        case labels.FigureOfBid(called, figure, bid):
            whose = {"name": name(called, language), "figure": label(figure, language), "bid": bid}
            return message("label.figure of bid", language, **whose)
        case labels.ShownOnly(criterion):
            return message("label.shown only", language, criterion=label(criterion, language))


def formula(step: Step, language: str = "") -> str:
    """A step's formula: that of a condition is what it asks for."""
    if isinstance(step.note, ConditionAnswer):
        return results.asked(step.note, language)
    return "" if step.how is None else method(step.how, language)


def working(step: Step, language: str = "") -> str:
    """A step's working, with its note behind it: at a condition, what was read."""
    if isinstance(step.note, ConditionAnswer):
        return results.answered(step.note, language)
    figures = "" if step.how is None else worked(step.how, language)
    if step.note is None:
        return figures
    note = results.text(step.note, language)
    return f"{figures}, {note}" if figures else note
