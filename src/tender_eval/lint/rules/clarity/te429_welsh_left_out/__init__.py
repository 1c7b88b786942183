from __future__ import annotations

from collections.abc import Iterator

from tender_eval.files.welsh import WELSH, Told, speaks_welsh, without_welsh
from tender_eval.model.diagnostics import Severity
from tender_eval.model.regime import Authority, Nation
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

STANDARDS = "Welsh Language Standards (No. 1) Regulations 2015"


class WelshLeftOut(LintRule):
    """Some texts of the scheme are said in Welsh and others are not, or its authority may owe them all.

    A methodology or letter in Welsh takes from the scheme what has no Welsh in English, so that a bidder reads a
    document in two languages. Say every text in Welsh, or none. Councils in Wales and the Welsh Ministers can be given
    a compliance notice with standards on invitations to tender (regulation 3 and Schedule 1, read by us but for the
    wording of standards 76 to 80; Welsh Language (Wales) Measure 2011, section 44): what yours says, it says itself.
    Ignore this where the notice does not ask for it, or where the Welsh stands in a scheme of its own.
    """

    code = "TE429"
    name = "welsh-left-out"
    severity = Severity.NOTE
    summary = "Some texts are said in Welsh and others are not, or a Welsh authority says none in Welsh."
    keywords = "Wales, Cymraeg, bilingual, title_cy, descriptor_cy, translation, Welsh Language Standards"
    clauses = (
        Clause(STANDARDS, "reg. 3", True),
        Clause(STANDARDS, "Schedule 1, standards 76 to 80", False),
        Clause("Welsh Language (Wales) Measure 2011", "s.44", False),
    )

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        """Once for a scheme, with every place."""
        regime, missing = scheme.scheme.regime, without_welsh(scheme.scheme)
        if not missing:
            return
        if speaks_welsh(scheme.scheme):
            told = "one text is" if len(missing) == 1 else f"{len(missing)} texts are"
            message = f"{told} not said in Welsh, and others are: {', '.join(map(_place, missing))}"
            yield Finding(message, missing[0].where, f"add {missing[0].name}{WELSH}, and the others, or leave all out")
        elif regime.nation is Nation.WALES and regime.authority in (Authority.COUNCIL, Authority.CENTRAL):
            message = f"nothing is said in Welsh, and the authority may owe it ({len(missing)} texts)"
            hint = f"see the authority's compliance notice; add {missing[0].name}{WELSH} and the others where it asks"
            yield Finding(message, scheme.at("regime", "nation"), hint)


def _place(told: Told) -> str:
    return f'{told.name}{WELSH} of "{told.of}" (line {told.where.line})'
