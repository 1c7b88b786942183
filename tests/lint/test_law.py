"""Rules on law: held against the schemes that the Act governs, on its days, in whatever words conditions are put."""

from __future__ import annotations

import re
from datetime import date

import pytest
from lint_schemes import MODEL, but

from tender_eval import lint as built_in
from tender_eval import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import Source
from tender_eval.lint.run import LintReport, lint

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})
ON_LAW = [code for code in CATALOGUE.lint_rules if code.startswith("TE2")]
LAW = "law: procurement-act-2023"
CONDITION = (
    "    title: Yearly income of at least a quarter of the yearly value, confirmed members included\n"
    "    reads: supplier.annual_income\n    at_least: 25% of annual_value\n    pooled: true\n"
)
AUDITED = "    title: Audited accounts for three years\n    reads: declarations.x\n    must_be: true\n"


def linted(text: str, *codes: str, on: date | None = None) -> LintReport:
    source = Source("s.yaml", text.encode())
    checked = check(source, None, CATALOGUE)
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    return lint(source, checked.compiled, [CATALOGUE.lint_rules[c] for c in codes], CATALOGUE.lint_rules, on)


def says(text: str, code: str) -> list[str]:
    return [found.message for found in linted(text, code).findings]


def conditioned(condition: str, *changes: tuple[str, str]) -> str:
    return but((CONDITION, condition), *changes, text=MODEL)


@pytest.mark.parametrize(
    ("law", "codes"),
    [
        ("procurement-act-2023", {"TE203"}),
        ("Procurement Act 2023", {"TE203"}),
        ("PCR2015", {"TE203", "TE216"}),
        ("Public Contract Regulations 2015", {"TE203", "TE216"}),
        ("utilities-contracts-regulations-2016", {"TE203", "TE216"}),
        ("Public Contracts (Scotland) Regulations 2015", set()),
        ("PCR Scotland 2015", set()),
        ("provider-selection-regime-2023", {"TE224"}),
        ("world-bank-procurement-regulations", {"TE215"}),
        ("grants", set()),
        ("PA 2023", {"TE203"}),
    ],
)
def test_the_act_is_held_against_what_it_governs(law: str, codes: set[str]) -> None:
    text = conditioned(AUDITED, (LAW, f"law: {law}"), (", lots: 3", ", lots: 2"))
    assert {f.code for f in linted(text, *ON_LAW).findings} == codes


@pytest.mark.parametrize(("currency", "codes"), [("GBP", {"TE203", "TE215"}), ("USD", {"TE215"})])
def test_where_no_law_is_stated_the_act_is_taken_to_govern_what_is_paid_in_pounds(
    currency: str, codes: set[str]
) -> None:
    text = conditioned(AUDITED, (f"{LAW}, ", ""), ("currency: GBP", f"currency: {currency}"))
    assert {f.code for f in linted(text, *ON_LAW).findings} == codes


def test_nothing_of_the_act_is_said_of_days_before_it_was_in_force() -> None:
    text = conditioned(AUDITED, ("law: procurement-act-2023", "law: public-contracts-regulations-2015"))
    before = linted(text, *ON_LAW, on=date(2025, 2, 23))
    assert before.findings == ()
    assert {u.code for u in before.unchecked} == set(ON_LAW) - {
        "TE215", "TE218", "TE220", "TE224", "TE225", "TE226", "TE227",
    }  # fmt: skip
    assert {u.threshold for u in before.unchecked} == {"act_in_force"}
    assert {f.code for f in linted(text, *ON_LAW, on=date(2025, 2, 24)).findings} == {"TE203", "TE216"}


