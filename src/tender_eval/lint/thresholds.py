"""Dated thresholds and weights, each with its source: what is law from the table of law, the rest from one of ours."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from tender_eval.files.fields import Fields, Ident, Located, Number, Truth, Words
from tender_eval.files.schemes.fields import Day
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_yaml
from tender_eval.files.validate import validate
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, Table
from tender_eval.plugins.lint_rule import Clause, Threshold
from tender_eval.regime.duties import duties
from tender_eval.regime.duty import Duty

NAME = "thresholds.yaml"


class RowSource(Fields):
    """Where a figure stands."""

    document: Words
    section: Words


class Row(Located):
    """A figure for a span of days; ``assumed`` where no document names it and it is ours."""

    name: Ident
    value: Number
    unit: Literal["GBP", "share", "days", "years", "count"]
    about: Words
    since: Day | None = Field(None, alias="from")
    until: Day | None = None
    source: RowSource
    verified: Truth
    assumed: Truth = False

    def record(self) -> Threshold:
        clause = Clause(self.source.document, self.source.section, self.verified)
        return Threshold(self.name, self.value, self.unit, self.about, clause, self.since, self.until, self.assumed)


class TableFile(Located):
    """The table, and the day on which its rows were last compared with their sources."""

    checked: Day
    rows: list[Row]


class Thresholds:
    """The rows of the table, by name and day."""

    def __init__(self, checked: date, rows: tuple[Threshold, ...]) -> None:
        self.checked = checked
        self.rows = rows

    def on(self, day: date) -> dict[str, Threshold]:
        """The figures that hold on a day, by name."""
        return {r.name: r for r in self.rows if (r.since or day) <= day <= (r.until or day)}

    def with_figures(self, figures: tuple[Threshold, ...]) -> Thresholds:
        """The same with those of plugins.

        Raises:
            Refused: TE041 where two of one name hold on the same day.
        """
        rows, problems = list(self.rows), Problems()
        for figure in figures:
            if any(row.name == figure.name and _overlap(row, figure) for row in rows):
                message = f'the figure "{figure.name}" of a plugin holds on days on which there is another of that name'
                problems.add("TE041", None, message, "rename it, or uninstall the plugin")
            rows.append(figure)
        problems.refuse()
        return Thresholds(self.checked, tuple(rows))

    def names(self) -> tuple[str, ...]:
        """Every name that has a row, whatever the day."""
        return tuple(dict.fromkeys(r.name for r in self.rows))


def read_table(source: Source) -> Thresholds:
    """A table of thresholds.

    Raises:
        Refused: with every problem of the file; TE020 where two rows of one name hold on the same day.
    """
    problems = Problems()
    data = parse_yaml(source, problems)
    problems.refuse()
    if not isinstance(data, Table):
        problems.add("TE012", Location(source.name), "the table of thresholds is no mapping", "write checked and rows")
    found: Any = validate(TableFile, data, Location(source.name), problems) if isinstance(data, Table) else None
    problems.refuse()
    for n, row in enumerate(found.rows):
        for other in found.rows[:n]:
            if row.name == other.name and _overlap(row, other):
                message = f'two rows of "{row.name}" hold on the same day'
                problems.add("TE020", row.where, message, "end one before the other begins")
    problems.refuse()
    return Thresholds(found.checked, tuple(row.record() for row in found.rows))


def _overlap(one: Row | Threshold, other: Row | Threshold) -> bool:
    begins = max(one.since or date.min, other.since or date.min)
    return begins <= min(one.until or date.max, other.until or date.max)


@cache
def thresholds() -> Thresholds:
    """The table that is shipped, and the figures of the table of law that have a name."""
    path = files(__package__) / NAME
    own = read_table(Source(NAME, path.read_bytes()))
    return Thresholds(own.checked, (*own.rows, *(_of_law(row) for row in duties().rows if row.name)))


def _of_law(row: Duty) -> Threshold:
    clause = row.clauses[0]
    return Threshold(row.name, row.figure or Fraction(0), row.unit, row.about, clause, row.since, row.until)
