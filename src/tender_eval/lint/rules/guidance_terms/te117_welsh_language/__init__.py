from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.citations import welsh_guidance
from tender_eval.lint.topics import texts
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

_WALES = re.compile(r"(?<!New South )(?<!Prince of )(?<!Princess of )\b(Wales|Welsh|VAWDASV|Cymru)\b")
_LANGUAGE = re.compile(r"\b(Welsh language|Welsh-language|bilingual|Cymraeg|through Welsh|in Welsh)\b", re.IGNORECASE)


class WelshLanguage(LintRule):
    """A Welsh scheme that says nothing of the Welsh language.

    The Welsh Language Standards put duties on authorities in Wales; the service and its tender fall under them.
    Ask how the service is given in Welsh. Ignore this where the contract's terms say so.
    """

    code = "TE117"
    name = "welsh-language"
    severity = Severity.NOTE
    summary = "A scheme for Wales does not speak of the Welsh language."
    keywords = "Wales, Cymraeg, bilingual, Welsh Language Standards"
    clauses = (welsh_guidance("4.6"), Clause("Welsh Language Standards (No. 1) Regulations 2015", "", False))

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Titles and source against what criteria and conditions say."""
        stated = f"{scheme.scheme.title} {' '.join(scheme.scheme.source.values())}"
        if _WALES.search(stated) and not any(_LANGUAGE.search(text) for text, _ in texts(scheme)):
            message = "the scheme is for Wales and does not speak of the Welsh language"
            yield Finding(
                message, scheme.at("title"), "ask how the service is given in Welsh, or say where it is asked"
            )
