"""The base of rules that ask for a condition on something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from tender_eval.lint.criteria import may_serve_people
from tender_eval.lint.topics import conditions_about, criteria_about
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class MissingCheck(LintRule):
    """A rule that asks services to people for a condition on something; a scored criterion on it is enough."""

    words: ClassVar[re.Pattern[str]]
    wanted: ClassVar[str]
    mend: ClassVar[str]

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Whether any condition or criterion is about it."""
        stated = conditions_about(scheme, self.words) or criteria_about(scheme, self.words)
        if may_serve_people(scheme) and not stated:
            where = scheme.at("conditions") if scheme.scheme.conditions else scheme.at("criteria")
            yield Finding(f"nothing checks {self.wanted}", where, self.mend)
