from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA, LANCASHIRE, MEASURABLE
from tender_eval.lint.expressions import stated_number
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class MarksWithoutScale(LintRule):
    """Marks are given out of a number, without a scale that says what each mark means.

    Whether an answer is worth 6 or 7 out of 10 is then each evaluator's own matter. List the marks under scales:
    with title and descriptor, and name the scale. Ignore it where the mark is counted and not judged, such as the
    number of standards held.
    """

    code = "TE404"
    name = "marks-without-scale"
    severity = Severity.WARNING
    summary = "Marks are given out of a number that nothing explains."
    keywords = "out_of, marks out of ten, 0 to 5, scoring guidance"
    clauses = (CLEAR_CRITERIA, MEASURABLE, LANCASHIRE)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in scheme.leaves:
            out_of = stated_number(leaf, "out_of")
            if leaf.marked and out_of is not None:
                message = f'"{leaf.criterion.id}" is marked out of {shown(out_of)}, and nothing says what a mark means'
                yield Finding(message, leaf.criterion.where, "list the marks under scales: with title and descriptor")
