"""A plugin whose scorer shows a working that is not its own."""

from fractions import Fraction

from tender_eval.plugins.scorer import Scorer
from tender_eval.plugins.spec import hookimpl
from tender_eval.plugins.table import BidTable, Reads, Steps


class Cheapest(Scorer):
    """Lowest price over price. Source: this test."""

    name = "cheapest"

    def reads(self, params):
        return (Reads("price", better="lower"),)

    def score(self, bids: BidTable, params, steps: Steps):
        prices = bids.column("price")
        steps.working("lowest / price", lowest=min(prices), price=prices)
        return prices * 0 + Fraction(2, 5)


@hookimpl
def tender_eval_scorers():
    return [Cheapest]
