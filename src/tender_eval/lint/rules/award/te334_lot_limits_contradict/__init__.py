from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.lint.citations import ARITHMETIC, act
from tender_eval.lint.rules.law_conditions.income import income_conditions
from tender_eval.lots.policy import figure_of
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import fixed, percent
from tender_eval.model.scheme import LotLimits
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class LotLimitsContradict(LintRule):
    """What suppliers may be awarded contradicts the conditions, or limits contradict each other.

    A capacity of 60% of income lets nobody be awarded a lot whose income is below 167% of its yearly value. Beside a
    condition that asks for 50% only, bidders are let in, write whole bids, and could never have won: they are told that
    another was better, where they were out from the start. Raise the capacity, or ask in the condition for what it
    comes to. Two limits of which one can never be reached read as if both were meant; and limits that leave fewer
    lots than there are leave some without anybody.
    """

    code = "TE334"
    name = "lot-limits-contradict"
    severity = Severity.WARNING
    summary = "Limits on the award of lots contradict the conditions, or each other."
    keywords = "capacity, annual_income, most_awarded, most_tendered, limits on lots"
    clauses = (ARITHMETIC, act("s.22(1)"), act("s.23(4)"))

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        """Capacity beside conditions on income, then limits beside limits and the number of lots."""
        limits = scheme.scheme.award.lots
        if limits is not None:
            yield from _beside_conditions(scheme, limits)
            yield from _beside_each_other(scheme, limits)


def _beside_conditions(scheme: SchemeView, limits: LotLimits) -> Iterator[Finding]:
    capacity = limits.capacity
    if capacity is None or figure_of(capacity) != "pooled.annual_income":
        return
    for _, condition in income_conditions(scheme):
        bound = condition.at_least
        if bound is None or not bound.of.endswith("annual_value") or bound.amount * capacity.amount >= 1:
            continue
        needed = 1 / capacity.amount
        message = (
            f'condition "{condition.id}" asks for an income of {percent(bound.amount)} of the yearly value, and the '
            f"capacity of {percent(capacity.amount)} of income lets nobody be awarded a lot below "
            f"{fixed(needed * 100, 0)}%"
        )
        hint = (
            f"write capacity: {_share(1 / bound.amount)} of {capacity.of}, at which whoever meets the condition can be "
            "awarded a lot; or ask for more in the condition"
        )
        yield Finding(message, scheme.at("award", "lots", "capacity"), hint)


def _share(needed: Fraction) -> str:
    """A share as it can be written in a scheme: whole per cent, or the fraction."""
    return percent(needed) if (needed * 100).denominator == 1 else str(needed)


def _beside_each_other(scheme: SchemeView, limits: LotLimits) -> Iterator[Finding]:
    awarded, tendered, lots = limits.most_awarded, limits.most_tendered, scheme.scheme.regime.lots
    if awarded is not None and tendered is not None and awarded > tendered:
        message = f"one supplier may be awarded {awarded} lots, and may bid for {tendered} only"
        where = scheme.at("award", "lots", "most_awarded")
        yield Finding(message, where, f"lower most_awarded below {tendered}, or remove it")
    if awarded is not None and lots is not None and lots > 1 and awarded >= lots:
        message = f"one supplier may be awarded {awarded} lots, and there are {lots}: the limit is never reached"
        yield Finding(message, scheme.at("award", "lots", "most_awarded"), "lower it, or remove it")
    suppliers = limits.most_suppliers
    if suppliers is not None and awarded is not None and lots is not None and suppliers * awarded < lots:
        message = f"{suppliers} suppliers of at most {awarded} lots each leave lots of the {lots} over"
        where = scheme.at("award", "lots", "most_suppliers")
        yield Finding(message, where, f"raise one of the two, so that they come to {lots} lots")
    if suppliers is not None and limits.most_value is not None and suppliers * limits.most_value < 1:
        message = f"{suppliers} suppliers of at most {percent(limits.most_value)} of the value each leave lots over"
        yield Finding(message, scheme.at("award", "lots", "most_suppliers"), "raise one of the two")
