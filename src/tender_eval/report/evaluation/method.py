"""The published method in short: what was asked, what it was worth, and how the award is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tender_eval.documents.model import Block, Cell, Details, Row, heading, items, row, table
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import scale_of
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import percentage
from tender_eval.languages.phrases import named, phrase, plain
from tender_eval.languages.runs import Inline, runs
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.marking.scales import Scale
from tender_eval.model.scheme import Criterion, Rounding
from tender_eval.report.evaluation.figures import WORDS, PrintedFigures
from tender_eval.report.evaluation.points import DEEPEST
from tender_eval.report.terms.scheme import minimum_in_words, near_tie_in_words, people_decide_in_words, ties_in_words


def method_section(plan: Plan, evaluation: Evaluation) -> Iterator[Block]:
    """The method of a scheme."""
    figures = PrintedFigures(evaluation, plan.scheme.currency)
    nodes = {node.id: node for node in plan.nodes}
    yield heading(WORDS.say("method.heading"), 1, "method")
    yield items(_sentences(plan, evaluation))
    heads = [WORDS("points.criterion"), WORDS("method.points"), WORDS("method.minimum"), WORDS("method.how")]
    scales = {leaf.id: scale_of(leaf) for leaf in plan.leaves}
    rows = [
        _criterion(c, min(nodes[c.id].depth, DEEPEST), figures.available(nodes[c.id].points), scales)
        for c in plan.scheme.walk()
    ]
    yield table(WORDS("method.caption"), heads, rows, [1])
    for scale in plan.scheme.scales:
        yield _scale(scale)


def how_ties_break(plan: Plan) -> str:
    """How equal bids are separated."""
    ties, then = WORDS("list.then").join(ties_in_words(plan)), people_decide_in_words(plan)
    if then:
        told = WORDS("method.ties people", ties=ties, then=then) if ties else WORDS("method.people", then=then)
    else:
        told = WORDS("method.ties", ties=ties) if ties else WORDS("method.no ties")
    return " ".join(filter(None, (near_tie_in_words(plan), told)))


def _criterion(criterion: Criterion, depth: int, points: str, scales: Mapping[str, str]) -> Row:
    group = criterion.scorer is None
    minimum = minimum_in_words(criterion.minimum, group=group) if criterion.minimum else ""
    title = Cell(runs(criterion.title or criterion.id), runs(criterion.description))
    return row((title, points, minimum, _how(criterion, scales)), "group" if group else "", depth)


def _how(criterion: Criterion, scales: Mapping[str, str]) -> Inline:
    if criterion.scorer is None:
        return WORDS("method.group")
    name, scale = named(criterion.scorer.name), scales[criterion.id]
    return WORDS.say("method.scored scale", scorer=name, scale=plain(scale)) if scale else name


def _scale(scale: Scale) -> Details:
    heads = [WORDS(f"method.scale {head}") for head in ("mark", "score", "title", "descriptor")]
    rows = [(shown(s.mark), percentage(s.score), s.title, s.descriptor) for s in scale.steps]
    caption = WORDS("method.scale caption", id=plain(scale.id))
    return Details(WORDS("method.scale", id=plain(scale.id)), (table(caption, heads, rows, [1], heard=True),))


def _sentences(plan: Plan, evaluation: Evaluation) -> Iterator[Inline]:
    scheme = plan.scheme
    best = WORDS(f"best.{evaluation.best}")
    yield WORDS.say("method.rank", figure=ranked_name(evaluation.figure), best=best, rule=named(evaluation.rule))
    if scheme.award.suppliers > 1:
        yield WORDS("method.suppliers", n=scheme.award.suppliers)
    if scheme.award.variants:
        yield WORDS("method.variants")
    yield how_ties_break(plan)
    if scheme.shortlist:
        by = in_a_row(plan.node(name).title for name in plan.shortlist_by)
        if scheme.shortlist.top is not None:
            yield WORDS("method.shortlist top", top=scheme.shortlist.top, by=by)
        else:
            yield WORDS("method.shortlist least", share=percentage(scheme.shortlist.at_least or Fraction(0)), by=by)
    if scheme.award.on_rejection:
        yield WORDS(f"method.{scheme.award.on_rejection}")
    rounding = scheme.rounding
    own = [(criterion, criterion.rounding) for criterion in scheme.walk() if criterion.rounding]
    if rounding is not None and rounding.digits:
        yield WORDS("method.digits", digits=rounding.digits, mode=phrase(plain(rounding.mode)))
    elif rounding is not None:
        yield WORDS("method.rounding", **_rounded(rounding))
    elif not own:
        yield WORDS("method.no rounding", places=evaluation.places)
    if plan.scaled:
        when = WORDS("method.minimums first" if plan.minimums_first else "method.minimums last") if plan.gates else ""
        yield WORDS("method.scaled", list=in_a_row(node.title for node in plan.scaled), when=when)
    for criterion, how in own:
        yield WORDS("method.own rounding", title=criterion.title or criterion.id, **_rounded(how))


def _rounded(rounding: Rounding) -> Mapping[str, object]:
    return {
        "places": rounding.places,
        "mode": phrase(plain(rounding.mode)),
        "at": in_a_row(map(phrase, rounding.at)),
    }
