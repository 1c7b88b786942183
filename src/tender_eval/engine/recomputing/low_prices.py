"""How each price was tested for being abnormally low: its place, what it was held against, and the answer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.evaluating.low_prices import held_against, says, trimmed_at_each_end
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bids, Tender
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.pricing.low import LowPriceTest, Trim

BEYOND = Fraction(10**300)
"""A price above any other."""


class TestedPrice(NamedTuple):
    """A price that a test goes over.

    Attributes:
        place: by size, from 1.
        against, limit: what it is held against, and from where on it is flagged; None where there is nothing.
        ends: the highest price that is trimmed below and the lowest above; None where more are than there are.
        flagged: None where it is of a bid that is not ranked.
    """

    bid: str
    price: Fraction
    place: int
    against: Fraction | None
    limit: Fraction | None
    ends: tuple[Fraction, Fraction] | None
    flagged: bool | None


class TestOfPrices(NamedTuple):
    """A test and the prices that it goes over.

    Attributes:
        figure: of the tender, of which the estimate is a share.
        left_out: how many are trimmed at each end.
    """

    test: LowPriceTest
    prices: tuple[TestedPrice, ...]
    figure: Fraction
    left_out: int


def tests_of_prices(
    plan: Plan, bids: Bids, evaluation: Evaluation, prices: Mapping[str, Fraction]
) -> list[TestOfPrices]:
    """Each test of the scheme that goes over any price.

    Args:
        prices: as they were bid, by bid.
    """
    low = plan.scheme.abnormally_low
    found = (_tested(test, plan, bids.tender, evaluation, prices) for test in (low.tests if low else ()))
    return [one for one in found if one.prices]


def _tested(
    test: LowPriceTest, plan: Plan, tender: Tender, evaluation: Evaluation, prices: Mapping[str, Fraction]
) -> TestOfPrices:
    over = [bid for bid in evaluation.bids if bid.id in prices and _is_in(plan, bid, test)]
    amounts = [prices[bid.id] for bid in over]
    in_order = sorted(amounts)
    rows = []
    for bid, price, against in zip(over, amounts, held_against(test, tender, amounts), strict=True):
        before = bisect_left(in_order, price)
        limit = None if against is None else against * (1 - test.below)
        flagged = says(test, price, against, len(over)) if bid.status == "ranked" else None
        ends = _ends(test.trim, in_order, None if test.itself else before) if test.trim is not None else None
        rows.append(TestedPrice(bid.id, price, before + 1, against, limit, ends, flagged))
    named = tender.figures.get(test.estimate_column.removeprefix("tender."))
    figure = named.value if named is not None and isinstance(named.value, Fraction) else Fraction(0)
    left_out = trimmed_at_each_end(test.trim, len(over) - (not test.itself)) if test.trim is not None else 0
    return TestOfPrices(test, tuple(rows), figure, left_out)


def _is_in(plan: Plan, bid: BidResult, test: LowPriceTest) -> bool:
    """Whether a test goes over a bid that has a price."""
    if test.over == "ranked" or bid.status == "ranked":
        return bid.status == "ranked"
    met = all(step.value for step in bid.step.inputs[: len(plan.scheme.conditions)])
    taken_out = bid.status not in ("rejected", "not_shortlisted")
    return met and bid.status != "not_shortlisted" and not (taken_out and plan.recomputes)


def _ends(trim: Trim, in_order: list[Fraction], without: int | None) -> tuple[Fraction, Fraction] | None:
    """The ends of what is left of prices in their order, without the one at a place, when they are trimmed."""
    count = len(in_order) - (without is not None)
    number = trimmed_at_each_end(trim, count)
    if not number:
        return -BEYOND, BEYOND
    if number > count:
        return None
    low, high = number - 1, count - number
    if without is not None:
        low, high = low + (low >= without), high + (high >= without)
    return in_order[low], in_order[high]
