"""A plugin whose scorer promises that the other bids do not count."""

from tender_eval.plugins.scorer import Scorer, Trait
from tender_eval.plugins.spec import hookimpl
from tender_eval.plugins.table import BidTable, Reads, Steps


class Cheapest(Scorer):
    """Lowest price over price. Source: this test."""

    name = "cheapest"
    traits = frozenset({Trait.INDEPENDENT})

    def reads(self, params):
        return (Reads("price", better="lower"),)

    def score(self, bids: BidTable, params, steps: Steps):
        prices = bids.column("price")
        return prices.min(axis=0) / prices


@hookimpl
def tender_eval_scorers():
    return [Cheapest]
