"""The grammar of published formulas: text to a tree of nodes, or to faults with their places.

It knows ``+ - * / **``, brackets, numbers (``0.4``, ``50%``), the figures of a bid by dotted name, ``min``, ``max`` and
``sum`` of several parts, ``abs``, ``sqrt``, ``log`` (the natural one), ``if_(a < b, then, otherwise)``, and ``lowest``,
``highest``, ``mean``, ``median`` and ``count`` over the admitted bids. Everything else is a fault. Nothing is ever run
as Python. A power binds more tightly than a sign before it, and powers are taken from the right: ``-2 ** 2`` is -4 and
``2 ** 3 ** 2`` is 512, where spreadsheets have 4 and 64.

    sum     = product {("+" | "-") product}
    product = signed {("*" | "/") signed}
    signed  = {"-"} power
    power   = atom ["**" signed]
    atom    = number | name | "[" name "]" | function "(" sum {"," sum} ")" | "(" sum ")"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from tender_eval.files.fields import COLUMN_PATTERN
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.model.diagnostics import did_you_mean
from tender_eval.plugins.expression.tree import (
    Chain,
    Choice,
    Comparison,
    Figure,
    Function,
    Negative,
    Node,
    Number,
    OverBids,
    Power,
    Sign,
)

LONGEST = 4000  # characters of a formula
MOST_PARTS = 500  # numbers, names and signs: what is worked out for each bid
DEEPEST = 30  # brackets, functions and powers within each other

FIGURE_KINDS = (
    "prices",
    "rates",
    "totals",
    "marks",
    "values",
    "supplier",
    "declarations",
    "pooled",
    "tender",
    "consortium",
)
OVER_BIDS = ("lowest", "highest", "mean", "median")
FUNCTIONS = ("min", "max", "sum", "abs", "sqrt", "log", "if_", *OVER_BIDS, "count")
WORDS = ("price", *FUNCTIONS)
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")

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
_ALLOWED = "use + - * / ** ( ), numbers, figures such as price or values.accepted, and " + ", ".join(FUNCTIONS)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of the text, and how to mend it."""

    at: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


class _SyntaxFaultError(Exception):
    """Stops the reading at the first fault of syntax; never leaves this module."""

    def __init__(self, at: int, message: str, hint: str = _ALLOWED) -> None:
        super().__init__(message)
        self.fault = Fault(at, message, hint)


def parse(text: str, field: str = "price") -> tuple[Node | None, tuple[Fault, ...]]:
    """The tree of a formula, or None and every fault that was found: all unknown names, one of syntax.

    Args:
        field: the figure that ``lowest``, ``highest``, ``mean`` and ``median`` mean where none is named.
    """
    parser = _Parser(text, field)
    try:
        root = parser.whole()
    except _SyntaxFaultError as e:
        return None, (*parser.faults, e.fault)
    return (None if parser.faults else root), tuple(parser.faults)


def _tokens(text: str) -> list[_Token]:
    if len(text) > LONGEST:
        message = f"the formula has {len(text)} characters, more than {LONGEST}"
        raise _SyntaxFaultError(LONGEST, message, "work out parts of it as figures of the bids")
    found: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _strange(text, at)
        if match.lastgroup == "number" and _GROUPED.match(text, match.end()):
            hint = "write numbers without separators, and a space after a comma that separates two"
            raise _SyntaxFaultError(at, f'"{text[at : match.end() + 4]}" could be one number or two', hint)
        if match.lastgroup != "space":
            found.append(_Token(str(match.lastgroup), match[0], at, match.end()))
        at = match.end()
    if len(found) > MOST_PARTS:
        message = f"the formula has {len(found)} numbers, names and signs, more than {MOST_PARTS}"
        raise _SyntaxFaultError(found[MOST_PARTS].start, message, "work out parts of it as figures of the bids")
    found.append(_Token("end", "", at, at))
    return found


