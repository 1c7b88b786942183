"""The terms of a published methodology: conditions, shortlist, award and ties, rounding, abnormally low prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from tender_eval.documents.model import Block, heading, items, paragraph, table
from tender_eval.engine.plan import Plan
from tender_eval.engine.readings import COLUMN_KINDS
from tender_eval.model.wording import percent, shown
from tender_eval.plugins.table import Reads
from tender_eval.report import in_words
from tender_eval.report import publish_words as words
from tender_eval.report.publish_scoring import parameters_table, ranking_table
from tender_eval.synthetic.example import Example

_SHARE_OF = "consortium.share.<groups>"


def conditions_section(plan: Plan) -> Iterator[Block]:
    """Conditions of participation."""
    if not plan.scheme.conditions:
        return
    yield heading(words.CONDITIONS)
    yield paragraph(words.CONDITIONS_SAY)
    rows = [(c.title or c.id, in_words.asked(c), in_words.source_line(c.source)) for c in plan.scheme.conditions]
    yield table(words.CONDITION_TABLE, words.CONDITION_HEADS, rows, widths=(35, 40, 25))


def shortlisted(plan: Plan) -> str:
    """Who goes through the first stage, in words."""
    titles = {c.id: in_words.title_of(c) for c in plan.scheme.walk()}
    by = ", ".join(f"“{titles[name]}”" for name in plan.shortlist_by)
    found = plan.scheme.shortlist
    if found and found.top is not None:
        return words.SHORTLIST_TOP.format(n=found.top, by=by)
    return words.SHORTLIST_LEAST.format(share=percent(found.at_least) if found and found.at_least else "0%", by=by)


def shortlist_section(plan: Plan) -> Iterator[Block]:
    """The first stage, where there is one."""
    if plan.scheme.shortlist:
        yield heading(words.SHORTLIST)
        yield paragraph(words.SHORTLIST_SAYS.format(who=shortlisted(plan)))


def award_section(plan: Plan, example: Example | None) -> Iterator[Block]:
    """The rule, its settings, the tie break, and what a rejection does."""
    scheme, rule = plan.scheme, plan.rule.rule
    yield heading(words.AWARD)
    ranked = words.STEP_RANK.format(figure=rule.item.figure, best=rule.item.best)
    yield paragraph(ranked, in_words.first_sentence(rule.item))
    titles = {c.id: in_words.title_of(c) for c in scheme.walk()}
    counting = rule.item.criteria(plan.rule.params)
    if counting:
        yield paragraph(words.COUNTING.format(list=", ".join(f"“{titles[name]}”" for name in counting)))
    call = scheme.award.rule
    others = {name: value for name, value in call.params.items() if not _names(value, counting)}  # told already
    yield from parameters_table(words.AWARD.lower(), replace(call, params=others), rule.item.Params)
    if example:
        yield from ranking_table(plan, example)
    if scheme.award.suppliers > 1:
        yield paragraph(words.SUPPLIERS.format(n=scheme.award.suppliers))
    ties = in_words.ties_in_words(plan)
    if ties:
        yield paragraph(words.TIES)
        yield items(ties, numbered=True)
        yield paragraph(words.STILL_EQUAL)
    else:
        yield paragraph(words.NO_TIES)
    yield paragraph(words.ON_REJECTION.get(scheme.award.on_rejection or "", words.NOT_RELATIVE))


def _names(value: object, criteria: tuple[str, ...]) -> bool:
    """Whether a setting is a list of these criteria and nothing else."""
    return bool(criteria) and isinstance(value, list | tuple) and tuple(map(str, value)) == criteria


def rounding_section(plan: Plan) -> Iterator[Block]:
    """What is rounded, when and how."""
    yield heading(words.ROUNDING)
    rounding = plan.scheme.rounding
    if rounding is None:
        yield paragraph(words.NOT_ROUNDED)
        return
    places = words.PLACES.get(rounding.places, words.MANY_PLACES.format(n=rounding.places))
    stages = ", ".join(words.STAGES.get(stage, stage) for stage in rounding.at)
    mode = words.MODES.get(rounding.mode, rounding.mode)
    yield paragraph(words.ROUNDED.format(places=places, mode=mode, stages=stages))


def low_section(plan: Plan) -> Iterator[Block]:
    """What is done about abnormally low prices."""
    low = plan.scheme.abnormally_low
    if low:
        yield heading(words.LOW)
        yield paragraph(words.LOW_SAYS.format(below=percent(low.below), of=low.of))


def figures_section(plan: Plan) -> Iterator[Block]:
    """Every figure and fact that is read from a tender, what for, and what is accepted."""
    found = dict(_figures(plan))
    if not found:
        return
    yield heading(words.STATE)
    if any(reads.column.startswith("marks.") for _, reads in plan.reads()):
        yield paragraph(words.STATE_MARKS)
    rows = [(in_words.figure_name(c), ", ".join(dict.fromkeys(uses)), kind) for c, (uses, kind) in found.items()]
    yield table(words.STATE_TABLE, words.STATE_HEADS, rows, widths=(30, 40, 30))


def _figures(plan: Plan) -> Mapping[str, tuple[list[str], str]]:
    found: dict[str, tuple[list[str], str]] = {}
    model = plan.scheme.price
    for use, reads in _uses(plan):
        columns = [f"prices.{c.id}" for c in model.components] if model and reads.column == "price" else [reads.column]
        for column in columns:
            if not column.startswith("marks."):
                known = found.setdefault(column, ([], _accepted(reads, column)))
                known[0].append(use)
    return found


def _uses(plan: Plan) -> Iterator[tuple[str, Reads]]:
    for condition in plan.scheme.conditions:
        yield words.FOR_CONDITION.format(title=condition.title or condition.id), Reads(condition.reads)
    for leaf in plan.leaves:
        for reads in leaf.reads:
            yield words.FOR_CRITERION.format(title=leaf.title or leaf.id), reads
    yield from ((words.FOR_RULE, reads) for reads in plan.rule.reads)
    yield from ((words.FOR_TIES, Reads(t.column)) for t in plan.ties if t.column)
    if plan.scheme.abnormally_low:
        yield words.FOR_LOW, Reads("price")


def _accepted(reads: Reads, column: str) -> str:
    if column.startswith("tender."):
        return words.OF_TENDER
    known = COLUMN_KINDS.get(_SHARE_OF if column.startswith("consortium.share.") else column)
    if known and column.partition(".")[0] in ("supplier", "consortium", "pooled"):
        return known
    if column.startswith("declarations."):
        return words.YES_OR_NO
    if column != reads.column:
        return words.AMOUNT
    told = [words.AMOUNT if column == "price" else words.A_NUMBER]
    if reads.above is not None:
        told.append(words.ACCEPT_ABOVE.format(n=shown(reads.above)))
    if reads.at_least is not None:
        told.append(words.ACCEPT_LEAST.format(n=shown(reads.at_least)))
    if reads.at_most is not None:
        told.append(words.ACCEPT_MOST.format(n=shown(reads.at_most)))
    if reads.default is not None:
        told.append(words.ACCEPT_SILENT.format(n=shown(reads.default)))
    return ", ".join(told)
