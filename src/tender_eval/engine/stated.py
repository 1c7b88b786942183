"""What a bid and its tender state: figures, marks with their story, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from fractions import Fraction
from typing import NamedTuple

from tender_eval.files import adding
from tender_eval.model.bids import Bid, Figure, Mark, Tender
from tender_eval.model.evaluation import Step
from tender_eval.model.location import NOWHERE, Location


class Missing(NamedTuple):
    """A column that cannot be read: what is not stated, and by whom (``bid`` or ``tender``).

    A scorer's default stands in for a silent bid only; a silent tender leaves nothing to measure any bid by.
    """

    message: str
    hint: str = ""
    where: Location | None = None
    of: str = "bid"


def number_of(step: Step) -> Fraction | None:
    """The number that a figure stands for: true is 1, false is 0; None for text."""
    if isinstance(step.value, bool):
        return Fraction(int(step.value))
    return step.value if isinstance(step.value, Fraction) else None


def at(where: Location) -> Location | None:
    """A place, or None for a record that came from no file."""
    return None if where == NOWHERE else where


def step_of(label: str, figure: Figure) -> Step:
    """A figure as it was read."""
    return Step(label, figure.value, where=at(figure.where))


def stated(bid: Bid, column: str) -> Step | Missing:
    """A figure that the bid gives under its own dotted name."""
    if column in bid.figures:
        return step_of(column, bid.figures[column])
    return _missing(f'bid "{bid.id}" does not state {column}', column, bid)


def _missing(message: str, column: str, bid: Bid) -> Missing:
    """A figure that the bid does not give; where it gives one of nearly that name, at that one."""
    given = {name: figure.where for name, figure in bid.figures.items()}
    given |= {f"marks.{name}": mark.agreed.where for name, mark in bid.marks.items()}
    of_kind = [name for name in given if "." in name and name.partition(".")[0] == column.partition(".")[0]]
    near = get_close_matches(column.partition(".")[2], [n.partition(".")[2] for n in of_kind], n=1)
    if not near:
        return Missing(message, adding.figure(column, bid.where), at(bid.where))
    name = f"{column.partition('.')[0]}.{near[0]}"
    return Missing(message, f"it states {name}: use one name in bid and scheme", at(given[name]))


def mark_of(bid: Bid, criterion: str) -> Step | Missing:
    """The agreed mark of a criterion; its inputs tell how the panel came to it."""
    if criterion not in bid.marks:
        message = f'bid "{bid.id}" has no mark for "{criterion}"'
        return _missing(message, f"marks.{criterion}", bid)
    mark = bid.marks[criterion]
    return Step(f"marks.{criterion}", mark.agreed.value, where=at(mark.agreed.where), inputs=tuple(_story(mark)))


def _story(mark: Mark) -> Iterator[Step]:
    for evaluator, figure in mark.individual.items():
        yield step_of(f"mark of {evaluator}", figure)
    for label, value in (("reason", mark.reason), ("agreed by", mark.agreed_by), ("agreed on", mark.on)):
        if value:
            yield Step(label, value, where=at(mark.where))


def of_tender(tender: Tender, name: str, bids: Location) -> Step | Missing:
    """A figure of the tender, or of the lot that the bids are for.

    Args:
        bids: a place in their file, where a figure that is missing is to be added.
    """
    if name in tender.figures:
        return step_of(f"tender.{name}", tender.figures[name])
    return Missing(f"the tender does not state its {name}", adding.fact_of_tender(name, bids), of="tender")
