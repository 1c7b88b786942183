"""Adjustments of the evaluated price: worked out once for both arithmetics, and told step by step in exact runs.

A preference changes the price that is compared, and never the price that is paid. Sources: California Code of
Regulations title 2 section 1896.8 (five percent of the lowest bid, capped, and nothing where a small business is the
lowest); FAR 25.504-4 and 13 CFR 126.613 (a factor added to the offers that are not preferred); Asian Development Bank,
Procurement Guidelines (2015), domestic preference of goods (15% of one component).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from tender_eval.engine.facts.price import price_step
from tender_eval.engine.facts.reading import Facts
from tender_eval.model import numeric
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.diagnostics import Problems
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import (
    Column,
    Derived,
    Line,
    Name,
    OwnWords,
    Way,
    Worked,
    chained,
    named,
    notation,
)
from tender_eval.model.explanation.labels import AdjustmentOf, CommonFigure, FigureOfBid
from tender_eval.model.explanation.terms import Term
from tender_eval.model.missing import Missing
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.pricing.adjust import LOWEST, LOWEST_OTHER, OWN, Adjustment, Test
from tender_eval.model.pricing.price import PriceModel

UNADJUSTED = "price.unadjusted"
"""The column of prices before they are adjusted."""


def tests_of(model: PriceModel) -> dict[str, tuple[Test, ...]]:
    """What is asked of each bid: by adjustment whom it is for, by `unless_of` whom it may not be the lowest of."""
    found = {a.id: a.when for a in model.adjustments}
    return found | {unless_of(a): a.unless for a in model.adjustments if a.unless}


def column_of(asked: str) -> str:
    """The column that says outright of which bids all the tests hold."""
    return f"adjust.{asked}"


def unless_of(adjustment: Adjustment) -> str:
    """The name of the bids which as the lowest take an adjustment from all."""
    return f"{adjustment.id}.unless"


def share_of(column: str) -> str:
    """The column of what a component comes to in the price, where adjustments are a share of it."""
    return f"adjust.of.{column}"


class Change(NamedTuple):
    """What one adjustment comes to, by bid: what it is a share of, whether it is in force, what it changes."""

    of: Array
    holds: Array
    by: Array


class Adjusted(NamedTuple):
    """Adjusted prices, and what each adjustment changes."""

    prices: Array
    changes: tuple[Change, ...]


def adjusted(
    base: Array, model: PriceModel, applies: Mapping[str, Mask], components: Mapping[str, Array], basis: Mask
) -> Adjusted:
    """Prices under the adjustments of a scheme, in either arithmetic.

    Args:
        applies: by adjustment, the bids that it is for; by `unless_of`, those which as the lowest take it from all.
        components: by column, what those components come to in the price of which an adjustment is a share.
        basis: the bids among which the lowest price is found.
    """
    so_far, changes = numeric.full(base, 0), list[Change]()
    for adjustment in model.adjustments:
        for_whom = applies[adjustment.id]
        of = _share_of(adjustment, base, so_far, model, for_whom, components, basis)
        holds = for_whom & ~_lapsed(base, applies[unless_of(adjustment)], basis) if adjustment.unless else for_whom
        share = adjustment.share
        by = numeric.full(base, adjustment.amount or 0) if share is None else of * numeric.like(base, share)
        if adjustment.cap is not None:
            by = _held(by, base, adjustment.cap)
        by = numeric.where(holds, by, numeric.full(base, 0))
        changes.append(Change(of, holds, by))
        so_far = so_far + by
    together = so_far if model.cap_together is None else _held(so_far, base, model.cap_together)
    return Adjusted(base + together, tuple(changes))


def _held(by: Array, base: Array, cap: Fraction) -> Array:
    most = numeric.like(base, cap)
    return numeric.smaller(numeric.larger(by, -most), most)


def _share_of(
    adjustment: Adjustment, base: Array, so_far: Array, model: PriceModel, for_whom: Mask,
    components: Mapping[str, Array], basis: Mask,
) -> Array:  # fmt: skip
    match adjustment.of:
        case x if x == OWN:
            return base + so_far if model.together == "in_turn" else base
        case x if x == LOWEST:
            return _lowest(base, basis)
        case x if x == LOWEST_OTHER:
            return _lowest(base, basis & ~for_whom)
        case column:
            return components[column]


def _lowest(base: Array, among: Mask) -> Array:
    """The lowest price among these bids, for each bid; nothing where there is none."""
    lowest: Array = numeric.full(base, 0) + numeric.lowest(base, among)
    return lowest if numeric.is_exact(base) else np.where(among.any(axis=0), lowest, 0.0)


def _lapsed(base: Array, who: Mask, basis: Mask) -> Any:
    """Whether one of these bids is the lowest."""
    held = numeric.equal(base, _lowest(base, basis)) & who & basis
    return held.any(axis=0)


class _Bid(NamedTuple):
    """A bid with a price: its row, the price before adjustments, and by adjustment the figures that were tested."""

    row: int
    bid: Bid
    price: Step
    before: Fraction
    tested: Mapping[str, tuple[Step, ...]]


class OfBids(NamedTuple):
    """What is known of bids once their prices are adjusted.

    Attributes:
        columns: the prices before adjustments, and for which bids each adjustment is.
        unstated: what is missing to tell that, and who asks for it.
    """

    columns: dict[str, Array]
    unstated: list[tuple[Missing, str]]


def adjust_prices(bids: Bids, facts: Facts, rows: Mask, basis: Mask, problems: Problems) -> OfBids:
    """Put the adjusted price of each bid in the place of the one that it states or its components come to.

    Args:
        rows: the bids whose prices are read.
        basis: those of them among which the lowest price is found.
    """
    model, known = facts.scheme.price, OfBids({}, [])
    if model is None or not model.adjustments:
        return known
    asked = tests_of(model)
    applies = {name: np.zeros(len(bids.bids), dtype=np.bool_) for name in asked}
    base, found = numeric.exact_array([0] * len(bids.bids)), list[_Bid]()
    for row in np.flatnonzero(rows):
        bid, price = bids.bids[row], facts.of(bids.bids[row], "price")
        if isinstance(price, Step) and isinstance(price.value, Fraction):
            base[row] = price.value
            tested = {name: _tested(bid, name, asked[name], facts, known.unstated, problems) for name in asked}
            for name, (_, holds) in tested.items():
                applies[name][row] = holds
            found.append(_Bid(int(row), bid, price, price.value, {name: steps for name, (steps, _) in tested.items()}))
    priced = rows & False
    priced[[one.row for one in found]] = True
    components = {a.of: _components(found, a.of, len(bids.bids)) for a in model.adjustments}
    result = adjusted(base, model, applies, components, basis & priced)
    for one in found:
        lowest = [other for other in found if basis[other.row]]
        facts.put(one.bid, "price", _told(one, result, lowest, applies, facts))
    known.columns[UNADJUSTED] = base
    known.columns.update({share_of(column): amounts for column, amounts in components.items() if "." in column})
    known.columns.update({column_of(name): numeric.exact_array(map(int, who)) for name, who in applies.items()})
    return known


def _tested(
    bid: Bid, asked: str, tests: Iterable[Test], facts: Facts, unstated: list[tuple[Missing, str]], problems: Problems
) -> tuple[tuple[Step, ...], bool]:
    """The figures that decide whether an adjustment is for a bid, and whether it is."""
    steps, holds, name = list[Step](), True, asked.partition(".")[0]
    for test in tests:
        step = facts.of(bid, test.reads)
        if isinstance(step, Missing):
            unstated.append((step, f'the adjustment "{name}" of the price'))
            continue
        told = None if step.value is None else test.holds(step.value)
        if told is None:
            wanted = "true or false" if test.values else "a number"
            message = f'{test.reads} of bid "{bid.id}" is "{shown(step.value)}", where the adjustment '
            message += f'"{name}" asks for {wanted}'
            problems.add("TE017" if test.values else "TE013", step.where or bid.where, message, f"write {wanted}")
        steps.append(step)
        holds = holds and bool(told)
    return tuple(steps), holds


def tests_hold(bid: Bid, tests: Iterable[Test], facts: Facts) -> bool:
    """Whether all tests hold of a bid that states what they ask for."""
    steps = [(test, facts.of(bid, test.reads)) for test in tests]
    return all(isinstance(s, Step) and s.value is not None and bool(t.holds(s.value)) for t, s in steps)


def _components(found: list[_Bid], column: str, bids: int) -> Array:
    """What a component comes to in the price of each bid."""
    amounts = numeric.exact_array([0] * bids)
    for one in found:
        for part in one.price.inputs:
            if part.label == Column(column) and isinstance(part.value, Fraction):
                amounts[one.row] = part.value
    return amounts


def _told(one: _Bid, result: Adjusted, lowest: list[_Bid], applies: Mapping[str, Mask], facts: Facts) -> Step:
    """The adjusted price as a step: the price before, and what each adjustment changes."""
    model = facts.scheme.price
    adjustments = model.adjustments if model else ()
    parts = tuple(
        _change(adjustment, change, one, bool(applies[adjustment.id][one.row]), lowest)
        for adjustment, change in zip(adjustments, result.changes, strict=True)
    )
    changes = tuple(part.value for part in parts)
    sum_of = chained("+", (named(OwnWords(a.id)) for a in adjustments))
    lines: tuple[Line, ...] = (Line(chained("+", (notation("unadjusted"), sum_of)), (one.before, *changes)),)
    if model and model.cap_together is not None:
        held = "min(cap, total)" if adjustments[0].rises else "max(-cap, total)"
        total = sum((change.by[one.row] for change in result.changes), Fraction(0))
        lines = (
            Line(sum_of.coming_to(Term.TOTAL), (total, *changes)),
            Line(notation(f"unadjusted + {held}"), (one.before, model.cap_together, total)),
        )
    before = one.price._replace(label=CommonFigure.UNADJUSTED_PRICE)
    return price_step(result.prices[one.row], lines, (before, *parts), facts.scheme.price_rounding)


def _change(adjustment: Adjustment, change: Change, one: _Bid, for_it: bool, lowest: list[_Bid]) -> Step:
    """What an adjustment changes at one bid, what it goes by, and why it is for the bid or not."""
    label, inputs = AdjustmentOf(adjustment.id), one.tested[adjustment.id]
    by, of = change.by[one.row], change.of[one.row]
    if adjustment.compares:
        inputs = (*inputs, *_lowest_of(adjustment, of, one, lowest))
    if not change.holds[one.row]:
        how = Derived(Way.LAPSED if for_it else Way.NOT_FOR_BID)
        return Step(label, by, how, where=adjustment.where, inputs=inputs)
    text, figures, names = "stated", [adjustment.amount], dict[str, Name]()
    if adjustment.share is not None:
        of_what: dict[str, Name] = {OWN: Term.PRICE, LOWEST: Term.LOWEST, LOWEST_OTHER: Term.LOWEST_OTHER}
        text, figures = "{of} x share", [of, adjustment.share]
        names = {"of": of_what.get(adjustment.of, Column(adjustment.of))}
    if adjustment.cap is not None:
        text = f"min(cap, {text})" if adjustment.rises else f"max(-cap, {text})"
        figures.insert(0, adjustment.cap)
    formula = notation(text, **names)
    return Step(label, by, Worked((Line(formula, tuple(figures)),)), where=adjustment.where, inputs=inputs)


def _lowest_of(adjustment: Adjustment, of: Fraction, one: _Bid, lowest: list[_Bid]) -> tuple[Step, ...]:
    """Whose price the lowest is, where it is another bid's."""
    name = Term.LOWEST_OTHER if adjustment.of == LOWEST_OTHER else Term.LOWEST
    price = of if adjustment.of in (LOWEST, LOWEST_OTHER) else min((other.before for other in lowest), default=of)
    whose = next((other for other in lowest if other.before == price and other.row != one.row), None)
    if whose is None:
        return ()
    return (whose.price._replace(label=FigureOfBid(name, Column("price"), whose.bid.id)),)
