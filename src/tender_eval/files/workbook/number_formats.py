"""What a number format shows of the value that its cell holds (ECMA-376, part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_EASTERN = (*range(27, 37), *range(50, 59))  # dates in the calendars and scripts of East Asia
BUILT_IN = dict.fromkeys(_EASTERN, "m/d/yy") | {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);("$"#,##0.00)', 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)", 41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_SECTION = re.compile(r'(?:"[^"]*"?|\\.|_.|\*.|[^;])*')
_BRACKET = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_WHITE = re.compile(r"\[(?:white|colou?r ?2)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\]")
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.([0#?]*))?|\.([0#?]+)")
_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"?|\\(.)|\*(.)|_.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_PLACES = re.compile(r"[0#?]+(?:[.,][0#?]+)*")
_NOUGHT = "\N{ARABIC-INDIC DIGIT ZERO}"
_NO_PLACES = str.maketrans("0#?", f"{_NOUGHT}  ")  # what a literal prints is no place for a digit of the number
_WORDS = re.compile(r'"([^"]*)"?|\\(.)')


class Section(NamedTuple):
    """A part of a number format: what it shows of the numbers, or the texts, that it is for.

    Attributes:
        code: without colours, conditions and literals.
        places: decimals that are shown; None where it says nothing of them.
        minus: it has a sign of its own, or brackets, before the digits.
        condition: comparison and number, where it has its own.
        white: its letters have the colour of the sheet.
        digits_beside: it prints digits of its own beside those of the number, as if they were of it.
    """

    code: str
    words: str
    places: int | None
    digits: bool
    minus: bool
    condition: tuple[str, Decimal] | None
    digits_beside: bool = False
    white: bool = False

    def is_for(self, number: Decimal) -> bool:
        if self.condition is None:
            return False
        sign, limit = self.condition
        less, equal = number < limit, number == limit
        return {
            "<": less,
            "<=": less or equal,
            "=": equal,
            "<>": not equal,
            ">=": not less,
            ">": not less and not equal,
        }[sign]


@lru_cache(maxsize=1024)
def sections(number_format: str) -> tuple[Section, ...]:
    """The parts of a number format, at most four."""
    found: list[Section] = []
    rest = number_format
    while len(found) < 4:
        match = _SECTION.match(rest)
        part = match[0] if match else rest
        found.append(_section(part))
        if len(part) >= len(rest):
            break
        rest = rest[len(part) + 1 :]
    return tuple(found)


def _section(part: str) -> Section:
    literals = "".join(m[1] or m[2] or "" for m in _WORDS.finditer(part))
    code = _BRACKET.sub("", _QUOTED.sub("", _ELAPSED.sub("h", part)))
    digits = _DIGITS.search(code)
    general = "general" in code.casefold()
    free = general or re.search(r"[Ee][+-]|/", code) is not None
    places = None if free or digits is None else len(digits[1] or digits[2] or "")
    stated = _CONDITION.search(part)
    condition = (stated[1], _decimal(stated[2])) if stated else None
    minus = "-" in code or "(" in code or "-" in literals or "(" in literals
    shows = general or digits is not None or is_date(part)
    return Section(
        code, literals, places, shows, minus, condition, _digits_beside(part), _WHITE.search(part) is not None
    )


def _digits_beside(part: str) -> bool:
    """Whether a format has digits of its own that nothing but signs and spaces part from those of the number.

    >>> [_digits_beside(f) for f in ('"9"0', '0" 000"', "*90", "[$1]0", '0" m2"', "#,##0.00")]
    [True, True, True, True, False, False]
    """
    text = _LITERAL.sub(_as_printed, part)
    places = list(_PLACES.finditer(text))
    if not places:
        return False
    before, after = text[: places[0].start()], text[places[-1].end() :]
    between = "".join(text[one.end() : other.start()] for one, other in pairwise(places))
    near = re.split(r"[^\W\d_]", before)[-1] + between + re.split(r"[^\W\d_]", after)[0]
    return any(map(str.isdigit, near))


def _as_printed(found: re.Match[str]) -> str:
    """What is printed of a literal; nothing of what only takes room, or is a condition or a colour."""
    if found[0].startswith("_"):
        return ""
    printed = found[1] or found[2] or found[3] or found[4] or ""
    return printed.translate(_NO_PLACES)


def _decimal(text: str) -> Decimal:
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d*)?|-?\.\d+", text) else Decimal(0)


@lru_cache(maxsize=1024)
def is_date(number_format: str) -> bool:
    """Whether a number is shown as a date or a time.

    >>> [is_date(f) for f in ("yyyy-mm-dd", "[h]:mm", '0.00" days"', "[Red]0", "General", "#,##0.00\\\\ d")]
    [True, True, False, False, False, True]
    """
    first = _SECTION.match(number_format)
    code = _BRACKET.sub("", _QUOTED.sub("", _ELAPSED.sub("h", first[0] if first else "")))
    return "general" not in code.casefold() and _DATE.search(code) is not None


def is_duration(number_format: str) -> bool:
    """Whether a number is shown as hours, minutes or seconds that have passed."""
    return _ELAPSED.search(number_format) is not None


def _of_number(number: Decimal, number_format: str) -> tuple[Section, bool]:
    """The part of a format that is for a number, and whether a minus is shown before it by itself."""
    every = sections(number_format)
    parts = every[:3]
    if any(part.condition for part in parts):
        for part in parts:
            if part.is_for(number):
                return part, number < 0
        return next((part for part in reversed(parts) if part.condition is None), parts[0]), number < 0
    if number < 0 and len(parts) > 1:
        return parts[1], False
    if number == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], number < 0


def shown_as(exact: str, number_format: str) -> str:
    """What a cell shows of a number where that is another; empty where it is the same.

    >>> shown_as("3.6", "0"), shown_as("3.60", "0.00"), shown_as("100.49", "#,##0"), shown_as("2.5", "General")
    ('4', '', '100', '')
    >>> shown_as("5", ";;;"), shown_as("5", '"as agreed"'), shown_as("-5", "0;0"), shown_as("-5", "0;(0)")
    ('nothing', '"as agreed"', '5', '')
    """
    if number_format == "General":
        return ""
    number = Decimal(exact)
    part, minus = _of_number(number, number_format)
    if part.white:
        return "nothing"
    if not part.digits and "@" not in part.code:
        if number == 0 and part.words.strip() in ("", "-", "–"):  # how accounts write that there is none
            return "" if part.words.strip() else "nothing"
        return f'"{part.words}"' if part.words.strip() else "nothing"
    if is_date(number_format) or "%" in part.code:
        return ""
    if part.digits_beside:
        return "it among digits of its format"
    negative = number < 0 and (minus or part.minus)
    shown = abs(number) if part.places is None else _rounded(abs(number), part.places)
    shown = -shown if negative else shown
    return "" if shown == number else f"{shown:f}"


def _rounded(number: Decimal, places: int) -> Decimal:
    if number.adjusted() + places > 26:  # no number of a cell has so many digits
        return number
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def hidden_text(number_format: str) -> str:
    """What a cell shows in place of the text that it holds; empty where it shows the text.

    >>> hidden_text(";;;"), hidden_text("0;0;0;@"), hidden_text("General"), hidden_text('0;;;"Alder"')
    ('nothing', '', '', '"Alder"')
    """
    every = sections(number_format)
    part = every[3] if len(every) == 4 else every[0] if "@" in every[0].code else None
    if part is not None and part.white:
        return "nothing"
    if part is None or "@" in part.code or "general" in part.code.casefold():
        return ""
    return f'"{part.words}"' if part.words.strip() else "nothing"
