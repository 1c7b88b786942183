"""A scheme as it is looked up: what is asked, what it is worth in points, and how the award is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tender_eval.documents.model import Block, Document, Row, heading, items, pairs, paragraph, row, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import cut
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import percentage
from tender_eval.languages.runs import Run, name
from tender_eval.model.digits import shown
from tender_eval.model.marking.scales import ScaleStep
from tender_eval.model.panel_rule import PanelRule
from tender_eval.model.pricing.price import Component, PriceModel
from tender_eval.model.scheme import Bound, Call, Condition, Criterion, Minimum, Rounding, Scheme
from tender_eval.report.terms.adjustments import change, together, whom
from tender_eval.report.terms.beside import beside_in_short
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.limits import limits_in_words
from tender_eval.report.terms.low_prices import low_price_test
from tender_eval.report.terms.panel import marks_in_words
from tender_eval.report.terms.parameters import as_written
from tender_eval.report.terms.scheme import illustrative

LONGEST_CALL = 40  # where there is little room
t = catalogue("scheme")


def scheme_document(scheme: Scheme, points: Mapping[str, Fraction]) -> Document:
    """A scheme as it was published.

    Args:
        points: the points available at each criterion, by id.
    """
    named = heads(t, "criteria", "id title points scorer minimum")
    blocks: list[Block] = [paragraph(text) for text in (scheme.notes, illustrative(scheme)) if text]
    blocks.append(table(t("criteria"), named, _criteria(scheme.criteria, points, 0), numbers=(2, 4), heard=True))
    for scale in scheme.scales:
        blocks += [heading(t("scale", id=scale.id)), items(map(_step, scale.steps), tone="out")]
    if scheme.conditions:
        blocks += [heading(t("conditions")), items(map(_condition, scheme.conditions), tone="out")]
    blocks += [heading(t("terms")), pairs((t(f"terms.{key}"), text) for key, text in _terms(scheme))]
    source = t("source", source=in_a_row(map(str, scheme.source.values()))) if scheme.source else ""
    return Document(t("title", title=scheme.title, id=scheme.id), source, tuple(blocks), t.tag)


def _criteria(criteria: tuple[Criterion, ...], points: Mapping[str, Fraction], depth: int) -> Iterator[Row]:
    for c in criteria:
        call = _call(c.scorer) if c.scorer else ""
        call = t("scaled", call=call).strip() if c.scale_to_best else call
        call = t("of_lots", call=call, lots=in_a_row(c.lots)).strip() if c.lots else call
        scorer = Run(call, short=cut(call, LONGEST_CALL))
        yield row((c.id, name(c.title), shown(points[c.id]), scorer, _minimum(c.minimum)), depth=depth)
        yield from _criteria(c.criteria, points, depth + 1)


def _minimum(minimum: Minimum | None) -> str:
    if minimum is None:
        return ""
    if minimum.share is not None:
        return percentage(minimum.share)
    return t("minimum.mark", mark=shown(minimum.mark))


def _call(call: Call) -> str:
    return f"{call.name} {as_written(call.params)}" if call.params else str(call.name)


def _step(step: ScaleStep) -> str:
    key = "step.titled" if step.title else "step"
    earned = t(key, mark=shown(step.mark), title=step.title, share=percentage(step.score))
    return t("step.means", earned=earned, descriptor=step.descriptor) if step.descriptor else earned


def _condition(condition: Condition) -> str:
    if condition.must_be is not None:
        asked = t("asked.must_be", value=shown(condition.must_be))
    elif condition.one_of:
        asked = t("asked.one_of", list=in_a_row(condition.one_of))
    elif condition.at_least:
        asked = t("asked.at_least", limit=_bound(condition.at_least))
    else:
        asked = t("asked.at_most", limit=_bound(condition.at_most)) if condition.at_most else ""
    told = t("asked.pooled" if condition.pooled else "asked", reads=condition.reads, asked=asked)
    return t("condition.titled" if condition.title else "condition", id=condition.id, title=condition.title, told=told)


def _bound(bound: Bound) -> str:
    return t("asked.share", share=percentage(bound.amount), of=bound.of) if bound.of else shown(bound.amount)


def _terms(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """The terms that the scheme sets, each by the key of its name."""
    award = scheme.award
    yield from _price_terms(scheme)
    yield from _offer_terms(scheme)
    if scheme.shortlist:
        by = in_a_row(scheme.shortlist.by) or t("shortlist.not_price")
        least = percentage(scheme.shortlist.at_least or Fraction(0))
        yield "shortlist", t("shortlist.top" if scheme.shortlist.top else "shortlist.least",
                             top=scheme.shortlist.top, share=least, by=by)  # fmt: skip
    called = _call(award.rule)
    yield "award", t("award.suppliers", rule=called, n=award.suppliers) if award.suppliers > 1 else called
    if award.variants:
        yield "variants", t("variants.allowed")
    if award.lots:
        yield "lots", "; ".join([_call(award.lots.mechanism), *limits_in_words(award.lots)])
    for lot, weights in scheme.weights_by_lot.items():
        yield "weights", t("weights.lot", lot=lot, weights=in_a_row(f"{k} {shown(v)}" for k, v in weights.items()))
    ties = t("list.then").join(f"{tie.best} {tie.reads}" for tie in award.ties)
    if award.then:
        last = t("ties.draw" if award.then.by_draw else "ties.decide", how=award.then.how)
        yield "ties", t("list.then").join(filter(None, (ties, last)))
    else:
        yield "ties", t("ties.broken", ties=ties) if ties else t("ties.none")
    if award.near_tie:
        within = percentage(award.near_tie.within) if award.near_tie.is_share else shown(award.near_tie.within)
        yield "near", t("near.within", within=within)
    if award.on_rejection:
        yield "rejection", t.or_else(f"rejection.{award.on_rejection}", award.on_rejection)
    rounded = [_rounding(scheme.rounding)] if scheme.rounding else []
    rounded += [t("rounding.of", id=c.id, how=_rounding(c.rounding)) for c in scheme.walk() if c.rounding]
    yield "rounding", "; ".join(rounded) or t("rounding.none")
    if scheme.abnormally_low:
        for test in scheme.abnormally_low.tests:
            yield "low", t("low.below", told=low_price_test(test, scheme.currency))
    yield from _panel(scheme.panel)


def _offer_terms(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """What the scheme says of offers beside their price: other money, rounds, days, and who pays."""
    yield from (("beside", told) for told in beside_in_short(scheme))
    if scheme.regime.rounds:
        yield "rounds", t("rounds.most", n=scheme.regime.rounds)
    for named, day in scheme.days.items():
        yield "days", t("days.date", name=named, day=day) if day else t("days.duration", name=named)
    if scheme.payment == "received":
        yield "payment", t("payment.received")


def _panel(panel: PanelRule) -> Iterator[tuple[str, str]]:
    if panel.computed:
        yield "panel", " ".join(marks_in_words(panel, panel.rounding.mode if panel.rounding else ""))
    elif panel.least:
        yield "panel", t.count("panel.least", panel.least)
    if panel.divergence is not None:
        yield "panel", t("panel.apart", marks=shown(panel.divergence))
    if panel.for_all_lots:
        yield "panel", t("panel.all lots", named=in_a_row(panel.for_all_lots))
    if panel.refuse:
        yield "panel", t("panel.refuse", named=in_a_row(panel.refuse))


def _rounding(rounding: Rounding) -> str:
    if rounding.digits:
        return t.count("rounding.digits", rounding.digits, mode=rounding.mode, at=in_a_row(rounding.at))
    return t.count("rounding.places", rounding.places, mode=rounding.mode, at=in_a_row(rounding.at))


def _price_terms(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """What the scheme says of prices: tax, currencies, what they are made of, and adjustments."""
    if scheme.tax:
        yield "tax", t(f"tax.{scheme.tax}")
    if scheme.exchange:
        rates = in_a_row(f"1 {code} = {shown(rate)} {scheme.currency}" for code, rate in scheme.exchange.rates.items())
        yield "exchange", t("exchange", rates=rates, on=scheme.exchange.on, source=scheme.exchange.source)
    if scheme.price and scheme.price.components:
        yield "price", _price(scheme.price)
    if scheme.price and scheme.price.discounted is not None:
        yield "price", t("price.discount", off=shown(scheme.price.discounted))
    for adjustment in scheme.price.adjustments if scheme.price else ():
        named = adjustment.title or adjustment.id
        yield "adjust", t("adjust", name=named, whom=whom(adjustment), change=change(adjustment, scheme.currency))
    if scheme.price:
        yield from (("adjust", told) for told in together(scheme.price, scheme.currency))


def _part(component: Component) -> str:
    paid = component.paid.replace("_", " ")
    if component.quantity is None:
        return f"{component.id} {paid}"
    quantity = f"{shown(component.quantity)} {component.unit}".strip()
    return t("price.line", quantity=quantity, id=component.id, paid=paid)


def _price(model: PriceModel) -> str:
    made = in_a_row(_part(c) for c in model.components)
    told = t.count("price.years", model.years, parts=made)
    if model.lines:
        told = t(f"price.prevails.{model.prevails}", told=told)
    if model.misplaced_point:
        told = t("price.misplaced_point", told=told)
    if not model.discount_rate:
        return told
    paid = model.payments.replace("_", " ")
    return t("price.discounted", told=told, rate=percentage(model.discount_rate), paid=paid)
