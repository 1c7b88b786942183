"""What guidance asks of the terms: time to bid, length of the contract, who may use the service, grants."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.example import but
from tender_eval.lint.mentions import conditions_on, passages
from tender_eval.lint.model_example import MODEL
from tender_eval.lint.rules.guidance_weights import MOJ, TOOLKIT
from tender_eval.model.diagnostics import Severity
from tender_eval.model.wording import shown
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

WELSH = "Welsh Government draft VAWDASV commissioning guidance (2018)"
_HOUSED = (
    r"(?:[\w-]+ ){0,4}?(?:refuge|home|house|housing|hostel|accommodation|property|building|block|flat|street|estate"
    r"|service|scheme|unit)s?\b"
)
_RESIDENTS = re.compile(
    rf"\bresidents? of (?!{_HOUSED})|\bresident(?: only)? in (?!{_HOUSED})"
    r"|\blocal (?:residents?|people|women|survivors?|victims?) only\b|\bonly local (?:residents?|people|women)\b"
    r"|\bmust (?:live|reside)\b"
    r"|(?<!not )\b(?:only (?:for|to|open|available|those|people|women|survivors|victims)|solely|restricted to"
    r"|reserved for|limited to|priority (?:to|for|is|will))\b[^.;?]{0,60}?\b(?:living|who lives?) (?:in|within)\b"
    r"|\b(?:a|no|any|proof of) local connection\b|\blocality cap|\blocally resident\b",
    re.IGNORECASE,
)
_FROM_ELSEWHERE = (
    r"(?:out[ -]of[ -](?:area|borough|county)|(?:from )?outside (?:of )?the (?:area|borough|county|district))"
)
_CAPPED = r"at most|no more than|limit\w*|capped|caps?|quota|maximum|refus\w+|exclud\w+|restrict\w*|turned away"
_ELSEWHERE = re.compile(
    rf"\b(?:{_CAPPED}|no (?:referrals?|admissions?|places|women|survivors|one)|not (?:accept|admit|take)\w*)\b"
    rf"[^.;?]{{0,60}}?\b{_FROM_ELSEWHERE}"
    rf"|\b{_FROM_ELSEWHERE}\b[^.;?]{{0,40}}?\b(?:{_CAPPED}|(?:are|is|be|may|can|will|shall|must) (?:not|never))\b",
    re.IGNORECASE,
)
_RELIANCE = re.compile(r"\b(relian(?:t|ce)|rely|other income|other funding|match(?:ed)? funding)\b", re.IGNORECASE)
_WALES = re.compile(r"(?<!New South )(?<!Prince of )(?<!Princess of )\b(Wales|Welsh|VAWDASV|Cymru)\b")
_LANGUAGE = re.compile(r"\b(Welsh language|Welsh-language|bilingual|Cymraeg|through Welsh|in Welsh)\b", re.IGNORECASE)

_GRANTS = but(
    (
        "  rule: highest_score\n",
        "  rule: {name: grants_within_pot, pot: 30000, cap: 5000, amount: values.grant, when_short: skip}\n",
    ),
    ("title: Outreach and refuge support", "title: Small grants"),
    text=MODEL,
)


class ShortTimetable(LintRule):
    """Bidders have less time to write than good practice gives them.

    A process that is too fast rules out small providers, who have no bid-writing team, and consortia, which take
    time to form. Avon and Somerset PCC gives approximately ten weeks. Lengthen it, or give early notice. Ignore
    this where the bid is a short form.
    """

    code = "TE111"
    name = "short-timetable"
    severity = Severity.WARNING
    summary = "Less time to write a bid than about ten weeks."
    clauses = (Clause(MOJ, "2.3b", True), Clause(TOOLKIT, "3.6.1 and 5.5", True))
    figures = ("least_tender_days",)
    bad = but(("tender_days: 70", "tender_days: 30"), text=MODEL)
    good = MODEL

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The days that the scheme's regime states."""
        days, least = scheme.scheme.regime.tender_days, scheme.figures["least_tender_days"].value
        if days is not None and days < least:
            message = f"bidders have {days} days to write their tenders, less than {shown(least)}"
            yield Finding(message, scheme.at("regime", "tender_days"), "give about ten weeks; consortia need them most")


