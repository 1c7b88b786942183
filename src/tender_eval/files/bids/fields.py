"""The field types of a bids file: figures, marks and facts, each with its place.

A place that takes money, a mark or a count takes no share; a fact with a natural range is held to it, at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Annotated, Any

from tender_eval.files.fields import ID_PATTERN, ReadBy, day, fault, ident, kind, share_mend
from tender_eval.files.numbers import COUNT, MARK, MONEY, NotANumber, Role, parse_number, parse_plain
from tender_eval.model.bids import Figure
from tender_eval.model.location import Text, place


def figure(value: object, role: Role | None = None) -> Figure:
    """A number with its place: of a role where it can be no share, else any."""
    if isinstance(value, Figure):
        return value
    if not isinstance(value, str):
        hint = "write the figure, or remove the key"
        if value is None:
            raise fault("TE018", "nothing is written here", hint)
        raise fault("TE012", f"expected one number, found {kind(value)}", hint)
    try:
        return Figure(parse_plain(value, role) if role else parse_number(value), place(value))
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint) from None


def _number_or_days(value: object) -> Figure:
    """A free figure, a date, or a number of days or weeks; the scheme says which it takes."""
    if isinstance(value, str):
        text = value.strip()
        if _DAY.search(text):
            day(text)
            return Figure(text, place(value))
        if _DURATION.fullmatch(text):
            return Figure(" ".join(text.split()), place(value))
        if _OF_TIME.search(text):
            raise fault("TE016", f"{kind(value)} is no number of days or weeks", "write it like 42 days or 6 weeks")
    return figure(value)


def _within(role: Role, what: str, most: int | None = None) -> Callable[[object], Figure]:
    """A validator of a fact that is at least 0, and where ``most`` is given at most that."""

    def check(value: object) -> Figure:
        found = figure(value, role)
        number = found.value
        if isinstance(number, Fraction) and (number < 0 or (most is not None and number > most)):
            message = f"{value} is out of range: {what} at least 0" + (f" and at most {most}" if most else "")
            raise fault("TE015", message, "write what it is, or leave it out where it is not known")
        return found

    return check


def _discount(value: object) -> Figure:
    found = figure(value)
    number = found.value
    if isinstance(number, Fraction) and not 0 <= number < 1:
        mend = share_mend(value, 1 <= number < 100, "write a share such as 12%")
        raise fault("TE015", f"{value} is no discount from 0% to below 100%", mend)
    return found


def _fact(value: object) -> Figure:
    """A declared fact: true or false, a number, or text."""
    if isinstance(value, Figure):
        return value
    if isinstance(value, list):
        return Figure(tuple(str(v) for v in value), place(value))
    if not isinstance(value, str):
        raise fault("TE018", "nothing is written here", "write the fact, or remove the key")
    if value.lower() in ("true", "false"):
        return Figure(value.lower() == "true", place(value))
    try:
        return Figure(parse_number(value), place(value))
    except NotANumber:
        return Figure(str(value), place(value))


def _truth(value: object) -> Figure:
    if isinstance(value, Figure):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return Figure(value.lower() == "true", place(value))
    raise fault("TE017", f"expected true or false, found {kind(value)}", "write true or false, or leave it out")


def _texts(value: object) -> Figure:
    return value if isinstance(value, Figure) else Figure(tuple(map(str, _listed(value))), place(value))


def _names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else _listed(value)


def _listed(value: object) -> tuple[str, ...]:
    """Names in an order, with their places."""
    if isinstance(value, str):  # one cell of a table: separated by semicolons
        return tuple(Text(part.strip(), place(value)) for part in value.split(";") if part.strip())
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return tuple(value)
    raise fault("TE012", "expected a list of names", "write [north, south]")


def _text(value: object) -> Figure:
    if isinstance(value, Figure):
        return value
    if isinstance(value, str) and value.strip():
        return Figure(str(value), place(value))
    raise fault("TE012", f"expected text, found {kind(value)}", "write the text, or remove the key")


def _lines(value: object) -> tuple[str, ...]:
    """Lines of text: a list, or one text in which semicolons and line breaks part them."""
    if isinstance(value, tuple):
        return value
    parts = value.replace("\n", ";").split(";") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise fault("TE012", "expected the lines of an address", "write [1 High Street, Vale]")
    found = tuple(text for part in parts if (text := str(part).strip()))
    if len(found) > MOST_LINES:
        raise fault("TE012", f"an address of {len(found)} lines", f"write it in at most {MOST_LINES}")
    return found


def _email(value: object) -> str:
    text = str(value) if isinstance(value, str) else ""
    before, at, after = text.partition("@")
    if not at or not before or not after or "@" in after or len(text) > LONGEST_EMAIL or len(text.split()) != 1:
        raise fault("TE012", "expected an e-mail address", "write it like tenders@alder.example, or remove the key")
    return text


def _size(value: object) -> Figure:
    figure = _text(value)
    if figure.value not in SIZES:
        raise fault("TE016", f'"{figure.value}" is not a size', f"write {', '.join(SIZES[:-1])} or {SIZES[-1]}")
    return figure


_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_DAY = re.compile(
    r"^\d{1,4}([./-])\d{1,2}\1\d{1,4}$"
    rf"|^(?=.*\d).*\b(?:{'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in _MONTHS)})\b",
    re.ASCII | re.IGNORECASE,
)
"""What people write for a day, in whatever form."""
_OF_TIME = re.compile(r"\b(?:day|week|fortnight|month|year)s?\b", re.ASCII | re.IGNORECASE)
_DURATION = re.compile(r"\d+(?:\.\d+)?\s+(?:day|week)s?", re.ASCII)
SIZES = ("micro", "small", "medium", "large")
ANY_NUMBER: dict[str, Any] = {"type": ["number", "string"]}
MOST_YEARS = 1000  # more is a calendar year
MOST_LINES = 12  # of an address
LONGEST_EMAIL = 254  # characters, by RFC 5321
DayFigure = Annotated[Figure, ReadBy(_number_or_days, ANY_NUMBER)]
"""A free figure: a rate or a share may be written 35% or 1/3; where the scheme says so a date, or days or weeks."""
MoneyFigure = Annotated[Figure, ReadBy(partial(figure, role=MONEY), ANY_NUMBER)]
DiscountFigure = Annotated[Figure, ReadBy(_discount, ANY_NUMBER)]
"""A share that is taken off a stated sum."""
MarkFigure = Annotated[Figure, ReadBy(partial(figure, role=MARK), ANY_NUMBER)]
IncomeFigure = Annotated[Figure, ReadBy(_within(MONEY, "an income is"), ANY_NUMBER)]
ValueFigure = Annotated[Figure, ReadBy(_within(MONEY, "a yearly value is"), ANY_NUMBER)]
YearsFigure = Annotated[Figure, ReadBy(_within(COUNT, "a number of years is", MOST_YEARS), ANY_NUMBER)]
FactFigure = Annotated[Figure, ReadBy(_fact, {"type": ["boolean", "number", "string", "array"]})]
TruthFigure = Annotated[Figure, ReadBy(_truth, {"type": "boolean"})]
Lines = Annotated[tuple[str, ...], ReadBy(_lines, {"type": ["array", "string"], "items": {"type": "string"}})]
Email = Annotated[str, ReadBy(_email, {"type": "string"})]
TextFigure = Annotated[Figure, ReadBy(_text, {"type": "string"})]
SizeFigure = Annotated[Figure, ReadBy(_size, {"type": "string"})]
Names = Annotated[tuple[str, ...], ReadBy(_names, {"type": ["array", "string"], "items": {"type": "string"}})]
TextsFigure = Annotated[Figure, ReadBy(_texts, {"type": ["array", "string"], "items": {"type": "string"}})]

_OFFER = rf"^{ID_PATTERN[1:-1]}(?:\+{ID_PATTERN[1:-1]})*$"


def _bid_or_offer(value: object) -> str:
    return value if isinstance(value, str) and re.fullmatch(_OFFER, value) else ident(value)


BidOrOffer = Annotated[str, ReadBy(_bid_or_offer, {"type": "string", "pattern": _OFFER})]
"""The id of a bid, or what one of its offers for several lots is called: ``alder+north+south``."""
