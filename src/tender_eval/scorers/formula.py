"""The scorer of a formula that the scheme publishes, in both arithmetics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Overflow, Underflow
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from pydantic import Field

from tender_eval.files.fields import Words
from tender_eval.model.explanation.formulas import Column, Name, OwnWords, notation
from tender_eval.model.explanation.formulas import Formula as Written
from tender_eval.model.explanation.workings import parts_of
from tender_eval.model.location import Location, Text, place
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import OwnFormula, Unsupported
from tender_eval.plugins.expression.parts import part_of
from tender_eval.plugins.expression.run import Part, Run, blame
from tender_eval.plugins.expression.tree import Figure, Node, OverBids
from tender_eval.plugins.scorer import NOTHING, CriterionView, Scorer, Trait
from tender_eval.plugins.table import BidTable, FigureError, Reads, Steps
from tender_eval.scorers.common import (
    BELOW_ZERO,
    BelowZero,
    NumericParams,
    alone_or,
    held,
    kept,
    scored,
    within,
)
from tender_eval.scorers.grammar import Fault, parse

SLACK = Fraction(1, 10**9)  # by how much a float score may leave its range through its own rounding
MOST_BITS = 12_000  # of either side of an exact score: more could not be written down in a record


class FormulaParams(NumericParams):
    """The formula, and what happens when it leaves the range of scores."""

    expression: Words = Field(
        description="share of full marks, over price, any figure by its dotted name, lowest(x), highest(x), "
        "mean(x), median(x), count(), min, max, sum, abs, sqrt, log and if_(a < b, then, otherwise)"
    )
    below_zero: BelowZero | None = Field(None, description=BELOW_ZERO + "; unstated, it is an error")
    above_one: Literal["clamp"] | None = Field(
        None, description="clamp holds a score at full marks; unstated, a score above them is an error"
    )


class Formula(Scorer):
    """The scheme's own expression, as a share of full marks.

    Source: councils publish their own; the scheme's ``source`` should name the document. ``lowest``,
    ``highest``, ``mean`` and ``median`` without brackets are of ``field``. Single bid and all equal: what
    the expression gives, and an error where it divides by zero; guard it with ``if_`` or publish
    ``single_bid``. Zero and negative figures: as any other. A result below zero, or above full marks, is an
    error unless ``below_zero`` or ``above_one`` is published. Powers, roots and logarithms are exact wherever
    they are fractions. A power binds more tightly than a sign before it, and powers are taken from the right:
    ``-2 ** 2`` is -4 and ``2 ** 3 ** 2`` is 512, where spreadsheets have 4 and 64.
    """

    name = "formula"
    traits = frozenset({Trait.INDEPENDENT})
    examples = (
        {"expression": "if_(highest == lowest, 1, (highest - price) / (highest - lowest))"},
        {"expression": "1 - price / 250000", "below_zero": "clamp", "above_one": "clamp"},
        {
            "expression": "if_(values.total > 0, values.accepted / values.total, 0)",
            "below_zero": "clamp",
            "above_one": "clamp",
        },
    )
    Params = FormulaParams

    def prepare(self, params: FormulaParams, criterion: CriterionView) -> FormulaParams:
        for fault in _compiled(params).faults:
            message = f"{fault.message} (character {fault.at + 1} of the formula)"
            criterion.refuse("TE029", _at(params.expression, fault.at, message), fault.hint)
        return params

    def traits_for(self, params: FormulaParams) -> frozenset[Trait]:
        return frozenset() if _compiled(params).compares else kept(self.traits, params)

    def reads(self, params: FormulaParams) -> tuple[Reads, ...]:
        columns = _compiled(params).columns
        return tuple(Reads(_at(params.expression, offset, column)) for column, offset in columns.items())

    def score(self, bids: BidTable, params: FormulaParams, steps: Steps) -> Array:
        compiled = _compiled(params)
        if compiled.part is None:
            raise FigureError(f"the formula cannot be read: {compiled.faults[0].message}")
        run = Run(bids, tuple(compiled.columns), params.single_bid is not None)
        try:
            with np.errstate(all="ignore"):  # what a bid that is in has to do with it is checked in each part
                scores = _held(run.spread(compiled.part(run)), params, run)
        except (Overflow, Underflow):
            hint = "keep what the formula multiplies within some thousands of digits"
            raise FigureError("the formula gives a number too large or too small to be written down", hint) from None
        figures: dict[Name, Any] = {}
        for column in compiled.columns:  # one with a hyphen stands in brackets
            figures |= dict.fromkeys((Column(column), OwnWords(f"[{column}]")), bids.column(column))
        figures |= {OwnWords(word): run.found[call] for word, call in compiled.words.items()}
        formula = held(compiled.shown, params.below_zero or "allow", above_one=params.above_one is not None)
        return scored(scores, bids.present, params, steps, formula, figures)

    def own_formula(self, params: FormulaParams) -> OwnFormula:
        ends = {"below_zero": params.below_zero, "above_one": params.above_one}
        return OwnFormula(str(params.expression), frozenset(end for end, stated in ends.items() if stated is not None))

    def unbounded_below(self, params: FormulaParams) -> bool:
        return params.below_zero == "allow"

    def expression(self, params: FormulaParams) -> Node | Unsupported:
        root = _compiled(params).root
        if root is None:
            return Unsupported("the formula cannot be read")
        return alone_or(root, params, params.below_zero or "clamp")

    def likely(self, column: str, params: FormulaParams, known: Mapping[str, Fraction] = NOTHING) -> Unsupported:
        return Unsupported("a formula does not say which of its numbers are figures of bids")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula ready to run.

    Attributes:
        root, part: the expression as a tree, and as the function that runs it; None where it cannot be read.
        columns: the figures that it reads, each with where it first stands in the text.
        compares: whether it looks at other bids.
        shown: the text as a formula, with a word for each call over all bids; ``words`` maps these to the calls.
    """

    root: Node | None
    part: Part | None
    faults: tuple[Fault, ...]
    columns: dict[str, int]
    compares: bool
    shown: Written
    words: dict[str, str]


