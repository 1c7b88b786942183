"""What guidance asks of the weights: quality before price, and room for what small specialist providers bring."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import ClassVar

from tender_eval.lint.criteria import bare, counted, may_serve_people, param_at, prices
from tender_eval.lint.example import but
from tender_eval.lint.mentions import criteria_on
from tender_eval.lint.model_example import MODEL
from tender_eval.model.diagnostics import Severity
from tender_eval.model.location import Location
from tender_eval.model.regime import Authority
from tender_eval.model.wording import percent
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Points
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

TOOLKIT = "Home Office VAWG Services Commissioning Toolkit (March 2022)"
MOJ = "MoJ Victim Services Commissioning Guidance (October 2024)"
SOCIAL_VALUE = re.compile(
    r"social[ -]value|community benefits?\b|\bsocial (?:impact|return)\b|\bsocial, (?:economic|environmental)\b",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"\b(local(?! (?:authorit|council|government))|locally|proximity|in the area)\b", re.IGNORECASE)
_NETWORKS = re.compile(r"\b(networks?|relationships?|connections?|pathways?|partners?(?:hips?)?)\b", re.IGNORECASE)
_CONSORTIA = re.compile(r"\b(consorti(?:a|um|ums)|joint bids?|sub-?contractors?)\b", re.IGNORECASE)
_SURVIVORS = re.compile(
    r"\b(survivors?|victims?|service[ -](?:users?|recipients?)|lived experience|co-?produc\w+|people who use|patients?"
    r"|clients?|carers?|beneficiar(?:y|ies))\b",
    re.IGNORECASE,
)


class PriceWeightHigh(LintRule):
    """The price carries more weight than the guidance's preference for excellence of practice allows.

    The toolkit asks for "a suitable cost/quality ratio that prioritises excellence of practice", and names no
    figure: the limit is ours and stands in the table of thresholds. A high price weight favours providers that
    spread their overheads over many contracts. Lower it, or score the price against a published band so that what
    it decides is known in advance. Ignore this where the service is fully specified and bids differ in price alone.
    """

    code = "TE101"
    name = "price-weight-high"
    severity = Severity.WARNING
    summary = "The price has too much weight for excellence of practice to come first."
    clauses = (Clause(TOOLKIT, "3.6.1", True), Clause(TOOLKIT, "5.3", True))
    figures = ("most_price_weight",)
    bad = but(
        ("    weight: 70\n", "    weight: 40\n"),
        ("        weight: 20\n        scorer: mark\n        scale: zero_to_three\n      - id: standards",
         "        weight: 5\n        scorer: mark\n        scale: zero_to_three\n      - id: standards"),
        ("        weight: 20\n        scorer: mark\n        scale: zero_to_three\n      - id: social_value",
         "        weight: 5\n        scorer: mark\n        scale: zero_to_three\n      - id: social_value"),
        ("    weight: 30\n", "    weight: 60\n"),
        text=MODEL,
    )  # fmt: skip
    good = MODEL

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The price weight of what counts in the award, or of the award rule, against the most in the table."""
        most = scheme.figures["most_price_weight"]
        if isinstance(scheme.weights, Unsupported):
            message = f"how much the price weighs cannot be told: of {scheme.rule.name}, {scheme.weights.why}"
            hint = "say in the notes at which weights it is set against quality"
            yield Finding(message, scheme.at("award", "rule"), hint)
            return
        price, where = _price_weight(scheme)
        if price > most.value:
            said = " (our reading: the guidance names no figure)" if most.assumed else ""
            message = f"the price has {percent(price)} of the weight, more than {percent(most.value)}{said}"
            yield Finding(message, where, "give quality more weight, or say why the price decides")


def _price_weight(scheme: SchemeView) -> tuple[Fraction, Location]:
    """The weight of the price, and where it is stated; zero where no weight sets it against quality."""
    rule = scheme.at("award", "rule")
    if scheme.weights is not None and not isinstance(scheme.weights, Unsupported):
        quality, price = scheme.weights
        return price / (price + quality) if price + quality else Fraction(0), param_at(
            scheme.scheme.award.rule, "price_weight", rule
        )
    leaves = prices(scheme) if isinstance(bare(scheme.figure), Points) and not scheme.grants else ()
    heaviest = max(leaves, key=lambda leaf: leaf.share, default=None)
    if heaviest is None:
        return Fraction(0), rule
    whole = sum((leaf.share for leaf in counted(scheme)), Fraction(0))
    price = sum((leaf.share for leaf in prices(scheme)), Fraction(0))
    return price / whole if whole else Fraction(0), heaviest.criterion.where


