"""How the evaluated price of each bid is made up, from the steps that the evaluation recorded."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.documents.model import Block, Details, heading, items, paragraph, row, table
from tender_eval.languages import steps
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import money as amount
from tender_eval.languages.numbers import number, percentage
from tender_eval.languages.runs import capital
from tender_eval.model.bids import reads_price
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.labels import CommonFigure
from tender_eval.model.pricing.price import PriceModel
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot
from tender_eval.report.evaluation.figures import WORDS, short_name
from tender_eval.report.evaluation.points import LONGEST_HEAD
from tender_eval.report.evaluation.ranking import with_offer
from tender_eval.report.terms.adjustments import change, together, whom
from tender_eval.report.terms.figures import figure_name
from tender_eval.report.terms.formulas import formula

PRICE = "price"


def prices_section(evaluated: EvaluatedLot) -> Iterator[Block]:
    """The price model in words, and the price of each bid that was read."""
    yield heading(WORDS.say("price.heading"), evaluated.level, evaluated.at("price"))
    read = {bid.id: step for bid in evaluated.bids if (step := price_step(bid)) is not None}
    if not read:
        yield paragraph(WORDS.say("price.none"))
        return
    model, money = evaluated.plan.scheme.price, evaluated.figures.money
    if exchange := evaluated.plan.scheme.exchange:
        own = evaluated.plan.scheme.currency
        rates = in_a_row(f"1 {code} = {number(rate)} {own}" for code, rate in exchange.rates.items())
        yield paragraph(WORDS.say("price.exchange", rates=rates, on=WORDS.day(exchange.on), source=exchange.source))
    if model:
        yield items(_in_words(model, evaluated.plan.scheme.currency))
    components = [capital(figure_name(c.id)) for c in model.sums] if model else []
    if model and model.adjustments:
        yield paragraph(WORDS.say("price.adjusted"))
    if model and model.lines:  # one column for all of them; the working of each bid tells them one by one
        components.append(WORDS("price.schedule"))
    rows = [
        row(
            (
                with_offer(evaluated.figures.called(bid), bid),
                *(money(amount) for amount in _amounts(read[bid.id], model)),
                money(read[bid.id].value),
            ),
            "won" if bid.id in evaluated.decided else "",
        )
        for bid in evaluated.bids
        if bid.id in read
    ]
    if model and model.adjustments:
        components += [WORDS("price.unadjusted"), *(a.title or capital(figure_name(a.id)) for a in model.adjustments)]
    heads = [WORDS("ranking.bid"), *components, WORDS("price.price" if components else "price.plain")]
    caption = WORDS("price.caption" if components else "price.caption plain")
    notes = [WORDS("price.note")] if len(read) < len(evaluated.bids) else []
    yield table(caption, heads, rows, range(1, len(heads)), notes=notes)


def price_working(evaluated: EvaluatedLot, bid: BidResult) -> Iterator[Block]:
    """How the price of one bid was worked out, where it has parts."""
    step = price_step(bid)
    if step is None:
        return
    base = _before(step)
    parts = _components(base) if base is step else (*_components(base), *step.inputs)
    if not parts:
        return
    money = evaluated.figures.money
    rows = [row((capital(figure_name(steps.label(p.label))), *_told(p), money(p.value))) for p in parts]
    rows.append(row((WORDS("price.price"), _told(step)[0], "", money(step.value)), "group"))
    summary = WORDS("price.working", name=short_name(bid, LONGEST_HEAD))
    heads = [WORDS(key) for key in ("price.part", "price.how", "price.numbers", "price.amount")]
    yield Details(summary, (table(summary, heads, rows, [3], heard=True),))


def price_step(bid: BidResult) -> Step | None:
    """The price that counted: read by a criterion, by the award rule or by a condition."""
    return next((step for step in _read(bid) if step.label == Column(PRICE) and isinstance(step.value, Fraction)), None)


def _read(bid: BidResult) -> Iterator[Step]:
    for criterion in bid.criteria:
        for scored in criterion.step.inputs if criterion.score is not None else ():
            yield from scored.inputs
    for step in bid.step.inputs:
        yield from step.inputs


def _told(step: Step) -> tuple[str, str]:
    return formula(steps.formula(step)), formula(steps.working(step))


def _components(step: Step) -> tuple[Step, ...]:
    return tuple(part for part in step.inputs if reads_price(steps.label(part.label)) and part.label != step.label)


def _amounts(step: Step, model: PriceModel | None) -> list[Fraction]:
    """What each sum of money counts, and all lines of the schedule together."""
    base = _before(step)
    amounts = [part.value for part in _components(base) if isinstance(part.value, Fraction)]
    if model is not None and model.lines:
        sums = len(model.sums)
        amounts = [*amounts[:sums], sum(amounts[sums:], Fraction(0))]
    if base is not step:
        amounts += [part.value for part in step.inputs if isinstance(part.value, Fraction)]
    return amounts


def _before(step: Step) -> Step:
    """A price as it was before adjustments; itself, where there are none."""
    return next((part for part in step.inputs if part.label is CommonFigure.UNADJUSTED_PRICE), step)


def _in_words(model: PriceModel, currency: str) -> Iterator[str]:
    if model.discounted is not None:
        yield WORDS("price.discounted off", off=amount(model.discounted, currency))
    for component in model.components:
        name = capital(component.title or figure_name(component.id))
        if component.quantity is not None:
            name = WORDS("price.line", part=name, quantity=number(component.quantity), unit=component.unit).strip()
        if component.paid.startswith("year_"):
            yield WORDS("price.year", part=name, year=component.paid.removeprefix("year_"))
        else:
            yield WORDS(f"price.{component.paid}", part=name, years=model.years)
    if model.lines:
        yield WORDS(f"price.prevails {model.prevails}")
    if model.misplaced_point:
        yield WORDS("price.misplaced_point")
    for adjustment in model.adjustments:
        named = adjustment.title or capital(figure_name(adjustment.id))
        yield WORDS("price.adjustment", name=named, whom=whom(adjustment), change=change(adjustment, currency))
    yield from together(model, currency)
    if model.discount_rate:
        rate, when = percentage(model.discount_rate), WORDS(f"price.{model.payments}")
        yield WORDS("price.discount", rate=rate, when=when)
