"""What a mechanism is asked about itself. Whatever it raises, or answers amiss, stops the run, naming it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tender_eval.engine.scoring.guarded import asked, refused
from tender_eval.lots.policy import LotPolicy
from tender_eval.lots.run import WHO
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.mechanism import Contest, LotAwards

Answer = TypeVar("Answer")


def keeps_to_limits(policy: LotPolicy) -> bool:
    """Whether the lots are tied together by limits, so that a lot may go to another than its first."""
    return policy.mechanism.item.honours_limits


def uses_order(policy: LotPolicy) -> bool | Unsupported:
    """Whether the published order of the lots can decide who is awarded which.

    Raises:
        Refused: TE045 or TE046, naming the plugin.
    """
    return _answer(policy, bool, "yes or no", lambda: policy.mechanism.item.uses_order(policy.params))


def passes_over(policy: LotPolicy) -> bool | Unsupported:
    """Whether a lot can go to another than its best bid with room; see `uses_order`."""
    return _answer(policy, bool, "yes or no", lambda: policy.mechanism.item.passes_over(policy.params))


def most_draws(policy: LotPolicy, contest: Contest) -> int:
    """How many draws of a contest can be awarded in some seconds, at least one; see `uses_order`."""
    found = _answer(policy, int, "a number", lambda: policy.mechanism.item.most_draws(contest, policy.params))
    return 1 if isinstance(found, Unsupported) else max(1, found)


def why_passed_over(policy: LotPolicy, contest: Contest, awards: LotAwards, lot: int, bid: int) -> str | Unsupported:
    """Why a bid with room that is before the winner of a lot is not awarded it; see `uses_order`."""
    mechanism, params = policy.mechanism.item, policy.params
    return _answer(policy, str, "a reason", lambda: mechanism.why_passed_over(contest, awards, lot, bid, params))


def _answer(policy: LotPolicy, kind: type[Answer], what: str, question: Callable[[], object]) -> Answer | Unsupported:
    where = policy.limits.mechanism.where
    found: object = asked(WHO, policy.mechanism, where, question)
    if isinstance(found, Unsupported | kind):
        return found
    raise refused(WHO, policy.mechanism, where, "TE046", f"returned {found!r} where {what} is asked for")
