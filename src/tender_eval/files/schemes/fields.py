"""The field types of a scheme file: calls of scorers and rules, limits, and numbers whose writing matters."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from tender_eval.base.times import instant
from tender_eval.files.fields import ReadBy, day, fault, in_the_unit_of, kind, role_of, share_of_all
from tender_eval.files.numbers import MARK, NotANumber, is_plain, parse_number, written
from tender_eval.model.location import Location, Table, Text, place
from tender_eval.model.scheme import Bound, Call

MOST_OF_FULL = 10  # times full marks; what earns or costs more is a slip of the pen


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


def _moment(value: object) -> str:
    if isinstance(value, str) and instant(value) is not None:
        return str(value)
    message = f'"{value}" is no moment' if isinstance(value, str) else f"expected a moment, found {kind(value)}"
    raise fault("TE012", message, "write day, time and offset, such as 2026-05-01T12:00:00+01:00")


def _bound(value: object) -> Bound:
    where = place(value)
    if isinstance(value, Bound):
        return value
    if not isinstance(value, str):
        message = f"expected a number, found {kind(value)}"
        raise fault("TE012", message, "write a number, or a share such as 50% of annual_value")
    share, of, name = value.partition(" of ")
    try:
        amount = parse_number(share)
        if of and is_plain(share) and amount > 1:
            times, what = share.strip(), name.strip()
            hint = f"write {times}% of {what}; or, if so many times it is meant, {written(amount * 100)}% of {what}"
            raise fault("TE015", f'"{value}" is {times} times "{what}"', hint)
        if of and amount < 0:
            raise fault("TE015", f'"{value}" is below nothing', "write a share from 0%, such as 50% of annual_value")
        return Bound(amount, _named(value, name) if of else "", where)
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint or "write a number, or 50% of annual_value") from None


def in_digits(column: str, limit: object) -> object:
    """A limit of a figure of this name, before it is read: without ``of`` it is an amount of that figure's kind."""
    if not isinstance(limit, str) or " of " in limit or (role := role_of(column)) is None or is_plain(limit):
        return limit
    try:
        parse_number(limit)
    except NotANumber:
        return limit  # told as such
    if role is MARK:
        return in_the_unit_of(column, limit)
    message = f'"{limit}" is a share, and it is not said of what'
    raise fault("TE014", message, f"write {limit} of annual_value or alike, or {role.what} in digits")


def _named(text: str, name: str) -> str:
    """The figure that a share is taken of, at its own place in the text."""
    where, stripped = place(text), name.strip()
    if not isinstance(text, Text):
        return stripped
    if where.line and "\n" not in text:
        offset = len(text) - len(name.lstrip()) + (0 if text.plain else 1)
        where = Location(where.source, where.line, where.column + offset)
    return Text(stripped, where)


def _number_text(value: object, such_as: str) -> str:
    """The text of a number: what it means depends on how it is written (50% or 3)."""
    if not isinstance(value, str):
        raise fault("TE012", f"expected a number, found {kind(value)}", f"write plain digits, such as {such_as}")
    try:
        parse_number(value, such_as)
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint) from None
    return value


def _weight(value: object, info: ValidationInfo) -> str:
    """A weight: 35, 35% or 1/3 (of 100); points are written in digits, for they are points of no stated total."""
    text = _number_text(value, "35, 35%, 12.50 or 1/3")
    file = info.context if isinstance(info.context, dict) else {}
    if file.get("weights") == "points" and not is_plain(text):
        share = parse_number(text)
        hint = f"write the points in digits; or state weights: of_total, where {text} is that share of 100"
        if text.endswith("%"):
            hint = f"write {written(share * 100)} if that many points are meant; or state weights: of_total"
        elif is_plain(written(share)):
            hint = f"write {written(share)} if that many points are meant; or state weights: of_total"
        what = "a percentage" if text.endswith("%") else "a fraction"
        raise fault("TE012", f'the weight "{text}" is {what}, but weights are points', hint)
    if not is_plain(text) and "/" in text and parse_number(text) == 1:
        raise fault("TE014", f'"{text}" may be all of 100, or one of 100', "write 100 or 1, whichever is meant")
    return text


def _minimum(value: object) -> str:
    """A share of the points, written with %, or a mark in digits."""
    text = _number_text(value, "3, or a share such as 50%")
    if "/" in text and not is_plain(text):
        share = parse_number(text) * 100
        given, _, out_of = (part.strip() for part in text.partition("/"))
        as_share = f"{written(share)}%" if is_plain(written(share)) else "a percentage such as 50%"
        message = f'"{text}" may be the mark {given} out of {out_of}, or a share of the points'
        raise fault("TE014", message, f"write {given} if the mark is meant, or {as_share} if the share is")
    return text


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


def _step_share(value: object) -> Fraction:
    """What a mark earns: a share; one below 0% or above 100% is written with its sign, so that 60 is not 6000%."""
    if isinstance(value, str) and value.strip().endswith("%"):
        try:
            share = parse_number(value)
        except NotANumber as e:
            raise fault(e.code, str(e), e.hint) from None
        if not -MOST_OF_FULL <= share <= MOST_OF_FULL:
            message = f"{value} is no share that a mark can earn"
            raise fault("TE015", message, f"write a share from -{MOST_OF_FULL}00% to {MOST_OF_FULL}00%")
        return share
    return share_of_all(value)


def _scale_to_best(value: object) -> str:
    if value is True or (isinstance(value, str) and value.lower() == "true"):
        return "alone"
    if value is False or (isinstance(value, str) and value.lower() == "false"):
        return ""
    if value in ("alone", "before_minimums", "after_minimums"):
        return str(value)
    message = f"{kind(value)} does not say how points are scaled to the best bid"
    raise fault("TE016", message, "write true; where there are minimums, before_minimums or after_minimums")


def _day(value: object) -> date:
    return value if type(value) is date else day(value)


ScorerCall = Annotated[Call, ReadBy(_call, {"x-definition": "Scorer"})]
RuleCall = Annotated[Call, ReadBy(_call, {"x-definition": "Rule"})]
MechanismCall = Annotated[Call, ReadBy(_call, {"x-definition": "Mechanism"})]
WeightText = Annotated[str, PlainValidator(_weight), WithJsonSchema({"type": ["number", "string"]})]
MinimumText = Annotated[str, ReadBy(_minimum, {"type": ["number", "string"]})]
BoundField = Annotated[Bound, ReadBy(_bound, {"type": ["number", "string"]})]
TruthOrText = Annotated[bool | str, ReadBy(_truth_or_text, {"type": ["boolean", "string"]})]
Paid = Annotated[
    str,
    ReadBy(_paid, {"type": "string", "pattern": "^(once|per_year|year_[1-9][0-9]?)$"}),
]
StepShare = Annotated[Fraction, ReadBy(_step_share, {"type": ["number", "string"]})]
ScaleToBest = Annotated[
    str,
    ReadBy(_scale_to_best, {"enum": [True, False, "before_minimums", "after_minimums"]}),
]
Day = Annotated[
    date,
    ReadBy(_day, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
"""A day, written like 2026-05-02."""

Moment = Annotated[str, ReadBy(_moment, {"type": "string", "format": "date-time"})]
"""A moment with its offset (RFC 3339)."""
