from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import THREE_YEARS, toolkit, victim_services
from tender_eval.lint.criteria import is_guided
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class ShortTerm(LintRule):
    """The contract is shorter than the multi-year funding that guidance asks for.

    The guidance asks for multi-year commissioning where possible, since certainty keeps specialist services going.
    Statutory guidance of 2008, which the guidance of 2009 quotes, takes "three years (or more)" as the starting point,
    subject to what can be afforded and to the purpose. Lengthen the contract, or ignore this for a pilot.
    """

    code = "TE113"
    name = "short-term"
    severity = Severity.WARNING
    summary = "The contract is for less than three years."
    keywords = "contract length, duration, multi-year funding, annual contract, years"
    clauses = (toolkit("3.4"), victim_services("2.3d"), THREE_YEARS)
    thresholds = ("least_years",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The years of the regime, else of the price model."""
        model = scheme.scheme.price
        years = scheme.scheme.regime.years or (model.years if model and model.components else None)
        where = scheme.at("regime", "years") if scheme.scheme.regime.years is not None else scheme.at("price", "years")
        least = scheme.thresholds["least_years"].value
        if is_guided(scheme) and years is not None and years < least and not scheme.grants:
            message = f"the contract is for {years} {'year' if years == 1 else 'years'}, less than {shown(least)}"
            yield Finding(message, where, "fund for several years, with break clauses where they are needed")