class LowestPriceAward(LintRule):
    """The award goes to the lowest price, or nothing but the price is scored.

    Value for money is not the lowest unit cost: specialist services may cost more a unit and save other services
    more. Score quality, or set the price against it. Ignore this where quality is settled before by conditions
    and a fixed specification, and the notes say so.
    """

    code = "TE102"
    name = "lowest-price-award"
    severity = Severity.WARNING
    summary = "The lowest price wins, whatever it buys."
    clauses = (Clause(TOOLKIT, "3.3", True), Clause(TOOLKIT, "5.3", True))
    bad = but(("  rule: highest_score\n", "  rule: lowest_price\n"), text=MODEL)
    good = MODEL

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The award rule, and whether any criterion leaves the price unread."""
        only = bool(scheme.leaves) and all(leaf.reads_price for leaf in scheme.leaves)
        if not scheme.counts or (only and not scheme.grants):
            message = "nothing but the price decides the award"
            hint = "score quality too, or set the price against it (see rules list)"
            yield Finding(message, scheme.at("award", "rule"), hint)


class _Missing(LintRule):
    """A rule that asks for a criterion on something; one that stands in the scheme is enough.

    Asked of services to people alone, but where ``of_every_contract``.
    """

    of_every_contract: ClassVar[bool] = False
    words: ClassVar[re.Pattern[str]]
    scorers: ClassVar[tuple[str, ...]] = ()
    wanted: ClassVar[str]
    mend: ClassVar[str]

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Whether any scored criterion is about it."""
        if not (self.of_every_contract or may_serve_people(scheme)):
            return
        if scheme.leaves and not criteria_on(scheme, self.words, *self.scorers):
            yield Finding(f"no criterion is about {self.wanted}", scheme.at("criteria"), self.mend)


class NoSocialValue(_Missing):
    """No criterion is about social value.

    The Ministry of Justice asks for "a social value consideration in tender opportunities"; the toolkit, for
    weight on it. Add a criterion that says what is to be offered to whom over the contract, or score commitments
    by number with `social_value_commitments`. Ignore this where social value is a condition of the contract.
    """

    of_every_contract = True
    code = "TE103"
    name = "no-social-value"
    severity = Severity.WARNING
    summary = "Social value is not scored."
    clauses = (Clause(MOJ, "2.3a, point 3", True), Clause(TOOLKIT, "3.6.1", True))
    words = SOCIAL_VALUE
    scorers = ("social_value_commitments",)
    wanted = "social value"
    mend = "add one, with what counts and how it is measured"
    bad = but(
        (
            "      - id: social_value\n        title: Social value\n",
            "      - id: offer\n        title: Further offer\n",
        ),
        text=MODEL,
    )
    good = MODEL


