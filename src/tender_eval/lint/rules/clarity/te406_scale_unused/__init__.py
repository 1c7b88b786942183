from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class ScaleUnused(LintRule):
    """A scale is published that no criterion is marked on.

    Bidders will look for the question it belongs to, and a criterion may have been meant to use it and uses another
    one. Remove it, or name it where it was meant.
    """

    code = "TE406"
    name = "scale-unused"
    severity = Severity.NOTE
    summary = "A scale is published that nothing uses."
    keywords = "leftover scale, unused scoring scale, scales"
    clauses = (CLEAR_CRITERIA,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        used = {leaf.scale for leaf in scheme.leaves}
        for scale in scheme.scheme.scales:
            if scale.id not in used:
                yield Finding(f'no criterion is marked on the scale "{scale.id}"', scale.where, "remove it, or name it")
