"""Conditions of participation: pass or fail, before anything is scored.

With ``pooled`` the figures of confirmed consortium members are added to the supplier's (Procurement Act 2023
s.22(8)-(9)).
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple
from unicodedata import normalize

from tender_eval.engine.facts.reading import Facts
from tender_eval.files.bids.missing import note_for_condition, note_for_share
from tender_eval.model.bids import Bid
from tender_eval.model.diagnostics import Problems
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Column, ShareOf
from tender_eval.model.explanation.labels import CommonFigure, ConditionOf
from tender_eval.model.explanation.reasons import (
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
from tender_eval.model.missing import Missing, Whose
from tender_eval.model.scheme import Bound, Condition


class ConditionResult(NamedTuple):
    """Whether a bid meets a condition, with the step that shows why and a reason where it does not."""

    met: bool
    step: Step
    reason: Reason | None = None


def check_condition(
    condition: Condition, bid: Bid, facts: Facts, named: Collection[str], problems: Problems
) -> ConditionResult | None:
    """The result of one condition for one bid, or None where a figure is missing or no number.

    Args:
        named: the columns that the scheme names: stating one of them is no slip of the pen for another.
    """
    found = facts.of(bid, condition.column)
    if isinstance(found, Missing):
        return _not_stated(condition, found, named, problems)
    if isinstance(condition.must_be, bool) and not isinstance(found.value, bool):
        message = f'{condition.reads} of bid "{bid.id}" is "{shown(found.value)}", neither true nor false'
        problems.add("TE017", found.where or bid.where, message, "write true or false")
        return None
    limit = condition.at_least or condition.at_most
    if limit is None:
        return _state(condition, found)
    number = found.number
    if number is None:
        message = f'{condition.reads} of bid "{bid.id}" is "{shown(found.value)}", not a number'
        problems.add("TE013", found.where or bid.where, message, "write plain digits, such as 35 or 12.50")
        return None
    bound = _limit(limit, condition, bid, facts, named, problems)
    return None if bound is None else _compared(condition, found, number, bound)


def _not_stated(
    condition: Condition, missing: Missing, named: Collection[str], problems: Problems
) -> ConditionResult | None:
    """A condition that sets no limit is not met by silence; of a limit, what is missing is noted."""
    states = condition.must_be is not None or condition.one_of
    if states and not missing.parts and missing.whose is not Whose.TENDER and not missing.misspelt(named):
        reason = ConditionNotStated(_titled(condition), condition.reads)
        return ConditionResult(False, Step(Column(condition.reads), None, note=NotStated()), reason)
    note_for_condition(missing, condition.id, condition.reads, named, problems)
    return None


def _state(condition: Condition, found: Step) -> ConditionResult:
    if condition.one_of:
        met = _as_written(found.value) in map(_as_written, condition.one_of)
        return _result(condition, met, found, OneOf(condition.one_of), found.value, ())
    wanted = "" if condition.must_be is None else condition.must_be  # one of the tests is always set
    met = found.value is wanted if isinstance(wanted, bool) else _as_written(found.value) == _as_written(wanted)
    return _result(condition, met, found, Exactly(wanted), found.value, ())


def _as_written(value: object) -> str:
    """Text as it is compared: letter by letter, however its accents are put together."""
    return normalize("NFC", shown(value))


def _limit(
    limit: Bound, condition: Condition, bid: Bid, facts: Facts, named: Collection[str], problems: Problems
) -> Step | None:
    if not limit.of:
        return Step(CommonFigure.LIMIT, limit.amount)
    found = facts.whole(bid, limit.of)
    if isinstance(found, Missing):
        note_for_share(found, condition.id, limit, named, problems)
        return None
    number = found.number
    if number is None:
        message = f'{limit.of} is "{shown(found.value)}", of which condition "{condition.id}" can take no share'
        problems.add("TE013", found.where or limit.where, message, "let the condition take a share of a number")
        return None
    how = ShareOf(limit.amount, limit.of, number)
    return Step(CommonFigure.LIMIT, limit.amount * number, how, inputs=(found,))


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
    answer = ConditionAnswer(condition.reads, value, wanted, pooled, condition.days)
    label, inputs = ConditionOf(condition.id), (found, *more)
    step = Step(label, met, where=condition.where, inputs=inputs, note=answer)
    if met:
        return ConditionResult(met, step)
    reason = ConditionNotMet(_titled(condition), condition.reads, value, wanted, pooled, found.where, condition.days)
    return ConditionResult(met, step, reason)


def _titled(condition: Condition) -> Titled:
    return Titled(condition.id, condition.title or condition.id)
