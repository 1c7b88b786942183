"""What is asked of a plan before bids are tried with it."""

from __future__ import annotations

from dataclasses import replace

from tender_eval.engine.plan import Plan


def without_shortlist(plan: Plan) -> Plan:
    """The plan without its shortlist, under which every figure of a bid is read."""
    return plan._replace(shortlist_by=(), scheme=replace(plan.scheme, shortlist=None))


def is_independent(plan: Plan) -> bool:
    """Whether the scorers, the rule and the shortlist promise that no other bid can change the order of two."""
    shortlist = plan.scheme.shortlist
    return (
        not plan.compares
        and not plan.rule.rule.item.relative(plan.rule.params)
        and not plan.compares_prices
        and (shortlist is None or shortlist.top is None)
        and plan.scheme.award.near_tie is None
    )