def _strange(text: str, at: int) -> _SyntaxFaultError:
    if text[at].isascii() and text[at].isdigit():
        word = re.match(r"[A-Za-z0-9_.%]*", text[at:])
        return _SyntaxFaultError(at, f'"{word[0] if word else text[at]}" is not a number', "write 40, 0.4 or 40%")
    if text[at] == "[":
        return _SyntaxFaultError(at, "this [ is not closed", "write a name with a hyphen as [marks.local-links]")
    return _SyntaxFaultError(at, f'"{text[at]}" is not part of a formula', _HINTS.get(text[at], _ALLOWED))


class _Parser:
    """Reads by recursive descent; how deep is bounded, whatever the text."""

    def __init__(self, text: str, field: str) -> None:
        self.text = text
        self.field = field
        self.faults: list[Fault] = []
        self._tokens: list[_Token] = []
        self._next = 0
        self._depth = 0

    def whole(self) -> Node:
        self._tokens = _tokens(self.text)
        if self._token.kind == "end":
            raise _SyntaxFaultError(0, "the formula is empty")
        root = self._sum()
        if self._token.kind != "end":
            raise self._unexpected("the formula should end here")
        return root

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    @property
    def _reached(self) -> int:
        """Where what has been read ends."""
        return self._tokens[self._next - 1].end

    def _is(self, *signs: str) -> bool:
        return self._token.kind == "sign" and self._token.text in signs

    def _take(self) -> _Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _expect(self, sign: str, why: str) -> _Token:
        if not self._is(sign):
            raise self._unexpected(f'"{sign}" {why} is missing')
        return self._take()

    def _unexpected(self, message: str) -> _SyntaxFaultError:
        token = self._token
        if token.kind == "end":
            return _SyntaxFaultError(token.start, f"{message}: the formula ends too early")
        if token.text in COMPARISONS:
            return _SyntaxFaultError(
                token.start, "a comparison stands only in if_", "write if_(a < b, then, otherwise)"
            )
        return _SyntaxFaultError(token.start, f'{message}, before "{token.text}"')

    def _sum(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            message = f"brackets and powers stand within each other more than {DEEPEST} deep"
            raise _SyntaxFaultError(self._token.start, message, "work out parts of it as figures of the bids")
        start, first = self._token.start, self._product()
        rest: list[tuple[str, Node]] = []
        while self._is("+", "-"):
            rest.append((self._take().text, self._product()))
        self._depth -= 1
        return Chain(first, tuple(rest), span=(start, self._reached)) if rest else first

    def _product(self) -> Node:
        start, first = self._token.start, self._signed()
        rest: list[tuple[str, Node]] = []
        while self._is("*", "/"):
            rest.append((self._take().text, self._signed()))
        return Chain(first, tuple(rest), span=(start, self._reached)) if rest else first

    def _signed(self) -> Node:
        start, negative = self._token.start, False
        while self._is("-"):
            self._take()
            negative = not negative
        part = self._power()
        return Negative(part, span=(start, self._reached)) if negative else part

    def _power(self) -> Node:
        start, base = self._token.start, self._atom()
        if not self._is("**"):
            return base
        at = self._take()
        self._depth += 1
        if self._depth > DEEPEST:
            raise _SyntaxFaultError(at.start, f"more than {DEEPEST} powers of powers", _ALLOWED)
        exponent = self._signed()
        self._depth -= 1
        return Power(base, exponent, span=(start, self._reached))

    def _atom(self) -> Node:
        token = self._token
        if token.kind == "number":
            return self._number(self._take())
        if token.kind == "bracketed":
            return self._figure(self._take(), token.text[1:-1].strip())
        if token.kind == "name":
            return self._word(self._take())
        if not self._is("("):
            raise self._unexpected("a number or a figure is missing")
        self._take()
        inside = self._sum()
        self._expect(")", f"to close the bracket of character {token.start + 1}")
        return inside

    def _number(self, token: _Token) -> Node:
        try:
            return Number(parse_number(token.text), span=(token.start, token.end))
        except NotANumber as e:
            raise _SyntaxFaultError(token.start, str(e), e.hint) from None

    def _word(self, token: _Token) -> Node:
        if self._is("("):
            return self._call(token)
        if token.text in OVER_BIDS:
            field = Figure(self.field, span=(token.start, token.end))
            return OverBids(token.text, field, span=(token.start, token.end))
        if token.text == "count":
            return OverBids("count", None, span=(token.start, token.end))
        if token.text in FUNCTIONS:
            example = "if_(a < b, then, otherwise)" if token.text == "if_" else f"{token.text}(a, b)"
            raise _SyntaxFaultError(token.start, f'"{token.text}" lacks its brackets', f"write {example}")
        return self._figure(token, token.text)

    def _figure(self, token: _Token, name: str) -> Node:
        kind, dot, _ = name.partition(".")
        known = name == "price" or (dot and kind in FIGURE_KINDS and re.match(COLUMN_PATTERN, name))
        if not known:
            self.faults.append(Fault(token.start, f'"{name}" is no figure of a bid', self._meant(token, name)))
        return Figure(name, span=(token.start, token.end))

    def _meant(self, token: _Token, name: str) -> str:
        kind, dot, rest = name.partition(".")
        if kind in FIGURE_KINDS:
            return f"write {kind}.<name>, such as {kind}.{rest or 'accepted'}"
        if dot:
            return did_you_mean(name, [f"{k}.{rest}" for k in FIGURE_KINDS])
        if token.start and self.text[token.start - 1] == "-" and re.search(r"\.\w+(-\w+)*-$", self.text[: token.start]):
            return "a name with a hyphen stands in square brackets: [marks.local-links]"
        return did_you_mean(name, WORDS)

    def _call(self, token: _Token) -> Node:
        name = token.text
        if name not in FUNCTIONS:
            raise _SyntaxFaultError(token.start, f'there is no function "{name}"', did_you_mean(name, FUNCTIONS))
        self._take()
        if name == "if_":
            return self._choice(token)
        parts: list[Node] = []
        if not self._is(")"):
            parts.append(self._sum())
            while self._is(","):
                self._take()
                parts.append(self._sum())
        end = self._expect(")", f"to close {name}(").end
        self._check_parts(token, len(parts))
        span = (token.start, end)
        if name == "sum":
            return Chain(parts[0], tuple(("+", part) for part in parts[1:]), span=span)
        if name in ("min", "max", "abs", "sqrt", "log"):
            return Function("root" if name == "sqrt" else name, tuple(parts), span=span)
        return OverBids(name, parts[0] if parts else None, span=(token.start, end))

    def _check_parts(self, token: _Token, found: int) -> None:
        name = token.text
        if name in ("min", "max"):
            if found < 2:
                over = "lowest" if name == "min" else "highest"
                hint = f"write {name}(a, b), or {over}(a) for the {over} of all bids"
                raise _SyntaxFaultError(token.start, f"{name} compares at least two parts, not {found}", hint)
        elif name == "sum":
            if found < 2:
                message = f"sum adds up at least two parts of one bid, not {found}"
                raise _SyntaxFaultError(
                    token.start, message, "write sum(a, b); a sum over all bids is mean(a) * count()"
                )
        elif found != (wanted := 0 if name == "count" else 1):
            hint = f"write {name}(a)" if wanted else "write count()"
            takes = "one part" if wanted else "nothing"
            raise _SyntaxFaultError(token.start, f"{name} takes {takes}, not {found}", hint)

    def _choice(self, token: _Token) -> Node:
        left = self._sum()
        if not self._is(*COMPARISONS):
            raise _SyntaxFaultError(
                self._token.start, "if_ begins with a comparison", "write if_(a < b, then, otherwise)"
            )
        sign = cast(Sign, self._take().text)
        right = self._sum()
        self._expect(",", "after the comparison of if_")
        then = self._sum()
        self._expect(",", "before the last part of if_, what holds otherwise,")
        otherwise = self._sum()
        end = self._expect(")", "to close if_(").end
        return Choice(Comparison(left, sign, right), then, otherwise, span=(token.start, end))
