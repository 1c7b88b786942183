"""Facts side by side: every figure that the scheme reads, checked against what its reader accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tender_eval.engine.facts.reading import Facts
from tender_eval.model import numeric
from tender_eval.model.bids import Bid, Bids, Value
from tender_eval.model.diagnostics import Problems
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Column, Derived, Rounded, Way
from tender_eval.model.explanation.labels import MarkOf
from tender_eval.model.location import Location
from tender_eval.model.missing import Missing, Whose
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.scheme import Rounding
from tender_eval.plugins.table import Reads

Wanted = tuple[str, Reads, Mask]
"""Who reads a column, and of which bids."""


class Unstated(NamedTuple):
    """What is missing, and who reads it."""

    missing: Missing
    column: str
    reader: str


class Columns(NamedTuple):
    """The columns by name, and behind each figure the step that says where it came from.

    ``lacking`` are the bids, by column, that do not state a figure that was asked of them; ``faulty`` those that
    state one that cannot be scored. ``unstated`` says what is missing and who reads it.
    """

    arrays: Mapping[str, Array]
    steps: Mapping[tuple[str, str], Step]  # by bid and column
    lacking: Mapping[str, Mask]
    faulty: Mask
    unstated: tuple[Unstated, ...] = ()


def columns_of(bids: Bids, facts: Facts, wanted: Sequence[Wanted], problems: Problems) -> Columns:
    """The wanted columns: who reads each, and for which rows; others hold zero, which nobody reads."""
    figures = {reads.column: [Fraction(0)] * len(bids.bids) for _, reads, _ in wanted}
    steps: dict[tuple[str, str], Step] = {}
    unstated: dict[tuple[str, str], Unstated] = {}
    lacking: dict[str, Mask] = {}
    faulty = np.zeros(len(bids.bids), dtype=np.bool_)
    for reader, reads, rows in wanted:
        for n, bid in ((n, bid) for n, bid in enumerate(bids.bids) if rows[n]):
            key = bid.id, reads.column
            if key in unstated:  # told once, whoever else reads it
                continue
            step = _reading(bid, reads, facts)
            if isinstance(step, Missing):
                unstated[key] = Unstated(step, reads.column, reader)
                lacking.setdefault(reads.column, faulty & False)[n] = True
                continue
            before = len(problems)
            if facts.scheme.panel.computed:
                _check_computed(step, bid, reads, reader, problems)
            if len(problems) > before:
                faulty[n] = True
                continue
            number = step.number
            if number is None and reads.column.removeprefix("values.") in facts.scheme.days:  # told as no date
                faulty[n] = True
                continue
            if number is None:
                message = f'{reads.column} of bid "{bid.id}" is "{shown(step.value)}", but {reader} needs a number'
                problems.add("TE013", step.where or bid.where, message, _mend(reads.column, step.value))
                faulty[n] = True
                continue
            if key in steps and number != figures[reads.column][n]:
                message = f'"{reads.column}" of the silent bid "{bid.id}" would count as two different figures'
                problems.add("TE028", bid.where, message, "give its readers in the scheme one default")
            steps[key] = step
            figures[reads.column][n] = number
            said = f'{reads.column} of bid "{bid.id}" is {shown(number)}'
            check_figure(number, said, step.where or bid.where, reads, reader, problems)
            faulty[n] |= len(problems) > before
    arrays = {name: numeric.exact_array(column) for name, column in figures.items()}
    return Columns(arrays, steps, lacking, faulty, tuple(unstated.values()))


def _reading(bid: Bid, reads: Reads, facts: Facts) -> Step | Missing:
    found = facts.of(bid, reads.column)
    if isinstance(found, Step):
        made = facts.scheme.price is not None and bool(facts.scheme.price_columns or facts.scheme.price.adjustments)
        rounds = reads.column == "price" and not made
        return _rounded_price(found, facts.scheme.price_rounding) if rounds else found
    silent = found.whose is not Whose.TENDER and not found.parts
    if silent and reads.default is not None:
        return Step(Column(reads.column), reads.default, how=Derived(Way.SILENT))
    return found


def _mend(column: str, value: Value | None) -> str:
    """What to write in place of text; a date may be meant where the scheme does not say from which day it counts."""
    name = column.removeprefix("values.")
    if name != column and isinstance(value, str) and value[:1].isdigit():
        such = f"dates: {{{name}: 2026-09-01}}, or durations: [{name}]"
        return f"write plain digits, such as 35; or let the scheme say in which days it counts: {such}"
    return "write plain digits, such as 35 or 12.50"


def _rounded_price(step: Step, rounding: Rounding | None) -> Step:
    if rounding is None or not isinstance(step.value, Fraction):
        return step
    value = numeric.round_fraction(step.value, rounding.places, rounding.mode)
    return step._replace(value=value, how=Rounded(rounding.mode, rounding.places), where=None, inputs=(step,))


def _check_computed(step: Step, bid: Bid, reads: Reads, reader: str, problems: Problems) -> None:
    """Note each individual mark, of those that a mark is computed of, that is none of the scale; and an agreed mark
    that is another than the computed one: which counts would be open."""
    strict = reads._replace(between=False)
    for part in step.walk():
        if isinstance(part.label, MarkOf) and isinstance(part.value, Fraction) and not strict.takes(part.value):
            given = f'{reads.column} of bid "{bid.id}", as {part.label.evaluator} gave it, is {shown(part.value)}'
            check_figure(part.value, given, part.where or bid.where, strict, reader, problems)
    name = reads.column
    mark = bid.marks.get(name.removeprefix("marks.")) if name.startswith("marks.") else None
    if mark is not None and mark.agreed is not None and mark.agreed.value != step.value:
        message = (
            f"{bid.called(name)} states the agreed mark {shown(mark.value)} for {name}, but the one computed of its "
        )
        message += f"{len(mark.individual)} individual marks is {shown(step.value)}"
        problems.add("TE539", mark.agreed.where, message, "take it out: the scheme computes the mark")


def check_figure(number: Fraction, said: str, where: Location, reads: Reads, reader: str, problems: Problems) -> None:
    """Note a figure that its reader cannot score.

    Args:
        said: what it is, in a message.
    """
    if reads.one_of and not reads.takes(number):
        marks = ", ".join(shown(m) for m in reads.one_of)
        problems.add("TE053", where, f"{said}, which is no mark of {reader}", f"its marks are {marks}")
    elif reads.above is not None and number <= reads.above:
        hint = "correct it; or let the scheme state a floor, where the scorer has one"
        problems.add("TE054", where, f"{said}; {reader} can score only more than {shown(reads.above)}", hint)
    elif reads.at_least is not None and number < reads.at_least:
        problems.add("TE054", where, f"{said}; {reader} needs at least {shown(reads.at_least)}", "correct it")
    elif reads.at_most is not None and number > reads.at_most:
        problems.add("TE054", where, f"{said}; {reader} allows at most {shown(reads.at_most)}", "correct it")
