"""Adjustments of the evaluated price as a scheme file says them, and the short tests of whom they are for."""

import re
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tender_eval.files.bids.fields import SIZES
from tender_eval.files.fields import (
    COLUMN_PATTERN,
    IN_WELSH,
    Column,
    Ident,
    Located,
    PositiveMoney,
    ReadBy,
    Words,
    fault,
    kind,
)
from tender_eval.files.numbers import MONEY, NotANumber, parse_number, parse_plain
from tender_eval.model.diagnostics import did_you_mean
from tender_eval.model.location import place
from tender_eval.model.pricing.adjust import LOWEST, LOWEST_OTHER, OWN, Adjustment, Test

_TEST = re.compile(rf"({COLUMN_PATTERN[1:-1]}) (is not|is|at least|at most) (\S.*)")
_SUCH_AS = "supplier.size is micro or small, declarations.local is true, or values.domestic_share at least 50%"


def _test(value: object) -> Test:
    if isinstance(value, Test):
        return value
    if not isinstance(value, str):
        raise fault("TE012", f"expected a test of the bid, found {kind(value)}", f"write {_SUCH_AS}")
    found = _TEST.fullmatch(" ".join(value.split()))
    if found is None:
        raise fault("TE012", f"{kind(value)} is no test of a figure of the bid", f"write {_SUCH_AS}")
    column, how, wanted = found[1], found[len(found.groups()) - 1], found[len(found.groups())]
    where = place(value)
    if how in ("is", "is not"):
        values = tuple(each.strip() for each in wanted.split(" or "))
        _refuse_unknown_size(column, values)
        return Test(column, values, how == "is not", where=where)
    try:
        limit = parse_number(wanted)
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint) from None
    return Test(column, at_least=limit, where=where) if how == "at least" else Test(column, at_most=limit, where=where)


def _refuse_unknown_size(column: str, values: tuple[str, ...]) -> None:
    """A size that no supplier can have would be nobody's, in silence."""
    for value in values:
        if column == "supplier.size" and value not in SIZES:
            raise fault("TE016", f'"{value}" is not a size', did_you_mean(value, SIZES))


def _tests(value: object) -> tuple[Test, ...]:
    given = value if isinstance(value, list | tuple) else [value]
    if not given:
        raise fault("TE018", "nothing is listed here", "list at least one test, or remove when: it is for every bid")
    return tuple(map(_test, given))


def _change(value: object) -> Fraction | tuple[Fraction]:
    """A share, in a tuple of its own, or an amount of money; either may be below zero."""
    if not isinstance(value, str):
        raise fault("TE012", f"expected a percentage or an amount, found {kind(value)}", "write -5%, or -2500")
    try:
        found = (parse_number(value),) if value.strip().endswith("%") else parse_plain(value, MONEY)
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint or "write -5%, or -2500") from None
    number = found[0] if isinstance(found, tuple) else found
    if number == 0:
        raise fault("TE015", "an adjustment by nothing", "write by how much the price changes, such as -5%")
    if isinstance(found, tuple) and number <= -1:
        raise fault("TE015", f"{value} leaves nothing of what it is taken off", "write less, such as -5%")
    return found


When = Annotated[
    tuple[Test, ...],
    ReadBy(_tests, {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
"""Of which bids something is said: one test, or several that must all hold."""

Change = Annotated[Fraction | tuple[Fraction], ReadBy(_change, {"type": ["number", "string"]})]


class AdjustFile(Located):
    """An adjustment of the evaluated price: it changes what is compared, and not what is paid."""

    id: Ident
    title: Words = ""
    title_cy: Words = Field("", description=IN_WELSH)
    when: When = ()
    by: Change
    of: Literal["price", "lowest", "lowest_other"] | Column = "price"
    cap: PositiveMoney | None = None
    unless_lowest: Literal["qualifies"] | When = ()
    source: dict[str, Words] = {}

    @model_validator(mode="before")
    @classmethod
    def _not_of_lots(cls, data: object) -> object:
        if isinstance(data, dict) and "per" in data:
            message = (
                "an adjustment per combination of lots cannot be said: lots are awarded by the price of each alone"
            )
            raise fault("TE010", message, "remove it; a scheme that needs it cannot be evaluated here")
        return data

    @model_validator(mode="after")
    def _of_what(self) -> Self:
        if not isinstance(self.by, tuple) and self.of != OWN:
            message = f'"{self.id}" is an amount, and says of what it is a share'
            raise fault("TE028", message, "write by: as a percentage, or remove of")
        if self.unless_lowest == "qualifies" and not self.when:
            message = f'"{self.id}" is for every bid, so that the lowest always qualifies'
            raise fault("TE028", message, "state when, or remove unless_lowest")
        if self.of == LOWEST_OTHER and not self.when:
            message = f'"{self.id}" is for every bid, and goes by the lowest of the others'
            raise fault("TE028", message, f"state when, or of: {LOWEST}")
        return self

    def record(self) -> Adjustment:
        share, amount = (self.by[0], None) if isinstance(self.by, tuple) else (None, self.by)
        unless = self.when if self.unless_lowest == "qualifies" else self.unless_lowest
        return Adjustment(
            self.id, self.title, self.when, share, amount, self.of, self.cap, unless,
            tuple(self.source.items()), self.where, self.title_cy,
        )  # fmt: skip
