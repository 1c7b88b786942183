"""What rules on guidance, arithmetic and words see in schemes that are put a little differently."""

from __future__ import annotations

from datetime import date

import pytest
from lint_schemes import MODEL, SOUND, but, priced

from tender_eval import lint as built_in
from tender_eval import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import Source
from tender_eval.lint.run import lint
from tender_eval.lint.thresholds import thresholds

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})
QUESTION = "How is risk noticed, shared and acted on, out of hours too?"
SAFETY = "How survivors and children are kept safe"
MINIMUM = ("    minimum: 50%\n", "")
ROUNDING = "rounding: {places: 2, mode: half_up, at: [total]}\n"
RULE = "  rule: highest_score\n"


def says(text: str, code: str) -> list[str]:
    source = Source("s.yaml", text.encode())
    checked = check(source, None, CATALOGUE)
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    return [
        f.message for f in lint(source, checked.compiled, [CATALOGUE.lint_rules[code]], CATALOGUE.lint_rules).findings
    ]


STAGES = but(
    ("criteria:\n  - id: quality\n",
     ("shortlist: {by: [first], top: 5}\nweights: points\ncriteria:\n"
      "  - {id: first, title: Experience, weight: 100, scorer: mark, scale: zero_to_three}\n  - id: quality\n")),
    (RULE, "  rule: {name: highest_score, count: [quality, price]}\n"),
    ("    weight: 70\n", ""),
)  # fmt: skip


def test_a_first_stage_does_not_dilute_weights() -> None:
    heavy = but(("    weight: 30\n", "    weight: 90\n"), text=STAGES)
    assert says(STAGES, "TE101") == []
    assert says(heavy, "TE101")[0].startswith("the price has 56.25% of the weight")
    light = but(("        weight: 10\n", "        weight: 5\n"), text=STAGES)
    assert says(STAGES, "TE104") == []
    assert says(light, "TE104")[0].startswith("social value has 5.26")
    tiny = but(("        weight: 10\n", "        weight: 3\n"), text=STAGES)
    assert says(tiny, "TE351") == []
    assert says(but(("        weight: 10\n", "        weight: 2\n"), text=STAGES), "TE351")[0].startswith(
        '"social_value" is 2.17'
    )


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        ("{name: weighted_value_index, quality_weight: 30, price_weight: 70}", "70%"),
        ("{name: utility_index, quality_weight: 60, price_weight: 40}", None),
        ("{name: utility_index, quality_weight: 50, price_weight: 50}", "50%"),
    ],
)
def test_the_price_weight_of_an_index(rule: str, share: str | None) -> None:
    said = says(but((RULE, f"  rule: {rule}\n")), "TE101")
    assert [share in one for one in said] == ([True] if share else [])


def test_whom_the_social_value_policy_binds_is_said() -> None:
    light = but(
        ("        weight: 10\n", "        weight: 5\n"),
        ("        weight: 20\n        scorer: mark\n        scale: zero_to_three\n      - id: standards",
         "        weight: 25\n        scorer: mark\n        scale: zero_to_three\n      - id: standards"),
        text=MODEL,
    )  # fmt: skip
    assert says(light, "TE104")[0].endswith("which binds central government alone")
    bound = light.replace("sub_central", "central")
    assert says(bound, "TE104") == []
    assert says(bound, "TE226") == ["social value has 5% of the weight, less than the 10% of the policy"]
    assert says(light, "TE226") == []
    assert says(bound.replace("published: 2026-03-02", "published: 2020-12-31"), "TE226") == []
    by_quotient = but(("  rule: highest_score\n", "  rule: lowest_cost_per_quality_point\n"), text=bound)
    assert says(by_quotient, "TE226")[0].startswith("social value has 7.1"), "of the quality: 5 of 70"


def test_the_social_value_policy_begins_when_it_began() -> None:
    table = thresholds()
    assert "least_social_value_weight" not in table.on(date(2020, 12, 31))
    documents = [
        table.on(day)["least_social_value_weight"].clause.document for day in (date(2025, 9, 30), date(2025, 10, 1))
    ]
    assert documents[0].startswith("PPN 06/20")
    assert documents[1].startswith("PPN 002")


def test_community_benefits_are_social_value() -> None:
    assert (
        says(but(("title: Social value", "title: Community benefits"), ("id: social_value", "id: benefits")), "TE103")
        == []
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("How are residents of the refuge supported?", False),
        ("No locality caps apply; how do you take in survivors from elsewhere?", False),
        ("How do you support women without a local connection?", False),
        ("No local connection is asked for.", False),
        ("Places are not limited to women living in the borough.", False),
        ("A local connection is required.", True),
        ("A locality cap of ten places applies.", True),
        ("How do residents of our safe accommodation leave it?", False),
        ("How do you accept survivors from out of area?", False),
        ("How are survivors with no recourse to public funds helped, and those from out of area?", False),
        ("How do you help women with limited English who are living in the borough?", False),
        ("How do you serve not only those in refuge but survivors living in the county?", False),
        ("Whoever uses the service must live in Kent.", True),
        ("The service is only for women living in the borough.", True),
        ("Places are limited to survivors who live in the county.", True),
        ("Survivors from outside the county will not be admitted.", True),
        ("How will you serve residents of Kent?", True),
        ("No more than a fifth of the places are for women from out of area.", True),
        ("Out of area referrals are refused.", True),
        ("Priority is given to women living in the borough.", True),
        ("Whoever has a local connection can stay.", True),
    ],
)
def test_words_that_restrict_who_may_use_the_service(description: str, found: bool) -> None:
    assert bool(says(but((QUESTION, f'"{description}"'), text=MODEL), "TE115")) is found


