"""The field types that scheme, bids and plugin parameters are made of, for pydantic.

Each takes the text as it was written and gives an exact value; none guesses. The types are public: plugin
authors use them in their `Params`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from tender_eval.files.numbers import COUNT, MARK, MONEY, NotANumber, Role, is_plain, parse_number, parse_plain
from tender_eval.model.location import NOWHERE, Location, place

Item = TypeVar("Item")

IN_WELSH = "the same in Welsh"
ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_\-]*$"
COLUMN_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_\-]*(\.[A-Za-z0-9_+\-]+)*$"


class Fields(BaseModel):
    """Base of everything read from a file: unknown keys are errors, values never change afterwards."""

    # Validators are built on first use: a run needs few of the many models that plugins bring.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)

    @field_validator("*", mode="before")
    @classmethod
    def _stated(cls, value: object) -> object:
        """A key with nothing behind it is an error: a forgotten minimum is not no minimum."""
        if value is None:
            raise fault("TE018", "nothing is written here", "write the value, or remove the key")
        return value


class Located(Fields):
    """A mapping of the file that remembers its place."""

    _where: Location = PrivateAttr(default_factory=lambda: NOWHERE)  # a default would be copied for each

    @model_validator(mode="wrap")
    @classmethod
    def _remember(cls, data: Any, handler: Any) -> Any:
        made = handler(data)
        made._where = place(data, NOWHERE)
        return made

    @property
    def where(self) -> Location:
        """Where it stands in its file."""
        return self._where


class _BuiltOnFirstUse:
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(source.model_validate, metadata={"model": source.__name__})

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"x-definition": schema["metadata"]["model"]}


class ReadBy:
    """What is written is read by a function of ours, and JSON Schema says what that takes; fractions are told as text.

    One annotation, where pydantic's own three would each go through its handlers, at every start of the program.
    """

    __slots__ = ("_read", "_schema")

    def __init__(self, read: Callable[[Any], Any], schema: Mapping[str, Any]) -> None:
        self._read = read
        self._schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        told = core_schema.plain_serializer_function_ser_schema(str) if source is Fraction else None
        return core_schema.no_info_plain_validator_function(self._read, serialization=told)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(self._schema)


def fault(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """A validation error that carries a code of the catalogue and a way to mend it."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def _number(value: object, role: Role | None = None) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if not isinstance(value, str):
        such_as = role.such_as if role else "35, 35% or 12.50"
        raise fault("TE012", f"expected a number, found {kind(value)}", f"write plain digits, such as {such_as}")
    try:
        return parse_plain(value, role) if role else parse_number(value)
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint) from None


def plain(role: Role) -> Callable[[Any], Any]:
    """A validator of numbers in digits: money, marks, counts."""
    return lambda value: _number(value, role)


def role_of(column: str) -> Role | None:
    """What kind of number a figure of this dotted name is; None for one that may be a share, as in ``values.*``.

    >>> [role_of(c) == r for c, r in (("prices.annual", MONEY), ("marks.q", MARK), ("values.accepted", None))]
    [True, True, True]
    """
    head, _, name = column.partition(".")
    if head in ("price", "prices", "rates", "totals", "costs", "benefits", "marks"):
        return MARK if head == "marks" else MONEY
    if head not in ("supplier", "pooled", "tender"):
        return None
    return {"annual_income": MONEY, "annual_value": MONEY, "years_in_area": COUNT}.get(name)


def in_the_unit_of(column: str, value: object) -> object:
    """A figure that others of this dotted name are compared with, refused where it is another kind of number."""
    if isinstance(value, str) and (role := role_of(column)) is not None:
        _number(value, role)
    return value


def _above(above: int, role: Role | None = None) -> Callable[[Any], Any]:
    def check(value: object) -> Fraction:
        n = _number(value, role)
        if n <= above:
            raise fault("TE015", f"{value} must be above {above}", f"write a number above {above}")
        return n

    return check


def share_of_all(value: object) -> Fraction:
    """A share from nothing to all."""
    n = _number(value)
    if not 0 <= n <= 1:
        mend = share_mend(value, 1 < n <= 100, "write a share such as 60% or 0.6")
        raise fault("TE015", f"{value} is not a share from 0% to 100%", mend)
    return n


def share_mend(value: object, may_be: bool, otherwise: str) -> str:
    """How a share that is none is mended: by its sign, where a percentage without one may be what was meant."""
    return f"write {value}% if a percentage is meant" if may_be and not str(value).endswith("%") else otherwise


def _percent(value: object) -> Fraction:
    n: Fraction = _above(0)(value)
    if str(value).strip().endswith("%"):
        plain = str(value).strip().removesuffix("%").strip()
        message = f"{value} may mean {plain} per cent or {plain} hundredths of one"
        raise fault("TE014", message, f"write {plain}: it counts in per cent already")
    return n


def _out_of_100(value: object) -> Fraction:
    """A weight of a rule, in the unit of the scheme's own: ``40`` and ``40%`` alike, and ``2/5`` of 100."""
    n: Fraction = _above(0)(value)
    share = isinstance(value, str) and not is_plain(value) and (value.strip().endswith("%") or n < 1)
    return n * 100 if share else n


_NUMBER_SCHEMA: dict[str, Any] = {"type": ["number", "string"]}


def _whole(low: int, high: int = 10**6) -> Callable[[Any], int]:
    def check(value: object) -> int:
        n = _number(value, COUNT)
        if n.denominator != 1 or not low <= n <= high:
            message = f"{value} must be a whole number from {low} to {high}"
            raise fault("TE015", message, f"write a whole number from {low} to {high}")
        return int(n)

    return check


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise fault("TE012", f"expected text, found {kind(value)}", "write text, in quotes where it holds , : or brackets")


