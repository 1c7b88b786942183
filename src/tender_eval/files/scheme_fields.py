"""The field types of a scheme file: calls of scorers and rules, limits, and numbers whose writing matters."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from tender_eval.files.fields import fault, kind
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.model.location import Table, place
from tender_eval.model.scheme import Bound, Call


def _call(value: object) -> Call:
    where = place(value)
    if isinstance(value, Call):
        return value
    if isinstance(value, str):
        return Call(value, {}, where)
    if isinstance(value, dict):
        name = value.get("name")
        if not isinstance(name, str):
            raise fault("TE011", '"name" is missing', "write {name: ..., parameter: ...}, or the bare name")
        rest = Table(where)
        rest.update((k, v) for k, v in value.items() if k != "name")
        return Call(name, rest, where)
    raise fault("TE012", "expected a name, or a mapping with a name", "write {name: ..., parameter: ...}")


def _bound(value: object) -> Bound:
    where = place(value)
    if isinstance(value, Bound):
        return value
    if not isinstance(value, str):
        message = f"expected a number, found {kind(value)}"
        raise fault("TE012", message, "write a number, or a share such as 50% of annual_value")
    share, of, name = value.partition(" of ")
    try:
        return Bound(parse_number(share), name.strip() if of else "", where)
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint or "write a number, or 50% of annual_value") from None


def _number_text(value: object) -> str:
    """The text of a number: what it means depends on how it is written (50% or 3)."""
    if not isinstance(value, str):
        raise fault("TE012", f"expected a number, found {kind(value)}", "write plain digits, such as 35, 35% or 12.50")
    try:
        parse_number(value)
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint) from None
    return value


def _truth_or_text(value: object) -> bool | str:
    if isinstance(value, str):
        plain = getattr(value, "plain", True)  # in quotes it is text, whatever it says
        return {"true": True, "false": False}.get(value.lower(), value) if plain else value
    if isinstance(value, bool):
        return value
    raise fault("TE012", f"expected true, false or text, found {kind(value)}", "write the one value that passes")


def _paid(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"once|per_year|year_[1-9]\d?", value):
        return value
    found = kind(value)
    raise fault("TE016", f"{found} is no time to be paid", "write once, per_year, or year_3 for the third year alone")


def day(value: object) -> date:
    """A day written like 2026-05-02, and in no other way."""
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise fault("TE016", f"{kind(value)} is no day", "write it like 2026-05-02")


def _day_text(value: object) -> str:
    return day(value).isoformat()


CallField = Annotated[Call, PlainValidator(_call)]
ScorerCall = Annotated[CallField, WithJsonSchema({"x-definition": "Scorer"})]
RuleCall = Annotated[CallField, WithJsonSchema({"x-definition": "Rule"})]
MechanismCall = Annotated[CallField, WithJsonSchema({"x-definition": "Mechanism"})]
NumberText = Annotated[str, PlainValidator(_number_text), WithJsonSchema({"type": ["number", "string"]})]
BoundField = Annotated[Bound, PlainValidator(_bound), WithJsonSchema({"type": ["number", "string"]})]
TruthOrText = Annotated[bool | str, PlainValidator(_truth_or_text), WithJsonSchema({"type": ["boolean", "string"]})]
Paid = Annotated[
    str,
    PlainValidator(_paid),
    WithJsonSchema({"type": "string", "pattern": "^(once|per_year|year_[1-9][0-9]?)$"}),
]
DayText = Annotated[
    str,
    PlainValidator(_day_text),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
