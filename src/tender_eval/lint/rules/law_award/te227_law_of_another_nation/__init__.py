from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.model.diagnostics import Severity
from tender_eval.model.regime import Law, Nation
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView
from tender_eval.regime.duties import rows_of


class LawOfAnotherNation(LintRule):
    """The stated law does not govern authorities of the stated nation.

    The Procurement Act 2023 leaves devolved Scottish authorities to the Scottish regulations; the Provider Selection
    Regime of Wales is in regulations of its own, with other key criteria, and Northern Ireland has none. Letters,
    notices and the standstill period say nothing of a law that does not bind. Name the law of the nation, or the nation
    that is meant: an authority of the United Kingdom that buys in Scotland or Wales is not a devolved one, so state
    `nation: england` for it. A police and crime commissioner in Wales is treated so without that.
    """

    code = "TE227"
    name = "law-of-another-nation"
    severity = Severity.ERROR
    summary = "The law does not govern authorities of the stated nation."
    keywords = "Scotland, Wales, Northern Ireland, devolved, PSR Wales, reserved authority"
    clauses = (
        act("ss.111 and 119(2)"),
        Clause("Health Services (Provider Selection Regime) (Wales) Regulations 2025", "reg. 1(3)", True),
    )

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """`regime.nation` against the nations in which the law is in force."""
        law, home = scheme.scheme.regime.law, scheme.scheme.regime.home
        nations: set[Nation] = {
            nation for row in rows_of("in_force") if law in row.who.laws for nation in row.who.nations
        }
        if law is None or not nations or home in nations or home is Nation.NONE:
            return
        kindred = [one for one in _KINDRED if law in one]
        standing = [row.who.laws for row in rows_of("in_force") if home in row.who.nations and row.stands(scheme.on)]
        rather = [one for one in Law if any(one in laws for laws in standing)]
        best = [one for one in rather if any(one in group for group in kindred)] or rather
        told = ", ".join(nation for nation in Nation if nation in nations)
        hint = f"write law: {' or '.join(best)}, or the nation that is meant ({told})"
        yield Finding(f'"{law}" does not govern authorities of {home}', scheme.at("regime", "law"), hint)


_KINDRED = ({Law.PSR_2023, Law.PSR_WALES_2025}, {Law.PROCUREMENT_ACT_2023, Law.PCR_2015, Law.PCSR_2015})
"""Laws on the same contracts in different nations, or one after the other."""
