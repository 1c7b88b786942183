"""A plugin whose scorer leaves exact arithmetic."""

from tender_eval.plugins.scorer import Scorer
from tender_eval.plugins.spec import hookimpl
from tender_eval.plugins.table import BidTable, Reads, Steps


class Cheapest(Scorer):
    """Lowest price over price. Source: this test."""

    name = "cheapest"

    def reads(self, params):
        return (Reads("price", better="lower"),)

    def score(self, bids: BidTable, params, steps: Steps):
        return bids.column("price").astype(float) / 200000


@hookimpl
def tender_eval_scorers():
    return [Cheapest]
