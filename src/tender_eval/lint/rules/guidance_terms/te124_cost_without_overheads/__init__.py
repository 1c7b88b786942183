from __future__ import annotations

import re
from collections.abc import Iterator

from tender_eval.lint.citations import welsh_guidance
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_OVERHEADS = re.compile(
    r"overhead|management|manager|central|core|indirect|organisation|organization|support_cost", re.I
)


class CostWithoutOverheads(LintRule):
    """The cost sheet that bids fill in has no line for management and overheads.

    A price can then meet every line of the sheet and still not the full cost of the service. Management and overheads
    "should be met through a full cost recovery model". Add a line for them; ignore it where one that is there
    holds them, under a name that does not say so.
    """

    code = "TE124"
    name = "cost-without-overheads"
    severity = Severity.WARNING
    summary = "The cost sheet has no line for management and overheads."
    keywords = "full cost recovery, overheads, core costs, management"
    clauses = (welsh_guidance("2.9"), welsh_guidance("4.8"))

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        full = scheme.scheme.beside.full_cost
        if full is not None and not any(_OVERHEADS.search(line.id) for line in full.costs):
            message = f"the cost sheet asks for {', '.join(line.id for line in full.costs)} alone"
            yield Finding(message, full.where, "add a line such as management_and_overheads: per_year to its costs")
