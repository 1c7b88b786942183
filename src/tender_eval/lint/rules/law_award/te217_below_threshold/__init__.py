from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule, states_the_act
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.lint_rule import Finding, SchemeView
from tender_eval.regime.duties import threshold

_WHOSE = {
    "light_touch_threshold": "light touch contracts",
    "central_threshold": "central authorities",
    "sub_central_threshold": "sub-central authorities",
}


class BelowThreshold(ActRule):
    """The estimated value is below the threshold, so most of the Act does not hold.

    Below it the rules on covered procurement, such as assessment summaries and standstill, are not duties; the
    Act's Part 6 and the authority's own rules are. Publishing as if above it is allowed, and often kinder to
    bidders: keep the burden in proportion. The threshold that is compared is that of the day of publication.
    """

    code = "TE217"
    name = "below-threshold"
    severity = Severity.NOTE
    summary = "The estimated value is below the threshold of the regime."
    keywords = "threshold, below-threshold contract, covered procurement, Part 6, low value"
    clauses = (act("Schedule 1 and Part 6"),)
    thresholds = (*ActRule.thresholds, *_WHOSE)

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """The estimated value against the threshold that holds for this contract."""
        value, row = scheme.scheme.regime.estimated_value, threshold(scheme.scheme.regime, scheme.on)
        if row is None or row.figure is None or value is None or not states_the_act(scheme):
            return
        least = scheme.thresholds[row.name].value if row.name else row.figure
        if value < least:
            whose = _WHOSE[row.name] if row.name else "concessions"
            message = (
                f"the estimated value {shown(value)} is below the threshold of {shown(least)} for {whose}, VAT included"
            )
            hint = "most duties on covered procurement do not hold: keep what bidders must write in proportion"
            yield Finding(message, scheme.at("regime", "estimated_value"), hint)
