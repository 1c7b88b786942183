"""The methodology of a scheme as bidders read it, before they bid.

It is made from the compiled scheme, and its examples are evaluated by that scheme, so the published words and the
computation cannot differ. What a scorer or award rule does is told by the first line of its docstring, its
formula by what it records when it scores the example; so third-party ones are published like our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tender_eval.documents.model import Block, Document, heading, items, paragraph, table
from tender_eval.engine.compiled import CompiledScheme, compile_scheme
from tender_eval.engine.plan import Plan
from tender_eval.files.welsh import in_welsh
from tender_eval.languages.catalogue import ENGLISH, WELSH, catalogue, spoken_in
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.numbers import number
from tender_eval.languages.runs import Inline, capital, name, spaced, strong
from tender_eval.model.bids import Bids
from tender_eval.model.explanation.labels import ranked_figure
from tender_eval.model.regime import Law
from tender_eval.report.methodology.award import award_section, shortlist_section, shortlisted
from tender_eval.report.methodology.beside import beside_section
from tender_eval.report.methodology.clauses import conditions_section, rounding_section
from tender_eval.report.methodology.example import example_section
from tender_eval.report.methodology.low_prices import low_section
from tender_eval.report.methodology.panel import marks_section
from tender_eval.report.methodology.price import price_section
from tender_eval.report.methodology.reading import reading_section
from tender_eval.report.methodology.required_figures import figures_section
from tender_eval.report.methodology.scaling import scaling_section
from tender_eval.report.methodology.scoring import scoring_section
from tender_eval.report.terms.criteria import criteria_table, scale_tables
from tender_eval.report.terms.english import document_marked
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.lots import lots_section
from tender_eval.report.terms.scheme import numbered, quoted, source_line, title_of
from tender_eval.synthetic.example import Example, worked_example

t = catalogue("methodology", "terms")


def publish(
    compiled: CompiledScheme,
    example: Bids | None = None,
    *,
    published_on: date | None = None,
    language: str = ENGLISH,
    checked_by: str = "",
) -> Document:
    """The methodology document of a scheme.

    Args:
        example: tenders for the worked example, without lots; without them three are invented.
        published_on: the date that the document carries.
        language: ``en_GB``, or ``cy`` for Welsh; what the scheme does not say in Welsh stays, marked as English.
        checked_by: who, of those that speak it, has checked the Welsh. Without it a methodology in Welsh is a draft.

    Raises:
        Refused: the tenders given for the example cannot be evaluated.
    """
    if language == WELSH:
        compiled = compile_scheme(in_welsh(compiled.scheme), compiled.plan.catalogue)
    with spoken_in(language):
        document = _published(compiled, example, published_on, checked_by)
        return document_marked(document, compiled.plan) if language == WELSH else document


def _published(compiled: CompiledScheme, example: Bids | None, published_on: date | None, checked_by: str) -> Document:
    plan = compiled.plan
    blocks: list[Block] = [
        _facts(plan, published_on, checked_by),
        paragraph(t("introduction")),
        heading(t("steps")),
        items(_steps(plan), numbered=True),
        *conditions_section(plan),
    ]
    if plan.by_lot:
        blocks += [heading(t("by_lot")), paragraph(t("by_lot.say", list=t.listing([*plan.by_lot])))]
    parts = {lot: compiled.for_lot(lot) for lot in plan.by_lot or ("",)}
    worked = {lot: _worked(part, example) for lot, part in parts.items()}
    for lot, part in parts.items():
        blocks += [*_lot_heading(lot), *_of_lot(part.plan, worked[lot])]
    first = next(iter(parts))
    blocks += [*lots_section(plan), *rounding_section(plan), *low_section(parts[first].plan, worked[first])]
    for lot, part in parts.items():
        blocks += [*_lot_heading(lot), *example_section(part.plan, worked[lot], given=example is not None)]
    blocks += [*reading_section(plan), *figures_section(plan), *_notes(plan)]
    draft = t("draft.unchecked") if t.language == WELSH and not checked_by else ""
    return Document(plan.scheme.title, t("subtitle"), tuple(blocks), t.tag, draft=draft)


def _worked(compiled: CompiledScheme, example: Bids | None) -> Example | None:
    return Example(example, compiled.evaluate(example)) if example is not None else _invented(compiled)


def _lot_heading(lot: str) -> Iterator[Block]:
    if lot:
        yield heading(t("by_lot.lot", lot=lot))


def _of_lot(plan: Plan, worked: Example | None) -> Iterator[Block]:
    """How tenders are assessed, for one lot where criteria differ between them."""
    yield from _criteria(plan)
    yield from _scales(plan)
    yield from shortlist_section(plan)
    yield from scoring_section(plan, worked)
    yield from scaling_section(plan, worked)
    yield from price_section(plan, worked)
    yield from beside_section(plan, worked)
    yield from award_section(plan, worked)


def _invented(compiled: CompiledScheme) -> Example | None:
    names = [t("example.bidder", letter=letter) for letter in "ABC"]
    return worked_example(compiled, names, (t("example.north"), t("example.south")))


def _facts(plan: Plan, published_on: date | None, checked_by: str) -> Block:
    scheme = plan.scheme
    rows: list[tuple[Inline, Inline]] = [(t("facts.id"), scheme.id)]
    rows += [(t("facts.source"), source_line(scheme.source))] if scheme.source else []
    rows += [(t("facts.currency"), scheme.currency)] if scheme.currency else []
    rows += [(t("facts.tax"), t(f"facts.tax.{scheme.tax}"))] if scheme.tax else []
    rows += [(t("facts.deadline"), t.time(scheme.deadline))] if scheme.deadline else []
    rows += [(t("facts.payment"), t("facts.received"))] if scheme.payment == "received" else []
    rows += [(t("facts.law"), _law(scheme.regime.law, scheme.regime.light_touch is True))] if scheme.regime.law else []
    rows += [(t("facts.published"), capital(t.day(published_on, weekday=True)))] if published_on else []
    rows += [(t("facts.digest"), scheme.sha256)] if scheme.sha256 else []
    rows += [(t("facts.checked"), name(checked_by))] if checked_by else []
    return table(t("facts"), heads(t, "facts", "subject details"), rows, widths=(30, 70))


def _law(law: Law, light_touch: bool) -> str:
    named = t(f"law.{law}")
    return t("facts.light_touch", law=named) if light_touch else named


def _steps(plan: Plan) -> Iterator[str]:
    scheme, rule = plan.scheme, plan.rule.rule.item
    if scheme.conditions:
        yield t("steps.conditions")
    if any(leaf.marks for leaf in plan.leaves):
        yield t("steps.marks_computed" if scheme.panel.computed else "steps.marks")
    yield t("steps.scores")
    if scheme.shortlist:
        yield t("steps.shortlist", who=shortlisted(plan))
    steps = [t("steps.minimums")] if plan.gates else []
    steps += [t("steps.scaling", list=quoted(plan, [node.id for node in plan.scaled]))] if plan.scaled else []
    yield from steps if plan.minimums_first else reversed(steps)
    yield t("steps.rank", figure=ranked_name(ranked_figure(rule.figure)), best=t(f"best.{rule.best}"))
    if rule.shares_out_money():
        yield t("steps.grants")
    elif scheme.award.lots:
        yield t("steps.award_lots")
    elif scheme.award.suppliers > 1:
        yield t("steps.award_some", count=scheme.award.suppliers)
    else:
        yield t("steps.award")


def _criteria(plan: Plan) -> Iterator[Block]:
    scheme = plan.scheme
    total = plan.available
    yield heading(t("award_criteria"))
    minimums = [t("award_criteria.minimum")] if plan.gates else []
    yield paragraph(t("award_criteria.points", total=number(total)), *minimums)
    yield criteria_table(plan)
    numbers = numbered(scheme)
    about = [
        spaced(strong(t("award_criteria.question", number=numbers[c.id], title=title_of(c))), c.description)
        for c in scheme.walk()
        if c.description
    ]
    if about:
        yield heading(t("award_criteria.about"), 2)
        yield items(about)
    if scheme.panel.computed:
        yield from marks_section(plan)
    elif scheme.panel.least:
        yield paragraph(t.count("award_criteria.least", scheme.panel.least))
    if scheme.panel.divergence is not None and not scheme.panel.computed:
        yield paragraph(t("award_criteria.panel", apart=number(scheme.panel.divergence)))


def _scales(plan: Plan) -> Iterator[Block]:
    tables = list(scale_tables(plan))
    if tables:
        yield heading(t("scales.one") if len(tables) == 1 else t("scales.many"))
        yield from tables


def _notes(plan: Plan) -> Iterator[Block]:
    scheme = plan.scheme
    if scheme.notes:
        yield heading(t("notes"))
        yield paragraph(scheme.notes)
    if scheme.illustrative:
        yield heading(t("illustrative"))
        yield items(scheme.illustrative)
    sources = [scheme.source, *(c.source for c in scheme.walk()), *(c.source for c in scheme.conditions)]
    named = dict.fromkeys(source_line(source) for source in sources if source)
    if named:
        yield heading(t("sources"))
        yield items(named)
