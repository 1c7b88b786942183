"""What the winner offered, as a schedule for the contract, so that what won is what is contracted.

Who delivers which share, what was promised in figures, the conditions that were met, the money that others save: each
with what it earned and the place in the bid. Then what the service is to achieve, and the metrics and outcomes that
guidance names for services to victims, as data.

Source: Home Office VAWG Services Commissioning Toolkit (March 2022) 5.5: sub-contractors are aware of their inclusion,
and it is followed through that funding and referrals reach them; MoJ Victim Services Commissioning Guidance (October
2024) annex B.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Document, heading, items, paragraph, row, table
from tender_eval.languages.numbers import money, number, percentage
from tender_eval.languages.runs import Inline, capital, name
from tender_eval.model.bids import Bid
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.explanation.formulas import Column
from tender_eval.report.notices.contract_details import indicators
from tender_eval.report.notices.metrics import Metric, metrics
from tender_eval.report.notices.parts import lot_by_lot, winners
from tender_eval.report.notices.sheet import lot_title, sheet, t
from tender_eval.report.terms.beside import beside_name
from tender_eval.report.terms.figures import figure, figure_name
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.scheme import condition_in_words

_OFFERED = ("values.", "declarations.", "consortium.")
"""The kinds of figures by which a bid says what it will do; facts of the supplier are none."""


def schedule(case: Case, *, draft: bool = False, record: str = "RECORD") -> Document:
    """The schedule; arguments and errors as of `award_notice`."""
    won = winners(case, draft, record)
    return sheet(case, "kpis", _blocks(case, won), won)


def _blocks(case: Case, won: Mapping[str, tuple[Bid, ...]]) -> Iterator[Block]:
    yield paragraph(t("kpis.about"))
    regime = case.state.whole.scheme.regime
    yield from lot_by_lot(case, won, lambda lot, bids: _of_lot(case, lot, bids))
    yield heading(t("section.outcomes"), 1)
    yield items(map(name, regime.outcomes)) if regime.outcomes else paragraph(t("outcomes.ask"))
    yield heading(t("section.indicators"), 1)
    yield from indicators(regime)
    if regime.light_touch:
        yield from _metrics()


def _of_lot(case: Case, lot: str, won: tuple[Bid, ...]) -> Iterator[Block]:
    for bid in won:
        yield heading(t("kpis.of", name=bid.name, lot=lot_title(case, lot)), 1)
        result = case.evaluations[lot].find(bid.id)
        if result is not None:
            yield from _offered(case, lot, bid, result)


def _offered(case: Case, lot: str, bid: Bid, result: BidResult) -> Iterator[Block]:
    yield from _who_delivers(bid)
    yield from _promised(case, lot, result)
    yield from _conditions(case, lot, bid)
    yield from _money(case, result)
    plan = case.plan(lot)
    if answered := [leaf.title or leaf.id for leaf in plan.leaves if any(m in bid.marks for m in leaf.marks)]:
        yield heading(t("section.answers"), 2)
        yield paragraph(t("answers.about"))
        yield items(map(name, answered))


def _who_delivers(bid: Bid) -> Iterator[Block]:
    """The supplier with the share that its members leave it, and each of them."""
    yield heading(t("section.delivery"), 2)
    if not bid.members:
        yield paragraph(t.say("delivery.alone", name=name(bid.name)))
        return
    left = 1 - sum((m.share for m in bid.members), Fraction(0))
    rows: list[tuple[Inline, ...]] = [(name(bid.name), t("delivery.lead"), percentage(left), t("yes"), "")]
    rows += [
        (
            name(m.name),
            name(m.role),
            percentage(m.share) if m.share else t("ask"),
            t("yes") if m.confirmed else t("delivery.unconfirmed"),
            t.listing([*m.pathways]),
        )
        for m in bid.members
    ]
    named = heads(t, "delivery", "who role share confirmed pathways")
    yield table(t("section.delivery"), named, rows, numbers=(2,), heard=True, notes=[t("delivery.note")])


def _promised(case: Case, lot: str, result: BidResult) -> Iterator[Block]:
    """What the bid promised in figures that earned it points."""
    rows = []
    for leaf in case.plan(lot).leaves:
        scored = result.criterion(leaf.id)
        asked = {r.column for r in leaf.reads if r.column.startswith(_OFFERED)}
        if scored is None or not asked:
            continue
        said = {s.label.name: s for s in scored.step.walk() if isinstance(s.label, Column) and s.label.name in asked}
        earned = t("points of", points=number(scored.points), available=number(scored.available))
        rows += [
            row((name(leaf.title or leaf.id), capital(figure_name(c)), _said(c, s), earned, _place(s), t("ask")))
            for c, s in said.items()
        ]
    if rows:
        yield heading(t("section.promised"), 2)
        named = heads(t, "promised", "criterion what offered earned place reported")
        yield table(t("section.promised"), named, rows, numbers=(2,), heard=True)


def _said(column: str, step: Step) -> str:
    if step.number is not None and column.startswith("consortium.") and ("share" in column or "areas" in column):
        return percentage(step.number)
    return figure(column, step.value, "")


def _place(step: Step) -> str:
    return next((str(s.where) for s in step.walk() if s.where and s.where.source), "")


def _conditions(case: Case, lot: str, bid: Bid) -> Iterator[Block]:
    """What every bid had to meet, and what this one said of it."""
    scheme = case.plan(lot).scheme
    if not scheme.conditions:
        return
    yield heading(t("section.conditions"), 2)
    rows = []
    for condition in scheme.conditions:
        stated = bid.figures.get(condition.reads)
        said = figure(condition.reads, stated.value, scheme.currency) if stated else t("conditions.derived")
        rows.append((name(condition.title) if condition.title else condition_in_words(condition), said))
    yield table(t("section.conditions"), heads(t, "conditions", "condition said"), rows, heard=True)


def _money(case: Case, result: BidResult) -> Iterator[Block]:
    """What the bid said that others save or pay, which nobody took off its price."""
    scheme = case.state.whole.scheme
    rows = [
        (capital(beside_name(step.label, scheme)), money(step.number, scheme.currency), _place(step))
        for step in result.beside
        if step.number is not None
    ]
    if rows:
        yield heading(t("section.money"), 2)
        yield table(t("section.money"), heads(t, "money", "what amount place"), rows, numbers=(1,), heard=True)


def _metrics() -> Iterator[Block]:
    """The metrics and outcomes that guidance names for services to victims of crime."""
    found = metrics()
    yield heading(t("section.metrics"), 1)
    yield paragraph(t("metrics.about", document=found.document, section=found.section))
    for key, rows in (("outcomes", found.outcomes), ("metrics", found.metrics)):
        named = heads(t, "metrics", "kind metric about target")
        yield table(t(f"metrics.{key}"), named, map(_metric, rows))


def _metric(one: Metric) -> tuple[Inline, ...]:
    return one.kind, one.title, one.about, t("ask")
