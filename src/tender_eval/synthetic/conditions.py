"""Invented bids that meet the conditions of a scheme: each condition's figure is set so that it passes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from tender_eval.engine.evaluating.conditions import check_condition
from tender_eval.engine.facts.reading import Facts
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bid, Figure, Tender, Value, supposed
from tender_eval.model.diagnostics import Problems
from tender_eval.model.missing import Missing
from tender_eval.model.scheme import Bound, Condition
from tender_eval.synthetic.few_digits import with_few_digits
from tender_eval.synthetic.suppliers import members


@dataclass(frozen=True, slots=True)
class ConditionSetter:
    """Sets what conditions ask for."""

    plan: Plan
    tender: Tender
    yearly: Fraction
    areas: tuple[str, ...]

    def meet(self, bid: Bid, n: int) -> Bid:
        """The bid with the figures that the conditions ask for; what cannot be set is left as it is."""
        named = self.plan.named()
        for condition in self.plan.scheme.conditions:
            if not self._met(condition, bid, named):
                changes = self._changes(condition, bid, n)
                bid = next((changed for changed in changes if self._met(condition, changed, named)), bid)
        return bid

    def _met(self, condition: Condition, bid: Bid, named: frozenset[str]) -> bool:
        found = check_condition(condition, bid, self._facts(), named, Problems())
        return found is not None and found.met

    def _facts(self) -> Facts:
        """What bids state, to be read anew: the bid changes from one attempt to the next."""
        return Facts(self.plan.scheme, self.tender)

    def _changes(self, condition: Condition, bid: Bid, n: int) -> Iterator[Bid]:
        """The ways that may help: the figure itself, the fact behind it, partners, none."""
        value = self._wanted(condition, bid)
        if value is not None:
            yield _set(bid, condition.reads, value)
        yield _set(bid, "supplier.size", "small")
        yield _set(_set(bid, "supplier.areas", self.areas), "supplier.size", "small")
        yield replace(bid, members=members(n, self.yearly, self.areas))
        yield replace(bid, members=())

    def _wanted(self, condition: Condition, bid: Bid) -> Value | None:
        if condition.one_of:
            return str(condition.one_of[0])
        if condition.must_be is not None:
            return condition.must_be if isinstance(condition.must_be, bool) else str(condition.must_be)
        bound = condition.at_least or condition.at_most
        limit = self._limit(bound, bid) if bound else None
        if limit is None:
            return None
        return _beyond(limit, up=condition.at_least is not None)

    def _limit(self, bound: Bound, bid: Bid) -> Fraction | None:
        if not bound.of:
            return bound.amount
        found = self._facts().whole(bid, bound.of)
        number = None if isinstance(found, Missing) else found.number
        return None if number is None else bound.amount * number


def _beyond(limit: Fraction, up: bool) -> Fraction:
    """A figure that passes a limit with something to spare, but never by crossing zero."""
    if up:
        return max(with_few_digits(limit * Fraction(3, 2)), limit) if limit > 0 else limit
    return min(with_few_digits(limit * Fraction(3, 4)), limit) if limit > 0 else limit


def _set(bid: Bid, column: str, value: Value) -> Bid:
    kind, _, name = column.partition(".")
    if kind == "marks":
        return replace(bid, marks={**bid.marks, name: supposed(value)})
    return replace(bid, figures={**bid.figures, str(column): Figure(value)})