def _compiled(params: FormulaParams) -> Compiled:
    return _compile(str(params.expression), params.field)


@lru_cache(maxsize=256)
def _compile(text: str, field: str) -> Compiled:
    root, faults = parse(text, field)
    if root is None:
        return Compiled(None, None, faults, {}, False, notation(""), {})
    columns: dict[str, int] = {}
    outermost: list[OverBids] = []
    _survey(root, columns, outermost)
    told, words = _in_words(text, outermost)
    names: dict[str, Name] = {**{c: Column(c) for c in columns}, **{w: OwnWords(w) for w in words}}
    parts = parts_of(told, tuple(names))
    shown = Written(tuple(names.get(part, OwnWords(part)) if n % 2 else part for n, part in enumerate(parts)))
    return Compiled(root, part_of(root, text), (), columns, bool(outermost), shown, words)


def _survey(node: Node, columns: dict[str, int], outermost: list[OverBids] | None) -> None:
    """Collect the figures that a formula reads, and the calls over all bids that stand in no other one."""
    if isinstance(node, Figure):
        columns.setdefault(node.column, node.span[0] if node.span else 0)
    if isinstance(node, OverBids) and outermost is not None:
        outermost.append(node)
        outermost = None
    for part in node.parts:
        _survey(part, columns, outermost)


def _in_words(text: str, calls: list[OverBids]) -> tuple[str, dict[str, str]]:
    """The text with ``mean(values.a)`` as ``mean_of_values_a``, and which word stands for which call."""
    words: dict[str, str] = {}
    shown, after = "", 0
    for start, end in sorted(call.span for call in calls if call.span):
        source = text[start:end]
        name, _, inside = source.partition("(")
        of = "_".join(re.findall(r"\w+", inside))
        word = f"{name.strip()}_of_{of}" if of else name.strip()
        if words.get(word, source) != source:
            word = f"{word}_{start}"
        words[word] = source
        shown += text[after:start] + word
        after = end
    return shown + text[after:], words


def _at(expression: str, offset: int, text: str) -> str:
    """Text with the place in the file of a character of the expression."""
    where = place(expression)
    if not isinstance(expression, Text):
        return text
    if where.line and "\n" not in expression:
        where = Location(where.source, where.line, where.column + offset + (0 if expression.plain else 1))
    return Text(text, where)


def _held(scores: Array, params: FormulaParams, run: Run) -> Array:
    """Scores in their range, or an error where the scheme does not say what holds outside it."""
    if run.exact:
        big = [max(abs(s.numerator), s.denominator).bit_length() > MOST_BITS for s in scores]
        blame(run, np.array(big, dtype=np.bool_), "the formula gives a number too long to be written down")
    else:
        if _in_range(scores):
            return scores
        scores = np.where(run.active, scores, 0)  # what bids that are out come to is of no consequence
        if _in_range(scores):
            return scores
        blame(run, ~np.isfinite(scores), "the formula gives no finite number")
    slack = run.constant(0 if run.exact else SLACK)
    if params.below_zero is None:
        hint = "state below_zero: clamp or allow, or keep the formula at or above 0"
        blame(run, scores < -slack, "the formula gives {} (below 0)", hint, scores)
    if params.above_one is None:
        hint = "state above_one: clamp, or keep the formula at or below 1"
        blame(run, scores > 1 + slack, "the formula gives {} (above 1)", hint, scores)
    return within(scores, params.below_zero or "clamp")


def _in_range(scores: Array) -> bool:
    return scores.size > 0 and bool(scores.min() >= 0 and scores.max() <= 1)
