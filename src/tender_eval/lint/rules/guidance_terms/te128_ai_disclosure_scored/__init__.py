from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.procurement_act import under_the_act
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

_AI = r"(?:\bAI\b|artificial intelligence|\blarge language models?\b|\bchatbots?\b)"
_WRITING = (
    r"(?:wr(?:ite|iting|itten|ote)|draft(?:ed|ing)?|creat(?:e|ed|ing|ion)|prepar(?:e|ed|ing|ation)|generat(?:e|ed|ing))"
)
_TENDER = r"(?:tenders?|bids?|responses?|submissions?|method statements?)\b"
_DISCLOSED = re.compile(
    rf"{_AI}[^.?!]{{0,60}}\b{_WRITING}[^.?!]{{0,30}}\b{_TENDER}|\b{_WRITING}[^.?!]{{0,30}}\b{_TENDER}[^.?!]{{0,40}}{_AI}",
    re.IGNORECASE,
)


class AiDisclosureScored(LintRule):
    """A scored question asks whether artificial intelligence was used to write the tender.

    That bidders disclose it is for information alone, and earns and costs no marks: the use is not forbidden, and who
    answers openly would be marked down. Ask it beside the scored questions. How it would be used in the service is
    another matter, and may be scored. The note binds central government in contracts of no special regime; other
    authorities may follow it.
    """

    code = "TE128"
    name = "ai-disclosure-scored"
    severity = Severity.NOTE
    summary = "What bidders disclose of artificial intelligence in their tender earns marks."
    keywords = "artificial intelligence, AI, PPN 017, PPN 02/24, disclosure question, bid writing"
    clauses = (
        Clause("PPN 017 Improving Transparency of AI use in Procurement", "annex B, for information only", False),
    )

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The words of the scored criteria."""
        if not under_the_act(scheme):
            return
        for leaf in scheme.leaves:
            one = leaf.criterion
            if _DISCLOSED.search(f"{one.title}. {one.description}"):
                message = f'"{one.id}" scores what bidders disclose of artificial intelligence in their tender'
                yield Finding(message, one.where, "ask it for information, beside the questions that are scored")
