"""A plugin that a scheme uses and does not require."""

from tender_eval.model import numeric
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
        return numeric.divide(numeric.lowest(prices, bids.present), prices)


@hookimpl
def tender_eval_scorers():
    return [Cheapest]
