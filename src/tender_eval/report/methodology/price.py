"""The evaluated price, with the numbers of the worked example."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.documents.model import Block, heading, paragraph, table
from tender_eval.engine.facts.price import factor
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import money, number, percentage
from tender_eval.languages.runs import name
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.pricing.exchange import Exchange
from tender_eval.model.pricing.price import Component, PriceModel
from tender_eval.report.terms.adjustments import change, together, whom
from tender_eval.report.terms.figures import figure, figure_name
from tender_eval.report.terms.formulas import price_step, price_workings
from tender_eval.report.terms.heads import heads
from tender_eval.synthetic.example import Example

t = catalogue("methodology", "terms")


def price_section(plan: Plan, example: Example | None) -> Iterator[Block]:
    """The evaluated price, where the scheme makes it of parts."""
    model, exchange = plan.scheme.price, plan.scheme.exchange
    if model is None and exchange is None:
        return
    yield heading(t("price"))
    if exchange:
        yield from _exchanged(exchange, plan.scheme.currency)
    if model is None:
        return
    if model.components:
        yield from _made(model)
    if model.discounted is not None:
        yield paragraph(t("price.discount", off=money(model.discounted, plan.scheme.currency)))
    if model.adjustments:
        yield from _adjusted(plan, model)
    if example:
        yield from _priced(example.evaluation)


def _exchanged(exchange: Exchange, currency: str) -> Iterator[Block]:
    """In which currencies prices may be stated, and at which rates they are compared."""
    on, rates = t.day(exchange.on), exchange.rates.items()
    yield paragraph(t("price.currencies", currency=currency, on=on, source=exchange.source))
    rows = [(code, t("price.rate", code=code, rate=number(rate), currency=currency)) for code, rate in rates]
    yield table(t("price.rates"), heads(t, "price.rates", "currency counts"), rows, widths=(30, 70))


def _made(model: PriceModel) -> Iterator[Block]:
    """What the price is made of, over the years."""
    yield paragraph(t("price.say", years=t.count("years", model.years)))
    rows = [
        (figure_name(c.column), _paid(c, model), t("price.counts", factor=shown(factor(c, model)))) for c in model.sums
    ]
    if rows:
        yield table(t("price.table"), heads(t, "price", "part when counts"), rows, numbers=(2,), widths=(35, 40, 25))
    if model.lines:
        yield from _schedule(model)
    if model.discount_rate:
        rate, when = percentage(model.discount_rate), t(f"price.at.{model.payments}")
        yield paragraph(t("price.discounted", rate=rate, plain=shown(model.discount_rate), when=when))
    else:
        yield paragraph(t("price.not_discounted"))


def _adjusted(plan: Plan, model: PriceModel) -> Iterator[Block]:
    """What changes the price that is compared, and among whom the lowest is found."""
    yield paragraph(t("price.adjusted"))
    currency = plan.scheme.currency
    rows = [(a.title or a.id.replace("_", " "), whom(a), change(a, currency)) for a in model.adjustments]
    yield table(t("price.adjust"), heads(t, "price.adjust", "name whom change"), rows, widths=(25, 30, 45))
    yield from (paragraph(told) for told in together(model, currency))
    if model.compares:
        yield paragraph(t("price.lowest.recompute" if plan.recomputes else "price.lowest.keep_order"))


def _schedule(model: PriceModel) -> Iterator[Block]:
    """The lines with their quantities, and what counts where rates and totals differ."""
    named = heads(t, "price.schedule", "line quantity unit when counts")
    rows = [
        (c.title or figure_name(c.column), number(c.quantity or Fraction(0)), c.unit or t("figure.none"),
         _paid(c, model), t("price.counts", factor=number(factor(c, model))))
        for c in model.lines
    ]  # fmt: skip
    yield table(t("price.schedule"), named, rows, numbers=(1, 4), widths=(35, 15, 15, 20, 15))
    yield paragraph(t(f"price.prevails.{model.prevails}"))
    if model.misplaced_point:
        yield paragraph(t("price.misplaced_point"))
    yield paragraph(t("price.total_checked"))


def _priced(evaluation: Evaluation) -> Iterator[Block]:
    found = [(b, step) for b in sorted(evaluation.bids, key=lambda b: b.id) if (step := price_step(b))]
    if not found:
        return
    rows = [(name(b.name), "; ".join(price_workings(step)), figure("", step.value, "")) for b, step in found]
    yield table(
        t("price.example"), heads(t, "price.example", "tender numbers price"), rows, numbers=(2,), widths=(20, 60, 20)
    )


def _paid(component: Component, model: PriceModel) -> str:
    if component.paid == "once":
        return t("price.once")
    if component.paid == "per_year":
        return t("price.per_year", years=t.count("years", model.years))
    return t("price.in_year", year=component.paid.removeprefix("year_"))
