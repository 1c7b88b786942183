"""How each criterion is scored, with the numbers of the worked example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tender_eval.documents.model import Block, heading, items, paragraph, table
from tender_eval.engine.plan import Leaf, Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import number, percentage
from tender_eval.languages.runs import Inline, name, spaced, strong
from tender_eval.languages.steps import formula as formula_of
from tender_eval.model.digits import shown
from tender_eval.model.explanation.formulas import Column
from tender_eval.report.terms.criteria import scale_of
from tender_eval.report.terms.figures import figure, figure_name, points
from tender_eval.report.terms.formulas import formula, formulas, score_step, workings
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.parameters import parameters_table
from tender_eval.report.terms.scheme import first_sentence, numbered, quoted
from tender_eval.synthetic.example import Example

_BUILT_IN = "tender-eval"
t = catalogue("methodology", "terms")


def scoring_section(plan: Plan, example: Example | None) -> Iterator[Block]:
    """How each criterion earns its points; questions on one scale are told together."""
    yield heading(t("scoring"))
    yield paragraph(t("steps.scores"))
    numbers = numbered(plan.scheme)
    marked = [leaf for leaf in plan.leaves if scale_of(plan, leaf)]
    if marked:
        listed = t.listing(
            [t("scoring.question", number=numbers[leaf.id], title=leaf.title or leaf.id) for leaf in marked]
        )
        yield paragraph(t("scoring.marked", list=listed, does=first_sentence(marked[0].scorer.item)))
        yield from _of_a_mark(plan, marked[0])
        yield from _beyond(plan, marked)
    calls = {c.id: c.scorer for c in plan.scheme.leaves()}
    for leaf in (leaf for leaf in plan.leaves if leaf not in marked):
        title = leaf.title or leaf.id
        yield heading(f"{numbers[leaf.id]} {title}", 2)
        yield paragraph(first_sentence(leaf.scorer.item), *_origin(leaf))
        call = calls[leaf.id]
        if call:
            yield from parameters_table(t("quoted", text=title), call, leaf.params)
        if example:
            yield from _scored(plan, leaf, example)


def _of_a_mark(plan: Plan, leaf: Leaf) -> Iterator[Block]:
    scale = scale_of(plan, leaf)
    step = next((s for s in reversed(scale.steps) if 0 < s.score < 1), None) if scale else None
    if step:
        earned = shown(step.score * 10)
        yield paragraph(t("scales.example", mark=shown(step.mark), share=percentage(step.score), points=earned))


def _beyond(plan: Plan, marked: Sequence[Leaf]) -> Iterator[Block]:
    """What is not as bidders expect of a mark: that a lower one is better, takes points away or earns more than all."""
    for key, leaves in (
        ("scoring.lower_is_better", [leaf for leaf in marked if _better(plan, leaf) == "lower"]),
        ("scoring.no_order", [leaf for leaf in marked if not _better(plan, leaf)]),
        ("scoring.below_zero", [leaf for leaf in marked if leaf.unbounded_below]),
        ("scoring.above_full", [leaf for leaf in marked if leaf.unbounded_above]),
    ):
        if leaves:
            yield paragraph(t(key, list=quoted(plan, [leaf.id for leaf in leaves])))


def _better(plan: Plan, leaf: Leaf) -> str:
    scale = scale_of(plan, leaf)
    return scale.better if scale else "higher"


def _origin(leaf: Leaf) -> tuple[str, ...]:
    """The plugin of others that brings a scorer."""
    origin = leaf.scorer.origin
    if origin.distribution == _BUILT_IN:
        return ()
    return (t("scoring.origin", origin=f"{leaf.scorer.name}, {origin.distribution}"),)


def _scored(plan: Plan, leaf: Leaf, example: Example) -> Iterator[Block]:
    """The formula as it was recorded, and each tender of the example with its numbers."""
    evaluation = example.evaluation
    scored = [(b, c) for b in evaluation.bids if (c := b.criterion(leaf.id))]
    if not scored:
        return
    longest = max((formulas(score_step(c.step)) for _, c in scored), key=len)
    told: list[Inline] = [spaced(strong(t("scoring.formula")), text) for text in longest]
    told.append(strong(t("scoring.points", formula=formula(formula_of(scored[0][1].step)))))
    yield items(told)
    columns = [r.column for r in leaf.reads]
    rows = []
    for bid, criterion in sorted(scored, key=lambda pair: pair[0].id):
        step = score_step(criterion.step)
        stated = "; ".join(
            t(
                "scoring.stated",
                figure=figure_name(s.label.name),
                value=figure(s.label.name, s.value, plan.scheme.currency),
            )
            for s in step.inputs
            if isinstance(s.label, Column) and s.label.name in columns
        )
        score = number(criterion.score or Fraction(0))
        rows.append((name(bid.name), stated, "; ".join(workings(step)), score, points(evaluation, criterion.points)))
    caption = t("scoring.example", title=leaf.title or leaf.id)
    yield table(
        caption,
        heads(t, "scoring", "tender figures numbers score points"),
        rows,
        numbers=(3, 4),
        widths=(16, 24, 36, 13, 11),
    )