@pytest.mark.parametrize(("title", "found"), [("Support in Wales", True), ("Support in New South Wales", False)])
def test_which_wales(title: str, found: bool) -> None:
    assert bool(says(but(("title: Outreach and refuge support", f"title: {title}"), text=MODEL), "TE117")) is found


def test_whistle_blowing_in_two_words() -> None:
    text = but(
        ("title: A whistleblowing policy is in force", "title: A whistle blowing policy is in force"),
        ("id: whistleblowing", "id: concerns"),
        ("reads: declarations.whistleblowing_policy", "reads: declarations.policy"),
        text=MODEL,
    )  # fmt: skip
    assert says(text, "TE122") == []


def formula(expression: str) -> str:
    return priced(f'{{name: formula, expression: "{expression}", below_zero: clamp, above_one: clamp}}')


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("(highest - price) / (highest - lowest)", "TE302"),
        ("0.5 - (price - mean) / mean", "TE303"),
        ("0.5 - (price - mean(price)) / mean(price)", "TE303"),
    ],
)
def test_formulas_of_the_schemes_own_that_do_what_scorers_are_warned_of(expression: str, code: str) -> None:
    assert len(says(formula(expression), code)) == 1
    other = {"TE302": "TE303", "TE303": "TE302"}[code]
    assert says(formula(expression), other) == []


@pytest.mark.parametrize(("zero_at", "found"), [(720000, True), (770000, True), (771000, False)])
def test_a_narrow_band_is_a_steep_line(zero_at: int, found: bool) -> None:
    said = says(priced(f"{{name: fixed_band, full_at: 700000, zero_at: {zero_at}}}"), "TE304")
    assert bool(said) is found
    assert all("above the one for full marks loses all of its points" in one for one in said)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["weighted_value_index", "utility_index"])
def test_an_index_needs_a_minimum_as_a_quotient_does(rule: str) -> None:
    stated = but((RULE, f"  rule: {{name: {rule}, quality_weight: 60, price_weight: 40}}\n"))
    assert says(stated, "TE310") == []
    assert len(says(but(MINIMUM, text=stated), "TE310")) == 1


@pytest.mark.parametrize(
    ("rounding", "rule", "said"),
    [
        ("{places: 0, mode: half_up, at: [price]}", "highest_score", None),
        ("{places: 0, mode: half_up, at: [total]}", "lowest_price", None),
        ("{places: 0, mode: half_up, at: [total]}", "highest_score", "to whole numbers"),
        ("{places: 1, mode: half_up, at: [total]}", "highest_score", "to 1 place:"),
        ("{digits: 2, mode: half_up, at: [total]}", "lowest_price", "to 2 digits of the best figure:"),
        ("{digits: 3, mode: half_up, at: [total]}", "lowest_price", None),
    ],
)
def test_what_is_rounded_to_a_tie(rounding: str, rule: str, said: str | None) -> None:
    found = says(but((ROUNDING, f"rounding: {rounding}\n"), (RULE, f"  rule: {rule}\n")), "TE323")
    assert [said in one for one in found] == ([True] if said else [])


def test_things_that_compare_do_so_in_the_plural() -> None:
    one = priced("ratio_to_lowest")
    assert says(one, "TE321")[0].startswith('"price" compares bids: ')
    two = but(
        (RULE, "  rule: {name: utility_index, quality_weight: 60, price_weight: 40, quality: [quality, price]}\n"),
        text=one,
    )
    assert '"price" and the rule utility_index compare bids: ' in says(two, "TE321")[0]


def test_a_mark_that_is_the_highest_of_one_scale_is_perfection_there() -> None:
    longer = "scales:\n  longer:\n" + "".join(
        f"    - {{mark: {n}, score: {n * 20}%, title: Level {n}, descriptor: Of step {n}.}}\n" for n in range(6)
    )
    text = but(
        ("scales:\n", longer), ("    minimum: 50%\n", "    minimum: 3\n"),
        (f"{QUESTION}\n        weight: 20\n        scorer: mark\n        scale: zero_to_three",
         f"{QUESTION}\n        weight: 20\n        scorer: mark\n        scale: longer"),
    )  # fmt: skip
    assert len(says(text, "TE342")) == 1


