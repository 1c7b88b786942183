"""What the law says of conditions of participation: proportionate, and members' capacities counted together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from tender_eval.lint.act import ActRule
from tender_eval.lint.example import but
from tender_eval.lint.mentions import conditions_on
from tender_eval.lint.model_example import MODEL
from tender_eval.model.diagnostics import Severity
from tender_eval.model.scheme import Condition
from tender_eval.model.wording import fixed, percent
from tender_eval.plugins.lint_rule import Clause, Finding, SchemeView

ACT = "Procurement Act 2023"
_INCOMES = frozenset({"supplier.annual_income", "pooled.annual_income"})
_STATED_INCOME = re.compile(r"^values\.(?!other).*(?:turnover|income|revenue)", re.IGNORECASE)
_ACCOUNTS = re.compile(
    r"\baudit(?:ed)? (?:[\w-]+ ){0,6}?(?:accounts|statements)\b|\b(?:accounts|statements),? (?:\w+ ){0,3}audited\b",
    re.IGNORECASE,
)
_WHERE_DUE = re.compile(
    r"\b(?:where|if|when|unless)\b[^.;]{0,120}?\b(?:requir\w+|law|act|exempt)\b|\bas [^.;]{0,120}?\b(?:law|act)\b"
    r"|\bor (?:un|not )audited",
    re.IGNORECASE,
)
_INSURANCE = re.compile(r"(?<!national )\binsur(?:e|ed|er|ers|ance|ances)\b", re.IGNORECASE)
_PROMISED = re.compile(
    r"\b(?:will (?:take|obtain|have|hold|get|insure|arrange|put)|would|undertak\w+|commit(?:s|ment)?|agrees?"
    r"|willing|promise[sd]?|able to (?:obtain|take out|get|arrange)|can (?:obtain|take out|get|arrange))\b"
    r"|\b(?:by|before|from|at|prior to) (?:the )?(?:contract|start|commencement)\b|\bon award\b"
    r"|\bif (?:successful|awarded)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"^consortium\.share\..*(?:local|by_and_for)")
_INCOME_LINES = (
    "    title: Yearly income of at least a quarter of the yearly value, confirmed members included\n"
    "    reads: supplier.annual_income\n    at_least: 25% of annual_value\n    pooled: true\n"
)


def _of_income(scheme: SchemeView) -> list[tuple[int, Condition]]:
    """The conditions that ask for an income, as the figure of that name or as one of the scheme's own."""
    asked = [(n, c) for n, c in enumerate(scheme.scheme.conditions) if c.at_least is not None]
    return [(n, c) for n, c in asked if c.reads in _INCOMES or _STATED_INCOME.search(c.reads)]


class IncomeOutOfProportion(ActRule):
    """The income that is asked for is high against the value of the contract.

    A condition must be a proportionate means of ensuring that suppliers can perform. The Public Contracts
    Regulations 2015 let authorities ask for twice the contract's value at most; the Act that replaced them names
    no figure, and the limit here is our reading: the yearly value once. An amount is compared with the estimated
    value over the years and, where the contract is divided, over its lots. Small specialist providers fail such
    conditions first. Lower it, cut the lots, or say what risk it meets.
    """

    code = "TE201"
    name = "income-out-of-proportion"
    severity = Severity.WARNING
    summary = "The income condition asks for more than the contract's yearly value."
    clauses = (Clause(ACT, "s.22(1)-(2)", False), Clause("Public Contracts Regulations 2015", "reg. 58(9)", False))
    figures = ("most_income_multiple", *ActRule.figures)
    bad = but(("at_least: 25% of annual_value", "at_least: 200% of annual_value"), text=MODEL)
    good = MODEL

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """Conditions on income as a share of the yearly value, or as an amount beside the estimated value."""
        most = scheme.figures["most_income_multiple"].value
        year = _value_of_a_year(scheme)
        for n, condition in _of_income(scheme):
            bound = condition.at_least
            asked: Fraction | None = None
            if bound and bound.of.endswith("annual_value"):
                asked = bound.amount
            elif bound and not bound.of and year is not None:
                asked = bound.amount / year
            if asked is not None and asked > most:
                message = (
                    f'condition "{condition.id}" asks for an income of {fixed(asked * 100, 0)}% of the yearly value'
                )
                if bound and not bound.of and _lots(scheme) > 1:
                    message += " of an average lot"
                hint = f"ask for {percent(most)} at most, or say in notes what risk needs more"
                yield Finding(message, scheme.at("conditions", n, "at_least"), hint)


def _lots(scheme: SchemeView) -> int:
    return scheme.scheme.regime.lots or 1


def _value_of_a_year(scheme: SchemeView) -> Fraction | None:
    """The estimated value over the years and the lots; None where it is not stated."""
    regime, model = scheme.scheme.regime, scheme.scheme.price
    value, years = regime.estimated_value, regime.years or (model.years if model else 1)
    return value / years / _lots(scheme) if value is not None else None