def ident(value: object) -> str:
    """An id, and nothing else."""
    text = _text(value)
    if not re.fullmatch(ID_PATTERN, text):
        near = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-_")
        hint = "use letters, digits, '_' and '-', beginning with a letter or digit"
        message = f"{kind(text)} is not an id" if text else "nothing is written here, where an id should be"
        raise fault("TE019", message, hint + (f", such as {near}" if 0 < len(near) < 60 else ""))
    return text


def _column(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(COLUMN_PATTERN, text):
        message = f"{kind(text)} is not the dotted name of a figure"
        raise fault("TE019", message, "write a name such as price, marks.delivery or values.accepted")
    return text


def currency_code(value: object) -> str:
    """The code of a currency, and nothing else."""
    text = _text(value)
    if not re.fullmatch("[A-Z]{3}", text):
        raise fault("TE012", f'"{text}" is not a code of a currency', "write its three capitals, such as GBP or EUR")
    return text


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise fault("TE017", f"expected true or false, found {kind(value)}", "write true or false")


def day(value: object) -> date:
    """A day written like 2026-05-02, and in no other way."""
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise fault("TE016", f"{kind(value)} is no day", "write it like 2026-05-02")


def kind(value: object) -> str:
    """What a value of a file is, in words."""
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


def _some(items: tuple[Item, ...]) -> tuple[Item, ...]:
    # Not min_length: that counts only the valid items, and would report a faulty one as none at all.
    if not items:
        raise fault("TE018", "nothing is listed here", "list at least one item")
    return items


Some = Annotated[tuple[Item, ...], AfterValidator(_some), Field(json_schema_extra={"minItems": 1})]
"""A list of at least one item: ``Some[Column]``."""

OnFirstUse = Annotated[Item, _BuiltOnFirstUse()]
"""A model below another that is built when a file first has that part: ``OnFirstUse[PriceFile]``.

Most files have few of the parts that they may have, and building all of them takes longer than reading the file.
"""

Number = Annotated[Fraction, ReadBy(_number, _NUMBER_SCHEMA)]
"""An exact number: ``35``, ``35%``, ``12.50`` or ``1/3``."""

Positive = Annotated[Fraction, ReadBy(_above(0), _NUMBER_SCHEMA)]
"""An exact number above zero."""

Money = Annotated[Fraction, ReadBy(plain(MONEY), _NUMBER_SCHEMA)]
"""An amount in the scheme's currency, in digits: ``12000`` or ``12.50``, never ``80%`` or ``1/2``."""

PositiveMoney = Annotated[Fraction, ReadBy(_above(0, MONEY), _NUMBER_SCHEMA)]
"""An amount above zero, in digits."""

Mark = Annotated[Fraction, ReadBy(plain(MARK), _NUMBER_SCHEMA)]
"""A mark of a scale, in digits: ``4``, never ``4/5`` or ``80%``."""

PositiveMark = Annotated[Fraction, ReadBy(_above(0, MARK), _NUMBER_SCHEMA)]
"""A mark, or a number of marks, above zero, in digits."""

Count = Annotated[Fraction, ReadBy(plain(COUNT), _NUMBER_SCHEMA)]
"""A number of years, days or things, in digits, parts of one included: ``2.5``."""

PositiveCount = Annotated[Fraction, ReadBy(_above(0, COUNT), _NUMBER_SCHEMA)]
"""A number of units or things above zero, in digits."""

RuleWeight = Annotated[Fraction, ReadBy(_out_of_100, _NUMBER_SCHEMA)]
"""A weight out of 100 in an award rule: ``40``, ``40%`` or ``2/5``."""

Percent = Annotated[Fraction, ReadBy(_percent, _NUMBER_SCHEMA)]
"""An exact number of per cent above zero, written without the sign: ``50``."""

Share = Annotated[Fraction, ReadBy(share_of_all, _NUMBER_SCHEMA)]
"""A share from 0% to 100%, written ``60%`` or ``0.6``."""

Whole = Annotated[int, ReadBy(_whole(1), {"type": ["integer", "string"]})]
"""A whole number of at least one, in digits."""

Rounds = Annotated[int, ReadBy(_whole(2, 20), {"type": ["integer", "string"]})]
"""A number of rounds, from 2 to 20."""

Years = Annotated[int, ReadBy(_whole(1, 100), {"type": ["integer", "string"]})]
"""A number of years from 1 to 100."""

Places = Annotated[int, ReadBy(_whole(0, 12), {"type": ["integer", "string"]})]
"""A number of decimal places, from 0 to 12."""

Digits = Annotated[int, ReadBy(_whole(1, 12), {"type": ["integer", "string"]})]
"""A number of digits, from 1 to 12."""

Words = Annotated[str, ReadBy(_text, {"type": ["string", "number"]})]
"""Text, with its place kept."""

Ident = Annotated[
    str,
    ReadBy(ident, {"type": "string", "pattern": ID_PATTERN}),
]
"""An id within the scheme or bids file."""

Column = Annotated[
    str,
    ReadBy(_column, {"type": "string", "pattern": COLUMN_PATTERN}),
]
"""The dotted name of a bid's figure: ``price``, ``marks.delivery``, ``values.accepted``."""

Currency = Annotated[str, ReadBy(currency_code, {"type": "string", "pattern": "^[A-Z]{3}$"})]
"""A currency by its code: ``GBP``."""

Truth = Annotated[bool, ReadBy(_truth, {"type": "boolean"})]
"""``true`` or ``false``, and nothing else."""
