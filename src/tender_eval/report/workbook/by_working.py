"""Formulas out of the numbers of a working, for methods of plugins that state no expression."""

from __future__ import annotations

from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Worked
from tender_eval.model.explanation.workings import in_figures, noted
from tender_eval.plugins.expression.tree import Figure, Node, OverBids
from tender_eval.report.workbook.expressions import unwritable
from tender_eval.scorers.grammar import parse


def of_working(step: Step | None) -> Node | None:
    """The formula by which a method shows a score or a figure, with its numbers; None where none is whole.

    It was held against that score or figure when it was worked out. Numbers that are cut off, or words, make none.
    """
    how = step.how if step else None
    shown = in_figures(how.lines[-1]) if isinstance(how, Worked) and how.lines else ""
    found = parse(noted(shown)[0].replace(" x ", " * "))[0] if shown else None
    if found is None or unwritable(found) or any(isinstance(part, Figure | OverBids) for part in found.walk()):
        return None
    return found
