"""The published method in short: what was asked, what it was worth, and how the award is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tender_eval.engine.plan import Node, Plan
from tender_eval.languages.catalogue import Catalogue
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.scheme import Criterion
from tender_eval.model.wording import percent, shown
from tender_eval.report.in_words import asked, least, ties_in_words
from tender_eval.report.page.numbers import Numbers
from tender_eval.report.page.sayings import DEEPEST, plain


@dataclass(frozen=True, slots=True)
class CriterionAsked:
    """A criterion as it was published."""

    title: str
    question: str
    depth: int
    group: bool
    points: str
    minimum: str
    how: str


@dataclass(frozen=True, slots=True)
class ScaleView:
    """A scale: mark, score, title and descriptor of each step."""

    id: str
    steps: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class MethodView:
    """What the report says of the method."""

    sentences: tuple[str, ...]
    criteria: tuple[CriterionAsked, ...]
    conditions: tuple[tuple[str, str], ...]
    scales: tuple[ScaleView, ...]


def method_of(plan: Plan, evaluation: Evaluation, numbers: Numbers, words: Catalogue) -> MethodView:
    """The method of a scheme."""
    scheme = plan.scheme
    nodes = {node.id: node for node in plan.nodes}
    return MethodView(
        tuple(_sentences(plan, evaluation, words)),
        tuple(_criterion(c, nodes[c.id], numbers, words) for c in scheme.walk()),
        tuple((c.title or c.id, asked(c)) for c in scheme.conditions),
        tuple(
            ScaleView(plain(s.id), tuple((shown(x.mark), percent(x.score), x.title, x.descriptor) for x in s.steps))
            for s in scheme.scales
        ),
    )


def _criterion(criterion: Criterion, node: Node, numbers: Numbers, words: Catalogue) -> CriterionAsked:
    group = criterion.scorer is None
    return CriterionAsked(
        title=criterion.title or criterion.id,
        question=criterion.description,
        depth=min(node.depth, DEEPEST),
        group=group,
        points=numbers.available(node.points),
        minimum=least(criterion.minimum, group=group) if criterion.minimum else "",
        how=_how(criterion, words),
    )


def _how(criterion: Criterion, words: Catalogue) -> str:
    if criterion.scorer is None:
        return words("method.group")
    name, scale = plain(criterion.scorer.name), criterion.scorer.params.get("scale")
    return (
        words("method.scored scale", scorer=name, scale=plain(str(scale)))
        if scale
        else words("method.scored", scorer=name)
    )


def _sentences(plan: Plan, evaluation: Evaluation, words: Catalogue) -> Iterator[str]:
    scheme = plan.scheme
    best = words(f"best.{evaluation.best}")
    yield words("method.rank", figure=evaluation.figure, best=best, rule=evaluation.rule)
    if scheme.award.suppliers > 1:
        yield words("method.suppliers", n=scheme.award.suppliers)
    ties = words("list.then").join(ties_in_words(plan))
    yield words("method.ties", ties=ties) if ties else words("method.no ties")
    if scheme.shortlist:
        by = ", ".join(plan.node(name).title for name in plan.shortlist_by)
        if scheme.shortlist.top is not None:
            yield words("method.shortlist top", top=scheme.shortlist.top, by=by)
        else:
            yield words("method.shortlist least", share=percent(scheme.shortlist.at_least or Fraction(0)), by=by)
    if scheme.award.on_rejection:
        yield words(f"method.{scheme.award.on_rejection}")
    rounding = scheme.rounding
    if rounding is None:
        yield words("method.no rounding", places=evaluation.places)
    else:
        mode = plain(rounding.mode)
        yield words("method.rounding", places=rounding.places, mode=mode, at=", ".join(rounding.at))