class SocialValueLight(LintRule):
    """Social value has less weight than central government's own policy asks of central government.

    The model gives it at least a tenth of the total. The policy binds central government only; others may take it
    as a guide. Give social value more weight, or ignore this where the subject of the contract is itself social.
    """

    code = "TE104"
    name = "social-value-light"
    severity = Severity.NOTE
    summary = "Social value has less than a tenth of the weight."
    clauses = (
        Clause("PPN 002 (February 2025), Taking account of social value", "model, weighting", False),
        Clause("PPN 06/20, before 24 February 2025", "model, weighting", False),
    )
    figures = ("least_social_value_weight",)
    bad = but(
        ("        weight: 10\n", "        weight: 5\n"),
        ("        weight: 20\n        scorer: mark\n        scale: zero_to_three\n      - id: standards",
         "        weight: 25\n        scorer: mark\n        scale: zero_to_three\n      - id: standards"),
        text=MODEL,
    )  # fmt: skip
    good = MODEL

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The weight of all criteria on social value together."""
        found = criteria_on(scheme, SOCIAL_VALUE, "social_value_commitments")
        least = scheme.figures["least_social_value_weight"].value
        counts = {leaf.criterion.id: leaf.share for leaf in counted(scheme)}
        whole = sum(counts.values(), Fraction(0))
        share = sum((counts.get(leaf.criterion.id, Fraction(0)) for leaf in found), Fraction(0)) / (whole or 1)
        if found and whole and share < least:
            message = f"social value has {percent(share)} of the weight, less than {percent(least)}"
            if scheme.scheme.regime.authority is not Authority.CENTRAL:
                message += ", which binds central government alone"
            yield Finding(message, found[0].criterion.where, "give it more, or say why less is enough")


class NoLocalSpecialist(_Missing):
    """No criterion gives weight to local specialist experience.

    The toolkit asks for weight on it: years of work in the communities that are served, and a presence that people
    can reach. Add a criterion, marked or by `local_specialist`, and name the benefit to the people served. Ignore
    this where the service is national.
    """

    code = "TE105"
    name = "no-local-specialist"
    severity = Severity.WARNING
    summary = "Local specialist experience is not scored."
    clauses = (Clause(TOOLKIT, "3.6.1", True),)
    words = _LOCAL
    scorers = ("local_specialist",)
    wanted = "local specialist experience"
    mend = "add one that names the benefit to the people served, such as with the scorer local_specialist"
    bad = but(
        ("      - id: local\n        title: Local specialist experience\n",
         "      - id: presence\n        title: Experience\n"),
        ("near to where they are, from people who know the area.", "within a day."),
        (("          name: local_specialist\n"
         "          years_in_area: {share: 100%, bands: [{from: 3, share: 50%}, {from: 6, share: 100%}]}\n"),
         "          name: fixed_band\n          field: values.clients\n          full_at: 200\n          zero_at: 0\n"),
        ("Established local relationships", "Established relationships"),
        ("Delivery by small, local and by-and-for providers", "Delivery by small providers"),
        text=MODEL,
    )  # fmt: skip
    good = MODEL


class NoWeightForConsortia(_Missing):
    """Nothing in the weights favours consortia of small providers.

    The toolkit asks to weight scoring to favour consortia. Score who really delivers, with `consortium`, which
    counts only members who have confirmed that they are in the bid. Ignore this where the lots are so small that
    every provider can bid alone.
    """

    of_every_contract = True
    code = "TE106"
    name = "no-weight-for-consortia"
    severity = Severity.NOTE
    summary = "Consortia of small providers gain nothing."
    clauses = (Clause(TOOLKIT, "3.6.1", True), Clause(MOJ, "5.2", True))
    words = _CONSORTIA
    scorers = ("consortium",)
    wanted = "consortia"
    mend = "score the share that small, local and by-and-for members deliver, with the scorer consortium"
    bad = but(
        ("      - id: consortium\n", "      - id: delivered_by\n"),
        (("          name: consortium\n          counts: [small, local, by_and_for]\n"
         "          delivery: {share: 100%, bands: [{from: 25%, share: 50%}, {from: 50%, share: 100%}]}\n"),
         "          name: fixed_band\n          field: values.small\n          full_at: 50\n          zero_at: 0\n"),
        text=MODEL,
    )  # fmt: skip
    good = MODEL


class NoNetworks(_Missing):
    """Established relationships with other local services earn nothing.

    The toolkit says that they are better for service users and cheaper for commissioners than a new provider's
    start, "and this should be valued and scored accordingly". Add a criterion or score them with
    `network_strength`. Ignore this where the service works alone.
    """

    code = "TE107"
    name = "no-networks"
    severity = Severity.NOTE
    summary = "Positive established relationships are not scored."
    clauses = (Clause(TOOLKIT, "5.3", True), Clause(TOOLKIT, "3.6.1", True))
    words = _NETWORKS
    scorers = ("network_strength",)
    wanted = "established relationships and networks"
    mend = "add one, such as with the scorer network_strength"
    bad = but(
        ("      - id: networks\n        title: Established local relationships\n",
         "      - id: reach\n        title: Reach\n"),
        (("          name: network_strength\n"
         "          networks_together: {share: 100%, bands: [{from: 2, share: 50%}, {from: 4, share: 100%}]}\n"),
         "          name: fixed_band\n          field: values.clients\n          full_at: 200\n          zero_at: 0\n"),
        text=MODEL,
    )  # fmt: skip
    good = MODEL


class NoSurvivorVoice(_Missing):
    """No criterion speaks of the people who use the service, or of their part in shaping it.

    Good commissioning begins with victims and survivors as experts in their own lives. Ask how they shape the
    service and how their judgement changes it, and let them take part in the marking. Ignore this where the
    contract is not for a service to people.
    """

    code = "TE108"
    name = "no-service-user-voice"
    severity = Severity.NOTE
    summary = "The people who use the service do not appear in the criteria."
    clauses = (Clause(TOOLKIT, "3.8", True), Clause(MOJ, "2.3b", True))
    words = _SURVIVORS
    wanted = "the people who use the service"
    mend = "ask how they shape the service, and say who of them takes part in the marking"
    bad = but(
        ("How survivors are supported", "How support is given"),
        ("Which support does each survivor get, from whom, and how is it agreed with her?", "Which support, by whom?"),
        ("How survivors and children are kept safe", "Safety"),
        ("Survivors can reach the service", "People can reach the service"),
        ("Survivors are passed on", "People are passed on"),
        text=MODEL,
    )
    good = MODEL
