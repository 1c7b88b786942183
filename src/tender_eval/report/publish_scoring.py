"""How each criterion is scored and the price evaluated, with the numbers of the worked example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from tender_eval.documents.model import Block, heading, items, paragraph, table
from tender_eval.engine.plan import Leaf, Plan
from tender_eval.engine.price import factor
from tender_eval.languages import results
from tender_eval.languages.runs import Inline, spaced, strong
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.scheme import Call, Component, PriceModel
from tender_eval.model.wording import percent, shown
from tender_eval.report import in_words
from tender_eval.report import publish_words as words
from tender_eval.report.methodology import scale_of
from tender_eval.report.steps_in_words import (
    formulas,
    price_step,
    price_workings,
    ranking_step,
    score_step,
    workings,
)
from tender_eval.synthetic.example import Example

_BUILT_IN = "tender-eval"
_BAND, _POINT = {"from", "share"}, {"value", "score"}
_DOTTED = re.compile(r"[A-Za-z_]\w*\.[\w.+]+")
_NAME = re.compile(r"[A-Za-z_]\w*")


def scoring_section(plan: Plan, example: Example | None) -> Iterator[Block]:
    """How each criterion earns its points; questions on one scale are told together."""
    yield heading(words.SCORING)
    yield paragraph(words.STEP_SCORES)
    numbers = in_words.numbered(plan.scheme)
    marked = [leaf for leaf in plan.leaves if scale_of(plan, leaf)]
    if marked:
        listed = ", ".join(f"{numbers[leaf.id]} {leaf.title or leaf.id}" for leaf in marked)
        yield paragraph(words.MARKED.format(list=listed, does=in_words.first_sentence(marked[0].scorer.item)))
        yield from _of_a_mark(plan, marked[0])
    calls = {c.id: c.scorer for c in plan.scheme.leaves()}
    for leaf in (leaf for leaf in plan.leaves if leaf not in marked):
        title = leaf.title or leaf.id
        yield heading(f"{numbers[leaf.id]} {title}", 2)
        yield paragraph(in_words.first_sentence(leaf.scorer.item), *_origin(leaf))
        call = calls[leaf.id]
        if call:
            yield from parameters_table(f"“{title}”", call, leaf.scorer.item.Params)
        if example:
            yield from _scored(plan, leaf, example)


def _of_a_mark(plan: Plan, leaf: Leaf) -> Iterator[Block]:
    scale = scale_of(plan, leaf)
    step = next((s for s in reversed(scale.steps) if 0 < s.score < 1), None) if scale else None
    if step:
        earned = shown(step.score * 10)
        yield paragraph(words.SCALE_SAYS.format(mark=shown(step.mark), share=percent(step.score), points=earned))


def _origin(leaf: Leaf) -> tuple[str, ...]:
    """The plugin of others that brings a scorer."""
    origin = leaf.scorer.origin
    if origin.distribution == _BUILT_IN:
        return ()
    return (words.TAKEN_FROM.format(origin=f"{leaf.scorer.name}, {origin.distribution}"),)


def _scored(plan: Plan, leaf: Leaf, example: Example) -> Iterator[Block]:
    """The formula as it was recorded, and each tender of the example with its numbers."""
    evaluation = example.evaluation
    scored = [(b, c) for b in evaluation.bids if (c := b.criterion(leaf.id))]
    if not scored:
        return
    longest = max((formulas(score_step(c.step)) for _, c in scored), key=len)
    told: list[Inline] = [spaced(strong(words.FORMULA), text) for text in longest]
    told.append(strong(words.POINTS_ARE.format(formula=in_words.formula(scored[0][1].step.formula))))
    yield items(told)
    columns = [r.column for r in leaf.reads]
    rows = []
    for bid, criterion in sorted(scored, key=lambda pair: pair[0].id):
        step = score_step(criterion.step)
        stated = "; ".join(
            f"{in_words.figure_name(s.label)} {in_words.figure(s.label, s.value, plan.scheme.currency)}"
            for s in step.inputs
            if s.label in columns
        )
        score = in_words.grouped(shown(criterion.score))
        rows.append((bid.name, stated, "; ".join(workings(step)), score, in_words.points(evaluation, criterion.points)))
    caption = words.NUMBERS_OF.format(title=leaf.title or leaf.id)
    yield table(caption, words.EXAMPLE_HEADS, rows, numbers=(3, 4), widths=(16, 24, 36, 13, 11))


def parameters_table(title: str, call: Call, model: Any) -> Iterator[Block]:
    """The settings of a scorer or rule as the scheme states them, each with its meaning."""
    if not call.params:
        return
    fields: Mapping[str, Any] = model.model_fields
    rows = []
    for name, value in call.params.items():
        field = fields.get(name) or next((f for f in fields.values() if f.alias == name), None)
        meaning = (field.description if field else "") or ""
        for setting, part in _parts(name.replace("_", " "), value):
            rows.append((setting, value_in_words(part), meaning))
            meaning = "" if meaning == "" else words.AS_ABOVE
    yield table(words.PARAMETERS.format(title=title), words.PARAMETER_HEADS, rows, widths=(20, 42, 38))


def _parts(name: str, value: object) -> Iterator[tuple[str, object]]:
    """A list of tables one by one; any other setting as it is."""
    if isinstance(value, list | tuple) and len(value) > 1 and all(isinstance(v, Mapping) for v in value):
        for n, part in enumerate(value, start=1):
            if set(part) <= _BAND:
                break
            rest = {k: v for k, v in part.items() if k != "id"}
            yield f"{name}, {str(part.get('id', n)).replace('_', ' ')}", rest
        else:
            return
    yield name, value


def value_in_words(value: object) -> str:
    """A setting as it stands in the scheme, with lists and tables on one line."""
    match value:
        case Mapping() if set(value) == _BAND:
            return f"from {value_in_words(value['from'])}: {value_in_words(value['share'])}"
        case Mapping() if set(value) == _POINT:
            return f"at {value_in_words(value['value'])}: {value_in_words(value['score'])}"
        case Mapping():
            return ", ".join(f"{str(k).replace('_', ' ')} {value_in_words(v)}" for k, v in value.items())
        case list() | tuple():
            nested = any(isinstance(v, Mapping | list | tuple) for v in value)
            return ("; " if nested else ", ").join(map(value_in_words, value))
        case Fraction():
            return in_words.number(value)
        case str():
            return _text(value)
        case _:
            return shown(value)


def _text(text: str) -> str:
    """A name without its underscores, a figure as a bidder would call it, any other text as it stands."""
    if _DOTTED.fullmatch(text):
        return in_words.figure_name(text)
    return text.replace("_", " ") if _NAME.fullmatch(text) else in_words.grouped(text)


def ranking_table(plan: Plan, example: Example) -> Iterator[Block]:
    """How the figure that tenders are ranked by comes about, for each tender of the example."""
    evaluation = example.evaluation
    ranked = [b for b in evaluation.bids if b.rank is not None]
    steps = [(b, ranking_step(b, evaluation.figure)) for b in ranked]
    told = next((formulas(_titled(plan, step)) for _, step in steps if step), ())
    if told and told != (evaluation.figure,):
        yield items([spaced(strong(words.FORMULA), text) for text in told])
    rows = [
        (b.name, "; ".join(workings(step)) if step else "-", in_words.ranking_figure(evaluation, b.figure), str(b.rank))
        for b, step in steps
    ]
    heads = [head.format(figure=evaluation.figure.capitalize()) for head in words.RANKING_HEADS]
    caption = words.RANKING_EXAMPLE.format(figure=evaluation.figure)
    yield table(caption, heads, rows, numbers=(2, 3), widths=(20, 48, 22, 10))
    yield from _money_given(plan, ranked)


def _money_given(plan: Plan, ranked: list[BidResult]) -> Iterator[Block]:
    """What each tender of the example is given, where the rule shares out money."""
    given = [(b, next((s for s in b.step.inputs if s.label == "award"), None)) for b in ranked if b.award is not None]
    if not given:
        return
    rows = [
        (b.name, "; ".join(formulas(step._replace(formula=results.working(step)))) if step else "-",
         in_words.money(b.award or Fraction(0), plan.scheme.currency))
        for b, step in given
    ]  # fmt: skip
    yield table(words.MONEY_EXAMPLE, words.MONEY_HEADS, rows, numbers=(2,), widths=(20, 58, 22))


def _titled(plan: Plan, step: Step) -> Step:
    """A sum of criteria with their titles in place of their ids; a formula that reads figures as it is."""
    titles = {root.replace("-", "_"): f"“{plan.node(root).title or root}”" for root in plan.roots}
    said, comma, rounding = step.formula.partition(", rounded ")
    if plan.rule.reads or not set(_NAME.findall(said)) <= set(titles):
        return step
    return step._replace(formula=_NAME.sub(lambda found: titles[found[0]], said) + comma + rounding)


def price_section(plan: Plan, example: Example | None) -> Iterator[Block]:
    """The evaluated price, where the scheme makes it of parts."""
    model = plan.scheme.price
    if model is None:
        return
    yield heading(words.PRICE)
    yield paragraph(words.PRICE_SAYS.format(years=_years(model.years)))
    rows = [
        (in_words.figure_name(f"prices.{c.id}"), _paid(c, model), words.COUNTS.format(factor=shown(factor(c, model))))
        for c in model.components
    ]
    yield table(words.PRICE_TABLE, words.PRICE_HEADS, rows, numbers=(2,), widths=(35, 40, 25))
    if model.discount_rate:
        rate, when = percent(model.discount_rate), words.AT[model.payments]
        yield paragraph(words.DISCOUNTED.format(rate=rate, plain=shown(model.discount_rate), when=when))
    else:
        yield paragraph(words.NOT_DISCOUNTED)
    if example:
        yield from _priced(example.evaluation)


def _priced(evaluation: Evaluation) -> Iterator[Block]:
    found = [(b, step) for b in _by_id(evaluation) if (step := price_step(b))]
    if not found:
        return
    rows = [(b.name, "; ".join(price_workings(step)), in_words.grouped(shown(step.value))) for b, step in found]
    yield table(words.PRICE_EXAMPLE, words.PRICE_EXAMPLE_HEADS, rows, numbers=(2,), widths=(20, 60, 20))


def _by_id(evaluation: Evaluation) -> list[BidResult]:
    return sorted(evaluation.bids, key=lambda b: b.id)


def _years(count: int) -> str:
    return words.ONE_YEAR if count == 1 else words.YEARS.format(n=count)


def _paid(component: Component, model: PriceModel) -> str:
    if component.paid == "once":
        return words.ONCE
    if component.paid == "per_year":
        return words.PER_YEAR.format(years=_years(model.years))
    return words.IN_YEAR.format(year=component.paid.removeprefix("year_"))