def test_the_value_is_held_against_the_threshold_however_the_act_is_written() -> None:
    changes = (LAW, "law: Procurement Act 2023"), ("estimated_value: 900000", "estimated_value: 90000")
    (said,) = says(but(*changes, text=MODEL), "TE217")
    assert "663540 for light touch contracts" in said
    (said,) = says(but(*changes, ("light_touch: true", "light_touch: false"), text=MODEL), "TE217")
    assert "207720 for sub-central authorities" in said


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Audited financial statements for two years", True),
        ("Accounts, independently audited", True),
        ("Accounts audited as required by the authority", True),
        ("Audited accounts where the Companies Act 2006 requires them", False),
        ("Accounts, audited if the law requires it", False),
        ("Audited or unaudited accounts for two years", False),
        ("Accounts for two years", False),
    ],
)
def test_audited_accounts(title: str, found: bool) -> None:
    text = conditioned(f'    title: "{title}"\n    reads: declarations.x\n    must_be: true\n')
    assert bool(says(text, "TE203")) is found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Public liability insurance of 10 million is held, bids without it will be rejected", True),
        ("Will provide the insurance certificate with the bid", True),
        ("Insured for 5 million", True),
        ("Agrees to obtain public liability insurance if successful", False),
        ("Undertakes to take out insurance by the start", False),
        ("Insurance will be taken out before the contract starts", False),
        ("Tax and National Insurance contributions are paid", False),
    ],
)
def test_insurance_that_must_be_there_and_insurance_that_is_promised(title: str, found: bool) -> None:
    text = conditioned(f'    title: "{title}"\n    reads: declarations.x\n    must_be: true\n')
    assert bool(says(text, "TE204")) is found


@pytest.mark.parametrize(
    ("condition", "regime", "share"),
    [
        ("reads: supplier.annual_income\n    at_least: 300000\n    pooled: true", ", lots: 1", "133%"),
        ("reads: supplier.annual_income\n    at_least: 80000\n    pooled: true", ", lots: 3", "107%"),
        ("reads: pooled.annual_income\n    at_least: 300000", ", lots: 1", "133%"),
        ("reads: values.turnover\n    at_least: 300000", ", lots: 1", "133%"),
        ("reads: values.other_income\n    at_least: 300000", ", lots: 1", None),
        ("reads: supplier.annual_income\n    at_least: 70000\n    pooled: true", ", lots: 3", None),
    ],
)
def test_income_against_the_yearly_value_of_a_lot(condition: str, regime: str, share: str | None) -> None:
    text = conditioned(f"    title: Income\n    {condition}\n", (", lots: 3", regime))
    said = says(text, "TE201")
    assert [share in one for one in said] == ([True] if share else [])
    assert all(one.endswith("of an average lot") == (regime == ", lots: 3") for one in said)


def test_the_years_of_the_price_stand_in_for_those_of_the_contract() -> None:
    lines = "    title: Income\n    reads: supplier.annual_income\n    at_least: 300000\n    pooled: true\n"
    priced = ("award:\n", "price: {years: 4, components: {annual_price: per_year}}\n\naward:\n")
    assert says(conditioned(lines, (", years: 4, lots: 3", ", lots: 1"), priced), "TE201")


@pytest.mark.parametrize(("reads", "found"), [("values.turnover", True), ("pooled.annual_income", False)])
def test_income_of_the_lead_alone(reads: str, found: bool) -> None:
    text = conditioned(f"    title: Income\n    reads: {reads}\n    at_least: 1000\n")
    assert bool(says(text, "TE202")) is found


@pytest.mark.parametrize(
    ("test", "code"),
    [
        ("reads: supplier.is_small\n    must_be: false", "TE205"),
        ("reads: pooled.years_in_area\n    at_least: 3", "TE206"),
        ("reads: consortium.areas_covered\n    at_least: 50%", "TE206"),
        ("reads: consortium.share.local\n    at_least: 50%", "TE206"),
    ],
)
def test_conditions_on_size_and_place(test: str, code: str) -> None:
    text = conditioned(f"    title: A condition\n    {test}\n")
    assert len(says(text, code)) == 1


