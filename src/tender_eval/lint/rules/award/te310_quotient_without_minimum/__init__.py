from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED, victim_services
from tender_eval.lint.criteria import award_parameter_at, quality_gate_lacks
from tender_eval.lint.expressions import of_points
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Chain, Figure, Node, OverBids, Power
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class QuotientWithoutMinimum(LintRule):
    """Quality points, or an index of them, are set over the price, and no bid can be rejected for its quality.

    A bid at half the price wins with half the quality, and one at a tenth of the price with a tenth: the quotient
    knows no level that is too low to buy. An index of quality over the price bends that, and keeps it. The guidance
    that reports this method marks every aspect against published guidelines; the gate has to be stated by the
    scheme. Set a minimum for quality, in total or in each question that matters for safety.
    """

    code = "TE310"
    name = "quotient-without-minimum"
    severity = Severity.WARNING
    summary = "A cheap and poor bid can win on cost per quality point."
    keywords = "lowest_cost_per_quality_point, price divided by quality, value for money index"
    clauses = (CONSTRUCTED, victim_services("2.3b"))
    thresholds = ("gated_quality_least",)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        gate = quality_gate_lacks(scheme, scheme.thresholds["gated_quality_least"].value)
        quotient = _quotient(scheme) if gate else None
        if quotient is not None:
            outcome = "a bid ten times cheaper may be ten times worse"
            if any(isinstance(part, Power | OverBids) for part in quotient.walk()):
                outcome = "a price that is low enough makes up for poor quality"
            message = f"{scheme.rule.name} with {gate}: {outcome}"
            yield Finding(
                message, award_parameter_at(scheme), "give the quality criteria a minimum, such as minimum: 50%"
            )


def _quotient(scheme: SchemeView) -> Node | None:
    """What the rule ranks by, where points, or an index of them, are divided by the price or it by them."""
    if isinstance(scheme.figure, Unsupported):
        return None
    for part in scheme.figure.walk():
        for sign, divisor in part.rest if isinstance(part, Chain) else ():
            top = [one for one in part.parts if one is not divisor] if isinstance(part, Chain) else []
            if sign == "/" and (
                (_of_price(scheme, divisor) and any(map(of_points, top)))
                or (of_points(divisor) and any(_of_price(scheme, one) for one in top))
            ):
                return scheme.figure
    return None


def _of_price(scheme: SchemeView, node: Node) -> bool:
    return any(isinstance(part, Figure) and part.column == scheme.price for part in node.walk())
