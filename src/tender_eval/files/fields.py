"""The field types that scheme, bids and plugin parameters are made of, for pydantic.

Each takes the text as it was written and gives an exact value; none guesses. The types are public: plugin
authors use them in their `Params`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.model.location import NOWHERE, Location, place

Item = TypeVar("Item")

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_\-]*$"
COLUMN_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_\-]*(\.[A-Za-z0-9_+\-]+)*$"


class Fields(BaseModel):
    """Base of everything read from a file: unknown keys are errors, values never change afterwards."""

    # Validators are built on first use: a run needs few of the many models that plugins bring.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Located(Fields):
    """A mapping of the file that remembers its place."""

    _where: Location = PrivateAttr(default=NOWHERE)

    @model_validator(mode="wrap")
    @classmethod
    def _remember(cls, data: Any, handler: Any) -> Any:
        made = handler(data)
        made._where = place(data, NOWHERE)
        return made

    @property
    def where(self) -> Location:
        return self._where


def fault(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """A validation error that carries a code of the catalogue and a way to mend it."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def _number(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if not isinstance(value, str):
        raise fault("TE012", f"expected a number, found {_kind(value)}")
    try:
        return parse_number(value)
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint) from None


def _ranged(low: Fraction | int | None, high: Fraction | int | None, above: int | None) -> Callable[[Any], Any]:
    def check(value: object) -> Fraction:
        n = _number(value)
        if above is not None and n <= above:
            raise fault("TE015", f"{value} must be above {above}")
        if (low is not None and n < low) or (high is not None and n > high):
            limits = f"from {low} to {high}" if high is not None else f"at least {low}"
            raise fault("TE015", f"{value} is out of range: {limits}", "a share is written 60% or 0.6")
        return n

    return check


_NUMBER_SCHEMA: dict[str, Any] = {"type": ["number", "string"]}


def _whole(low: int, high: int = 10**6) -> Callable[[Any], int]:
    def check(value: object) -> int:
        n = _number(value)
        if n.denominator != 1 or not low <= n <= high:
            raise fault("TE015", f"{value} must be a whole number from {low} to {high}")
        return int(n)

    return check


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise fault("TE012", f"expected text, found {_kind(value)}")


def _matching(pattern: str, what: str) -> Callable[[Any], str]:
    def check(value: object) -> str:
        text = _text(value)
        if not re.fullmatch(pattern, text):
            raise fault("TE019", f'"{text}" is not {what}')
        return text

    return check


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise fault("TE017", f"expected true or false, found {_kind(value)}")


def _kind(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case str():
            return f'"{value}"' if len(value) < 60 else "a long text"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return repr(value)


def _plain(value: Fraction) -> str:
    return str(value)


def _some(items: tuple[Item, ...]) -> tuple[Item, ...]:
    # Not min_length: that counts only the valid items, and would report a faulty one as none at all.
    if not items:
        raise fault("TE018", "nothing is listed here", "list at least one item")
    return items


Some = Annotated[tuple[Item, ...], AfterValidator(_some), Field(json_schema_extra={"minItems": 1})]
"""A list of at least one item: ``Some[Column]``."""

Number = Annotated[
    Fraction, PlainValidator(_number), PlainSerializer(_plain), WithJsonSchema(_NUMBER_SCHEMA)
]
"""An exact number: ``35``, ``35%``, ``12.50`` or ``1/3``."""

Positive = Annotated[
    Fraction, PlainValidator(_ranged(None, None, 0)), PlainSerializer(_plain), WithJsonSchema(_NUMBER_SCHEMA)
]
"""An exact number above zero."""

Share = Annotated[
    Fraction, PlainValidator(_ranged(0, 1, None)), PlainSerializer(_plain), WithJsonSchema(_NUMBER_SCHEMA)
]
"""A share from 0% to 100%, written ``60%`` or ``0.6``."""

Whole = Annotated[int, PlainValidator(_whole(1)), WithJsonSchema({"type": ["integer", "string"]})]
"""A whole number of at least one."""

Years = Annotated[int, PlainValidator(_whole(1, 100)), WithJsonSchema({"type": ["integer", "string"]})]
"""A number of years from 1 to 100."""

Places = Annotated[int, PlainValidator(_whole(0, 12)), WithJsonSchema({"type": ["integer", "string"]})]
"""A number of decimal places, from 0 to 12."""

Words = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": ["string", "number"]})]
"""Text, with its place kept."""

Ident = Annotated[
    str,
    PlainValidator(_matching(ID_PATTERN, "an id: letters, digits, '_' and '-'")),
    WithJsonSchema({"type": "string", "pattern": ID_PATTERN}),
]
"""An id within the scheme or bids file."""

Column = Annotated[
    str,
    PlainValidator(_matching(COLUMN_PATTERN, "the dotted name of a figure, such as values.accepted")),
    WithJsonSchema({"type": "string", "pattern": COLUMN_PATTERN}),
]
"""The dotted name of a bid's figure: ``price``, ``marks.delivery``, ``values.accepted``."""

Truth = Annotated[bool, PlainValidator(_truth), WithJsonSchema({"type": "boolean"})]
"""``true`` or ``false``, and nothing else."""
