"""The evaluated price: the bid's components over the years of the contract, discounted as published.

A yearly sum counts once for each year, each divided by (1 + rate) to the power of the years before it falls
due. Source: HM Treasury, The Green Book (2022), chapter 5 and annex A6 (discounting from a base year).

A line of a schedule counts as its quantity times the rate that the bid states, or as the total that it states: the
scheme says which prevails. Source: World Bank, Standard Procurement Document for Goods (2017), ITB 31.1 (arithmetical
errors: the unit price prevails, but for an obviously misplaced decimal point).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from tender_eval.engine.facts.statements import stated
from tender_eval.model.bids import Bid
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.flags import TotalDiffers
from tender_eval.model.explanation.formulas import (
    Column,
    Line,
    OwnWords,
    Paid,
    Rounded,
    Worked,
    chained,
    named,
    notation,
)
from tender_eval.model.explanation.terms import Term
from tender_eval.model.missing import Missing, Whose
from tender_eval.model.numeric import round_fraction
from tender_eval.model.pricing.price import Component, PriceModel
from tender_eval.model.scheme import Rounding, Scheme

DISCOUNTED = notation("stated x (1 - {discount})", discount=Column("discount"))
EXCHANGED = notation("stated x exchange_rate")
SMALLEST = Fraction(1, 100)
"""Totals that differ by less agree: they were rounded to the smallest coin."""

_MOVED = tuple(Fraction(10) ** n for n in range(-6, 7) if n)


def factor(component: Component, model: PriceModel) -> Fraction:
    """By how much a component's figure counts in the evaluated price.

    >>> model = PriceModel((), years=2, discount_rate=Fraction(1, 10))
    >>> factor(Component("annual", "per_year"), model)
    Fraction(21, 11)
    """
    return component.times * _payments(component, model)


def _payments(component: Component, model: PriceModel) -> Fraction:
    """What one unit of money, paid as the component is, counts."""
    late = 1 if model.payments == "end_of_year" else 0
    years = {"once": (1,), "per_year": range(1, model.years + 1)}.get(component.paid)
    if years is None:
        years = (int(component.paid.removeprefix("year_")),)
    first = component.paid == "once"
    return sum((1 / (1 + model.discount_rate) ** (0 if first else year - 1 + late) for year in years), Fraction(0))


def money(bid: Bid, column: str, scheme: Scheme) -> Step | Missing:
    """A price that a bid states, in the scheme's currency: at the published rate, where it is stated in another."""
    read, rate = stated(bid, column), scheme.rate_of(bid.currency)
    if column == "discount":
        return read
    if isinstance(read, Missing) or rate in (None, 1) or not isinstance(read.value, Fraction):
        return read
    return Step(read.label, read.value * rate, Worked((Line(EXCHANGED, (read.value, rate)),)), inputs=(read,))


def offered_price(bid: Bid, model: PriceModel | None) -> Fraction | None:
    """What a bid asks for, in its own currency: its price, or the undiscounted total of its components; None where it
    does not say."""
    if model is not None and model.discounted is not None:
        off = bid.figures.get("discount")
        return model.discounted * (1 - off.value) if off and isinstance(off.value, Fraction) else None
    if model is None or not model.components:
        figure = bid.figures.get("price")
        return figure.value if figure and isinstance(figure.value, Fraction) else None
    as_paid, total = replace(model, discount_rate=Fraction(0)), Fraction(0)
    for component in model.components:
        counted = counted_figure(bid, component, model)
        if counted is None:
            return None
        total += counted * factor(component, as_paid)
    return total


def evaluated_price(bid: Bid, scheme: Scheme) -> Step | Missing:
    """The price of a bid with its working, before it is adjusted, or which components it lacks.

    Where bids state it outright, or adjustments follow, it is not rounded here.
    """
    model = scheme.price
    if model is not None and model.discounted is not None:
        return _discounted(bid, model.discounted, scheme)
    if model is None or not model.components:
        return money(bid, "price", scheme)
    found = {c.column: money(bid, c.column, scheme) for c in model.components}
    parts = tuple(part for part in found.values() if isinstance(part, Missing))
    if parts:
        return Missing("price", Whose.BID, bid, made_of=tuple(c.id for c in model.components), parts=parts)
    read = {column: part for column, part in found.items() if isinstance(part, Step)}
    return _price(bid, read, model, scheme)


def _discounted(bid: Bid, off: Fraction, scheme: Scheme) -> Step | Missing:
    """A stated sum less the discount that the bid gives."""
    read = money(bid, "discount", scheme)
    if isinstance(read, Missing):
        return Missing("price", Whose.BID, bid, made_of=("discount",), parts=(read,))
    if not isinstance(read.value, Fraction):
        return read
    line = Line(DISCOUNTED, (off, read.value))
    return price_step(off * (1 - read.value), (line,), (read,), _rounding_here(scheme))


