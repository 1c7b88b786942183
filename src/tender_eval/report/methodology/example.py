"""The worked example as a whole: points by criterion, and the result."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block, heading, paragraph, table
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.numbers import money, number
from tender_eval.languages.results import reasons
from tender_eval.languages.runs import Inline, capital, name, strong, text_of
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.report.terms.figures import figure_name, points, ranking_figure
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.scheme import numbered
from tender_eval.synthetic.example import Example

t = catalogue("methodology", "terms")


def example_section(plan: Plan, example: Example | None, *, given: bool) -> Iterator[Block]:
    """The example: marks and points of each tender, then ranks and award."""
    yield heading(t("example"))
    if example is None:
        yield paragraph(t("example.none"))
        return
    yield paragraph(t("example.given") if given else t("example.invented"))
    results = sorted(example.evaluation.bids, key=lambda b: b.id)
    named = (*heads(t, "criteria", "number title"), *(b.name for b in results))
    numbers = range(2, len(named))
    marks = list(_marks(plan, example, results))
    shares = (8, 32, *(60 // len(results) for _ in results))
    if marks:
        yield table(t("example.marks"), named, marks, numbers, shares)
    yield table(t("example.points"), named, _points(plan, example.evaluation, results), numbers, shares)
    yield _result(plan, example.evaluation)


def _marks(plan: Plan, example: Example, results: list[BidResult]) -> Iterator[tuple[str, ...]]:
    bids = {b.id: b for b in example.bids.bids}
    titles = numbered(plan.scheme)
    for leaf in plan.leaves:
        names = leaf.marks
        for mark in names:
            title = leaf.title or leaf.id
            title = t("example.mark_of", title=title, mark=figure_name(mark)) if len(names) > 1 else title
            given = [bids[r.id].marks.get(mark) for r in results]
            yield titles[leaf.id], title, *(t("figure.none") if m is None else shown(m.value) for m in given)


def _points(plan: Plan, evaluation: Evaluation, results: list[BidResult]) -> Iterator[tuple[Inline, ...]]:
    numbers = numbered(plan.scheme)
    leaves = {leaf.id for leaf in plan.leaves}
    for node in plan.nodes:
        found = [b.criterion(node.id) for b in results]
        title = t("example.points_of", title=node.title or node.id, available=number(node.points))
        cells = [numbers[node.id], title, *(points(evaluation, c.points if c else None) for c in found)]
        yield tuple(cells) if node.id in leaves else tuple(map(strong, cells))


def _result(plan: Plan, evaluation: Evaluation) -> Block:
    named = heads(t, "example.result", "rank tender figure outcome", figure=capital(ranked_name(evaluation.figure)))
    rows = [
        (
            str(b.rank or t("figure.none")),
            name(b.name),
            ranking_figure(evaluation, b.figure, plan.scheme.currency),
            _outcome(plan, evaluation, b),
        )
        for b in evaluation.bids
    ]
    return table(t("example.result"), named, rows, numbers=(2,), widths=(10, 30, 25, 35))


def _outcome(plan: Plan, evaluation: Evaluation, bid: BidResult) -> str:
    if bid.rank is None:
        return "; ".join(map(text_of, reasons(bid, to_bidder=True))) or bid.status.replace("_", " ")
    if bid.award:
        return t("example.awarded_money", amount=money(bid.award, plan.scheme.currency))
    if bid.id in evaluation.undecided:
        return t("example.tied")
    return t("example.awarded") if bid.id in evaluation.winning else t("example.not_awarded")
