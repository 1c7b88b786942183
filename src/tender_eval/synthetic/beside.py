"""What invented bids state beside their price: benefits, and a cost sheet that the price meets or does not."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tender_eval.model.bids import Value
from tender_eval.model.pricing.beside import BENEFITS, Benefit, Beside, FullCost
from tender_eval.synthetic.few_digits import with_few_digits

SAVES = (Fraction(1, 10), Fraction(1, 20), Fraction(3, 20))
"""Benefits as shares of the price, bid after bid."""
COSTS = (Fraction(97, 100), Fraction(104, 100), Fraction(94, 100))
"""The full cost as a share of the price: the second bid asks for less than its service costs."""


def beside_figures(beside: Beside, figures: Mapping[str, Value], price: Fraction, n: int) -> dict[str, Value]:
    """What the bid at a place states besides these figures; benefits that are read, as what they follow from."""
    found: dict[str, Value] = {}
    for benefit in beside.benefits:
        amount = figures.get(benefit.column, _part(figures.get(BENEFITS), beside))
        scored = isinstance(amount, Fraction)
        if not isinstance(amount, Fraction):
            amount = price * SAVES[n % len(SAVES)] / len(beside.benefits)
        found |= _stated(benefit, amount, exactly=scored)
    return found | (_costs(beside.full_cost, price * COSTS[n % len(COSTS)]) if beside.full_cost else {})


def _part(together: Value | None, beside: Beside) -> Fraction | None:
    return together / len(beside.benefits) if isinstance(together, Fraction) else None


def _stated(benefit: Benefit, amount: Fraction, *, exactly: bool) -> dict[str, Value]:
    if benefit.each is None:
        return {benefit.column: amount if exactly else with_few_digits(amount), f"{benefit.column}.source": "-"}
    units = amount / benefit.each if benefit.each else Fraction(0)
    return {benefit.of: units if exactly else Fraction(round(units))}


def _costs(full: FullCost, cost: Fraction) -> dict[str, Value]:
    """A sheet whose lines are equal payments."""
    payments = sum((line.times(full.years) for line in full.costs), Fraction(0))
    return {line.column: with_few_digits(cost / payments, 4) for line in full.costs}
