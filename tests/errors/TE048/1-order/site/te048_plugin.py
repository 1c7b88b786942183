"""A plugin whose scorer gives more to whoever comes first."""

from fractions import Fraction

from tender_eval.model.numeric import exact_array, is_exact
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
        return exact_array([Fraction(1, n + 1) for n in range(len(prices))]) if is_exact(prices) else prices * 0


@hookimpl
def tender_eval_scorers():
    return [Cheapest]
