"""What a bid and its tender state: figures, marks with their story, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import NamedTuple

from tender_eval.files import mends
from tender_eval.model.bids import OF_A_LOT, Bid, Figure, Mark, Tender
from tender_eval.model.diagnostics import nearly
from tender_eval.model.evaluation import Step
from tender_eval.model.formulas import Column
from tender_eval.model.labels import Label, MarkOf, Part
from tender_eval.model.location import NOWHERE, Location, place

FREELY_NAMED = ("prices", "values", "declarations", "marks")


class Missing(NamedTuple):
    """A column that cannot be read: what is not stated, and by whom (``bid`` or ``tender``).

    A scorer's default stands in for a silent bid only; a silent tender leaves nothing to measure any bid by.
    ``near`` is what the bid states by nearly that name, each with its place, nearest first.
    """

    message: str
    hint: str = ""
    where: Location | None = None
    of: str = "bid"
    near: tuple[tuple[str, Location], ...] = ()

    def mend(self, taken: Collection[str]) -> tuple[Location | None, str]:
        """Where and how to mend it: a name nearly right is corrected, unless the scheme reads that as well.

        Args:
            taken: the columns that the scheme reads.
        """
        for name, where in self.near:
            if name not in taken:
                return at(where), f"it states {name}: use one name in bid and scheme"
        return self.where, self.hint


def number_of(step: Step) -> Fraction | None:
    """The number that a figure stands for: true is 1, false is 0; None for text."""
    if isinstance(step.value, bool):
        return Fraction(int(step.value))
    return step.value if isinstance(step.value, Fraction) else None


def at(where: Location) -> Location | None:
    """A place, or None for a record that came from no file."""
    return None if where == NOWHERE else where


def step_of(label: Label, figure: Figure) -> Step:
    """A figure as it was read."""
    return Step(label, figure.value, where=at(figure.where))


def stated(bid: Bid, column: str) -> Step | Missing:
    """A figure that the bid gives under its own dotted name."""
    if column in bid.figures:
        return step_of(Column(column), bid.figures[column])
    return _missing(f"{bid.called(column)} does not state {column}", column, bid)


def _missing(message: str, column: str, bid: Bid) -> Missing:
    """A figure that the bid does not give, and those that it gives by nearly that name."""
    kind, _, name = column.partition(".")
    given = {n.partition(".")[2]: figure.where for n, figure in bid.figures.items() if n.startswith(f"{kind}.")}
    if kind == "marks":
        given = {n: mark.agreed.where for n, mark in bid.marks.items()}
    near = tuple((f"{kind}.{n}", given[n]) for n in nearly(name, given) if kind in FREELY_NAMED)
    return Missing(message, mends.figure(column, bid), at(lacking(column, bid)), near=near)


def lacking(column: str, bid: Bid) -> Location:
    """Where a bid lacks a figure: at the lot that it stands for, where each has its own."""
    where = bid.file_of(column)
    of_lot = bid.lot and column.partition(".")[0] in OF_A_LOT and not mends.in_table(where)
    return place(bid.lot, where) if of_lot and where == bid.where else where


def mark_of(bid: Bid, criterion: str) -> Step | Missing:
    """The agreed mark of a criterion; its inputs tell how the panel came to it."""
    if criterion not in bid.marks:
        message = f'{bid.called("marks")} has no mark for "{criterion}"'
        return _missing(message, f"marks.{criterion}", bid)
    mark = bid.marks[criterion]
    return Step(
        Column(f"marks.{criterion}"), mark.agreed.value, where=at(mark.agreed.where), inputs=tuple(_story(mark))
    )


def _story(mark: Mark) -> Iterator[Step]:
    for evaluator, figure in mark.individual.items():
        yield step_of(MarkOf(evaluator), figure)
    for label, value in ((Part.REASON, mark.reason), (Part.AGREED_BY, mark.agreed_by), (Part.AGREED_ON, mark.on)):
        if value:
            yield Step(label, value, where=at(mark.where))


def of_tender(tender: Tender, name: str, bids: Location) -> Step | Missing:
    """A figure of the tender, or of the lot that the bids are for.

    Args:
        bids: a place in their file, where a figure that is missing is to be added.
    """
    if name in tender.figures:
        return step_of(Column(f"tender.{name}"), tender.figures[name])
    hint = mends.fact_of_tender(name, tender, bids)
    if tender.lot:
        return Missing(f'lot "{tender.lot}" states no {name}', hint, at(place(tender.lot, bids)), of="tender")
    return Missing(f"the tender does not state its {name}", hint, of="tender")
