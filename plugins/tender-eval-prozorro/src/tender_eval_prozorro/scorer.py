"""The scorer: the lowest weighted value of the bids over a bid's own."""

from __future__ import annotations

from tender_eval import BidTable, Reads, Scorer, ScorerParams, Steps, Trait
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e
from tender_eval_prozorro import weighted
from tender_eval_prozorro.weighted import Weighted


class ProzorroScorerParams(Weighted, ScorerParams):
    """Of which figures the weighted value is made."""


class ProzorroScorer(Scorer):
    """The lowest weighted value of the bids over the bid's own, for schemes that give points beside it.

    weighted value = price / coefficient + additions, coefficient = 1 + answers / (1 - most of all), as the award rule
    of the same name; the score is lowest / weighted value. Source of the weighted value: Prozorro (Ukraine),
    openprocurement.api, features and ``weightedValue``; openprocurement/barbecue. Prozorro itself ranks by it and
    gives no points: the points in proportion to the lowest are this scorer's own addition. Single bid and all equal:
    full marks. A price of zero or below is an error. Never below zero.
    """

    name = "prozorro_weighted_value"
    traits = frozenset({Trait.MONOTONE})
    examples = weighted.EXAMPLES
    Params = ProzorroScorerParams

    def reads(self, params: ProzorroScorerParams) -> tuple[Reads, ...]:
        return weighted.reads(params)

    def score(self, bids: BidTable, params: ProzorroScorerParams, steps: Steps) -> Array:
        value = weighted.weighted_value(bids, params, steps, towards="weighted value")
        low = numeric.lowest(value, bids.present)
        steps.working("lowest / weighted value", lowest=low, **{"weighted value": value})
        return numeric.divide(low, value)

    def expression(self, params: ProzorroScorerParams) -> e.Node:
        value = weighted.expression(params)
        return e.lowest(value) / value
