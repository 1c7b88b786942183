"""What a scheme asks and sets, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import number, percentage
from tender_eval.languages.phrases import first_line, further_lines, phrase
from tender_eval.languages.runs import text_of
from tender_eval.model.digits import fixed, shown
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.explanation.labels import ranked_figure
from tender_eval.model.scheme import Bound, Condition, Criterion, Minimum, Scheme
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer
from tender_eval.report.terms.figures import figure, figure_name

t = catalogue("terms")


def first_sentence(item: Scorer | AwardRule) -> str:
    """What a scorer or rule does: the first line of its docstring, of the plugin's as of our own."""
    line = phrase(first_line(item)).replace("_", " ")
    times, power = t("formula.times"), t("formula.power")
    return line.replace(" x ", f" {times} ").replace(" ** ", f" {power} ")


def further_sentences(item: AwardRule) -> tuple[str, ...]:
    """All that the docstring of a rule says behind its first line, a text a paragraph."""
    return tuple(map(phrase, further_lines(item)))


def illustrative(of: Scheme | Evaluation) -> str:
    """What of a scheme is an illustration, in a sentence; empty where it says nothing of that."""
    parts = t("illustrative.between").join(of.illustrative)
    return t("illustrative", parts=parts) if parts else ""


def numbered(scheme: Scheme) -> Mapping[str, str]:
    """Every criterion's number, such as 1.2."""
    return dict(_numbered(scheme.criteria, ""))


def _numbered(criteria: tuple[Criterion, ...], above: str) -> Iterator[tuple[str, str]]:
    for n, criterion in enumerate(criteria, start=1):
        yield criterion.id, f"{above}{n}"
        yield from _numbered(criterion.criteria, f"{above}{n}.")


def title_of(criterion: Criterion) -> str:
    """The title, or the id where there is none."""
    return criterion.title or criterion.id.replace("_", " ")


def quoted(plan: Plan, criteria: Iterable[str]) -> str:
    """Criteria by their titles, as a list in a sentence."""
    titles = {c.id: title_of(c) for c in plan.scheme.walk()}
    return t.listing([t("quoted", text=titles[name]) for name in criteria])


def minimum_in_words(minimum: Minimum | None, *, group: bool = False) -> str:
    """A minimum, or that there is none."""
    if minimum is None:
        return t("minimum.none")
    if minimum.share is not None:
        return t("minimum.share", share=percentage(minimum.share))
    return t("minimum.mark each" if group else "minimum.mark", mark=shown(minimum.mark))


def condition_in_words(condition: Condition) -> str:
    """What a condition asks for."""
    name = figure_name(condition.reads)
    if condition.days:
        name = t("asked.days" if condition.days == "days" else "asked.days from", name=name, day=condition.days)
    if condition.must_be is not None:
        return t("asked.state", name=name, value=figure(condition.reads, condition.must_be, ""))
    if condition.one_of:
        return t("asked.one_of", name=name, list=text_of(t.listed(condition.one_of, "or")))
    limit = condition.at_least or condition.at_most
    if limit is None:
        return name
    told = t("asked.at_least" if condition.at_least else "asked.at_most", name=name, limit=_bound(limit))
    return t("asked.pooled", asked=told) if condition.pooled else told


def _bound(bound: Bound) -> str:
    return (
        t("asked.share", share=percentage(bound.amount), figure=figure_name(bound.of))
        if bound.of
        else number(bound.amount)
    )


def share_of_total(plan: Plan, criterion: str) -> str:
    """A criterion's points as a share of all points."""
    whole = plan.available
    share = plan.node(criterion).points / whole * 100
    return f"{shown(share) if share.denominator == 1 else fixed(share, 2)}%"


def source_line(source: Mapping[str, str]) -> str:
    """Where something comes from: document, date and section."""
    return in_a_row(str(v) for v in source.values())


def near_tie_in_words(plan: Plan) -> str:
    """Which bids count as equal to the best, in words; empty where none does."""
    near, figure = plan.scheme.award.near_tie, ranked_name(ranked_figure(plan.rule.rule.item.figure))
    if near is None:
        return ""
    within = percentage(near.within) if near.is_share else number(near.within)
    return t("ties.near_share" if near.is_share else "ties.near", within=within, figure=figure)


def people_decide_in_words(plan: Plan) -> str:
    """Who or what parts bids that the steps leave equal, in words; empty where that is not published."""
    then = plan.scheme.award.then
    return "" if then is None else t("ties.draw" if then.by_draw else "ties.decide", how=then.how)


def ties_in_words(plan: Plan) -> tuple[str, ...]:
    """The steps of the tie break, in order."""
    titles = {c.id: title_of(c) for c in plan.scheme.walk()}
    return tuple(
        t("ties.points", best=t(f"best.{step.best}"), title=titles[step.criterion])
        if step.criterion
        else t("ties.figure", best=t(f"best.{step.best}"), figure=figure_name(step.column))
        for step in plan.ties
    )
