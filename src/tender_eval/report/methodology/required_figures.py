"""What a tender must state: every figure and fact that is read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tender_eval.documents.model import Block, heading, paragraph, table
from tender_eval.engine.facts.beside import figures_of_benefits
from tender_eval.engine.facts.names import COLUMN_KINDS
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import number
from tender_eval.languages.phrases import phrase
from tender_eval.plugins.table import Reads
from tender_eval.report.terms.figures import figure_name
from tender_eval.report.terms.heads import heads

_SHARE_OF = "consortium.share.<groups>"
t = catalogue("methodology", "terms")


def figures_section(plan: Plan) -> Iterator[Block]:
    """Every figure and fact that is read from a tender, what for, and what is accepted."""
    found = dict(_figures(plan))
    if not found:
        return
    yield heading(t("state"))
    if any(reads.column.startswith("marks.") for _, reads in plan.reads()):
        yield paragraph(t("state.marks"))
    if plan.sealed:
        yield paragraph(t("state.sealed", list=t.listing([figure_name(column) for column in sorted(plan.sealed)])))
    rows = [(figure_name(c), in_a_row(dict.fromkeys(uses)), kind) for c, (uses, kind) in found.items()]
    yield table(t("state.table"), heads(t, "state", "figure used_for kind"), rows, widths=(30, 40, 30))


def _figures(plan: Plan) -> Mapping[str, tuple[list[str], str]]:
    found: dict[str, tuple[list[str], str]] = {}
    parts = plan.scheme.price_columns
    for use, reads in _uses(plan):
        columns = parts if parts and reads.column == "price" else figures_of_benefits(reads.column, plan.scheme, ())
        for column in columns:
            if not column.startswith("marks."):
                known = found.setdefault(column, ([], _in_days(column, plan) or _accepted(reads, column)))
                known[0].append(use)
    return found


def _uses(plan: Plan) -> Iterator[tuple[str, Reads]]:
    for condition in plan.scheme.conditions:
        yield t("state.for_condition", title=condition.title or condition.id), Reads(condition.reads)
    for leaf in plan.leaves:
        for reads in leaf.reads:
            yield leaf.title or leaf.id, reads
    yield from ((t("state.for_rule"), reads) for reads in plan.rule.reads)
    yield from ((t("state.for_ties"), Reads(tie.column)) for tie in plan.ties if tie.column)
    for adjustment in plan.scheme.price.adjustments if plan.scheme.price else ():
        use = t("state.for_adjustment", name=adjustment.title or adjustment.id.replace("_", " "))
        yield from ((use, Reads(test.reads)) for test in (*adjustment.when, *adjustment.unless))
    beside = plan.scheme.beside
    for benefit in beside.benefits:
        yield benefit.title or benefit.id.replace("_", " "), Reads(benefit.column)
    if beside.full_cost:
        lines = (*beside.full_cost.costs, *beside.full_cost.other_funding)
        yield from ((t("state.for_full_cost"), Reads(line.column)) for line in lines)
    if plan.scheme.abnormally_low:
        yield t("state.for_low"), Reads("price")


def _in_days(column: str, plan: Plan) -> str:
    """What a date or a duration is; nothing for other figures."""
    name = column.removeprefix("values.")
    if name == column or name not in plan.scheme.days:
        return ""
    day = plan.scheme.days[name]
    return t("state.date", day=t.day(day)) if day else t("state.duration")


def _accepted(reads: Reads, column: str) -> str:
    if column.startswith("tender."):
        return t("state.of_tender")
    known = COLUMN_KINDS.get(_SHARE_OF if column.startswith("consortium.share.") else column)
    if known and column.partition(".")[0] in ("supplier", "consortium", "pooled"):
        return phrase(known)
    if column.startswith("declarations."):
        return t("state.yes_or_no")
    if column != reads.column and not reads.column.startswith("benefits"):
        return t("state.amount")
    if column.startswith("benefits."):
        return t("state.benefit")
    if column.startswith("costs."):
        return t("state.amount")
    told = [t("state.amount") if column == "price" else t("state.number")]
    if reads.above is not None:
        told.append(t("state.above", n=number(reads.above)))
    if reads.at_least is not None:
        told.append(t("state.least", n=number(reads.at_least)))
    if reads.at_most is not None:
        told.append(t("state.most", n=number(reads.at_most)))
    if reads.default is not None:
        told.append(t("state.silent", n=number(reads.default)))
    return in_a_row(told)
