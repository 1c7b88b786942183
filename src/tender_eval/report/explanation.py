"""Every figure of one bid as a tree, down to the place that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from tender_eval.documents.model import Block, Document, Tree, TreeNode, heading, items
from tender_eval.languages import steps
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.results import flags, reasons
from tender_eval.languages.runs import Runs, code, runs
from tender_eval.model.digits import fixed, shown
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.explanation.labels import CommonFigure
from tender_eval.model.explanation.workings import noted
from tender_eval.report.evaluation.brief import illustration
from tender_eval.report.terms.results import rank_of, status_of

t = catalogue("explanation")


class Explained(NamedTuple):
    """A figure of a bid to be explained: the bid's own step, or that of one criterion."""

    evaluation: Evaluation
    bid: BidResult
    step: Step


def explanation(found: Sequence[Explained]) -> Document:
    """The tree of a bid, or one for each lot that it is for."""
    evaluation, bid, _ = found[0]
    about = {"title": evaluation.scheme_title, "id": evaluation.scheme_id, "lot": evaluation.lot}
    who = {"id": bid.id, "name": bid.name}
    if len(found) == 1:
        title = t("title.lot" if evaluation.lot else "title", **about)
        shown = (*_explained(found[0]), *illustration(evaluation))
        return Document(title, t("bid.outcome", **who, outcome=_outcome(bid)), shown, t.tag)
    parts: list[Block] = []
    for one in found:
        parts += [heading(t("lot.outcome", lot=one.evaluation.lot, outcome=_outcome(one.bid))), *_explained(one)]
    return Document(t("title", **about), t("bid", **who), (*parts, *illustration(evaluation)), t.tag)


def _outcome(bid: BidResult) -> str:
    return t("rank", rank=rank_of(bid)) if bid.rank else status_of(bid)


def _explained(one: Explained) -> Iterator[Block]:
    if told := (*reasons(one.bid), *flags(one.bid)):
        yield items(told, tone="out")
    yield Tree(_node(one.step))
    if one.step is one.bid.step and one.bid.beside:
        yield heading(t("beside"))
        yield from (Tree(_node(step)) for step in one.bid.beside)


def _node(step: Step) -> TreeNode:
    label = steps.label(step.label)
    text = t("figure", label=label, value=_value(step)) if step.value is not None else label
    return TreeNode(runs(text), tuple(_lines(step)), tuple(map(_node, step.inputs)))


def _value(step: Step) -> str:
    """The value; of a score also as scales and published methods state it, in per cent of full marks."""
    value = shown(step.value)
    if step.label is not CommonFigure.SCORE or not isinstance(step.value, Fraction):
        return value
    share = step.value * 100
    return t("score", value=value, percent=shown(share) if share.denominator == 1 else fixed(share, 2))


def _lines(step: Step) -> Iterator[Runs]:
    method, worked = steps.formula(step), steps.working(step)
    formulas, workings = method.split("; "), worked.split("; ")
    if len(formulas) == len(workings) > 1:  # figure by figure, as they are worked
        for formula, working in zip(formulas, workings, strict=True):
            yield (code(formula),)
            yield (code(working),) if " = " in noted(working)[0] else t.say("working", working=code(working))
    else:
        if method:
            yield (code(method),)
        if worked and worked != method:
            yield t.say("working", working=code(worked))
    if step.by:
        yield t.say("by", by=step.by)
    if step.where:
        yield t.say("at", where=step.where)
