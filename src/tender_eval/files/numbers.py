"""Text to exact numbers. What could be read in two ways is named, never guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

LONGEST = 60  # characters; a longer figure is a mistake or an attack

_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s?%", re.ASCII)
_RATIO = re.compile(r"([+-]?\d+)\s?/\s?(\d+)", re.ASCII)
_EXPONENT = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d{1,2}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([ ,'_\u00a0\u202f]\d{3})+(\.\d+)?")
_CONTINENTAL = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}|(?:\.\d{3})+,\d+)")  # 1.000.000 or 1.000,50
POINT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)  # thousands to some, three decimals to others
_CURRENCY = re.compile(r"[£$€₴¥]|^(GBP|EUR|USD|UAH|CHF)\b|\b(GBP|EUR|USD|UAH|CHF)$")


class NotANumber(ValueError):
    """Text that is not one number; carries the catalogue's code and a way to mend it."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def parse_number(text: str) -> Fraction:
    """An exact number from its text.

    >>> [str(parse_number(t)) for t in ("35", "35%", "12.50", "1/3", "-0.5")]
    ['35', '7/20', '25/2', '1/3', '-1/2']
    >>> parse_number("1,000")
    Traceback (most recent call last):
    tender_eval.files.numbers.NotANumber: "1,000" has a thousands separator

    Raises:
        NotANumber: with TE013 or TE014 and a hint.
    """
    text = text.strip()
    if len(text) <= LONGEST:
        if _DECIMAL.fullmatch(text):
            _refuse_leading_zero(text)
            return Fraction(text)
        if found := _PERCENT.fullmatch(text):
            return Fraction(found[1]) / 100
        if (found := _RATIO.fullmatch(text)) and int(found[2]) != 0:
            return Fraction(int(found[1]), int(found[2]))
        if _EXPONENT.fullmatch(text):
            return Fraction(Decimal(text))
    raise _explained(text)


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


def _explained(text: str) -> NotANumber:
    shown = f'"{text}"' if len(text) <= LONGEST else f'"{text[:20]}..." ({len(text)} characters)'
    if not text:
        return NotANumber("TE018", "no number is written here", "write it, or remove the key")
    if text.lower() in ("nan", ".nan", "inf", ".inf", "-inf", "-.inf", "infinity"):
        hint = "leave no figure unmeasured: find it, or exclude the bid"
        return NotANumber("TE013", f"{shown} is not a number", hint)
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
    return NotANumber("TE013", f"{shown} is not a number", "write plain digits, such as 35, 35%, 12.50 or 1/3")
