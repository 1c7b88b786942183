from __future__ import annotations

import re
from collections.abc import Iterator

from tender_eval.lint.citations import MEASURABLE, act
from tender_eval.lint.rules.clarity.marks import mark_at
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_COMPARES = re.compile(
    r"\b(?:better|worse|stronger|weaker|more|less|wider|higher|lower|cheaper)\b[^.;]{0,40}\bthan\s+"
    r"(?:the\s+|any\s+|all\s+|most\s+)*(?:others?\b|other\s+\w+|competitors?|rivals?|bids?|bidders?|tenders?|average)"
    r"|\b(?:compared|relative|superior|inferior|in\s+comparison)\s+(?:with|to)\s+(?:the\s+|all\s+|any\s+)*(?:others?\b"
    r"|competitors?|rivals?|bids?\b|bidders?|tenders?\b)|\b(?:best|worst|strongest|weakest)\s+(?:of\s+(?:all|the)\b"
    r"|bid|tender|answer|response|submission)|\bout(?:performs?|scores?)\s+(?:the\s+|all\s+|any\s+)*(?:others?\b"
    r"|competitors?|rivals?|bids?\b|bidders?|tenders?\b)|\b(?:above|below)\s+(?:the\s+)?average\b",
    re.IGNORECASE,
)


class DescriptorComparesBids(LintRule):
    """A descriptor compares bids with one another.

    Each bid is marked against the criterion, not against the other bids: a mark that says "better than others"
    changes with who bids, cannot be given before all are read, and speaks of one bidder to another when reasons are
    sent out. Write what the answer itself must show.
    """

    code = "TE402"
    name = "descriptor-compares-bids"
    severity = Severity.WARNING
    summary = "A descriptor asks evaluators to compare bids with one another."
    keywords = "better than other bids, relative marking, descriptor, comparative assessment"
    clauses = (act("s.19"), MEASURABLE)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for scale in scheme.scheme.scales:
            for step in scale.steps:
                if found := _COMPARES.search(step.descriptor) or _COMPARES.search(step.title):
                    message = f'the mark {shown(step.mark)} of "{scale.id}" compares bids: "{found[0]}"'
                    yield Finding(message, mark_at(scheme, scale.id, step), "say what the answer itself must show")
