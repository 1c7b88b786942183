"""What the law says of criteria, lots and the regime that the scheme is published under."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.act import ActRule, states_the_act, states_what_the_act_replaced, under_the_act
from tender_eval.lint.example import but
from tender_eval.lint.mentions import criteria_on
from tender_eval.lint.model_example import MODEL
from tender_eval.lint.rules.guidance_weights import SOCIAL_VALUE
from tender_eval.lint.rules.law_conditions import ACT
from tender_eval.model.diagnostics import Severity
from tender_eval.model.wording import shown
from tender_eval.plugins.lint_rule import Clause, Finding, LeafView, LintRule, SchemeView
from tender_eval.regime.duties import duty

_PEOPLE = re.compile(
    r"\b(survivors?|victims?|women|children|people|communit(?:y|ies)|clients?|users?|recipients?|families|patients?)\b",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\bproximity\b|\bnear(?:by|ness)? to (?:where|the people|users|clients)\b|\blocally[ -](?:based|rooted|led)\b"
    r"|\blocal (?:\w+ )?(?:specialists?|providers?|suppliers?|bidders?|organi[sz]ations?|firms?|office|premises|base"
    r"|presence|experience|expertise|knowledge|connections?|networks?|relationships?|track record)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\bpostcodes?\b|\blocal (?:office|premises|base|presence)\b"
    r"|\b(?:offices?|premises|based|located|headquartered|registered) (?:in|within|inside) the "
    r"(?:\w+ )?(?:borough|county|city|district|area|region|town|parish)\b",
    re.IGNORECASE,
)
_STANDING = frozenset({"supplier.annual_income", "pooled.annual_income", "supplier.size", "supplier.employees"})
_WHOSE = {
    "light_touch_threshold": "light touch contracts",
    "central_threshold": "central authorities",
    "sub_central_threshold": "sub-central authorities",
}


class NoLots(ActRule):
    """The contract is not divided into lots, and no reason is given.

    Before publishing, the authority must consider whether the contract could reasonably be let in lots, and either
    do so or give its reasons. State `lots` or `no_lots_reason` under `regime`; `tender-eval simulate lots` shows
    what lots would do, and can be the reason.
    """

    code = "TE211"
    name = "no-lots-no-reason"
    severity = Severity.WARNING
    summary = "Neither lots nor the reason for having none is stated."
    clauses = (Clause(ACT, "s.18", False),)
    bad = but((", lots: 3", ""), text=MODEL)
    good = MODEL

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """`regime.lots` and `regime.no_lots_reason`."""
        regime = scheme.scheme.regime
        lots = regime.lots
        if (lots is None or lots == 1) and not regime.no_lots_reason and scheme.scheme.award.lots is None:
            message = "the scheme states neither lots nor why the contract is not divided into lots"
            where = scheme.at("regime", "lots") if lots else scheme.at("regime")
            yield Finding(message, where, "state lots: and their number, or no_lots_reason: under regime")


class LocalOutsideLightTouch(ActRule):
    """Proximity is weighed in a contract that is not stated to be light touch.

    Only for light touch contracts does the Act say that criteria may weigh the proximity between supplier and
    service recipients, their views and their different needs. State `light_touch: true` where the service is one,
    or tie the criterion to what is delivered. What is offered to a community as social value is no proximity.
    """

    code = "TE212"
    name = "local-outside-light-touch"
    severity = Severity.WARNING
    summary = "A criterion on proximity in a contract that is not light touch."
    clauses = (Clause(ACT, "s.23(6)", False),)
    bad = but(("light_touch: true", "light_touch: false"), text=MODEL)
    good = MODEL

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """Criteria scored by local_specialist, and those whose words weigh nearness."""
        if scheme.scheme.regime.light_touch is True:
            return
        for leaf in criteria_on(scheme, _NEAR, "local_specialist"):
            if SOCIAL_VALUE.search(_said(leaf)) or leaf.scorer.name == "social_value_commitments":
                continue  # what is offered to the community, whoever offers it
            message = f'criterion "{leaf.criterion.id}" weighs proximity, and the contract is not stated as light touch'
            yield Finding(message, leaf.criterion.where, "state light_touch: true if it is, or score what is delivered")


class PostcodeNotBenefit(ActRule):
    """A criterion rewards being local without saying what people gain by it.

    The lawful ground is the importance of proximity between the supplier and those who receive the service.
    Describe that benefit, so that bidders from elsewhere know what they would have to offer.
    """

    code = "TE213"
    name = "postcode-not-benefit"
    severity = Severity.WARNING
    summary = "A local criterion does not name the benefit to the people served."
    clauses = (Clause(ACT, "s.23(6)", False), Clause(ACT, "s.23(2)(a)", False))
    bad = but((("        description: Survivors can reach the service near to where they are, from people who know the "
               "area.\n"), ""), text=MODEL)  # fmt: skip
    good = MODEL

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """What criteria scored by local_specialist, and those whose words ask for a place, say of whom they serve."""
        for leaf in scheme.leaves:
            said = f"{leaf.criterion.title} {leaf.criterion.description}"
            placed = leaf.scorer.name == "local_specialist" or _PLACED.search(said)
            if placed and not _PEOPLE.search(said):
                message = f'criterion "{leaf.criterion.id}" rewards being local and does not say whom that helps'
                yield Finding(message, leaf.criterion.where, "describe what the people served gain by it")


class StandingAsCriterion(ActRule):
    """An award criterion scores the supplier's size or income.

    Award criteria must relate to the subject-matter of the contract; financial standing belongs into a condition
    that is passed or failed. Scoring it counts the size of a provider as quality.
    """

    code = "TE214"
    name = "standing-as-criterion"
    severity = Severity.ERROR
    summary = "Size or income is scored as an award criterion."
    clauses = (Clause(ACT, "s.23(2)(a)", False), Clause(ACT, "s.22", False))
    bad = but(
        (("          name: network_strength\n"
         "          networks_together: {share: 100%, bands: [{from: 2, share: 50%}, {from: 4, share: 100%}]}\n"),
         "          name: ratio_to_highest\n          field: supplier.annual_income\n"),
        text=MODEL,
    )  # fmt: skip
    good = MODEL

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """The columns that each criterion reads."""
        for leaf in scheme.leaves:
            for read in leaf.reads:
                if read.column in _STANDING:
                    message = f'criterion "{leaf.criterion.id}" scores {read.column}'
                    yield Finding(message, leaf.criterion.where, "make it a condition, proportionate to the lot")


class RegimeUnstated(LintRule):
    """The scheme does not say under which law it is published, or names one whose clauses are not checked here.

    Which duties hold depends on it: lots, standstill, assessment summaries, what may be weighed. State `law`,
    `light_touch` and `estimated_value` under `regime`; without them several rules on law cannot be checked. The
    rules on law rest on the Procurement Act 2023, and say nothing of a scheme that is published under another law:
    this note says so in their place. Ignore it where that is meant.
    """

    code = "TE215"
    name = "regime-unstated"
    severity = Severity.NOTE
    summary = "The law, the light touch regime or the estimated value is not stated, or the law is not one known here."
    clauses = (Clause(ACT, "s.23 and Schedule 1", False),)
    bad = but(("light_touch: true, estimated_value: 900000,\n  ", ""), text=MODEL)
    good = MODEL

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The three keys of the regime; the last two where the Act may govern the scheme."""
        regime = scheme.scheme.regime
        keys = ("law", "light_touch", "estimated_value") if under_the_act(scheme) else ("law",)
        lacks = [key for key in keys if getattr(regime, key) is None]
        if lacks and not scheme.grants:
            message = f"regime does not state {', '.join(lacks)}"
            yield Finding(message, scheme.at("regime"), "state it, so that what the law asks can be checked")
        if regime.law and not under_the_act(scheme):
            law = regime.law
            message = f'no clause of "{law}" was checked: the rules on law know the Procurement Act 2023 alone'
            hint = "write law: procurement-act-2023 if that is meant; else ask who knows that law"
            yield Finding(message, scheme.at("regime", "law"), hint)