QUESTION = "How is risk noticed, shared and acted on, out of hours too?"
SAFETY = "How survivors and children are kept safe"


@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("How do you work with the local authority?", False),
        ("Which local food is served?", False),
        ("What is your local knowledge?", True),
        ("How is your local specialist experience used?", True),
        ("What does your proximity to users add?", True),
    ],
)
def test_words_that_weigh_proximity(description: str, found: bool) -> None:
    text = but(("light_touch: true", "light_touch: false"), (QUESTION, description), text=MODEL)
    assert any('"safety"' in one for one in says(text, "TE212")) is found


def test_social_value_for_local_people_is_no_proximity() -> None:
    changes = ("light_touch: true", "light_touch: false"), ("to the communities of the area", "to local suppliers")
    assert not any('"social_value"' in one for one in says(but(*changes, text=MODEL), "TE212"))


@pytest.mark.parametrize(
    ("title", "description", "found"),
    [
        ("Local office", "Points for an office in the county.", True),
        ("Place", "Bidders with premises within the borough earn the marks.", True),
        ("Local office", "Clients can walk to it.", False),
        ("Method", "How is it done?", False),
        ("Data", "Is the data held on servers located in the United Kingdom?", False),
    ],
)
def test_places_without_a_benefit(title: str, description: str, found: bool) -> None:
    text = but((SAFETY, title), (QUESTION, description), text=MODEL)
    assert any('"safety"' in one for one in says(text, "TE213")) is found


@pytest.mark.parametrize(
    ("regime", "found"),
    [
        ("authority: council, light_touch: false, estimated_value: 200000", False),
        ("authority: pcc, light_touch: false, estimated_value: 200000", False),
        ("nation: england, authority: council, light_touch: true, estimated_value: 600000", False),
        ("authority: council, light_touch: false, estimated_value: 300000", True),
        ("authority: council, light_touch: false", True),
        ("authority: central, light_touch: false, estimated_value: 100000", True),
        ("nation: wales, authority: council, light_touch: false, estimated_value: 200000", True),
        ("authority: council, light_touch: false, estimated_value: 200000, published: 2026-02-03", True),
    ],
)
def test_councils_in_england_may_reserve_contracts_below_the_threshold(regime: str, found: bool) -> None:
    text = (
        "format: tender-eval/scheme/1\nid: x\ntitle: X\ncurrency: GBP\n"
        f"regime: {{law: procurement-act-2023, {regime}}}\n"
        "conditions:\n  - {id: near, reads: supplier.years_in_area, at_least: 3}\n"
        "  - {id: small, reads: supplier.is_small, must_be: true}\n"
        "criteria:\n  - {id: price, title: Price, weight: 100, scorer: ratio_to_lowest}\n"
        "award: {rule: highest_score}\n"
    )
    assert {f.code for f in linted(text, "TE205", "TE206").findings} == ({"TE205", "TE206"} if found else set())


@pytest.mark.parametrize(
    ("regime", "found"),
    [
        ("law: procurement-act-2023, procedure: restricted procedure", True),
        ("law: procurement-act-2023, procedure: competitive dialogue", True),
        ("law: pcr-2015, procedure: restricted", True),  # what begins now is under the Act
        ("law: pcr-2015, procedure: restricted, published: 2025-02-23", False),
        ("law: procurement-act-2023, procedure: open", False),
        ("law: procurement-act-2023", False),
        ("procedure: restricted", True),
        ("law: psr-2023, procedure: open", True),
        ("law: psr-2023, procedure: most suitable provider", False),
        ("law: eu-2014-24, procedure: restricted", False),
        ("law: pcsr-2015, procedure: restricted", False),
    ],
)
def test_procedures_that_the_law_does_not_have(regime: str, found: bool) -> None:
    text = (
        f"format: tender-eval/scheme/1\nid: x\ntitle: X\ncurrency: GBP\nregime: {{{regime}}}\n"
        "criteria:\n  - {id: price, title: Price, weight: 100, scorer: ratio_to_lowest}\n"
        "award: {rule: highest_score}\n"
    )
    assert bool(says(text, "TE218")) is found


