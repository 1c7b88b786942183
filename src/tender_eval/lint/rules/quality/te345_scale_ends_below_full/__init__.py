from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import percent, shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class ScaleEndsBelowFull(LintRule):
    """The best mark of a scale does not earn full marks.

    Part of the weight of every criterion on this scale can be earned by nobody, so its published weight is not what
    it brings: price, which can earn all of its points, weighs more than stated. Let the highest mark earn 100%.
    """

    code = "TE345"
    name = "scale-ends-below-full"
    severity = Severity.WARNING
    summary = "The highest mark of a scale earns less than its full share."
    keywords = "scoring scale, maximum score, top mark, marking scheme"
    clauses = (ARITHMETIC,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        used = {leaf.scale for leaf in scheme.leaves}
        for scale in scheme.scheme.scales:
            if scale.id in used and scale.by_worth[-1].score < 1:
                top = scale.by_worth[-1]
                message = f'the best mark of "{scale.id}" earns {percent(top.score)}: the rest is for nobody'
                yield Finding(message, scale.where, f"let the mark {shown(top.mark)} earn 100%")
