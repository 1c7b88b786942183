from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import toolkit, welsh_guidance
from tender_eval.lint.criteria import may_serve_people
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class FewLargeLots(LintRule):
    """Each lot is worth more than small providers can carry.

    A small number of extremely high-value lots needs bidders in a very strong financial position. What is too high
    is not named: the limit is the light touch threshold, ours to choose. Cut the contract into smaller lots, and
    try sizes with `tender-eval simulate lots`.
    """

    code = "TE118"
    name = "few-large-lots"
    severity = Severity.NOTE
    summary = "Lots so large that few providers can bid."
    keywords = "lot size, big contracts, small providers, SME"
    clauses = (toolkit("3.6.1"), welsh_guidance("2.7"))
    thresholds = ("light_touch_threshold",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The estimated value, over the lots and the years where they are stated."""
        regime = scheme.scheme.regime
        model = scheme.scheme.price
        value, lots = regime.estimated_value, regime.lots
        years = regime.years or (model.years if model else 1)
        most = scheme.thresholds["light_touch_threshold"].value
        if may_serve_people(scheme) and value is not None and lots is not None:
            each = value / lots / years
            if each > most:
                message = f"a lot is worth {shown(each)} a year on average, more than {shown(most)}"
                hint = "make lots smaller; tender-eval simulate lots shows what their size does"
                yield Finding(message, scheme.at("regime", "lots"), hint)
