"""The evaluated price: the bid's components over the years of the contract, discounted as published.

A yearly sum counts once for each year, each divided by (1 + rate) to the power of the years before it falls
due. Source: HM Treasury, The Green Book (2022), chapter 5 and annex A6 (discounting from a base year).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tender_eval.engine.facts.statements import stated
from tender_eval.model.bids import Bid
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Column, Line, OwnWords, Paid, Rounded, Worked, chained, named
from tender_eval.model.missing import Missing, Whose
from tender_eval.model.numeric import round_fraction
from tender_eval.model.scheme import Component, PriceModel, Rounding


def factor(component: Component, model: PriceModel) -> Fraction:
    """By how much a component's figure counts in the evaluated price.

    >>> model = PriceModel((), years=2, discount_rate=Fraction(1, 10))
    >>> factor(Component("annual", "per_year"), model)
    Fraction(21, 11)
    """
    late = 1 if model.payments == "end_of_year" else 0
    years = {"once": (1,), "per_year": range(1, model.years + 1)}.get(component.paid)
    if years is None:
        years = (int(component.paid.removeprefix("year_")),)
    first = component.paid == "once"
    return sum((1 / (1 + model.discount_rate) ** (0 if first else year - 1 + late) for year in years), Fraction(0))


def offered_price(bid: Bid, model: PriceModel | None) -> Fraction | None:
    """What a bid asks for: its price, or the undiscounted total of its components; None where it does not say."""
    if model is None:
        figure = bid.figures.get("price")
        return figure.value if figure and isinstance(figure.value, Fraction) else None
    as_paid, total = replace(model, discount_rate=Fraction(0)), Fraction(0)
    for component in model.components:
        figure = bid.figures.get(f"prices.{component.id}")
        if figure is None or not isinstance(figure.value, Fraction):
            return None
        total += figure.value * factor(component, as_paid)
    return total


def evaluated_price(bid: Bid, model: PriceModel, rounding: Rounding | None) -> Step | Missing:
    """The price of a bid with its working, or which components it lacks."""
    names = tuple(c.id for c in model.components)
    parts = tuple(found for name in names if isinstance(found := stated(bid, f"prices.{name}"), Missing))
    if parts:
        return Missing("price", Whose.BID, bid, made_of=names, parts=parts)
    return _price(bid, model, rounding)


def _price(bid: Bid, model: PriceModel, rounding: Rounding | None) -> Step:
    parts: list[Step] = []
    total = Fraction(0)
    for component in model.components:
        figure = bid.figures[f"prices.{component.id}"]
        value = figure.value if isinstance(figure.value, Fraction) else Fraction(0)
        counts = factor(component, model)
        total += value * counts
        parts.append(
            Step(
                Column(f"prices.{component.id}"),
                value * counts,
                Paid(value, component.paid, model.years, model.discount_rate, model.payments, counts),
                inputs=(Step(Column(f"prices.{component.id}"), value, where=figure.where),),
            )
        )
    line = Line(chained("+", (named(OwnWords(c.id)) for c in model.components)), tuple(p.value for p in parts))
    if rounding is None or "price" not in rounding.at:
        return Step(Column("price"), total, Worked((line,)), inputs=tuple(parts))
    total = round_fraction(total, rounding.places, rounding.mode)
    how = Worked((line,), Rounded(rounding.mode, rounding.places))
    return Step(Column("price"), total, how, inputs=tuple(parts))
