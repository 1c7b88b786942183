"""The award rule: bids are ranked by their weighted value."""

from __future__ import annotations

from typing import Any

from tender_eval import AwardRule, Reads, RuleParams, Steps, Tally
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e
from tender_eval_prozorro import weighted
from tender_eval_prozorro.weighted import Weighted


class ProzorroRuleParams(Weighted, RuleParams):
    """Of which figures the weighted value is made."""


class ProzorroRule(AwardRule):
    """The price over the coefficient of a bid's answers, and its life-cycle costs added; the lowest wins.

    weighted value = price / coefficient + additions, coefficient = 1 + answers / (1 - most of all). Source: Prozorro
    (Ukraine), openprocurement.api, features and ``weightedValue``; openprocurement/barbecue. Prozorro prints it with
    two decimal places and ranks the unrounded figure; of equal ones the earlier bid is first, which a scheme states as
    a tie break. Each bid's figure is its own; a price of zero or below is an error. Criteria show their points and
    count through their minimums alone.
    """

    name = "prozorro_weighted_value"
    figure = "weighted value"
    best = "lowest"
    examples = weighted.EXAMPLES
    Params = ProzorroRuleParams

    def reads(self, params: ProzorroRuleParams) -> tuple[Reads, ...]:
        return weighted.reads(params)

    def rank_by(self, tally: Tally, params: ProzorroRuleParams, steps: Steps) -> Array:
        return weighted.weighted_value(tally, params, steps)

    def expression(self, params: ProzorroRuleParams) -> e.Node:
        return weighted.expression(params)

    def price_column(self, params: ProzorroRuleParams) -> str:
        return params.price

    def weights(self, params: Any) -> None:
        return None

    def worth_of_quality(self, params: Any) -> None:
        return None
