"""A plugin that brings a scorer under a name that is taken."""

from tender_eval.plugins.scorer import Scorer
from tender_eval.plugins.spec import hookimpl
from tender_eval.plugins.table import BidTable, Reads, Steps


class Cheapest(Scorer):
    """Lowest price over price. Source: this test."""

    name = "ratio_to_lowest"

    def reads(self, params):
        return (Reads("price", better="lower"),)

    def score(self, bids: BidTable, params, steps: Steps):
        return bids.column("price")


@hookimpl
def tender_eval_scorers():
    return [Cheapest]