PLAIN = (
    "format: tender-eval/scheme/1\nid: x\ntitle: X\ncurrency: GBP\nregime: {{{regime}}}\n"
    "criteria:\n  - {{id: price, title: Price, weight: 100, scorer: ratio_to_lowest}}\n"
    "award: {{rule: highest_score}}\n"
)


@pytest.mark.parametrize(
    ("regime", "found"),
    [
        ("law: pcr-2015, procedure: call-off, published: 2026-05-01", False),  # from a framework that was there before
        ("law: ucr-2016, procedure: mini-competition", False),
        ("law: pcr-2015, procedure: open, published: 2026-05-01", True),
        ("law: pcr-2015", True),
    ],
)
def test_call_offs_from_frameworks_of_before_stay_under_the_law_of_before(regime: str, found: bool) -> None:
    assert bool(says(PLAIN.format(regime=regime), "TE216")) is found
    assert found or says(PLAIN.format(regime=regime), "TE218") == []


@pytest.mark.parametrize(
    ("regime", "rather"),
    [
        ("nation: wales, law: psr-2023", "write law: psr-wales-2025, or the nation that is meant (england)"),
        ("nation: scotland, law: procurement-act-2023", "write law: pcsr-2015, or the nation"),
        ("nation: england, law: pcsr-2015", "write law: procurement-act-2023, or the nation that is meant (scotland)"),
        ("nation: wales, authority: pcc, law: psr-wales-2025", "write law: psr-2023"),
        ("nation: northern_ireland, law: psr-2023", "write law: procurement-act-2023, or"),
        ("nation: scotland, law: pcr-2015, published: 2024-05-01", "write law: pcsr-2015"),
        ("nation: wales, law: psr-wales-2025", ""),
        ("nation: wales, authority: pcc, law: procurement-act-2023", ""),
        ("law: pcsr-2015", ""),
        ("nation: scotland, law: grant", ""),
        ("nation: none, law: world-bank", ""),
        ("nation: scotland", ""),
    ],
)
def test_a_law_is_held_against_the_nation(regime: str, rather: str) -> None:
    told = [found.hint for found in linted(PLAIN.format(regime=regime), "TE227").findings]
    assert [rather in hint for hint in told] == ([True] if rather else [])


def test_wales_has_key_criteria_of_its_own() -> None:
    said = says(PLAIN.format(regime="law: psr-wales-2025"), "TE224")
    assert [one.partition("criterion of ")[2] for one in said] == [
        "collaboration and service sustainability", "improving access and reducing health inequalities", "quality",
        "social responsibility",
    ]  # fmt: skip


SHORTLIST = ("criteria:\n  - id: quality\n", "shortlist: {by: [safety], top: 5}\n\ncriteria:\n  - id: quality\n")
LOWEST = (
    ("  rule: highest_score\n", "  rule: lowest_price\n"),
    ("{highest: quality}, {lowest: price}", "{highest: quality}"),
)
LIGHT = ("over the contract?\n        weight: 10\n", "over the contract?\n        weight: 5\n")
HEAVY = ("out of hours too?\n        weight: 20\n", "out of hours too?\n        weight: 25\n")
UNASSESSED = ("conflicts_assessment: 2026-02-16, ", "")
CENTRAL = ("authority: sub_central", "authority: central")
SMALL = ("estimated_value: 900000", "estimated_value: 600000")


