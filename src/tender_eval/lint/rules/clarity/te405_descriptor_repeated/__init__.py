from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import MEASURABLE
from tender_eval.lint.rules.clarity.marks import mark_at
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.model.marking.scales import ScaleStep
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class DescriptorRepeated(LintRule):
    """Two marks of a scale have the same title or the same descriptor.

    Nothing then tells the evaluator which of the two to give, or the bidder what the higher one needed. It is often
    left over from copying. Say what the higher mark shows beyond the lower one.
    """

    code = "TE405"
    name = "descriptor-repeated"
    severity = Severity.WARNING
    summary = "Two marks are described in the same words."
    keywords = "copy and paste, duplicate descriptor, same title, marking scheme"
    clauses = (MEASURABLE,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for scale in scheme.scheme.scales:
            for kind in ("title", "descriptor"):
                seen: dict[str, ScaleStep] = {}
                for step in scale.steps:
                    text = " ".join(getattr(step, kind).lower().split())
                    first = seen.setdefault(text, step)
                    if text and first is not step:
                        message = (
                            f'on "{scale.id}" the marks {shown(first.mark)} and {shown(step.mark)} have the same {kind}'
                        )
                        hint = "say what the higher mark shows beyond the lower one"
                        yield Finding(message, mark_at(scheme, scale.id, step), hint)
