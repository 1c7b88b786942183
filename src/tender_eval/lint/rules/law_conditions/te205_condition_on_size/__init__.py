from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule, may_reserve
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, SchemeView


class ConditionOnSize(ActRule):
    """Bidders are turned away for their size.

    Conditions ensure that suppliers can perform; size says little of that, and authorities must have regard to the
    barriers that small and medium-sized suppliers face. Ask for what is needed instead. Councils in England may
    reserve contracts below the threshold to small suppliers, if the notice says so: of these nothing is said here.
    """

    code = "TE205"
    name = "condition-on-size"
    severity = Severity.WARNING
    summary = "A condition reads the supplier's size."
    keywords = "SME, small firms, number of staff, supplier.size, supplier.is_small"
    clauses = (act("s.22(1)"), act("s.12(4)"))

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """Conditions that read the size, as such or as whether a supplier is small."""
        for condition in () if may_reserve(scheme) else scheme.scheme.conditions:
            if condition.reads in ("supplier.size", "supplier.is_small"):
                message = f'condition "{condition.id}" turns bidders away for their size'
                yield Finding(message, condition.where, "ask for the ability that the contract needs")
