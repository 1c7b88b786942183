"""The grammar of published formulas: text to a tree of nodes, or to faults with their places.

It knows ``+ - * / **``, brackets, numbers (``0.4``, ``50%``), the figures of a bid by dotted name, ``min``, ``max`` and
``sum`` of several parts, ``abs``, ``sqrt``, ``log`` (the natural one), ``round(a, 2, half_up)``,
``if_(a < b, then, otherwise)``, and ``lowest``, ``highest``, ``mean``, ``median`` and ``count`` over the admitted bids.
Everything else is a fault, but for the names that a scheme gives to values (see `tender_eval.scorers.formula_text`).
Nothing is ever run as Python. A power binds more tightly than a sign before it, and powers are taken from the right:
``-2 ** 2`` is -4 and ``2 ** 3 ** 2`` is 512, where spreadsheets have 4 and 64.

    sum     = product {("+" | "-") product}
    product = signed {("*" | "/") signed}
    signed  = {"-"} power
    power   = atom ["**" signed]
    atom    = number | name | "[" name "]" | "(" sum ")" | function "(" sum {"," sum} ")"
            | "round" "(" sum "," places "," mode ")" | "if_" "(" sum comparison sum "," sum "," sum ")"
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import cast

from tender_eval.files.fields import COLUMN_PATTERN
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.model.diagnostics import did_you_mean
from tender_eval.model.numeric import ROUNDING_MODES
from tender_eval.plugins.expression.tree import (
    MOST_PLACES,
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
    Round,
    Sign,
)
from tender_eval.scorers.formula_tokens import (
    ALLOWED,
    DEEPEST,
    FUNCTIONS,
    OVER_BIDS,
    Fault,
    SyntaxFaultError,
    Token,
    tokens,
)

FIGURE_KINDS = (
    "prices",
    "rates",
    "totals",
    "marks",
    "values",
    "benefits",
    "supplier",
    "declarations",
    "pooled",
    "tender",
    "consortium",
)
WORDS = ("price", "benefits", *FUNCTIONS)
_EXAMPLES = {"if_": "if_(a < b, then, otherwise)", "round": "round(a, 2, half_up)"}
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


def parse(text: str, field: str = "price", names: Collection[str] = ()) -> tuple[Node | None, tuple[Fault, ...]]:
    """The tree of a formula, or None and every fault that was found: all unknown names, one of syntax.

    Args:
        field: the figure that ``lowest``, ``highest``, ``mean`` and ``median`` mean where none is named.
        names: those of values of the scheme, which stand in the tree as figures do.
    """
    parser = _Parser(text, field, names)
    try:
        root = parser.whole()
    except SyntaxFaultError as e:
        return None, (*parser.faults, e.fault)
    return (None if parser.faults else root), tuple(parser.faults)


class _Parser:
    """Reads by recursive descent; how deep is bounded, whatever the text."""

    def __init__(self, text: str, field: str, names: Collection[str]) -> None:
        self.text = text
        self.field = field
        self.names = names
        self.faults: list[Fault] = []
        self._tokens: list[Token] = []
        self._next = 0
        self._depth = 0

    def whole(self) -> Node:
        self._tokens = tokens(self.text)
        if self._token.kind == "end":
            raise SyntaxFaultError(0, "the formula is empty")
        root = self._sum()
        if self._token.kind != "end":
            raise self._unexpected("the formula should end here")
        return root

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    @property
    def _reached(self) -> int:
        """Where what has been read ends."""
        return self._tokens[self._next - 1].end

    def _is(self, *signs: str) -> bool:
        return self._token.kind == "sign" and self._token.text in signs

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _expect(self, sign: str, why: str) -> Token:
        if not self._is(sign):
            raise self._unexpected(f'"{sign}" {why} is missing')
        return self._take()

    def _unexpected(self, message: str) -> SyntaxFaultError:
        token = self._token
        if token.kind == "end":
            return SyntaxFaultError(token.start, f"{message}: the formula ends too early")
        if token.text in COMPARISONS:
            return SyntaxFaultError(token.start, "a comparison stands only in if_", "write if_(a < b, then, otherwise)")
        return SyntaxFaultError(token.start, f'{message}, before "{token.text}"')

    def _sum(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            message = f"brackets and powers stand within each other more than {DEEPEST} deep"
            raise SyntaxFaultError(self._token.start, message, "work out parts of it as figures of the bids")
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
            raise SyntaxFaultError(at.start, f"more than {DEEPEST} powers of powers", ALLOWED)
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

    def _number(self, token: Token) -> Node:
        try:
            return Number(parse_number(token.text), span=(token.start, token.end))
        except NotANumber as e:
            raise SyntaxFaultError(token.start, str(e), e.hint) from None

    def _word(self, token: Token) -> Node:
        if self._is("("):
            return self._call(token)
        if token.text in OVER_BIDS:
            field = Figure(self.field, span=(token.start, token.end))
            return OverBids(token.text, field, span=(token.start, token.end))
        if token.text == "count":
            return OverBids("count", None, span=(token.start, token.end))
        if token.text in FUNCTIONS:
            example = _EXAMPLES.get(token.text, f"{token.text}(a, b)")
            raise SyntaxFaultError(token.start, f'"{token.text}" lacks its brackets', f"write {example}")
        return self._figure(token, token.text)

    def _figure(self, token: Token, name: str) -> Node:
        kind, dot, _ = name.partition(".")
        known = (
            name == "price" or name in self.names or (dot and kind in FIGURE_KINDS and re.match(COLUMN_PATTERN, name))
        )
        if not known:
            self.faults.append(Fault(token.start, f'"{name}" is no figure of a bid', self._meant(token, name)))
        return Figure(name, span=(token.start, token.end))

    def _meant(self, token: Token, name: str) -> str:
        kind, dot, rest = name.partition(".")
        if kind in FIGURE_KINDS:
            return f"write {kind}.<name>, such as {kind}.{rest or 'accepted'}"
        if dot:
            return did_you_mean(name, [f"{k}.{rest}" for k in FIGURE_KINDS])
        if token.start and self.text[token.start - 1] == "-" and re.search(r"\.\w+(-\w+)*-$", self.text[: token.start]):
            return "a name with a hyphen stands in square brackets: [marks.local-links]"
        return did_you_mean(name, (*WORDS, *self.names))

    def _call(self, token: Token) -> Node:
        name = token.text
        if name not in FUNCTIONS:
            raise SyntaxFaultError(token.start, f'there is no function "{name}"', did_you_mean(name, FUNCTIONS))
        self._take()
        if name == "if_":
            return self._choice(token)
        if name == "round":
            return self._rounded(token)
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

    def _check_parts(self, token: Token, found: int) -> None:
        name = token.text
        if name in ("min", "max"):
            if found < 2:
                over = "lowest" if name == "min" else "highest"
                hint = f"write {name}(a, b), or {over}(a) for the {over} of all bids"
                raise SyntaxFaultError(token.start, f"{name} compares at least two parts, not {found}", hint)
        elif name == "sum":
            if found < 2:
                message = f"sum adds up at least two parts of one bid, not {found}"
                raise SyntaxFaultError(
                    token.start, message, "write sum(a, b); a sum over all bids is mean(a) * count()"
                )
        elif found != (wanted := 0 if name == "count" else 1):
            hint = f"write {name}(a)" if wanted else "write count()"
            takes = "one part" if wanted else "nothing"
            raise SyntaxFaultError(token.start, f"{name} takes {takes}, not {found}", hint)

    def _choice(self, token: Token) -> Node:
        left = self._sum()
        if not self._is(*COMPARISONS):
            raise SyntaxFaultError(
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

    def _rounded(self, token: Token) -> Node:
        of = self._sum()
        places, mode = self._option("number"), self._option("name")
        if mode is None or places is None:
            message = f"round says to how many places, and how: {', '.join(ROUNDING_MODES)}"
            raise SyntaxFaultError(token.start, message, f"write {_EXAMPLES['round']}")
        if not places.text.isdecimal() or int(places.text) > MOST_PLACES:
            message = f'"{places.text}" is no number of places'
            raise SyntaxFaultError(places.start, message, f"write a whole number from 0 to {MOST_PLACES}")
        if mode.text not in ROUNDING_MODES:
            message = f'there is no way of rounding "{mode.text}"'
            raise SyntaxFaultError(mode.start, message, did_you_mean(mode.text, ROUNDING_MODES))
        end = self._expect(")", "to close round(").end
        return Round(of, int(places.text), mode.text, span=(token.start, end))

    def _option(self, kind: str) -> Token | None:
        """What stands behind the next comma, where it is of this kind."""
        if not self._is(",") or self._tokens[self._next + 1].kind != kind:
            return None
        self._take()
        return self._take()