class TimetableUnstated(LintRule):
    """The scheme does not say how long bidders have.

    The pace of a process is a big factor in levelling the playing field. State `tender_days` under `regime`, so
    that it can be checked before the scheme is published.
    """

    code = "TE112"
    name = "timetable-unstated"
    severity = Severity.NOTE
    summary = "How long bidders have to write is not stated."
    clauses = (Clause(TOOLKIT, "5.5", True),)
    bad = but((", tender_days: 70", ""), text=MODEL)
    good = MODEL

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Whether `regime.tender_days` stands in the file."""
        if scheme.scheme.regime.tender_days is None:
            message = "the scheme does not say how many days bidders have to write their tenders"
            yield Finding(message, scheme.at("regime"), "state tender_days under regime")


class ShortTerm(LintRule):
    """The contract is shorter than the multi-year funding that guidance asks for.

    The guidance asks for multi-year commissioning where possible, since certainty keeps specialist services going;
    it names no number of years, and three is our reading. Lengthen the contract, or ignore this for a pilot or a
    grant.
    """

    code = "TE113"
    name = "short-term"
    severity = Severity.WARNING
    summary = "The contract is for less than three years."
    clauses = (Clause(TOOLKIT, "3.4", True), Clause(MOJ, "2.3d", True))
    figures = ("least_years",)
    bad = but(("years: 4", "years: 1"), text=MODEL)
    good = MODEL

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The years of the regime, else of the price model."""
        model = scheme.scheme.price
        years = scheme.scheme.regime.years or (model.years if model else None)
        where = scheme.at("regime", "years") if scheme.scheme.regime.years is not None else scheme.at("price", "years")
        least = scheme.figures["least_years"].value
        if years is not None and years < least and not scheme.grants:
            message = f"the contract is for {years} {'year' if years == 1 else 'years'}, less than {shown(least)}"
            yield Finding(message, where, "fund for several years, with break clauses where they are needed")


class PriceOfPartOfTheTerm(LintRule):
    """The evaluated price covers fewer years than the contract lasts.

    Value for money is the full cost over the service's life; a price of the first year alone rewards bids that put
    their costs into the years that are not read. Let `price.years` cover the term.
    """

    code = "TE114"
    name = "price-of-part-of-the-term"
    severity = Severity.WARNING
    summary = "The price that is compared does not cover the whole term."
    clauses = (Clause(TOOLKIT, "3.3", True), Clause(WELSH, "2.10", True))
    bad = but(
        ("award:\n", "price: {years: 1, components: {annual_price: per_year}}\n\naward:\n"),
        text=MODEL,
    )
    good = but(
        ("award:\n", "price: {years: 4, components: {annual_price: per_year}}\n\naward:\n"),
        text=MODEL,
    )

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The price model's years against the regime's."""
        model, years = scheme.scheme.price, scheme.scheme.regime.years
        if model is not None and years is not None and model.years < years:
            message = f"the price is made over {model.years} of the contract's {years} years"
            where = scheme.at("price", "years")
            yield Finding(message, where, f"write years: {years}, so that the whole cost is compared")


class LocalityCap(LintRule):
    """The scheme restricts who may use the service by where they come from.

    Most people in refuges come from out of area; their safety depends on it. "Locality caps or restrictions should
    not be written into tenders." Take the restriction out. Ignore this where the words mean something else.
    """

    code = "TE115"
    name = "locality-cap"
    severity = Severity.WARNING
    summary = "Who may use the service depends on where they come from."
    clauses = (Clause(TOOLKIT, "3.4", True),)
    bad = but(
        ("Which support does each survivor get", "Which support does each of the residents of the county get"),
        text=MODEL,
    )
    good = MODEL

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The stated restriction, and words of criteria and conditions that make one."""
        hint = "take it out; the guidance wants no locality caps or restrictions in tenders"
        if restricted := scheme.scheme.regime.users_restricted_to:
            where = scheme.at("regime", "users_restricted_to")
            yield Finding(f"the service is only for {restricted}", where, hint)
        for text, where in passages(scheme):
            if found := _RESIDENTS.search(text) or _ELSEWHERE.search(text):
                yield Finding(f'"{found[0].strip()}" may restrict who can use the service', where, hint)


