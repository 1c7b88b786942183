"""Dates and durations as figures: dates in days from a day that the scheme states, durations in days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from tender_eval.model.bids import Bid, Figure, Value
from tender_eval.model.diagnostics import Problems
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Derived, Line, Way, Worked, notation
from tender_eval.model.missing import Missing

_WEEKS = notation("stated x 7")
_DAYS = notation("stated")


def in_days(read: Step | Missing, start: date | None) -> Step | Missing:
    """A figure in days: a date from the day ``start``, before which it is negative; a duration where there is none.

    One of the wrong kind stays as it is; `note_days` refuses it.
    """
    if isinstance(read, Missing) or not isinstance(read.value, str):
        return read
    if start is not None:
        day = _day(read.value)
        if day is None:
            return read
        how = Derived(Way.DAYS_FROM, (start.isoformat(),))
        return Step(read.label, Fraction((day - start).days), how, inputs=(read,))
    number, _, unit = read.value.partition(" ")
    if not unit:
        return read
    weeks = unit.startswith("week")
    stated = Fraction(number)
    line = Line(_WEEKS if weeks else _DAYS, (stated,))
    return Step(read.label, stated * 7 if weeks else stated, Worked((line,)), inputs=(read,))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def note_days(bid: Bid, days: Mapping[str, date | None], problems: Problems) -> None:
    """Note what a bid states where the scheme takes a date, or a number of days or weeks, and is none.

    A plain number that no file states is of a program, and in days already.
    """
    for name, start in days.items():
        figure = bid.figures.get(f"values.{name}")
        if figure is None or _is(figure, start) or (isinstance(figure.value, Fraction) and not figure.where.source):
            continue
        takes, hint = "a date", "write it like 2026-09-01"
        if start is None:
            takes, hint = "a number of days or weeks", "write its unit too, such as 42 days or 6 weeks"
        message = f"values.{name} of {bid.called('values')} is {_told(figure.value)}, where the scheme takes {takes}"
        problems.add("TE012", figure.where, message, hint)


def _told(value: Value) -> str:
    return f'"{shown(value)}"'


def _is(figure: Figure, start: date | None) -> bool:
    if not isinstance(figure.value, str):
        return False
    return (_day(figure.value) is not None) == (start is not None)
