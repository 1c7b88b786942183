"""Conditions of participation: pass or fail, before anything is scored.

With ``pooled`` the figures of confirmed consortium members are added to the supplier's (Procurement Act 2023
s.22(8)-(9)).
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.readings import Missing, column_of_share, number_of, read
from tender_eval.model.bids import Bid, Tender
from tender_eval.model.diagnostics import Problems
from tender_eval.model.evaluation import Step
from tender_eval.model.formulas import Column, ShareOf
from tender_eval.model.labels import ConditionOf, Part
from tender_eval.model.reasons import (
    ConditionAnswer,
    ConditionNotMet,
    ConditionNotStated,
    Exactly,
    Limit,
    NotStated,
    OneOf,
    Reason,
    Titled,
    Value,
    Wanted,
)
from tender_eval.model.scheme import Bound, Condition
from tender_eval.model.wording import shown


class ConditionResult(NamedTuple):
    """Whether a bid meets a condition, with the step that shows why and a reason where it does not."""

    met: bool
    step: Step
    reason: Reason | None = None


def check_condition(
    condition: Condition, bid: Bid, tender: Tender, price: Step | None, named: Collection[str], problems: Problems
) -> ConditionResult | None:
    """The result of one condition for one bid, or None where a figure is missing or no number.

    Args:
        named: the columns that the scheme names: stating one of them is no slip of the pen for another.
    """
    found = _read(condition, bid, tender, price)
    if isinstance(found, Missing):
        misspelt = any(name not in named for name, _ in found.near)
        if (condition.must_be is not None or condition.one_of) and found.of == "bid" and not misspelt:
            reason = ConditionNotStated(_titled(condition), condition.reads)
            return ConditionResult(False, Step(Column(condition.reads), None, note=NotStated()), reason)
        if found.of == "tender":
            message = f'{found.message}, which condition "{condition.id}" needs for {condition.reads}'
        else:
            message = f'{bid.called(condition.reads)} has no {condition.reads}, which condition "{condition.id}" reads'
        where, hint = found.mend(named)
        problems.add("TE052", where or bid.where, message, hint)
        return None
    if isinstance(condition.must_be, bool) and not isinstance(found.value, bool):
        message = f'{condition.reads} of bid "{bid.id}" is "{shown(found.value)}", neither true nor false'
        problems.add("TE017", found.where or bid.where, message, "write true or false")
        return None
    limit = condition.at_least or condition.at_most
    if limit is None:
        return _state(condition, found)
    number = number_of(found)
    if number is None:
        message = f'{condition.reads} of bid "{bid.id}" is "{shown(found.value)}", not a number'
        problems.add("TE013", found.where or bid.where, message, "write plain digits, such as 35 or 12.50")
        return None
    bound = _limit(limit, condition, bid, tender, price, named, problems)
    return None if bound is None else _compared(condition, found, number, bound)


def _read(condition: Condition, bid: Bid, tender: Tender, price: Step | None) -> Step | Missing:
    if condition.reads == "price" and price is not None:
        return price
    column = condition.reads
    if condition.pooled:
        column = "pooled." + column.removeprefix("supplier.")
    return read(bid, column, tender)


def _state(condition: Condition, found: Step) -> ConditionResult:
    if condition.one_of:
        met = shown(found.value) in condition.one_of
        return _result(condition, met, found, OneOf(condition.one_of), found.value, ())
    wanted = "" if condition.must_be is None else condition.must_be  # one of the tests is always set
    met = found.value is wanted if isinstance(wanted, bool) else shown(found.value) == wanted
    return _result(condition, met, found, Exactly(wanted), found.value, ())


def _limit(
    limit: Bound,
    condition: Condition,
    bid: Bid,
    tender: Tender,
    price: Step | None,
    named: Collection[str],
    problems: Problems,
) -> Step | None:
    if not limit.of:
        return Step(Part.LIMIT, limit.amount)
    column = column_of_share(limit.of)
    found = price if column == "price" and price is not None else read(bid, column, tender)
    if isinstance(found, Missing):
        _no_figure(found, limit, condition, bid, named, problems)
        return None
    number = number_of(found)
    if number is None:
        message = f'{limit.of} is "{shown(found.value)}", of which condition "{condition.id}" can take no share'
        problems.add("TE013", found.where or limit.where, message, "let the condition take a share of a number")
        return None
    how = ShareOf(limit.amount, limit.of, number)
    return Step(Part.LIMIT, limit.amount * number, how, inputs=(found,))


def _no_figure(
    missing: Missing, limit: Bound, condition: Condition, bid: Bid, named: Collection[str], problems: Problems
) -> None:
    """Note that nobody states what a limit is a share of, where it lacks; in the scheme where the tender does."""
    if missing.of == "bid":
        where, hint = missing.mend(named)
        message = f'{bid.called(limit.of)} has no {limit.of}, of which condition "{condition.id}" takes a share'
        problems.add("TE052", where or bid.where, message, hint)
    elif missing.where:
        message = f'{missing.message}, of which condition "{condition.id}" takes a share'
        problems.add("TE052", missing.where, message, missing.hint)
    else:
        message = f'condition "{condition.id}" takes a share of "{limit.of}", which neither tender nor bid states'
        problems.add("TE052", limit.where, message, missing.hint)


def _compared(condition: Condition, found: Step, number: Fraction, bound: Step) -> ConditionResult:
    limit = bound.value if isinstance(bound.value, Fraction) else Fraction(0)
    least = condition.at_least is not None
    met = number >= limit if least else number <= limit
    stated = condition.at_least or condition.at_most
    shared = stated is not None and bool(stated.of)
    wanted = Limit(limit, least, stated.amount, stated.of) if stated and shared else Limit(limit, least)
    return _result(condition, met, found, wanted, number, (bound,))


def _result(
    condition: Condition,
    met: bool,
    found: Step,
    wanted: Wanted,
    value: Value,
    more: tuple[Step, ...],
) -> ConditionResult:
    pooled = condition.pooled and bool(more)
    answer = ConditionAnswer(condition.reads, value, wanted, pooled)
    label, inputs = ConditionOf(condition.id), (found, *more)
    step = Step(label, met, where=condition.where, inputs=inputs, note=answer)
    if met:
        return ConditionResult(met, step)
    reason = ConditionNotMet(_titled(condition), condition.reads, value, wanted, pooled, found.where)
    return ConditionResult(met, step, reason)


def _titled(condition: Condition) -> Titled:
    return Titled(condition.id, condition.title or condition.id)
