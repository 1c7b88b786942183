"""The scorer of a formula that the scheme publishes, in both arithmetics."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Overflow, Underflow
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from pydantic import Field, field_validator

from tender_eval.files.fields import Ident, Words
from tender_eval.model.explanation.formulas import Column, Name, OwnWords
from tender_eval.model.location import Location, Text, place
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import OwnFormula, Unsupported
from tender_eval.plugins.expression.run import Run, blame
from tender_eval.plugins.expression.tree import Node
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
from tender_eval.scorers.formula_text import Compiled, Told, check_name, compiled

SLACK = Fraction(1, 10**9)  # by how much a float score may leave its range through its own rounding
MOST_BITS = 12_000  # of either side of an exact score: more could not be written down in a record


class FormulaParams(NumericParams):
    """The formula, and what happens when it leaves the range of scores."""

    expression: Words = Field(
        description="share of full marks, over price, any figure by its dotted name, lowest(x), highest(x), "
        "mean(x), median(x), count(), min, max, sum, abs, sqrt, log, round(x, 2, half_up) and if_(a < b, then, "
        "otherwise)"
    )
    where: dict[Ident, Words] = Field(
        {}, description="values that the formula names, each by a formula of its own, which may name those above it"
    )
    below_zero: BelowZero | None = Field(None, description=BELOW_ZERO + "; unstated, it is an error")
    above_one: Literal["clamp"] | None = Field(
        None, description="clamp holds a score at full marks; unstated, a score above them is an error"
    )

    @field_validator("where")
    @classmethod
    def _called(cls, where: dict[str, str]) -> dict[str, str]:
        for name in where:
            check_name(name)
        return where


class Formula(Scorer):
    """The scheme's own expression, as a share of full marks.

    Source: councils publish their own; the scheme's ``source`` should name the document. ``lowest``,
    ``highest``, ``mean`` and ``median`` without brackets are of ``field``. Single bid and all equal: what
    the expression gives, and an error where it divides by zero; guard it with ``if_`` or publish
    ``single_bid``. Zero and negative figures: as any other. A result below zero, or above full marks, is an
    error unless ``below_zero`` or ``above_one`` is published. Powers, roots and logarithms are exact wherever
    they are fractions. ``round`` takes the modes of a scheme's rounding. ``where`` gives names to values, each of which
    counts as its formula in brackets; it is worked out only where the formula needs it. A power binds more tightly
    than a sign before it, and powers are taken from the right: ``-2 ** 2`` is -4 and ``2 ** 3 ** 2`` is 512, where
    spreadsheets have 4 and 64.
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
        {
            "where": {"spread": "highest - lowest", "share": "(highest - price) / spread"},
            "expression": "if_(spread == 0, 1, round(share, 4, half_up))",
        },
    )
    Params = FormulaParams

    def prepare(self, params: FormulaParams, criterion: CriterionView) -> FormulaParams:
        for name, fault in _compiled(params).faults:
            message = f"{fault.message} (character {fault.at + 1} of {name or 'the formula'})"
            criterion.refuse("TE029", _at(_text_of(params, name), fault.at, message), fault.hint)
        return params

    def traits_for(self, params: FormulaParams) -> frozenset[Trait]:
        return frozenset() if _compiled(params).compares else kept(self.traits, params)

    def reads(self, params: FormulaParams) -> tuple[Reads, ...]:
        columns = _compiled(params).columns
        return tuple(Reads(_at(_text_of(params, name), at, column)) for column, (name, at) in columns.items())

    def score(self, bids: BidTable, params: FormulaParams, steps: Steps) -> Array:
        made = _compiled(params)
        if made.part is None:
            raise FigureError(f"the formula cannot be read: {made.faults[0][1].message}")
        alone = params.single_bid is not None
        run = Run(bids, tuple(made.columns), alone)
        try:
            with np.errstate(all="ignore"):  # what a bid that is in has to do with it is checked in each part
                scores = _held(run.spread(made.part(run)), params, run)
                named = _tell_values(made, bids, alone, steps) if steps.kept and made.values else None
        except (Overflow, Underflow):
            hint = "keep what the formula multiplies within some thousands of digits"
            raise FigureError("the formula gives a number too large or too small to be written down", hint) from None
        told = made.told if named is None else made.short
        figures = {**_figures(made, bids), **_calls(told, run), **(named or {})}
        formula = held(told.written, params.below_zero or "allow", above_one=params.above_one is not None)
        return scored(scores, bids.present, params, steps, formula, figures)

    def own_formula(self, params: FormulaParams) -> OwnFormula:
        ends = {"below_zero": params.below_zero, "above_one": params.above_one}
        return OwnFormula(_compiled(params).text, frozenset(end for end, stated in ends.items() if stated is not None))

    def unbounded_below(self, params: FormulaParams) -> bool:
        return params.below_zero == "allow"

    def expression(self, params: FormulaParams) -> Node | Unsupported:
        root = _compiled(params).root
        if root is None:
            return Unsupported("the formula cannot be read")
        return alone_or(root, params, params.below_zero or "clamp")

    def likely(self, column: str, params: FormulaParams, known: Mapping[str, Fraction] = NOTHING) -> Unsupported:
        return Unsupported("a formula does not say which of its numbers are figures of bids")


def _compiled(params: FormulaParams) -> Compiled:
    return compiled(str(params.expression), params.field, tuple((str(n), str(t)) for n, t in params.where.items()))


def _text_of(params: FormulaParams, name: str) -> str:
    """The text of a named value, or of the formula itself."""
    return params.where[name] if name else params.expression


def _figures(made: Compiled, bids: BidTable) -> dict[Name, Any]:
    """The figures that a formula names; one with a hyphen stands in brackets."""
    found: dict[Name, Any] = {}
    for column in made.columns:
        found |= dict.fromkeys((Column(column), OwnWords(f"[{column}]")), bids.column(column))
    return found


def _calls(told: Told, run: Run) -> dict[Name, Any]:
    """What the calls over all bids came to."""
    return {OwnWords(word): run.found[call] for word, call in told.words.items()}


def _tell_values(made: Compiled, bids: BidTable, alone: bool, steps: Steps) -> dict[Name, Any] | None:
    """Tell how the named values come about, and give them.

    None, and nothing told, where one cannot be worked out of a bid, whose branch is another then, or where an only bid
    has its published score: the formula is told in full.
    """
    run = Run(bids, tuple(made.columns), alone)
    if not run.active.any():
        return None
    named: dict[Name, Any] = {}
    try:
        for value in made.values:
            named[OwnWords(value.name)] = run.spread(value.part(run))
    except FigureError:
        return None
    for value in made.values:
        written = value.told.written.coming_to(OwnWords(value.name))
        steps.working(written, {**_figures(made, bids), **_calls(value.told, run), **named})
    return named


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
