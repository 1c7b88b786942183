"""What guidance asks to be checked of bidders before anything is marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from tender_eval.lint.criteria import may_serve_people
from tender_eval.lint.example import but
from tender_eval.lint.mentions import conditions_on, criteria_on
from tender_eval.lint.model_example import MODEL
from tender_eval.lint.rules.guidance_terms import WELSH
from tender_eval.lint.rules.guidance_weights import MOJ, TOOLKIT
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView


class _Check(LintRule):
    """A rule that asks services to people for a condition on something; a scored criterion on it is enough."""

    words: ClassVar[re.Pattern[str]]
    wanted: ClassVar[str]
    mend: ClassVar[str]

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Whether any condition or criterion is about it."""
        if may_serve_people(scheme) and not conditions_on(scheme, self.words) and not criteria_on(scheme, self.words):
            where = scheme.at("conditions") if scheme.scheme.conditions else scheme.at("criteria")
            yield Finding(f"nothing checks {self.wanted}", where, self.mend)


class NoSafeguardingCheck(_Check):
    """Nothing in the scheme asks for a safeguarding policy.

    Commissioners "should ensure there are robust due diligence checks in place to review things like providers'
    safeguarding policies and whistleblowing policies". Make it a condition, or a criterion with a minimum. Ignore
    this where it is checked outside the scheme, and say where.
    """

    code = "TE121"
    name = "no-safeguarding-check"
    severity = Severity.WARNING
    summary = "No condition or criterion is about safeguarding."
    clauses = (Clause(MOJ, "2.3a, point 4", True),)
    words = re.compile(r"safeguard|kept safe|keep\w* (?:\w+ )*safe", re.IGNORECASE)
    wanted = "safeguarding"
    mend = "add a condition, such as reads: declarations.safeguarding_policy, must_be: true"
    bad = but(
        (("  - id: safeguarding\n    title: A safeguarding policy is in force\n"
         "    reads: declarations.safeguarding_policy\n"),
         "  - id: policies\n    title: Policies are in force\n    reads: declarations.policies\n"),
        ("How survivors and children are kept safe", "How survivors and children are protected"),
        text=MODEL,
    )  # fmt: skip
    good = MODEL


class NoWhistleblowingCheck(_Check):
    """Nothing in the scheme asks for a whistleblowing policy.

    The same check of due diligence as on safeguarding. Make it a condition. Ignore this where it is checked
    outside the scheme, and say where.
    """

    code = "TE122"
    name = "no-whistleblowing-check"
    severity = Severity.NOTE
    summary = "No condition or criterion is about whistleblowing."
    clauses = (Clause(MOJ, "2.3a, point 4", True),)
    words = re.compile(r"whistle[ -]?blow|speak(?:ing)? up", re.IGNORECASE)
    wanted = "whistleblowing"
    mend = "add a condition, such as reads: declarations.whistleblowing_policy, must_be: true"
    bad = but(
        (("  - id: whistleblowing\n    title: A whistleblowing policy is in force\n"
         "    reads: declarations.whistleblowing_policy\n"),
         "  - id: policies\n    title: Policies are in force\n    reads: declarations.policies\n"),
        text=MODEL,
    )  # fmt: skip
    good = MODEL


class NoStandardsCheck(_Check):
    """Nothing in the scheme asks for national standards or an accreditation.

    The sector has shared standards and accreditations, and guidance asks to align services with them. Make one a
    condition, or a criterion where several would do. Ignore this where none fits the service.
    """

    code = "TE123"
    name = "no-standards-check"
    severity = Severity.NOTE
    summary = "No condition or criterion is about standards or accreditation."
    clauses = (Clause(MOJ, "2.3a, point 5", True), Clause(TOOLKIT, "3.6.2", True), Clause(WELSH, "2.7", True))
    words = re.compile(r"\b(standards?|accredit\w*|quality mark|regulat\w+)\b", re.IGNORECASE)
    wanted = "national standards or accreditation"
    mend = "ask for the standard that fits the service, and accept its like"
    bad = but(
        ("      - id: standards\n        title: National shared standards\n",
         "      - id: practice\n        title: Practice\n"),
        ("How is the service held to the sector's accredited standards?", "How is practice supervised?"),
        text=MODEL,
    )  # fmt: skip
    good = MODEL
