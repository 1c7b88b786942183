from __future__ import annotations

import re
from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA, MEASURABLE
from tender_eval.lint.rules.clarity.marks import mark_at
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_GRADE = re.compile(
    r"(?:\b(?:an?|and|in|of|the|to|is|all|very|fully|mostly|partly|largely|some|with|for|high|low|minor|major|level"
    r"|overall|quality|standard|responses?|answers?|bid|submission|good|excellent|poor|fair|weak|strong|(?:in)?adequate"
    r"|(?:un)?satisfactory|(?:un)?acceptable|reasonable|(?:in)?sufficient|suitable|appropriate|limited|outstanding"
    r"|exceptional|meets?|meeting|exceeds|fails|requirements?|expectations?|concerns|reservations|which|that|most|but"
    r"|not|no|does|do|partially|substantially|significant|serious|minimal|comprehensive|thorough|respects?|aspects?"
    r"|areas?|level|overall|this|it|evidence|added value|value|robust|detailed|clear|clearly|convincing|credible|sound"
    r"|relevant|understanding|demonstrat(?:es?|ing|ed)|provid(?:es?|ing|ed)|shows?|confidence|examples?|solid|approach)"
    r"\b|\W)+",
    re.IGNORECASE,
)


class DescriptorVague(LintRule):
    """A descriptor says nothing but a grade: "good", "adequate", "meets the requirement".

    "Strong evidence and added value" is a grade too: of what, it does not say. Two evaluators will mean different
    things by it, and the reasons that bidders get can only repeat it. Name what is there or missing: a method, people,
    results, the kind of evidence. Ignore it where the levels are described in the question itself.
    """

    code = "TE403"
    name = "descriptor-vague"
    severity = Severity.WARNING
    summary = "A descriptor repeats a grade in place of saying what earns it."
    keywords = "strong evidence and added value, good, excellent, satisfactory, descriptor, marking scheme"
    clauses = (CLEAR_CRITERIA, MEASURABLE)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for scale in scheme.scheme.scales:
            for step in scale.steps:
                if step.score > 0 and _GRADE.fullmatch(step.descriptor):
                    message = f'the descriptor of {shown(step.mark)} on "{scale.id}" says only "{step.descriptor}"'
                    hint = "name what is there: a method, people, evidence, results"
                    yield Finding(message, mark_at(scheme, scale.id, step), hint)