@pytest.mark.parametrize(
    ("expression", "open_"),
    [
        ("max(0, min(1, 2 - price / 700000))", ""),
        ("max(0, 1 - price / 700000)", "no above_one"),
        ("min(1, 2 - price / 700000)", "no below_zero"),
        ("min(1, max(0, 2 - price / 700000)) + 0.1", "no below_zero and no above_one"),
        ("max(0, 0.5) * min(1, price / 700000)", "no below_zero and no above_one"),
    ],
)
def test_which_end_of_a_formula_is_open(expression: str, open_: str) -> None:
    said = says(priced(f'{{name: formula, expression: "{expression}"}}'), "TE366")
    assert [one.partition(": ")[2] for one in said] == ([open_] if open_ else [])


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ("Price of year 1", "Price of year 2", False),
        ("Question 1", "Question 2", False),
        ("Якість", "Досвід", False),
        ("Досвід людей", "Досвід людей", True),
        ("Who?", "How?", False),
        ("Safety 1", "Safety 1", True),
    ],
)
def test_titles_that_overlap(first: str, second: str, overlap: bool) -> None:
    text = but((SAFETY, f'"{first}"'), ("How survivors are supported", f'"{second}"'))
    assert bool(says(text, "TE411")) is overlap


@pytest.mark.parametrize(
    ("descriptor", "vague"),
    [
        ("A comprehensive response which meets all requirements.", True),
        ("Partially meets the requirement, with significant concerns.", True),
        ("Meets the requirement in most respects.", True),
        ("Does not meet the requirement.", True),
        ("Strong evidence and added value.", True),
        ("Provides clear and convincing evidence.", True),
        ("Strong evidence of results in two counties.", False),
        ("A comprehensive response with people named.", False),
    ],
)
def test_the_usual_grades_are_grades(descriptor: str, vague: bool) -> None:
    text = but(('"As 2, with results of like work."', f'"{descriptor}"'))
    assert bool(says(text, "TE403")) is vague


@pytest.mark.parametrize(
    ("descriptor", "compares"),
    [
        ("Superior to the other submissions.", True),
        ("Strong in comparison with other bids.", True),
        ("Ample relative to the tenders received.", True),
        ("Outperforms all other bidders.", True),
        ("Outperforms the specification.", False),
        ("Superior to what the specification asks for.", False),
    ],
)
def test_the_usual_comparisons_are_comparisons(descriptor: str, compares: bool) -> None:
    text = but(('"As 2, with results of like work."', f'"{descriptor}"'))
    assert bool(says(text, "TE402")) is compares


def test_money_that_is_granted_has_a_currency() -> None:
    rule = "  rule: {name: grants_within_pot, pot: 30000, cap: 5000, amount: values.grant, when_short: skip}\n"
    text = but((RULE, rule), ("currency: GBP\n", ""))
    assert says(text, "TE422") == ["money is granted, and no currency is stated"]
    assert says(but((RULE, rule)), "TE422") == says(SOUND, "TE422") == []


@pytest.mark.parametrize(("description", "found"), [("With the local authority?", True), ("With local people?", False)])
def test_work_with_the_local_authority_is_no_local_experience(description: str, found: bool) -> None:
    assert bool(says(but((QUESTION, description)), "TE105")) is found


def test_a_price_over_years_says_how_long_a_large_lot_lasts() -> None:
    changes = (("estimated_value: 900000,", "estimated_value: 9000000,"), (", years: 4, lots: 3", ", lots: 4"))
    priced_over = ("award:\n", "price: {years: 4, components: {annual_price: per_year}}\n\naward:\n")
    assert len(says(but(*changes, text=MODEL), "TE118")) == 1
    assert says(but(*changes, priced_over, text=MODEL), "TE118") == []


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("over the contract?\n        weight: 10\n", "only a minimum on 14% of the quality points"),
        ("out of hours too?\n        weight: 20\n", "only a minimum on 29% of the quality points"),
        ("agreed with her?\n        weight: 40\n", ""),
    ],
)
@pytest.mark.parametrize("code", ["TE301", "TE310"])
def test_a_minimum_at_a_small_question_is_no_gate(held: str, said: str, code: str) -> None:
    gate = (held, f"{held}        minimum: 1\n")
    rule = "highest_score" if code == "TE301" else "lowest_cost_per_quality_point"
    found = says(priced("ratio_to_lowest", MINIMUM, gate, (RULE, f"  rule: {rule}\n")), code)
    assert [said in one for one in found] == ([True] if said else [])


def test_a_first_stage_with_a_threshold_is_a_gate() -> None:
    text = STAGES.replace("top: 5", "at_least: 60%")
    text = but(MINIMUM, ("{name: fixed_band, full_at: 700000, zero_at: 1000000}", "ratio_to_lowest"), text=text)
    assert says(text, "TE301") == []


@pytest.mark.parametrize("code", ["TE105", "TE107", "TE108", "TE121", "TE122", "TE123"])
def test_what_makes_sense_for_a_service_to_people_alone_is_not_asked_of_other_contracts(code: str) -> None:
    bad = CATALOGUE.lint_rules[code].item.example("bad")
    assert says(bad, code)
    assert not says(bad.replace("light_touch: true", "light_touch: false"), code)
