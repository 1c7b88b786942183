"""Every figure of one bid as a tree, down to the place that it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.languages import results
from tender_eval.languages.inert import inert
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.wording import fixed, shown
from tender_eval.model.workings import noted
from tender_eval.report.printed import rank_of, status_of


def explain_text(evaluation: Evaluation, bid: BidResult, step: Step) -> str:
    """The heading of a bid and the tree of one of its figures.

    Args:
        step: the bid's own step, or that of one criterion.
    """
    lot = f", lot {evaluation.lot}" if evaluation.lot else ""
    rank = f"rank {rank_of(bid)}" if bid.rank else status_of(bid)
    heading = f"{inert(evaluation.scheme_title)} ({evaluation.scheme_id}){lot}"
    told = [heading, f"bid {bid.id}, {inert(bid.name)}: {rank}"]
    told += [f"  {inert(text)}" for text in map(results.text, (*bid.reasons, *bid.flags))]
    return "\n".join([*told, "", *_drawn(step, "", "")]) + "\n"


def _drawn(step: Step, first: str, rest: str) -> Iterator[str]:
    """A step and those below it; ``first`` stands before its first line, ``rest`` before all others."""
    value = "" if step.value is None else f" = {inert(shown(step.value))}"
    yield f"{first}{inert(step.label)}{value}{_share(step)}"
    below = rest + ("│  " if step.inputs else "   ")
    for line in _details(step):
        yield below + inert(line)
    for n, part in enumerate(step.inputs):
        last = n == len(step.inputs) - 1
        yield from _drawn(part, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))


def _share(step: Step) -> str:
    """A score as scales and published methods state it, in per cent of full marks."""
    if step.label != "score" or not isinstance(step.value, Fraction):
        return ""
    share = step.value * 100
    return f" ({shown(share) if share.denominator == 1 else fixed(share, 2)}%)"


def _details(step: Step) -> Iterator[str]:
    method, worked = results.formula(step), results.working(step)
    formulas, workings = method.split("; "), worked.split("; ")
    if len(formulas) == len(workings) > 1:  # figure by figure, as they are worked
        for formula, working in zip(formulas, workings, strict=True):
            yield formula
            yield working if " = " in noted(working)[0] else f"= {working}"
    else:
        if method:
            yield method
        if worked and worked != method:
            yield f"= {worked}"
    if step.by:
        yield f"by {step.by}"
    if step.where:
        yield f"at {step.where}"