def _price(bid: Bid, read: Mapping[str, Step], model: PriceModel, scheme: Scheme) -> Step:
    parts: list[Step] = []
    total = Fraction(0)
    for component in model.components:
        figure = _counted(bid, read[component.column], component, scheme)
        value = figure.value if isinstance(figure.value, Fraction) else Fraction(0)
        counts = _payments(component, model)
        total += value * component.times * counts
        how = Paid(value, component.paid, model.years, model.discount_rate, model.payments, counts, component.times)
        parts.append(Step(Column(component.column), value * component.times * counts, how, inputs=(figure,)))
    line = Line(chained("+", (named(OwnWords(c.id)) for c in model.components)), tuple(p.value for p in parts))
    return price_step(total, (line,), tuple(parts), _rounding_here(scheme))


def _rounding_here(scheme: Scheme) -> Rounding | None:
    """How a price is rounded before adjustments: not at all, where some follow."""
    return None if scheme.price and scheme.price.adjustments else scheme.price_rounding


def price_step(value: Fraction, lines: tuple[Line, ...], inputs: tuple[Step, ...], rounding: Rounding | None) -> Step:
    """A price with its working, rounded as is said."""
    if rounding is None:
        return Step(Column("price"), value, Worked(lines), inputs=inputs)
    how = Worked(lines, Rounded(rounding.mode, rounding.places))
    return Step(Column("price"), round_fraction(value, rounding.places, rounding.mode), how, inputs=inputs)


def counted_figure(bid: Bid, component: Component, model: PriceModel) -> Fraction | None:
    """The figure of a component that counts, as the bid states it, or None where it does not."""
    figure = bid.figures.get(component.column)
    if figure is None or not isinstance(figure.value, Fraction):
        return None
    return figure.value if _moved(bid, component, model) is None else _stated_total(bid, component) / component.times


def _counted(bid: Bid, read: Step, component: Component, scheme: Scheme) -> Step:
    """A figure as it was read, or where its point is misplaced, as its line's total says."""
    total = money(bid, f"totals.{component.id}", scheme)
    if scheme.price is None or _moved(bid, component, scheme.price) is None or isinstance(total, Missing):
        return read
    amount = total.value if isinstance(total.value, Fraction) else Fraction(0)
    formula = chained("/", (named(Column(f"totals.{component.id}")), named(Term.QUANTITY)))
    line = Line(formula, (amount, component.times))
    return Step(read.label, amount / component.times, Worked((line,)), inputs=(read, total))


def _stated_total(bid: Bid, component: Component) -> Fraction:
    figure = bid.figures.get(f"totals.{component.id}")
    return figure.value if figure and isinstance(figure.value, Fraction) else Fraction(0)


def _moved(bid: Bid, component: Component, model: PriceModel) -> Fraction | None:
    """By what power of ten a stated total is the line's, where the scheme lets that stand against the rate."""
    if not model.misplaced_point or component.quantity is None:
        return None
    rate, total = bid.figures.get(component.column), _stated_total(bid, component)
    if rate is None or not isinstance(rate.value, Fraction) or not total:
        return None
    product = rate.value * component.times
    return next((times for times in _MOVED if product and abs(total - product * times) < SMALLEST), None)


def totals_that_differ(bid: Bid, scheme: Scheme) -> Iterator[TotalDiffers]:
    """Each total that a bid states of its schedule, and that is not what its rates come to; the price last."""
    model, exchange = scheme.price, scheme.rate_of(bid.currency) or Fraction(1)
    if model is None or not model.lines:
        return
    for line in model.lines:
        rate, total = bid.figures.get(f"rates.{line.id}"), bid.figures.get(f"totals.{line.id}")
        if rate is None or total is None or line.quantity is None:
            continue
        if isinstance(rate.value, Fraction) and isinstance(total.value, Fraction):
            product = rate.value * line.quantity
            if abs(total.value - product) >= SMALLEST:
                moved = _moved(bid, line, model) is not None
                counts = "total" if moved or line.counts == "totals" else "unit"
                yield TotalDiffers(line.id, total.value * exchange, product * exchange, counts, moved)
    asked, offered = bid.figures.get("price"), offered_price(bid, model)
    if asked is None or not isinstance(asked.value, Fraction) or offered is None:
        return
    if abs(asked.value - offered) >= SMALLEST:
        yield TotalDiffers("", asked.value * exchange, offered * exchange, "unit", moved=False)
