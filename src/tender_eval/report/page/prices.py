"""How the evaluated price of each bid is made up, from the steps that the evaluation recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tender_eval.languages.catalogue import Catalogue
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.scheme import PriceModel
from tender_eval.model.wording import percent
from tender_eval.report.in_words import figure_name, formula
from tender_eval.report.page.numbers import Numbers

PRICE = "price"
COMPONENT = "prices."


@dataclass(frozen=True, slots=True)
class PricePart:
    """One component: how it counts, the same with numbers, and the amount that it adds."""

    name: str
    how: str
    working: str
    amount: str


@dataclass(frozen=True, slots=True)
class PriceView:
    """The price of one bid; it has no parts where the bid states it whole."""

    total: str
    formula: str
    parts: tuple[PricePart, ...]


@dataclass(frozen=True, slots=True)
class PriceSection:
    """The prices of all bids that were read, and the price model in words."""

    model: tuple[str, ...]
    heads: tuple[str, ...]
    by_bid: dict[str, PriceView]


def price_section(evaluation: Evaluation, model: PriceModel | None, numbers: Numbers, words: Catalogue) -> PriceSection:
    """The prices of an evaluation, by bid."""
    found = {bid.id: step for bid in evaluation.bids if (step := _price_step(bid)) is not None}
    heads = tuple(figure_name(c.id) for c in model.components) if model else ()
    return PriceSection(
        tuple(_in_words(model, words)) if model else (),
        heads,
        {name: _view(step, numbers) for name, step in found.items()},
    )


def _price_step(bid: BidResult) -> Step | None:
    """The price that counted: read by a criterion, by the award rule or by a condition."""
    return next((step for step in _read(bid) if step.label == PRICE and isinstance(step.value, Fraction)), None)


def _read(bid: BidResult) -> Iterator[Step]:
    for criterion in bid.criteria:
        for scored in criterion.step.inputs if criterion.score is not None else ():
            yield from scored.inputs
    for step in bid.step.inputs:
        yield from step.inputs


def _view(step: Step, numbers: Numbers) -> PriceView:
    parts = _components(step)
    return PriceView(
        numbers.money(step.value),
        formula(step.formula),
        tuple(
            PricePart(
                figure_name(part.label),
                formula(part.formula),
                formula(part.working),
                numbers.money(part.value),
            )
            for part in parts
        ),
    )


def _components(step: Step) -> tuple[Step, ...]:
    return tuple(part for part in step.inputs if part.label.startswith(COMPONENT))


def _in_words(model: PriceModel, words: Catalogue) -> Iterator[str]:
    for component in model.components:
        name = figure_name(component.id).capitalize()
        if component.paid.startswith("year_"):
            yield words("price.year", part=name, year=component.paid.removeprefix("year_"))
        else:
            yield words(f"price.{component.paid}", part=name, years=model.years)
    if model.discount_rate:
        rate, when = percent(model.discount_rate), words(f"price.{model.payments}")
        yield words("price.discount", rate=rate, when=when)
