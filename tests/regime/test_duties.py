"""The table of law: each row with clause and source, and which of them bind whom, when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tender_eval.languages.catalogue import catalogue
from tender_eval.model.regime import Authority, Law, Nation, Procedure, Regime
from tender_eval.regime.duties import binding, covered, duties, duty, in_force, replaced, threshold
from tender_eval.regime.duty import Duty

ACT = Regime(law=Law.PROCUREMENT_ACT_2023)
LIGHT = replace(ACT, light_touch=True)
TODAY = date(2026, 12, 1)


def ids(regime: Regime, rule: str = "", day: date | None = None) -> list[str]:
    return [row.id for row in binding(regime, rule, day)]


@pytest.mark.parametrize("row", duties().rows, ids=lambda row: row.id)
def test_each_row_has_its_clause_and_source(row: Duty) -> None:
    assert row.source
    assert row.about
    assert all(clause.document and clause.section for clause in row.clauses)
    assert (row.figure is None) == (row.unit == "")
    assert row.since is None or row.until is None or row.since <= row.until
    assert bool(row.bank_holidays) == (row.rule == "standstill")


@pytest.mark.slow
def test_no_two_rows_of_a_rule_bind_one_procurement() -> None:
    rules = {row.rule for row in duties().rows}
    days = {day for row in duties().rows for day in (row.since, row.until) if day}
    for law in Law:
        for nation in Nation:
            for authority in Authority:
                for light in (True, False):
                    one = Regime(nation=nation, law=law, authority=authority, light_touch=light)
                    for day in days:
                        found = [row.rule for row in binding(one, day=day)]
                        assert len(found) == len(set(found)), (one, day, found)
    assert rules >= {"standstill", "assessment_summary", "threshold", "key_performance_indicators", "procedures"}


def test_a_fact_stands_once() -> None:
    told = [(row.rule, row.who, row.since) for row in duties().rows]
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("nation", "summary"),
    [
        (None, "summary-pa23"),
        (Nation.ENGLAND, "summary-pa23"),
        (Nation.NORTHERN_IRELAND, "summary-pa23"),
        (Nation.WALES, "summary-pa23-wales"),
    ],
)
def test_summaries_are_under_the_regulations_of_the_nation(nation: Nation | None, summary: str) -> None:
    assert ids(replace(ACT, nation=nation), "assessment_summary") == [summary]


@pytest.mark.parametrize(
    ("law", "clause"),
    [
        (Law.PCR_2015, "Public Contracts Regulations 2015, reg. 86"),
        (Law.UCR_2016, "Utilities Contracts Regulations 2016, reg. 101"),
        (Law.CCR_2016, "Concession Contracts Regulations 2016, reg. 47"),
        (Law.PCSR_2015, "Public Contracts (Scotland) Regulations 2015, reg. 85"),
    ],
)
def test_letters_of_other_laws(law: Law, clause: str) -> None:
    found = duty(Regime(law=law), "assessment_summary")
    assert found
    assert [str(c) for c in found.clauses] == [clause]


@pytest.mark.parametrize("law", [None, Law.NONE, Law.GRANT, Law.WORLD_BANK, Law.EU_2014_24])
def test_no_row_binds_what_is_under_no_law_of_the_table(law: Law | None) -> None:
    assert binding(Regime(law=law)) == ()


def test_the_standstill_is_voluntary_for_light_touch_contracts() -> None:
    assert [(r.says, r.figure) for r in binding(ACT, "standstill")] == [("must", 8)]
    assert [(r.says, r.figure) for r in binding(LIGHT, "standstill")] == [("may", 8)]


def test_key_performance_indicators_bind_large_contracts_that_are_not_light_touch() -> None:
    large = replace(ACT, estimated_value=Fraction(5_000_001))
    assert ids(large, "key_performance_indicators") == ["kpis-pa23"]
    assert ids(replace(large, estimated_value=Fraction(5_000_000)), "key_performance_indicators") == []
    assert ids(replace(large, light_touch=True), "key_performance_indicators") == []


@pytest.mark.parametrize(
    ("regime", "least"),
    [
        (ACT, 207_720),
        (LIGHT, 663_540),
        (replace(ACT, authority=Authority.CENTRAL), 135_018),
        (replace(ACT, authority=Authority.NHS), 135_018),
        (replace(ACT, authority=Authority.COUNCIL), 207_720),
        (replace(ACT, published=date(2025, 12, 31)), 214_904),
        (replace(ACT, published=date(2025, 12, 31), authority=Authority.CENTRAL), 139_688),
    ],
)
def test_thresholds(regime: Regime, least: int) -> None:
    assert [row.figure for row in binding(regime, "threshold")] == [least]
    assert covered(replace(regime, estimated_value=Fraction(least))) is True
    below = replace(regime, estimated_value=Fraction(least - 1))
    assert covered(below) is False
    assert duty(below, "assessment_summary") is None
    assert duty(below, "standstill") is None


@pytest.mark.parametrize(
    ("light", "day", "least"),
    [
        (False, date(2026, 1, 1), 5_193_000),
        (True, date(2026, 1, 1), 5_372_609),
        (False, date(2025, 12, 31), None),
    ],
)
def test_a_concession_has_thresholds_of_its_own(light: bool, day: date, least: int | None) -> None:
    regime = replace(ACT, light_touch=light, published=day, concession=True)
    row = threshold(regime)
    assert (row.figure if row else None) == least
    small = replace(regime, estimated_value=Fraction(1_000_000))
    assert covered(small) is (None if least is None else False)
    assert (duty(small, "assessment_summary") is None) == (least is not None), "below it, no summary is due"
    assert covered(replace(small, concession=False)) is True


def test_whether_it_is_covered_cannot_always_be_told() -> None:
    assert covered(ACT) is None
    assert covered(Regime(law=Law.PCR_2015, estimated_value=Fraction(1))) is None
    assert covered(Regime(law=Law.BELOW_THRESHOLD)) is False


def test_a_restricted_procedure_is_old_law() -> None:
    row = duty(ACT, "procedures")
    assert row
    assert Procedure.OPEN in row.words
    assert Procedure.RESTRICTED not in row.words


def test_social_value_binds_central_government() -> None:
    central = replace(ACT, authority=Authority.CENTRAL)
    assert ids(central, "social_value", date(2025, 9, 30)) == ["social-value-2021"]
    assert ids(central, "social_value", date(2025, 10, 1)) == ["social-value-2025"]
    assert ids(replace(ACT, authority=Authority.COUNCIL), "social_value") == []


def test_local_reservation_is_for_councils_in_england_below_the_threshold() -> None:
    council = Regime(law=Law.BELOW_THRESHOLD, authority=Authority.COUNCIL)
    assert ids(council, "local_reservation", date(2026, 2, 4)) == ["local-reservation"]
    assert ids(council, "local_reservation", date(2026, 2, 3)) == []
    assert ids(replace(council, nation=Nation.WALES), "local_reservation") == []
    assert ids(replace(council, authority=Authority.NHS), "local_reservation") == []
    act = replace(council, law=Law.PROCUREMENT_ACT_2023)
    assert ids(act, "local_reservation") == []
    assert ids(replace(act, estimated_value=Fraction(207_719)), "local_reservation") == ["local-reservation"]
    assert ids(replace(act, estimated_value=Fraction(207_720)), "local_reservation") == []


def test_which_laws_the_act_replaced() -> None:
    assert {law for law in Law if replaced(law)} == {Law.PCR_2015, Law.UCR_2016, Law.CCR_2016}
    assert not replaced(None)
    assert in_force(Law.PCR_2015, date(2025, 2, 23))
    assert not in_force(Law.PCR_2015, date(2025, 2, 24))
    assert not in_force(Law.PROCUREMENT_ACT_2023, date(2025, 2, 23))


def test_nothing_of_the_act_binds_before_it_was_in_force() -> None:
    assert binding(ACT, day=date(2025, 2, 23)) == ()


def test_what_comes_before_the_notice() -> None:
    assert ids(ACT, "conflicts_assessment") == ids(LIGHT, "conflicts_assessment") == ["conflicts-pa23"]
    assert ids(replace(ACT, law=Law.BELOW_THRESHOLD), "conflicts_assessment") == []
    assert ids(ACT, "policy_statement") == ["policy-statement-national"]
    assert ids(replace(ACT, nation=Nation.WALES), "policy_statement") == ["policy-statement-wales"]
    assert ids(Regime(law=Law.PSR_2023), "policy_statement") == []


def test_contract_details_are_due_later_for_light_touch_contracts() -> None:
    assert [row.figure for row in binding(ACT, "contract_details")] == [30]
    assert [row.figure for row in binding(LIGHT, "contract_details")] == [120]


def test_schools_may_assess_suitability_below_the_threshold() -> None:
    below = Regime(law=Law.BELOW_THRESHOLD, authority=Authority.COUNCIL)
    assert ids(below, "suitability_stage") == ["suitability-below-threshold"]
    assert ids(replace(below, authority=Authority.SCHOOL), "suitability_stage") == []
    assert ids(replace(below, nation=Nation.WALES), "suitability_stage") == []


def test_the_words_of_letters_say_the_figures_of_the_table() -> None:
    text = catalogue("letters")
    said = {8: "eight working days", 10: "ten days"}
    for row in duties().rows:
        if row.rule == "standstill" and row.figure is not None and not row.counts_from:
            kind = "mandatory" if row.says == "must" else "voluntary"
            assert said[int(row.figure)] in text.template(f"standstill.{kind}")
        elif row.rule == "standstill" and row.unit == "days":
            assert row.figure == 10
            assert said[10] in text.template("standstill.days")
        elif row.rule == "standstill":
            assert row.figure == 8
            assert "eighth working day" in text.template("standstill.representations")
