"""Money beside the price in words: benefits, funders, the full cost; and what each comes to for every bid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from tender_eval.documents.model import Block, items, paragraph, table
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import money, percentage
from tender_eval.languages.runs import capital
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.labels import CommonFigure, FunderOf, Label
from tender_eval.model.pricing.beside import BENEFITS, Benefit, Cost
from tender_eval.model.scheme import Scheme
from tender_eval.report.terms.figures import figure_name
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.scheme import source_line

t = catalogue("terms")


def beside_name(label: Label, scheme: Scheme) -> str:
    """What an amount is called: a benefit and a funder by their titles."""
    match label:
        case FunderOf(funder):
            title = next((f.title for f in scheme.beside.funders if f.id == funder), "")
            return t("beside.funder", name=title or _plain(funder))
        case CommonFigure.FULL_COST:
            return t("beside.full_cost")
        case CommonFigure.PRICE_ASKED:
            return t("beside.price_asked")
        case Column(column) if column != BENEFITS:
            title = next((b.title for b in scheme.beside.benefits if b.column == column), "")
            return title or capital(figure_name(column))
        case _:
            return t("beside.benefits")


def beside_labels(bids: Iterable[BidResult]) -> tuple[Label, ...]:
    """What is shown beside the price of some bid, in the order of the scheme."""
    fullest = sorted(bids, key=lambda bid: -len(bid.beside))
    return tuple(dict.fromkeys(step.label for bid in fullest for step in bid.beside))


def beside_amounts(bid: BidResult, labels: Sequence[Label]) -> list[Fraction | None]:
    """What each of them comes to for one bid; None where the bid does not say."""
    found = {step.label: step.number for step in bid.beside}
    return [found.get(label) for label in labels]


def beside_terms(plan: Plan) -> Iterator[Block]:
    """What the scheme says of money beside the price."""
    scheme, beside = plan.scheme, plan.scheme.beside
    yield paragraph(t("beside.never_netted"))
    if beside.benefits:
        named = heads(t, "beside.benefits", "name stated counts source")
        rows = [
            (
                b.title or capital(_plain(b.id)),
                _stated(b, scheme.currency),
                _counts(b, plan),
                source_line(dict(b.source)),
            )
            for b in beside.benefits
        ]
        yield table(t("beside.benefits.table"), named, rows, widths=(30, 30, 20, 20))
    if beside.funders:
        named = heads(t, "beside.funders", "name share most")
        shares = [
            (f.title or capital(_plain(f.id)), percentage(f.share), money(f.most, scheme.currency) if f.most else "")
            for f in beside.funders
        ]
        yield table(t("beside.funders.table"), named, shares, numbers=(1, 2), widths=(50, 25, 25))
        yield paragraph(t("beside.funders.say"))
    if full := beside.full_cost:
        yield paragraph(t("beside.full_cost.say", years=t.count("beside.years", full.years)))
        yield items([*(_line(c) for c in full.costs), *(t("beside.less", line=_line(c)) for c in full.other_funding)])
        if full.source:
            yield paragraph(t("beside.source", source=source_line(dict(full.source))))


def _stated(benefit: Benefit, currency: str) -> str:
    if benefit.each is None:
        return t("beside.stated")
    return t("beside.worked_out", figure=figure_name(benefit.of), each=money(benefit.each, currency))


def _counts(benefit: Benefit, plan: Plan) -> str:
    readers = [
        leaf.title or leaf.id for leaf in plan.leaves if {r.column for r in leaf.reads} & {benefit.column, BENEFITS}
    ]
    return t("beside.scored", criteria=in_a_row(readers)) if readers else t("beside.shown")


def _line(line: Cost) -> str:
    year = line.paid.removeprefix("year_") if line.paid.startswith("year_") else ""
    key = "beside.line.year" if year else f"beside.line.{line.paid}"
    return t(key, line=_plain(line.id), year=year)


def _plain(named: str) -> str:
    return named.replace("_", " ")


def beside_in_short(scheme: Scheme) -> Iterator[str]:
    """The same in a line each."""
    beside = scheme.beside
    for benefit in beside.benefits:
        each = shown(benefit.each) if benefit.each is not None else ""
        key = "beside.short.worked_out" if each else "beside.short.stated"
        yield t(key, name=benefit.title or benefit.id, of=benefit.of, each=each)
    for funder in beside.funders:
        key = "beside.short.funder_most" if funder.most is not None else "beside.short.funder"
        yield t(
            key, name=funder.title or funder.id, share=percentage(funder.share), most=shown(funder.most or Fraction(0))
        )
    if full := beside.full_cost:
        lines = "; ".join([*map(_line, full.costs), *(t("beside.less", line=_line(c)) for c in full.other_funding)])
        yield t("beside.short.full_cost", lines=lines)
