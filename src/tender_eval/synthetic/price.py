"""What an invented price is made of, and how high it is: what the scheme itself points to."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tender_eval.engine.facts.price import factor
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import likely
from tender_eval.model.bids import Value
from tender_eval.model.pricing.price import PriceModel
from tender_eval.plugins.answers import Unsupported
from tender_eval.synthetic.assumptions import PriceLevel
from tender_eval.synthetic.few_digits import with_few_digits

PRICE = "price"
ONCE = Fraction(1, 10)
"""An assumption: the share of the money that is paid once, at the start."""


def level_of(plan: Plan) -> PriceLevel | None:
    """A price that the scheme itself points to: the middle of where its rule, or a criterion, says that prices lie."""
    for reads in plan.rule.reads:
        found = likely(plan.rule, reads.column)
        if not isinstance(found, Unsupported):
            return PriceLevel(with_few_digits((found.low + found.high) / 2), found.by)
    for leaf in plan.leaves:
        if all(reads.column != PRICE for reads in leaf.reads):
            continue
        found = likely(leaf, PRICE)
        if not isinstance(found, Unsupported) and found.low > 0:
            return PriceLevel(with_few_digits((found.low + found.high) / 2), found.by, leaf.id)
    return None


def shares_of(model: PriceModel, stated: Mapping[str, Fraction] | None = None) -> dict[str, Fraction]:
    """Each component's figure as a share of the money paid in all: equal payments, but for shares that are stated.

    Args:
        stated: by component, the share of the money that all its payments come to.
    """
    stated = stated or {}
    times = {c.id: (model.years if c.paid == "per_year" else 1) * c.times for c in model.components}
    rest = 1 - sum(stated.values(), Fraction(0))
    payments = sum(model.years if c.paid == "per_year" else 1 for c in model.components if c.id not in stated)
    return {c.id: stated[c.id] / times[c.id] if c.id in stated else rest / payments / c.times for c in model.components}


def components(price: Fraction, model: PriceModel) -> dict[str, Value]:
    """The figures of the components, by column, that come to about an evaluated price.

    What is paid once comes to a tenth of the money, where anything is paid by the year.
    """
    if model.discounted is not None:  # the dearer the price, the smaller the discount, whatever it is off
        return {"discount": with_few_digits(model.discounted / (model.discounted + price) / 4, 2)}
    once = [c.id for c in model.components if c.paid == "once"]
    stated = {name: ONCE / len(once) for name in once} if 0 < len(once) < len(model.components) else {}
    shares = shares_of(model, stated)
    worth = sum((shares[c.id] * factor(c, model) for c in model.components), Fraction(0))
    return {c.column: with_few_digits(price * shares[c.id] / worth, 4) for c in model.components}