class IncomeNotPooled(ActRule):
    """The income of consortium members does not count together.

    Whether suppliers that bid together meet a condition is to be judged on what they have together. Without
    `pooled: true` only the lead's own income is read, and a consortium of small providers fails where it should
    pass.
    """

    code = "TE202"
    name = "income-not-pooled"
    severity = Severity.WARNING
    summary = "A condition on income leaves out the other members of a consortium."
    clauses = (Clause(ACT, "s.22(8)-(9)", False),)
    bad = but(("    pooled: true\n", ""), text=MODEL)
    good = MODEL

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """Every lower bound on income without `pooled`."""
        for n, condition in _of_income(scheme):
            if not condition.pooled and not condition.reads.startswith("pooled."):
                message = f'condition "{condition.id}" reads the income of the lead alone'
                known = condition.reads in _INCOMES
                hint = "add pooled: true" if known else "write reads: supplier.annual_income and pooled: true"
                yield Finding(message, scheme.at("conditions", n, "reads"), hint)


class AuditedAccounts(ActRule):
    """Bidders are asked for audited accounts.

    A condition may not require audited accounts of suppliers that the Companies Act does not require to have
    them; small charities and companies mostly have none. Ask for the accounts that they have. A title that asks for
    them only where the law requires them is left alone.
    """

    code = "TE203"
    name = "audited-accounts"
    severity = Severity.ERROR
    summary = "A condition asks for audited accounts."
    clauses = (Clause(ACT, "s.22(3)(a)", False),)
    bad = but((_INCOME_LINES, ("    title: Audited accounts for three years\n    reads: declarations.audited_accounts\n"
               "    must_be: true\n")), text=MODEL)  # fmt: skip
    good = MODEL

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """Conditions that speak of audited accounts."""
        for condition in conditions_on(scheme, _ACCOUNTS):
            if _WHERE_DUE.search(condition.title):
                continue
            message = f'condition "{condition.id}" asks for audited accounts'
            hint = "ask for the accounts that the law has the bidder keep; small providers need not have them audited"
            yield Finding(message, condition.where, hint)


class InsuranceBeforeAward(ActRule):
    """Insurance is asked for before there is a contract.

    A condition may not require insurance to be in place before the award. Ask for the promise to take it out.
    Ignore this where a promise is enough and the title does not show it.
    """

    code = "TE204"
    name = "insurance-before-award"
    severity = Severity.ERROR
    summary = "A condition asks for insurance that is in place before the award."
    clauses = (Clause(ACT, "s.22(3)(b)", False),)
    bad = but((_INCOME_LINES, ("    title: Public liability insurance is in place\n    reads: declarations.insurance\n"
               "    must_be: true\n")), text=MODEL)  # fmt: skip
    good = but((_INCOME_LINES, ("    title: Will take out public liability insurance before the start\n"
                "    reads: declarations.will_insure\n    must_be: true\n")), text=MODEL)  # fmt: skip

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """Conditions on insurance whose words do not say that a promise is enough."""
        for condition in conditions_on(scheme, _INSURANCE):
            if not _PROMISED.search(f"{condition.title} {condition.reads}".replace("_", " ")):
                message = f'condition "{condition.id}" asks for insurance to be in place'
                yield Finding(message, condition.where, "ask whether the bidder will take it out by the start")


class ConditionOnSize(ActRule):
    """Bidders are turned away for their size.

    Conditions ensure that suppliers can perform; size says little of that, and authorities must have regard to the
    barriers that small and medium-sized suppliers face. Ask for what is needed instead. Ignore this where the law
    reserves the contract.
    """

    code = "TE205"
    name = "condition-on-size"
    severity = Severity.WARNING
    summary = "A condition reads the supplier's size."
    clauses = (Clause(ACT, "s.22(1)", False), Clause(ACT, "s.12(4)", False))
    bad = but((_INCOME_LINES, "    title: Medium or large\n    reads: supplier.size\n    one_of: [medium, large]\n"),
              text=MODEL)  # fmt: skip
    good = MODEL

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """Conditions that read the size, as such or as whether a supplier is small."""
        for condition in scheme.scheme.conditions:
            if condition.reads in ("supplier.size", "supplier.is_small"):
                message = f'condition "{condition.id}" turns bidders away for their size'
                yield Finding(message, condition.where, "ask for the ability that the contract needs")


class ConditionOnPlaceOrYears(ActRule):
    """Bidders are turned away because of where they are, how long they have been there, or whom they belong to.

    Experience in one place, an office in the area and being led by a community can be weighed as criteria where
    they serve the people who use the service; as conditions they shut out everybody else, treaty state suppliers
    among them. Make them criteria. Ignore this where the law reserves the contract, and name the section.
    """

    code = "TE206"
    name = "condition-on-place"
    severity = Severity.WARNING
    summary = "A condition reads where a bidder is, for how long, or whom it is led by."
    clauses = (Clause(ACT, "s.22(1)-(2)", False), Clause(ACT, "s.90", False))
    bad = but((_INCOME_LINES, ("    title: Five years in the area\n    reads: supplier.years_in_area\n"
               "    at_least: 5\n")), text=MODEL)  # fmt: skip
    good = MODEL
    _facts = frozenset({"supplier.areas", "supplier.years_in_area", "pooled.years_in_area", "supplier.areas_covered",
                        "consortium.areas_covered", "supplier.by_and_for"})  # fmt: skip

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """Conditions that read such a fact."""
        for condition in scheme.scheme.conditions:
            if condition.reads in self._facts or _SHARE.search(condition.reads):
                message = f'condition "{condition.id}" turns bidders away by {condition.reads}'
                hint = "make it a criterion that names the benefit to the people served, such as local_specialist"
                yield Finding(message, condition.where, hint)
