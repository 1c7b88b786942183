from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC, MEASURABLE
from tender_eval.model.diagnostics import Severity
from tender_eval.model.scheme import LotLimits
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class OffersOutOfReach(LintRule):
    """Packages or discounts are taken under limits that leave room for none of them.

    A package is for two lots at least, and a discount counts from two lots on. Where one supplier may be awarded, or
    may bid for, one lot only, or where as many suppliers must win as there are lots, no such offer can ever be
    awarded. Bidders work out prices that cannot count, and who asks more for each lot alone, counting on its package,
    loses. Raise the limit to two lots or more, or take no offers for several lots.
    """

    code = "TE335"
    name = "offers-out-of-reach"
    severity = Severity.WARNING
    summary = "Packages or discounts that no limit leaves room for."
    keywords = "packages, discounts, combining lots, most_awarded, most_tendered, fewest_suppliers"
    clauses = (ARITHMETIC, MEASURABLE)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        """Offers for several lots beside limits of one lot, or of as many suppliers as lots."""
        limits = scheme.scheme.award.lots
        if limits is None or not limits.offers.any:
            return
        lots = scheme.scheme.regime.lots
        for name, said in _one_lot(limits):
            message = f"{_offers(limits)} are taken, and {said}: none of them can ever be awarded"
            hint = f"raise {name} to 2 or more, or remove {_keys(limits)}"
            yield Finding(message, scheme.at("award", "lots", name), hint)
        fewest = limits.fewest_suppliers
        if fewest is not None and lots is not None and fewest >= lots > 1:
            message = (
                f"{_offers(limits)} are taken, and {fewest} suppliers must be awarded something of {lots} lots: each "
                "has one at the most, and no such offer can ever be awarded"
            )
            hint = f"write fewest_suppliers: {lots - 1} or fewer, or remove {_keys(limits)}"
            yield Finding(message, scheme.at("award", "lots", "fewest_suppliers"), hint)


def _one_lot(limits: LotLimits) -> Iterator[tuple[str, str]]:
    if limits.most_awarded == 1:
        yield "most_awarded", "one supplier may be awarded one lot only"
    if limits.most_tendered == 1:
        yield "most_tendered", "one supplier may bid for one lot only"


def _offers(limits: LotLimits) -> str:
    return " and ".join(limits.offers.taken)


def _keys(limits: LotLimits) -> str:
    return " and ".join(f"{key}:" for key in limits.offers.taken)
