from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule, may_reserve
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, SchemeView

_SHARE = re.compile(r"^consortium\.share\..*(?:local|by_and_for)")


class ConditionOnPlace(ActRule):
    """Bidders are turned away because of where they are, how long they have been there, or whom they belong to.

    Experience in one place, an office in the area and being led by a community can be weighed as criteria where
    they serve the people who use the service; as conditions they shut out everybody else, treaty state suppliers
    among them. Make them criteria. Councils in England may reserve contracts below the threshold to suppliers of
    their area, if the notice says so: of these nothing is said here. Ignore this where another law reserves the
    contract, and name the section.
    """

    code = "TE206"
    name = "condition-on-place"
    severity = Severity.WARNING
    summary = "A condition reads where a bidder is, for how long, or whom it is led by."
    keywords = "local office, years of trading, track record in the area, by-and-for only"
    clauses = (act("s.22(1) and (5)"), act("s.90"))
    _facts = frozenset({"supplier.areas", "supplier.years_in_area", "pooled.years_in_area", "supplier.areas_covered",
                        "consortium.areas_covered", "supplier.by_and_for"})  # fmt: skip

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """Conditions that read such a fact."""
        for condition in () if may_reserve(scheme) else scheme.scheme.conditions:
            if condition.reads in self._facts or _SHARE.search(condition.reads):
                message = f'condition "{condition.id}" turns bidders away by {condition.reads}'
                hint = "make it a criterion that names the benefit to the people served, such as local_specialist"
                yield Finding(message, condition.where, hint)