class GrantWithoutOtherIncome(LintRule):
    """Grants are given without asking whether the bidder lives on them alone.

    Providers "must demonstrate that they are not solely reliant on the funding given by the commissioner". Add a
    condition on it. Ignore this where it is checked outside the scheme.
    """

    code = "TE116"
    name = "grant-without-other-income"
    severity = Severity.WARNING
    summary = "No condition keeps grants from bidders that would live on them alone."
    clauses = (Clause(MOJ, "2.3a, point 6", True),)
    bad = _GRANTS
    good = but(
        (
            "  - id: whistleblowing\n",
            (
                "  - id: reliance\n    title: Not solely reliant on this grant\n    reads: declarations.other_income\n"
                "    must_be: true\n"
                "    source: {document: MoJ Victim Services Commissioning Guidance, date: 2024-10, section: 2.3a}\n"
                "  - id: whistleblowing\n"
            ),
        ),
        text=_GRANTS,
    )

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Grant schemes, and their conditions."""
        if scheme.grants and not conditions_on(scheme, _RELIANCE):
            message = "no condition asks whether a bidder relies on this grant alone"
            hint = "add one, such as reads: declarations.other_income, must_be: true"
            yield Finding(message, scheme.at("conditions"), hint)


class WelshLanguage(LintRule):
    """A Welsh scheme that says nothing of the Welsh language.

    The Welsh Language Standards put duties on authorities in Wales; the service and its tender fall under them.
    Ask how the service is given in Welsh. Ignore this where the contract's terms say so.
    """

    code = "TE117"
    name = "welsh-language"
    severity = Severity.NOTE
    summary = "A scheme for Wales does not speak of the Welsh language."
    clauses = (Clause(WELSH, "4.6", True), Clause("Welsh Language Standards (No. 1) Regulations 2015", "", False))
    bad = but(("title: Outreach and refuge support", "title: Outreach and refuge support in Wales"), text=MODEL)
    good = but(
        ("title: Outreach and refuge support", "title: Outreach and refuge support in Wales"),
        ("how is it agreed with her?", "how is it agreed with her, in English or in Welsh?"),
        text=MODEL,
    )

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Titles and source against what criteria and conditions say."""
        stated = f"{scheme.scheme.title} {' '.join(scheme.scheme.source.values())}"
        if _WALES.search(stated) and not any(_LANGUAGE.search(text) for text, _ in passages(scheme)):
            message = "the scheme is for Wales and does not speak of the Welsh language"
            yield Finding(
                message, scheme.at("title"), "ask how the service is given in Welsh, or say where it is asked"
            )


class FewLargeLots(LintRule):
    """Each lot is worth more than small providers can carry.

    A small number of extremely high-value lots needs bidders in a very strong financial position. What is too high
    is not named: the limit is the light touch threshold, ours to choose. Cut the contract into smaller lots, and
    try sizes with `tender-eval simulate lots`.
    """

    code = "TE118"
    name = "few-large-lots"
    severity = Severity.NOTE
    summary = "Lots so large that few providers can bid."
    clauses = (Clause(TOOLKIT, "3.6.1", True), Clause(WELSH, "2.7", True))
    figures = ("light_touch_threshold",)
    bad = but(("estimated_value: 900000", "estimated_value: 9000000"), text=MODEL)
    good = MODEL

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The estimated value, over the lots and the years where they are stated."""
        regime = scheme.scheme.regime
        model = scheme.scheme.price
        value, lots = regime.estimated_value, regime.lots
        years = regime.years or (model.years if model else 1)
        most = scheme.figures["light_touch_threshold"].value
        if value is not None and lots is not None:
            each = value / lots / years
            if each > most:
                message = f"a lot is worth {shown(each)} a year on average, more than {shown(most)}"
                hint = "make lots smaller; tender-eval simulate lots shows what their size does"
                yield Finding(message, scheme.at("regime", "lots"), hint)