@pytest.mark.parametrize(
    ("code", "trips", "silent"),
    [
        ("TE221", (UNASSESSED,), [(LAW, "law: below-threshold"), (LAW, "law: psr-2023"), SMALL]),
        ("TE221", (("2026-02-16", "2026-03-03"),), [("2026-03-03", "2026-03-02")]),
        (
            "TE222",
            (("policy_statement: ", "no_lots_reason: "),),
            [(LAW, "law: psr-2023"), ("{law", "{nation: northern_ireland, law"), ("published: 2026-03-02, ", "")],
        ),
        (
            "TE223",
            (SHORTLIST, SMALL),
            [
                ("estimated_value: 600000", "estimated_value: 700000"),
                ("{law", "{nation: wales, law"),
                ("sub_central", "school"),
                (LAW, "law: pcr-2015"),
            ],
        ),
        ("TE224", ((LAW, "law: psr-2023"),), [("law: psr-2023", LAW), ("{law", "{procedure: direct-award, law")]),
        (
            "TE225",
            ((LAW, "law: pcsr-2015"), *LOWEST),
            [("law: pcsr-2015", LAW), ("law: pcsr-2015", "law: grant"), ("rule: lowest_price", "rule: highest_score")],
        ),
        (
            "TE226",
            (CENTRAL, LIGHT, HEAVY),
            [("authority: central", "authority: council"), (LAW, "law: psr-2023"), ("2026-03-02", "2020-12-31")],
        ),
    ],
)
def test_each_rule_of_law_trips_under_its_regime_and_day_and_under_no_other(
    code: str, trips: tuple[tuple[str, str], ...], silent: list[tuple[str, str]]
) -> None:
    tripping = but(*trips, text=MODEL)
    assert says(tripping, code)
    for change in silent:
        assert says(but(change, text=tripping), code) == [], change


@pytest.mark.parametrize(
    ("said", "gags"),
    [
        ("Bidders undertake not to criticise the authority", True),
        ("The provider will not comment publicly on the tender", True),
        ("A non-disparagement clause is signed", True),
        ("There is no gagging clause in the contract", False),
        ("Survivors' data will not be shared", False),
        ("How do you speak up about what goes wrong?", False),
    ],
)
def test_words_that_forbid_bidders_to_speak(said: str, gags: bool) -> None:
    text = but(("title: A whistleblowing policy is in force", f"title: A whistleblowing policy. {said}"), text=MODEL)
    assert bool(says(text, "TE119")) is gags


ABROAD = ["TE101", "TE102", "TE103", "TE106", "TE111", "TE112", "TE113", "TE115", "TE116", "TE118", "TE119", "TE125"]


@pytest.mark.parametrize("code", ABROAD)
def test_guidance_of_the_united_kingdom_is_asked_of_nothing_that_is_let_abroad(code: str) -> None:
    bad = CATALOGUE.lint_rules[code].item.example("bad")
    assert says(bad, code)
    assert says(bad.replace("currency: GBP", "currency: EUR"), code) == []


@pytest.mark.parametrize("code", ABROAD)
@pytest.mark.parametrize("nation", ["scotland", "northern_ireland"])
def test_guidance_of_england_and_wales_is_asked_nowhere_else(code: str, nation: str) -> None:
    bad = CATALOGUE.lint_rules[code].item.example("bad")
    told = re.sub(
        r"regime:( \{|\n  )", rf"regime:\1nation: {nation}{', ' if 'regime: {' in bad else chr(10) + '  '}", bad
    )
    told = told if "nation:" in told else f"{bad}\nregime: {{nation: {nation}}}\n"
    assert says(told, code) == []


@pytest.mark.parametrize(("title", "asked"), [("Care in prisons", False), ("Care after rape and abuse", True)])
def test_of_health_care_the_guidance_on_victims_is_asked_where_it_is_for_victims(title: str, asked: bool) -> None:
    text = but((LAW, "law: psr-2023"), ("title: Outreach and refuge support", f"title: {title}"), text=MODEL)
    text = but(("weights were agreed with the survivors' forum", "weights were agreed"), text=text)
    without = text.replace("standards", "norms").replace("accredited", "agreed")
    assert bool(says(without, "TE123")) is asked
