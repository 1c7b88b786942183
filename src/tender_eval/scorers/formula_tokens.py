"""The words and signs of a published formula, each with its place; and how its faults are told."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 4000  # characters of a formula
MOST_PARTS = 500  # numbers, names and signs: what is worked out for each bid
DEEPEST = 30  # brackets, functions and powers within each other

OVER_BIDS = ("lowest", "highest", "mean", "median")
FUNCTIONS = ("min", "max", "sum", "abs", "sqrt", "log", "round", "if_", *OVER_BIDS, "count")

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?%?(?![A-Za-z0-9_.]))"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)"
    r"|(?P<bracketed>\[[^\[\]]*\])"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/(),<>])"
)
_GROUPED = re.compile(r",[0-9]{3}(?![0-9])")
_HINTS = {
    "^": "write ** for a power",
    "=": "write == to compare",
    "×": "write * to multiply",
    "÷": "write / to divide",
    "−": "write - with the hyphen key",
    "–": "write - with the hyphen key",
    "£": "write numbers without a currency sign",
    "€": "write numbers without a currency sign",
    ".": "write 0.5, not .5 or 5.",
}
ALLOWED = "use + - * / ** ( ), numbers, figures such as price or values.accepted, and " + ", ".join(FUNCTIONS)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of the text, and how to mend it."""

    at: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


class SyntaxFaultError(Exception):
    """Stops the reading at the first fault of syntax."""

    def __init__(self, at: int, message: str, hint: str = ALLOWED) -> None:
        super().__init__(message)
        self.fault = Fault(at, message, hint)


def tokens(text: str) -> list[Token]:
    if len(text) > LONGEST:
        message = f"the formula has {len(text)} characters, more than {LONGEST}"
        raise SyntaxFaultError(LONGEST, message, "work out parts of it as figures of the bids")
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _strange(text, at)
        if match.lastgroup == "number" and _GROUPED.match(text, match.end()):
            hint = "write numbers without separators, and a space after a comma that separates two"
            raise SyntaxFaultError(at, f'"{text[at : match.end() + 4]}" could be one number or two', hint)
        if match.lastgroup != "space":
            found.append(Token(str(match.lastgroup), match[0], at, match.end()))
        at = match.end()
    if len(found) > MOST_PARTS:
        message = f"the formula has {len(found)} numbers, names and signs, more than {MOST_PARTS}"
        raise SyntaxFaultError(found[MOST_PARTS].start, message, "work out parts of it as figures of the bids")
    found.append(Token("end", "", at, at))
    return found


def _strange(text: str, at: int) -> SyntaxFaultError:
    if text[at].isascii() and text[at].isdigit():
        word = re.match(r"[A-Za-z0-9_.%]*", text[at:])
        return SyntaxFaultError(at, f'"{word[0] if word else text[at]}" is not a number', "write 40, 0.4 or 40%")
    if text[at] == "[":
        return SyntaxFaultError(at, "this [ is not closed", "write a name with a hyphen as [marks.local-links]")
    return SyntaxFaultError(at, f'"{text[at]}" is not part of a formula', _HINTS.get(text[at], ALLOWED))
