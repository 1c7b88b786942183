from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import toolkit
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class BenefitWithoutSource(LintRule):
    """The scheme says what one unit of a benefit saves, and not who found that.

    Savings of a service are to be considered, and figures of them differ widely by what they count: cash or wider
    value, one agency or all, one year or a life. Whoever reads the amount beside a price must be able to look it up.
    Name the document, its date and the page; ignore it where the notes of the scheme say that the value is invented.
    """

    code = "TE374"
    name = "benefit-without-source"
    severity = Severity.WARNING
    summary = "What a benefit is worth has no source."
    keywords = "benefits, savings, avoided cost, unit value, social return"
    clauses = (toolkit("3.3"), toolkit("5.3"))

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for benefit in scheme.scheme.beside.benefits:
            if benefit.each is not None and not benefit.source:
                message = f'the benefit "{benefit.id}" counts a fixed amount, and no source is named for it'
                yield Finding(message, benefit.where, "add source: {document: ..., date: ..., section: ...}")
