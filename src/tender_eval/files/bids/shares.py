"""Marks and money written as shares or fractions, where the scheme is known: what is taken, and what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.files.numbers import MONEY, NotANumber, is_plain, parse_number, written
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Table, Text


class MarksAsked(NamedTuple):
    """What the scheme takes as a mark of a criterion: one of these, or any from 0 to the most."""

    one_of: tuple[Fraction, ...] = ()
    most: Fraction | None = None

    def takes(self, mark: Fraction) -> bool:
        """Whether this is a mark there."""
        return mark in self.one_of if self.one_of else self.most is not None and 0 <= mark <= self.most

    @property
    def highest(self) -> Fraction:
        return max(self.one_of, default=self.most or Fraction(0))

    def __str__(self) -> str:
        if self.one_of:
            return f"one of {', '.join(written(m) for m in self.one_of)}"
        return f"0 to {written(self.highest)}"


Asked = Mapping[str, MarksAsked | None]
"""What the scheme takes by column: marks, or None where it is money; of other columns either is left to the format."""


def check_written(data: Table, asked: Asked, problems: Problems) -> None:
    """Note each mark, and each free figure read as a mark or as money, that is a percentage or a fraction.

    Args:
        data: the bids in the shape of a bids file.
    """
    bids = data.get("bids")
    for bid in bids if isinstance(bids, Items) else ():
        for part in _parts(bid):
            for column, text in (*_marks(part), *_values(part)):
                if column in asked and not is_plain(text):
                    _note(column, text, asked[column], problems)


def _parts(bid: object) -> Iterator[Table]:
    """A bid, and what it says for each lot."""
    if isinstance(bid, Table):
        yield bid
        lots = bid.get("lots")
        for part in lots.values() if isinstance(lots, Table) else ():
            yield from (part,) if isinstance(part, Table) else ()


def _marks(part: Table) -> Iterator[tuple[str, Text]]:
    """The marks there, agreed ones and those of each evaluator."""
    marks = part.get("marks")
    for criterion, mark in marks.items() if isinstance(marks, Table) else ():
        individual = mark.get("individual") if isinstance(mark, Table) else None
        found = [mark.get("agreed")] if isinstance(mark, Table) else [mark]
        found += individual.values() if isinstance(individual, Table) else ()
        yield from ((f"marks.{criterion}", text) for text in found if isinstance(text, Text))


def _values(part: Table) -> Iterator[tuple[str, Text]]:
    values = part.get("values")
    for name, text in values.items() if isinstance(values, Table) else ():
        if isinstance(text, Text):
            yield f"values.{name}", text


def _note(column: str, text: Text, asked: MarksAsked | None, problems: Problems) -> None:
    try:
        share = parse_number(text)
    except NotANumber:  # told as such
        return
    if asked is None:
        message = f'"{text}" is no amount of money, as which the scheme reads {column}'
        problems.add("TE014", text.where, message, f"write {MONEY.what} in digits, such as {MONEY.such_as}")
        return
    message = f'"{text}" is no mark of "{column.removeprefix("marks.")}": a mark here is {asked}'
    meant = _meant(text, share, asked)
    hint = f"was {written(meant)} meant? Then write {written(meant)}" if meant is not None else "write the mark itself"
    problems.add("TE014", text.where, message, hint)


def _meant(text: str, share: Fraction, asked: MarksAsked) -> Fraction | None:
    """The mark that a share of full marks, or "4/5" on marks to 5, probably stands for."""
    given, _, out_of = text.partition("/")
    if out_of and Fraction(out_of.strip()) == asked.highest:
        mark = Fraction(given.strip())
        return mark if asked.takes(mark) else None
    mark = share * asked.highest
    return mark if asked.takes(mark) and is_plain(written(mark)) else None
