"""What stands for ids where people read what a result says: titles, suppliers, figures in words, money."""

from __future__ import annotations

from tender_eval.case.case import Case
from tender_eval.languages.inert import cut
from tender_eval.languages.messages import Called
from tender_eval.report.evaluation.figures import LONGEST_NAME
from tender_eval.report.terms.figures import figure_name


def called_in(case: Case) -> Called:
    """The names of a case."""
    scheme = case.compiled.scheme
    return Called(
        scheme.currency,
        {node.id: node.title for node in case.compiled.plan.nodes},
        {condition.id: condition.title or condition.id for condition in scheme.conditions},
        {bid.id: cut(bid.name, LONGEST_NAME) for bid in case.bids.bids},
        figure_name,
    )
