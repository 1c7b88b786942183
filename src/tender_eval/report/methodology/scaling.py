"""What is scaled to the best tender: at which criteria, over which tenders, before or after the minimums."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block, heading, paragraph, table
from tender_eval.engine.plan import Plan, PlanNode
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import number
from tender_eval.languages.runs import name
from tender_eval.report.terms.figures import points
from tender_eval.report.terms.formulas import workings
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.scheme import quoted
from tender_eval.synthetic.example import Example

t = catalogue("methodology", "terms")


def scaling_section(plan: Plan, example: Example | None) -> Iterator[Block]:
    """The criteria at which the best tender gets all points, with the numbers of the example."""
    if not plan.scaled:
        return
    yield heading(t("scaling"))
    order = "scaling.minimums_first" if plan.minimums_first else "scaling.minimums_last"
    minimums = [t(order)] if any(gate.share is not None for gate in plan.gates) else []
    over = t(f"scaling.over.{plan.scheme.award.on_rejection or 'alone'}")
    yield paragraph(t("scaling.say", list=quoted(plan, [node.id for node in plan.scaled])), over, *minimums)
    for node in plan.scaled:
        if example is not None:
            yield from _numbers(node, example)


def _numbers(node: PlanNode, example: Example) -> Iterator[Block]:
    """Each tender of the example with its numbers."""
    evaluation = example.evaluation
    rows = [
        (name(bid.name), "; ".join(workings(found.step)[-1:]), points(evaluation, found.points))
        for bid in sorted(evaluation.bids, key=lambda b: b.id)
        if (found := bid.criterion(node.id))
    ]
    if rows:
        title = node.title or node.id
        caption = t("scaling.example", title=title, available=number(node.points))
        yield table(caption, heads(t, "scaling", "tender numbers points"), rows, numbers=(2,), widths=(24, 56, 20))