class RepealedLaw(LintRule):
    """The scheme is published under regulations that no longer govern new procurements.

    The Procurement Act 2023 has governed procurements that begin on or after 24 February 2025, in place of the
    regulations on public, utilities and concession contracts; those of Scotland stand. Ignore this where the
    procurement began before, and say when; or state `published` under `regime`.
    """

    code = "TE216"
    name = "repealed-law"
    severity = Severity.ERROR
    summary = "The stated law no longer governs new procurements."
    clauses = (Clause("Procurement Act 2023 (Commencement No. 3) Regulations 2024", "", False),)
    bad = but(("law: procurement-act-2023", "law: public-contracts-regulations-2015"), text=MODEL)
    good = MODEL
    figures = ("act_in_force",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The name of the law, on a day on which the Act is in force."""
        if states_what_the_act_replaced(scheme):
            law = scheme.scheme.regime.law
            message = f'"{law}" does not govern procurements that begin on {scheme.on.isoformat()}'
            hint = "write law: procurement-act-2023, and check what changes with it"
            yield Finding(message, scheme.at("regime", "law"), hint)


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
    clauses = (Clause(ACT, "Schedule 1 and Part 6", False),)
    figures = (*_WHOSE, *ActRule.figures)
    bad = but(("estimated_value: 900000", "estimated_value: 90000"), text=MODEL)
    good = MODEL

    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """The estimated value against the threshold that holds for this contract."""
        value, row = scheme.scheme.regime.estimated_value, duty(scheme.scheme.regime, "threshold", scheme.on)
        if row is None or value is None or not states_the_act(scheme):
            return
        least = scheme.figures[row.name].value
        if value < least:
            message = (
                f"the estimated value {shown(value)} is below the threshold of {shown(least)} for {_WHOSE[row.name]}, "
                "VAT included"
            )
            hint = "most duties on covered procurement do not hold: keep what bidders must write in proportion"
            yield Finding(message, scheme.at("regime", "estimated_value"), hint)


def _said(leaf: LeafView) -> str:
    return f"{leaf.criterion.id.replace('_', ' ')} {leaf.criterion.title}"
