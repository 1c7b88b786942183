from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import percent
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class MarksBeyondTheWeight(LintRule):
    """A mark earns more than all points of its question, or takes points from the rest.

    The published weight then no longer says what the question can bring: with marks from -20% to 120% a weight of 40
    decides like one of 56, and price, which ends at its weight, counts less. Let the best mark earn 100% and the worst
    0%, and give the question the weight that is meant. Ignore it where bonus or malus is meant, and the weights are
    published with it.
    """

    code = "TE344"
    name = "marks-beyond-the-weight"
    severity = Severity.WARNING
    summary = "A question decides more than its published weight says."
    keywords = "above_full, below_zero, bonus points, malus, negative marks"
    clauses = (ARITHMETIC,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        used = {leaf.scale for leaf in scheme.leaves}
        for scale in (s for s in scheme.scheme.scales if s.id in used):
            worst, best = scale.by_worth[0].score, scale.by_worth[-1].score
            if worst < 0 or best > 1:
                message = f'on "{scale.id}" marks earn from {percent(worst)} to {percent(best)} of the published weight'
                yield Finding(message, scale.where, "let the best mark earn 100% and the worst 0%")
