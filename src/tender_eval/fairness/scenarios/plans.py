"""What is asked of a plan before bids are tried with it."""

from __future__ import annotations

from tender_eval.engine.plan import Plan


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
