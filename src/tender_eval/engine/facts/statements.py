"""What a bid and its tender state, as it stands: figures, and marks with their story."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.engine.facts.names import FREELY_NAMED
from tender_eval.model.bids import Bid, Figure, Mark, Tender
from tender_eval.model.diagnostics import nearly
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.labels import CommonFigure, Label, MarkOf
from tender_eval.model.location import somewhere
from tender_eval.model.missing import Missing, Whose


def step_of(label: Label, figure: Figure) -> Step:
    """A figure as it was read."""
    return Step(label, figure.value, figure.how, somewhere(figure.where))


def stated(bid: Bid, column: str) -> Step | Missing:
    """A figure that the bid gives under its own dotted name."""
    if column in bid.figures:
        return step_of(Column(column), bid.figures[column])
    return _missing(column, bid)


def _missing(column: str, bid: Bid) -> Missing:
    """A figure that the bid does not give, and those that it gives by nearly that name."""
    kind, _, name = column.partition(".")
    if kind not in FREELY_NAMED:
        return Missing(column, Whose.BID, bid)
    given = {n.partition(".")[2]: figure.where for n, figure in bid.figures.items() if n.startswith(f"{kind}.")}
    if kind == "marks":
        given = {n: mark.figure_at for n, mark in bid.marks.items()}
    near = tuple((f"{kind}.{n}", given[n]) for n in nearly(name, given))
    return Missing(column, Whose.BID, bid, near=near)


def mark_of(bid: Bid, criterion: str) -> Step | Missing:
    """The agreed mark of a criterion; its inputs tell how the panel came to it."""
    mark = bid.marks.get(criterion)
    if mark is None or mark.agreed is None:
        return _missing(f"marks.{criterion}", bid)
    return Step(
        Column(f"marks.{criterion}"), mark.agreed.value, where=somewhere(mark.agreed.where), inputs=tuple(story(mark))
    )


def story(mark: Mark) -> Iterator[Step]:
    """The individual marks of a mark, its reason, and who agreed it when."""
    for evaluator, figure in mark.individual.items():
        yield step_of(MarkOf(evaluator), figure)
    for label, value in (
        (CommonFigure.REASON, mark.reason),
        (CommonFigure.AGREED_BY, mark.agreed_by),
        (CommonFigure.AGREED_ON, mark.on),
    ):
        if value:
            yield Step(label, value, where=somewhere(mark.where))


def of_tender(tender: Tender, name: str, bid: Bid) -> Step | Missing:
    """A figure of the tender, or of the lot that a bid is for."""
    if name in tender.figures:
        return step_of(Column(f"tender.{name}"), tender.figures[name])
    return Missing(f"tender.{name}", Whose.TENDER, bid, tender)
