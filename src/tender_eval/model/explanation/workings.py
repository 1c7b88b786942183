"""The notation of workings: how numbers stand in them, so that a working comes to the value beside it.

A working is one expression or several, separated by ``; ``. Each may be followed by a comma and words, its note::

    working    = {number "=" expression [", " note] "; "} expression [", " note]
    expression = product {("+" | "-") product}
    product    = signed {("*" | "x" | "/") signed}
    signed     = {"-"} atom ["**" signed]
    atom       = number | "(" expression ")" | function "(" expression {", " expression} ")"
               | "if_(" expression sign expression ", " expression ", " expression ")"
               | "round(" expression ", " places ", " mode ")"
    number     = digits ["." digits] ["..."] ["%"]
    function   = "max" | "min" | "abs" | "log" (the natural logarithm) | "root" (the square root)
               | "sqrt" (the same) | "sum" (of several)
    sign       = "<" | "<=" | ">" | ">=" | "==" | "!="

In a note, what stands in double quotes or in brackets is text of others, such as the title of a mark. What a condition
reads stands as ``column is value``, and any value but a number is text of others as well.

What stands before ``=`` names a figure that the rest goes on with; the last expression comes to the value of the
step. It is the grammar of published formulas with names for numbers already filled in, and with ``x``, ``log`` and
``root``. A number that has no end stands as a ratio (``100/3``); one that no short ratio holds, as the logarithm of
a score, is cut off after sixteen digits and says so by ``...``. `tender_eval.model.explanation.proof` reads this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from tender_eval.model.digits import decimal_places, digits_of, fixed, shown
from tender_eval.model.explanation.formulas import Line

SIGNIFICANT = 16  # digits of a number that is cut off: more than any calculator carries
MOST_PLACES = 24  # of a decimal that is written in full
LONGEST_TOP, LONGEST_BOTTOM = 10**9, 10**7  # a ratio below these is still read as one, as of two prices

_QUOTED = r'"[^"]*"'
_KINDS = "prices|rates|totals|values|declarations|supplier|consortium|pooled|tender|marks"
_PIECE = re.compile(
    rf"(?P<text>{_QUOTED})"
    rf"|(?P<column>(?<![\w.-])(?:{_KINDS})\.(?:[\w.+-]*\w))"
    r"|(?P<number>(?<![\w.])(?<!\w-)(?<![A-Za-z] of )[0-9]+(?:\.[0-9]+)?(?:\.\.\.)?(?![\w.]|-\w))"
    r"|(?P<name>\w+(?:[.-]\w+)*)"
    r"|(?P<sign>[^\w\"]+|\")"
)
_STATED = re.compile(
    rf"(?:pooled )?(?:price|(?:{_KINDS})\.[\w.+-]+) is (?!-?[0-9]+(?:\.[0-9]+)?(?:\.\.\.)?\Z)", re.ASCII
)
_NOTED_TEXT = re.compile(rf"{_QUOTED}|\(.*\)", re.DOTALL)  # to the last bracket: what stands in it may hold some
_TIGHT = ("/", "**")  # what stands behind these must be one number or a bracket
_SIGNS = ("+", "-", "*", "/", "x")


def number(value: object) -> str:
    """A figure as it stands in a working: exact wherever that can be written.

    >>> [number(v) for v in (Fraction(5, 2), Fraction(-100, 3), Fraction(10**20, 3**25), True, "north")]
    ['2.5', '-100/3', '118023538.7157383...', 'true', 'north']
    """
    if not isinstance(value, Fraction):
        return shown(value)
    top, bottom = abs(value.numerator), value.denominator
    sign = "-" if value.numerator < 0 else ""
    if bottom == 1:
        return f"{sign}{top}"
    places = decimal_places(value)
    if places is not None and places <= MOST_PLACES:
        digits = str(top * 10**places // bottom)
        if len(digits) <= SIGNIFICANT:
            digits = digits.rjust(places + 1, "0")
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    if top < LONGEST_TOP and bottom < LONGEST_BOTTOM:
        return f"{sign}{top}/{bottom}"
    exact = Fraction(value.numerator, bottom)
    return fixed(exact, max(0, SIGNIFICANT - digits_of([exact]))) + "..."


def percentage(share: Fraction) -> str:
    """A share in per cent, or as a ratio where that has no end.

    >>> percentage(Fraction(1, 2)), percentage(Fraction(1, 3))
    ('50%', '1/3')
    """
    text = number(share * 100)
    return number(share) if "/" in text or "..." in text else f"{text}%"


def joined(sign: str, numbers: Iterable[str]) -> str:
    """Written numbers with a sign between them.

    >>> joined("+", map(number, [Fraction(1, 3), Fraction(-2)])), joined("/", ["4", "1/3"])
    ('1/3 + (-2)', '4 / (1/3)')
    """
    texts = list(numbers)
    return f" {sign} ".join(_bracketed(text, f"{sign} " if n else "", "") for n, text in enumerate(texts))


def parts_of(formula: str, names: Sequence[str]) -> list[str]:
    """A formula split at the names in it: every second part is one, in brackets where it was written in them.

    What stands in quotes is left as it is.

    >>> parts_of('lowest / [values.a-b], "lowest wins"', ("lowest", "values.a-b"))
    ['', 'lowest', ' / ', '[values.a-b]', ', "lowest wins"']
    """
    if not names:
        return [formula]
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    found, after = [], 0
    for match in re.finditer(rf"{_QUOTED}|(?P<bracket>\[)?(?<![\w.])(?P<name>{words})(?![\w])(?(bracket)\])", formula):
        if match["name"] is not None:
            found += [formula[after : match.start()], match[0]]
            after = match.end()
    return [*found, formula[after:]]


def filled(parts: Sequence[object], figures: Sequence[object]) -> str:
    """The parts of a formula with figures in place of the names, each in brackets where it needs them.

    >>> filled(["1 - ", "a", " / ", "b", "**2"], [Fraction(-3), Fraction(1, 3)])
    '1 - (-3) / (1/3)**2'
    """
    told = [str(part) for part in parts[::2]]
    each = zip(figures, told, told[1:], strict=False)
    return told[0] + "".join(_bracketed(number(figure), before, after) + after for figure, before, after in each)


def in_figures(line: Line) -> str:
    """A formula with the figures in place of the names; empty where it names none.

    A note at its end, behind a comma, is left out: what stands for it is no figure.
    """
    parts, figures = line.formula.parts, line.figures
    if figures and line.formula.remark is None and not isinstance(figures[-1], int | Fraction) and not parts[-1]:
        parts, figures = (*parts[:-3], str(parts[-3]).removesuffix(", ")), figures[:-1]
    return filled(parts, figures) if figures else ""


def in_a_row(texts: Iterable[str]) -> str:
    """Several formulas in one line, so that the semicolon stands only between them, whatever words are in them."""
    return "; ".join(text.replace(";", ",") for text in texts if text)


def _bracketed(text: str, before: str, after: str) -> str:
    """A number between two pieces of a formula, in brackets where it would be read otherwise without."""
    if "/" not in text and not text.startswith("-"):
        return text
    left, right = before.rstrip(), after.lstrip()
    ratio, negative = _is_ratio(text), text.startswith("-") and len(text) > 1
    if (ratio and left.endswith(_TIGHT)) or (negative and left.endswith(_SIGNS)):
        return f"({text})"
    return f"({text})" if (ratio or negative) and right.startswith("**") else text


def _is_ratio(text: str) -> bool:
    top, slash, bottom = text.removeprefix("-").partition("/")
    return bool(slash) and top.isdecimal() and bottom.isdecimal()


def noted(text: str) -> tuple[str, str]:
    """An expression, and the note behind it.

    >>> noted("max(0, 1 - 2), held at zero"), noted("1 / 2")
    (('max(0, 1 - 2)', 'held at zero'), ('1 / 2', ''))
    """
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth and text.startswith(", ", at):
            return text[:at], text[at + 2 :]
    return text, ""


class Piece(NamedTuple):
    """A piece of a formula or working: a number, a column, another name, a sign between them, or text of others."""

    kind: Literal["number", "column", "name", "sign", "text"]
    text: str


def pieces(text: str) -> Iterator[Piece]:
    """A formula or working read by its notation, piece by piece; put together they are what was read.

    What begins with a figure but goes on with a letter, and what stands behind ``of`` and a word, is a name.

    >>> [p.text for p in pieces('12 x values.toms-2022 / value of 2030, for 3 (Level 2031)') if p.kind == "number"]
    ['12', '3']
    """
    if stated := _STATED.match(text):
        yield from _pieces(stated[0])
        yield from [Piece("text", text[stated.end() :])] if text[stated.end() :] else []
        return
    expression, note = noted(text)
    yield from _pieces(expression)
    if note:
        yield Piece("sign", ", ")
        after = 0
        for found in _NOTED_TEXT.finditer(note):
            yield from _pieces(note[after : found.start()])
            yield Piece("text", found[0])
            after = found.end()
        yield from _pieces(note[after:])


def _pieces(text: str) -> Iterator[Piece]:
    for found in _PIECE.finditer(text):
        yield Piece(found.lastgroup, found[0])  # type: ignore[arg-type]
