"""Text to exact numbers. What could be read in two ways is named, never guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from tender_eval.base.limits import LONGEST_NUMBER
from tender_eval.base.pattern import Pattern
from tender_eval.model.location import Given

_DECIMAL = Pattern(r"[+-]?\d+(\.\d+)?", re.ASCII)
_PERCENT = Pattern(r"([+-]?\d+(?:\.\d+)?)\s?%", re.ASCII)
_RATIO = Pattern(r"([+-]?\d+)\s?/\s?(\d+)", re.ASCII)
_EXPONENT = Pattern(r"[+-]?\d+(\.\d+)?[eE][+-]?\d{1,2}", re.ASCII)
_DATE = Pattern(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
_THOUSANDS = Pattern(r"[+-]?\d{1,3}([ ,'_\u00a0\u202f]\d{3})+(\.\d+)?")
_CONTINENTAL = Pattern(r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}|(?:\.\d{3})+,\d+)")  # 1.000.000 or 1.000,50
POINT = Pattern(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)  # thousands to some, three decimals to others
_FOOTNOTE = Pattern(r"(.*\d)\s*([*^#~†‡§¶¹²³⁰⁴-⁹]+|\([a-z0-9]\)|\[[a-z0-9]\])")
_CURRENCY = Pattern(r"[£$€₴¥]|^(GBP|EUR|USD|UAH|CHF)\b|\b(GBP|EUR|USD|UAH|CHF)$")


class NotANumber(ValueError):
    """Text that is not one number; carries the catalogue's code and a way to mend it."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


class Role(NamedTuple):
    """What a place takes that takes no share: what it is, some of them, and how they are written."""

    what: str
    such_as: str
    written_as: str


MONEY = Role("the amount", "12000 or 12.50", "money is written in digits")
MARK = Role("the mark", "4", "a mark is a plain number")
COUNT = Role("the number", "3 or 2.5", "a number of years, days or things is written in digits")
_ENDS = (5, 10, 4, 3, 6, 7, 20, 100)  # where scales of marks often end
_ANY = "35, 35%, 12.50 or 1/3"


def parse_plain(text: str, role: Role) -> Fraction:
    """An exact number in digits, where a share such as 80% or a fraction such as 4/5 would be something else.

    >>> str(parse_plain("12.50", MONEY))
    '25/2'
    >>> parse_plain("4/5", MARK)
    Traceback (most recent call last):
    tender_eval.files.numbers.NotANumber: "4/5" may be 4 out of 5 or a fraction of one; a mark is a plain number

    Raises:
        NotANumber: with TE013 or TE014 and a hint.
    """
    number = parse_number(text, role.such_as)
    if is_plain(text):
        return number
    text = text.strip()
    if role is MARK and "/" in text:
        given, _, out_of = (part.strip() for part in text.partition("/"))
        said = f"may be {given} out of {out_of} or a fraction of one"
        hint = f"write the mark as the scheme counts it: {given}, if its marks end at {out_of}"
    elif role is MARK:
        said = "is a share of full marks"
        end = next((n for n in _ENDS if 0 <= number <= 1 and (number * n).denominator == 1), None)
        such = f": {number * end}, if its marks run from 0 to {end}" if end else f", such as {role.such_as}"
        hint = f"write the mark on the scheme's scale{such}"
    else:
        said = "is a share" if text.endswith("%") else "is a fraction"
        meant = written(number * 100 if text.endswith("%") else number)
        such = f", such as {role.such_as}" if "/" in meant else f": {meant}, if that is meant"
        hint = f"write {role.what} in digits{such}"
    raise NotANumber("TE014", f'"{text}" {said}; {role.written_as}', hint)


def is_plain(text: str) -> bool:
    """Whether a number is written in digits: no percentage, no fraction but one that a program gave.

    >>> [is_plain(t) for t in ("4", "12.50", "80%", "4/5")]
    [True, True, False, False]
    """
    return isinstance(text, Given) or not (text.strip().endswith("%") or "/" in text)


