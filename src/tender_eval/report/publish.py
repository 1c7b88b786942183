"""The methodology of a scheme as bidders read it, before they bid.

It is made from the compiled scheme, and its examples are evaluated by that scheme, so the published words and the
computation cannot differ. What a scorer or award rule does is told by the first line of its docstring, its
formula by what it records when it scores the example; so third-party ones are published like our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tender_eval.documents.model import Block, Document, heading, items, paragraph, table
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.plan import Plan
from tender_eval.languages.runs import Inline, spaced, strong
from tender_eval.model.bids import Bids
from tender_eval.report import in_words
from tender_eval.report import publish_words as words
from tender_eval.report.methodology import criteria_table, marks_read, scale_tables
from tender_eval.report.publish_example import example_section
from tender_eval.report.publish_lots import lots_section
from tender_eval.report.publish_scoring import price_section, scoring_section
from tender_eval.report.publish_terms import (
    award_section,
    conditions_section,
    figures_section,
    low_section,
    rounding_section,
    shortlist_section,
    shortlisted,
)
from tender_eval.synthetic.example import Example, worked_example


def publish(compiled: CompiledScheme, example: Bids | None = None, *, published_on: date | None = None) -> Document:
    """The methodology document of a scheme.

    Args:
        example: tenders for the worked example, without lots; without them three are invented.
        published_on: the date that the document carries.

    Raises:
        Refused: the tenders given for the example cannot be evaluated.
    """
    plan = compiled.plan
    given = example is not None
    worked = Example(example, compiled.evaluate(example)) if example is not None else worked_example(compiled)
    blocks: list[Block] = [
        _facts(plan, published_on),
        paragraph(words.INTRODUCTION),
        heading(words.STEPS),
        items(_steps(plan), numbered=True),
        *conditions_section(plan),
        *_criteria(plan),
        *_scales(plan),
        *shortlist_section(plan),
        *scoring_section(plan, worked),
        *price_section(plan, worked),
        *award_section(plan, worked),
        *lots_section(plan),
        *rounding_section(plan),
        *low_section(plan),
        *example_section(plan, worked, given=given),
        *figures_section(plan),
        *_notes(plan),
    ]
    return Document(plan.scheme.title, words.SUBTITLE, tuple(blocks))


def _facts(plan: Plan, published_on: date | None) -> Block:
    scheme = plan.scheme
    rows: list[tuple[Inline, Inline]] = [(words.ID, scheme.id)]
    rows += [(words.SOURCE, in_words.source_line(scheme.source))] if scheme.source else []
    rows += [(words.CURRENCY, scheme.currency)] if scheme.currency else []
    rows += [(words.PAYMENT, words.RECEIVED)] if scheme.payment == "received" else []
    rows += [(words.REGIME, _law(plan))] if scheme.regime.get("law") else []
    rows += [(words.PUBLISHED, in_words.day(published_on))] if published_on else []
    rows += [(words.DIGEST, scheme.sha256)] if scheme.sha256 else []
    return table(words.FACTS, words.FACT_HEADS, rows, widths=(30, 70))


def _law(plan: Plan) -> str:
    law = str(plan.scheme.regime["law"]).replace("-", " ").capitalize().replace(" act ", " Act ")
    return words.LIGHT_TOUCH.format(law=law) if plan.scheme.regime.get("light_touch") is True else law


def _steps(plan: Plan) -> Iterator[str]:
    scheme, rule = plan.scheme, plan.rule.rule.item
    if scheme.conditions:
        yield words.STEP_CONDITIONS
    if any(marks_read(leaf) for leaf in plan.leaves):
        yield words.STEP_MARKS
    yield words.STEP_SCORES
    if scheme.shortlist:
        yield words.STEP_SHORTLIST.format(who=shortlisted(plan))
    if plan.gates:
        yield words.STEP_MINIMUMS
    yield words.STEP_RANK.format(figure=rule.figure, best=rule.best)
    if rule.shares_out_money():
        yield words.STEP_GRANTS
    elif scheme.award.suppliers > 1:
        yield words.STEP_AWARD_SOME.format(count=scheme.award.suppliers)
    else:
        yield words.STEP_AWARD


def _criteria(plan: Plan) -> Iterator[Block]:
    scheme = plan.scheme
    total = sum((plan.node(root).points for root in plan.roots), Fraction(0))
    yield heading(words.CRITERIA)
    yield paragraph(words.POINTS_SAY.format(total=in_words.number(total)), *([words.MINIMUM_SAY] if plan.gates else []))
    yield criteria_table(plan)
    numbers = in_words.numbered(scheme)
    about = [
        spaced(strong(words.QUESTION.format(number=numbers[c.id], title=in_words.title_of(c))), c.description)
        for c in scheme.walk()
        if c.description
    ]
    if about:
        yield heading(words.QUESTIONS, 2)
        yield items(about)
    if scheme.divergence is not None:
        yield paragraph(words.PANEL.format(apart=in_words.number(scheme.divergence)))


def _scales(plan: Plan) -> Iterator[Block]:
    tables = list(scale_tables(plan))
    if tables:
        yield heading(words.SCALES if len(tables) == 1 else words.SCALES_MANY)
        yield from tables


def _notes(plan: Plan) -> Iterator[Block]:
    scheme = plan.scheme
    if scheme.notes:
        yield heading(words.NOTES)
        yield paragraph(scheme.notes)
    sources = [scheme.source, *(c.source for c in scheme.walk()), *(c.source for c in scheme.conditions)]
    named = dict.fromkeys(in_words.source_line(source) for source in sources if source)
    if named:
        yield heading(words.SOURCES)
        yield items(named)
