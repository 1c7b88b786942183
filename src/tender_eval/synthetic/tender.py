"""The tender that invented bids are for: its value, its years, its areas."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import pot_of, years_of
from tender_eval.model.bids import Figure, Tender
from tender_eval.plugins.answers import Pot
from tender_eval.synthetic.assumptions import Source
from tender_eval.synthetic.few_digits import with_few_digits

YEARLY_VALUE = Fraction(250_000)
"""An assumption, where a scheme states no value."""


class Contract(NamedTuple):
    """What is tendered.

    Attributes:
        yearly: the value of a year.
        years: how long it runs; 0 where the scheme does not say.
        follows_from: what the value follows from.
        tender: the same as bids files state it.
    """

    yearly: Fraction
    years: int
    follows_from: Source
    tender: Tender

    @property
    def whole(self) -> Fraction:
        """The value over all years."""
        return self.yearly * (self.years or 1)


def contract_of(plan: Plan, areas: tuple[str, ...], name: str) -> Contract:
    """The contract that a scheme is for, as far as it says.

    Args:
        areas: where the service is given.
        name: the id of the tender.
    """
    years = _years(plan)
    stated: dict[Source, Fraction | None] = {
        "estimated value": plan.scheme.regime.estimated_value,
        "pot": pot.whole if isinstance(pot := pot_of(plan), Pot) else None,
    }
    source: Source = next((what for what, value in stated.items() if value), "assumed")
    whole = stated.get(source) or YEARLY_VALUE * (years or 1)
    yearly = with_few_digits(whole / (years or 1))
    figures = {"annual_value": Figure(yearly), "areas": Figure(areas)}
    asked = [reads.column for _, reads in plan.reads()]
    asked += [b.of for c in plan.scheme.conditions for b in (c.at_least, c.at_most) if b and b.of]
    for column in asked:
        if column.startswith("tender."):
            figures.setdefault(column.removeprefix("tender."), Figure(yearly))
    return Contract(yearly, years, source, Tender(name, "", figures))


def _years(plan: Plan) -> int:
    """The years that the contract runs: those of the price, of the regime, or of a scorer; 0 where none is stated."""
    model, regime = plan.scheme.price, plan.scheme.regime.years
    if model is not None and model.years > 1:
        return model.years
    return int(regime or max((years_of(leaf) for leaf in plan.leaves), default=0))