def parse_number(text: str, such_as: str = _ANY) -> Fraction:
    """An exact number from its text.

    >>> [str(parse_number(t)) for t in ("35", "35%", "12.50", "1/3", "-0.5")]
    ['35', '7/20', '25/2', '1/3', '-1/2']
    >>> parse_number("1,000")
    Traceback (most recent call last):
    tender_eval.files.numbers.NotANumber: "1,000" has a thousands separator

    Args:
        such_as: numbers that the place takes, for the hint.

    Raises:
        NotANumber: with TE013 or TE014 and a hint.
    """
    text = text.strip()
    if len(text) <= LONGEST_NUMBER:
        if _DECIMAL.fullmatch(text):
            _refuse_leading_zero(text)
            return Fraction(text)
        if found := _PERCENT.fullmatch(text):
            return Fraction(found[1]) / 100
        if (found := _RATIO.fullmatch(text)) and int(found[2]) != 0:
            return Fraction(int(found[1]), int(found[2]))
        if _EXPONENT.fullmatch(text):
            return Fraction(Decimal(text))
    raise _explained(text, such_as)


def written(value: Fraction) -> str:
    """A number for messages: in full where it has an end, else as a ratio.

    >>> [written(Fraction(n)) for n in ("60", "59.9", "1/3")]
    ['60', '59.9', '1/3 (about 0.3333)']
    """
    for places in range(7):
        if (value * 10**places).denominator == 1:
            return f"{Decimal(int(value * 10**places)).scaleb(-places):f}"
    return f"{value} (about {float(value):.4f})"


def _refuse_leading_zero(text: str) -> None:
    digits = text.lstrip("+-")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        raise NotANumber("TE014", f'"{text}" begins with a zero', "some readers take it as octal: drop the zero")


def _explained(text: str, such_as: str) -> NotANumber:
    shown = f'"{text}"' if len(text) <= LONGEST_NUMBER else f'"{text[:20]}..." ({len(text)} characters)'
    if not text:
        return NotANumber("TE018", "no number is written here", "write it, or remove the key")
    if text.lower() in ("nan", ".nan", "inf", ".inf", "-inf", "-.inf", "infinity"):
        hint = "leave no figure unmeasured: find it, or exclude the bid"
        return NotANumber("TE013", f"{shown} is not a number", hint)
    if noted := _FOOTNOTE.fullmatch(text):
        figure = _CURRENCY.sub("", noted[1]).strip()
        plain = re.sub(r"[ ,'_\u00a0\u202f]", "", figure) if _THOUSANDS.fullmatch(figure) else figure
        write = plain if _DECIMAL.fullmatch(plain) and not POINT.fullmatch(plain) else "the digits alone"
        hint = f"read what it stands for; if the figure stands, write {write}, else take the bid out"
        message = f'{shown} ends in the mark "{noted[2]}": a footnote may say that this bid or figure does not stand'
        return NotANumber("TE014", message, hint)
    if _CURRENCY.search(text):
        digits = _CURRENCY.sub("", text).strip()
        plain = re.sub(r"[ ,'_\u00a0\u202f]", "", digits) if _THOUSANDS.fullmatch(digits) else digits
        write = plain if _DECIMAL.fullmatch(plain) and not POINT.fullmatch(plain) else "the digits alone"
        return NotANumber("TE014", f"{shown} has a currency sign", f"write {write}; the scheme names the currency")
    if _DATE.fullmatch(text):
        hint = "write the figure that is meant, such as the years since"
        return NotANumber("TE014", f"{shown} is a date, not a number", hint)
    if _THOUSANDS.fullmatch(text):
        return NotANumber("TE014", f"{shown} has a thousands separator", f"write {re.sub('[^0-9.+-]', '', text)}")
    if _CONTINENTAL.fullmatch(text):
        plain = text.replace(".", "").replace(",", ".")
        return NotANumber("TE014", f"{shown} has points between thousands", f"write {plain}")
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        hint = "write a point before decimals, and nothing between thousands"
        return NotANumber("TE014", f"{shown} has a comma", hint)
    if re.fullmatch(r"[+-]?(\.\d+|\d+\.)", text):
        whole = re.sub(r"^([+-]?)\.", r"\g<1>0.", text).removesuffix(".")
        return NotANumber("TE013", f"{shown} lacks a digit beside its point", f"write {whole}")
    return NotANumber("TE013", f"{shown} is not a number", f"write plain digits, such as {such_as}")
