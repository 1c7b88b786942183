from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.lint.criteria import price_criteria, quoted, scorer_parameter_at
from tender_eval.lint.expressions import stated_number
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class LogRangeOutOfProportion(LintRule):
    """The multiple of the lowest price that earns nothing is so small, or so large, that the weight is not kept.

    On a logarithmic line a small multiple makes a bid a little dearer than the lowest lose everything, as a steep
    line does; a large one leaves most of the points to bids at twice the lowest price, so that the price hardly
    counts. Choose the multiple from the prices that the market can be expected to offer. Ignore it where those are
    known.
    """

    code = "TE306"
    name = "log-range-out-of-proportion"
    severity = Severity.WARNING
    summary = "The logarithmic price line is so steep or so flat that the weight means something else."
    keywords = "log_ratio, logarithm, zero_at_multiple, price curve"
    clauses = (ARITHMETIC,)
    thresholds = ("log_multiple_least", "log_multiple_most")

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        least, most = (scheme.thresholds[name].value for name in self.thresholds)
        for leaf in price_criteria(scheme):
            multiple = stated_number(leaf, "zero_at_multiple")
            if multiple is not None and not least <= multiple <= most:
                nothing = "almost nothing" if multiple > most else "everything"
                message = f"{quoted(leaf)}: at {shown(multiple)} times the lowest as zero, a dearer bid loses {nothing}"
                hint = f"choose zero_at_multiple from {shown(least)} to {shown(most)}"
                yield Finding(message, scorer_parameter_at(leaf, "zero_at_multiple"), hint)
