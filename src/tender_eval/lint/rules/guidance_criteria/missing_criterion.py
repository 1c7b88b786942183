"""The base of rules that ask for a criterion on something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from tender_eval.lint.criteria import is_guided, may_serve_people
from tender_eval.lint.topics import criteria_about
from tender_eval.plugins.answers import Subject
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class MissingCriterion(LintRule):
    """A rule that asks for a criterion on something; one that stands in the scheme is enough.

    Asked of services to people alone, but where ``of_every_contract``.
    """

    of_every_contract: ClassVar[bool] = False
    words: ClassVar[re.Pattern[str]]
    subjects: ClassVar[tuple[Subject, ...]] = ()
    wanted: ClassVar[str]
    mend: ClassVar[str]

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Whether any scored criterion is about it."""
        if not (is_guided(scheme) if self.of_every_contract else may_serve_people(scheme)):
            return
        if scheme.leaves and not criteria_about(scheme, self.words, *self.subjects):
            yield Finding(f"no criterion is about {self.wanted}", scheme.at("criteria"), self.mend)
