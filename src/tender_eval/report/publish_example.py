"""The worked example as a whole: points by criterion, and the result."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block, heading, paragraph, table
from tender_eval.engine.plan import Plan
from tender_eval.languages import results
from tender_eval.languages.runs import Inline, strong
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.wording import shown
from tender_eval.report import in_words
from tender_eval.report import publish_words as words
from tender_eval.report.methodology import marks_read
from tender_eval.report.sentences import tied_names
from tender_eval.synthetic.example import Example


def example_section(plan: Plan, example: Example | None, *, given: bool) -> Iterator[Block]:
    """The example: marks and points of each tender, then ranks and award."""
    yield heading(words.EXAMPLE)
    if example is None:
        yield paragraph(words.NO_EXAMPLE)
        return
    yield paragraph(words.EXAMPLE_GIVEN if given else words.EXAMPLE_SAYS)
    results = sorted(example.evaluation.bids, key=lambda b: b.id)
    heads = ["No.", "Criterion", *(b.name for b in results)]
    numbers = range(2, len(heads))
    marks = list(_marks(plan, example, results))
    shares = (8, 32, *(60 // len(results) for _ in results))
    if marks:
        yield table(words.EXAMPLE_MARKS, heads, marks, numbers, shares)
    yield table(words.EXAMPLE_POINTS, heads, _points(plan, example.evaluation, results), numbers, shares)
    yield _result(plan, example.evaluation)


def _marks(plan: Plan, example: Example, results: list[BidResult]) -> Iterator[tuple[str, ...]]:
    bids = {b.id: b for b in example.bids.bids}
    titles = in_words.numbered(plan.scheme)
    for leaf in plan.leaves:
        names = marks_read(leaf)
        for name in names:
            title = leaf.title or leaf.id
            title = f"{title}: {in_words.figure_name(name)}" if len(names) > 1 else title
            given = [bids[r.id].marks.get(name) for r in results]
            yield titles[leaf.id], title, *("-" if m is None else shown(m.agreed.value) for m in given)


def _points(plan: Plan, evaluation: Evaluation, results: list[BidResult]) -> Iterator[tuple[Inline, ...]]:
    numbers = in_words.numbered(plan.scheme)
    leaves = {leaf.id for leaf in plan.leaves}
    for node in plan.nodes:
        found = [b.criterion(node.id) for b in results]
        title = words.POINTS_OF.format(title=node.title or node.id, available=in_words.number(node.points))
        cells = [numbers[node.id], title, *(in_words.points(evaluation, c.points if c else None) for c in found)]
        yield tuple(cells) if node.id in leaves else tuple(map(strong, cells))


def _result(plan: Plan, evaluation: Evaluation) -> Block:
    heads = [head.format(figure=evaluation.figure.capitalize()) for head in words.RESULT_HEADS]
    rows = [
        (str(b.rank or "-"), b.name, in_words.ranking_figure(evaluation, b.figure), _outcome(plan, evaluation, b))
        for b in evaluation.bids
    ]
    return table(words.EXAMPLE_RESULT, heads, rows, numbers=(2,), widths=(10, 30, 25, 35))


def _outcome(plan: Plan, evaluation: Evaluation, bid: BidResult) -> str:
    if bid.rank is None:
        return results.texts(bid.reasons) or bid.status.replace("_", " ")
    if bid.award:
        return words.AWARDED_MONEY.format(amount=in_words.money(bid.award, plan.scheme.currency))
    if bid.id in tied_names(evaluation):
        return words.TIED
    return words.AWARDED if bid.id in evaluation.winning else words.NOT_AWARDED
