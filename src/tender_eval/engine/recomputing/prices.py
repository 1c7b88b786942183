"""How the price of each bid came about: the figures that count, what adjustments changed, and what is compared."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.facts.adjusting import tests_hold
from tender_eval.engine.facts.price import counted_figure, evaluated_price, factor
from tender_eval.engine.facts.reading import Facts
from tender_eval.engine.plan import Plan
from tender_eval.engine.recomputing.points import compared, settled
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.explanation.formulas import Column, Worked
from tender_eval.model.explanation.labels import AdjustmentOf, CommonFigure
from tender_eval.model.pricing.adjust import Adjustment
from tender_eval.model.pricing.price import PriceModel
from tender_eval.model.scheme import Scheme


class Adjusted(NamedTuple):
    """An adjustment at one bid: whether its tests hold, those of whom it may not be the lowest, and what it changed.

    ``of`` is what a share was taken of; nothing where the adjustment was not in force.
    """

    applies: bool
    unless: bool
    of: Fraction
    change: Fraction


class PriceOfBid(NamedTuple):
    """How a price came about.

    Attributes:
        figures: what counts of what the bid states, as it states it; None where it states none.
        unadjusted: the price before adjustments; None where none was read.
        counted: whether it counted for the lowest price.
        price: what is compared; None where the bid does not state it.
    """

    figures: tuple[Fraction | None, ...]
    unadjusted: Fraction | None
    counted: bool
    adjusted: tuple[Adjusted, ...]
    price: Fraction | None


def factors(model: PriceModel) -> tuple[Fraction, ...]:
    """By how much the figure of each component counts."""
    return tuple(factor(component, model) for component in model.components)


def prices_of(plan: Plan, bids: Bids, evaluation: Evaluation) -> dict[str, PriceOfBid]:
    """The price of each bid, by its id."""
    facts, results = Facts(plan.scheme, bids.tender), {result.id: result for result in evaluation.bids}
    return {bid.id: _price_of(plan, bid, results[bid.id], facts) for bid in bids.bids}


def _price_of(plan: Plan, bid: Bid, result: BidResult, facts: Facts) -> PriceOfBid:
    figures = _figures(bid, plan.scheme)
    if not plan.adjusts_prices or plan.scheme.price is None:
        return PriceOfBid(figures, None, False, (), _unadjusted(bid, plan.scheme))
    told = _step_of(result)
    adjusted = tuple(_adjusted(one, bid, told, facts) for one in plan.scheme.price.adjustments)
    if told is None:
        return PriceOfBid(figures, None, False, adjusted, None)
    return PriceOfBid(figures, told.inputs[0].number, compared(plan, result), adjusted, told.number)


def _figures(bid: Bid, scheme: Scheme) -> tuple[Fraction | None, ...]:
    """The figures that count; a rate whose point was misplaced as it is corrected."""
    model = scheme.price
    if model is None or not scheme.price_parts:
        stated = bid.figures.get("discount" if model is not None and model.discounted is not None else "price")
        return (stated.value if stated and isinstance(stated.value, Fraction) else None,)
    return tuple(counted_figure(bid, component, model) for component in model.components)


def _unadjusted(bid: Bid, scheme: Scheme) -> Fraction | None:
    """The evaluated price as the engine reads it."""
    found = evaluated_price(bid, scheme)
    if not isinstance(found, Step) or not isinstance(found.value, Fraction):
        return None
    return found.value if scheme.price_columns else settled(found.value, scheme.price_rounding)


def _step_of(result: BidResult) -> Step | None:
    """The step of an adjusted price, where it was read."""
    steps = (step for step in result.step.walk() if step.label == Column("price") and step.inputs)
    return next((step for step in steps if step.inputs[0].label is CommonFigure.UNADJUSTED_PRICE), None)


def _adjusted(adjustment: Adjustment, bid: Bid, told: Step | None, facts: Facts) -> Adjusted:
    if told is None:
        return Adjusted(False, False, Fraction(0), Fraction(0))
    step = next(step for step in told.inputs if step.label == AdjustmentOf(adjustment.id))
    change = step.number or Fraction(0)
    of = _share_of(step) if adjustment.share is not None else Fraction(0)
    return Adjusted(tests_hold(bid, adjustment.when, facts), tests_hold(bid, adjustment.unless, facts), of, change)


def _share_of(step: Step) -> Fraction:
    """What a share was taken of, before any cap."""
    if not isinstance(step.how, Worked):
        return Fraction(0)
    of, _ = step.how.lines[0].figures[-2:]
    return of if isinstance(of, Fraction) else Fraction(0)
