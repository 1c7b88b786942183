from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import LUNANDER, toolkit
from tender_eval.lint.criteria import may_serve_people
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class OffersWithoutLimit(LintRule):
    """Bidders may ask less for several lots together, and nothing keeps one of them from all lots.

    Lots are cut so that small providers can bid. A package or discount over all lots is open to large bidders alone,
    and can undo that in one award, after which fewer are left to bid the next time. Two Swedish towns that took such
    bids for supported homes put a value on at least three suppliers; that cost much less than they had announced to
    pay for it. State `fewest_suppliers`, `most_awarded` or `most_value`, and ask `tender-eval award --price-of-
    limits` what it costs. Ignore this where one supplier for all lots is wanted.
    """

    code = "TE127"
    name = "offers-without-limit"
    severity = Severity.NOTE
    summary = "Packages or discounts, and no limit on what one supplier is awarded."
    keywords = "packages, discounts, combining lots, small providers, SME, fewest_suppliers, most_awarded, most_value"
    clauses = (toolkit("3.6.1"), LUNANDER)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Offers for several lots without a limit by number, value or suppliers."""
        limits = scheme.scheme.award.lots
        if limits is None or not limits.offers.any or not may_serve_people(scheme):
            return
        stated = (limits.most_awarded, limits.most_value, limits.fewest_suppliers, limits.most_tendered)
        if not any(one is not None for one in stated):
            taken = limits.offers.taken
            message = f"{' and '.join(taken)} are taken, and nothing keeps one supplier from being awarded all lots"
            hint = "add fewest_suppliers: 2 (or more) below lots:, or most_awarded or most_value"
            yield Finding(message, scheme.at("award", "lots", taken[0]), hint)
