"""The standstill period."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tender_eval import Refused
from tender_eval.model import extras
from tender_eval.model.regime import UNSTATED, Law, Nation, Procedure, Regime
from tender_eval.regime.standstill import standstill

ACT = Regime(law=Law.PROCUREMENT_ACT_2023)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("notice", "ends"),
    [
        ((2026, 6, 1), (2026, 6, 10)),  # a Monday: it is the first of the eight days
        ((2026, 6, 20), (2026, 7, 1)),  # a Saturday: counting begins on Monday
        ((2024, 12, 24), (2025, 1, 8)),  # Christmas, Boxing Day, New Year, and 2 January in Scotland
        ((2026, 4, 1), (2026, 4, 14)),  # Good Friday and Easter Monday
        ((2026, 5, 21), (2026, 6, 2)),  # Spring bank holiday
        ((2026, 12, 23), (2027, 1, 7)),  # Boxing Day on a Saturday, observed on Monday; in Scotland 2 January too
        ((2026, 3, 9), (2026, 3, 19)),  # Saint Patrick's Day, in Northern Ireland
        ((2026, 7, 6), (2026, 7, 16)),  # 12 July, there, observed on Monday
        ((2026, 7, 27), (2026, 8, 6)),  # the first Monday of August, in Scotland
        ((2026, 11, 23), (2026, 12, 3)),  # Saint Andrew's Day
    ],
)
def test_eight_working_days_beginning_with_the_notice(notice: tuple[int, int, int], ends: tuple[int, int, int]) -> None:
    found = standstill(date(*notice), ACT)
    assert found
    assert (found.begins, found.ends, found.mandatory) == (date(*notice), date(*ends), True)


def test_it_is_not_mandatory_for_light_touch() -> None:
    found = standstill(date(2026, 6, 1), replace(ACT, light_touch=True))
    assert found
    assert not found.mandatory


def test_without_such_a_law_there_is_none() -> None:
    assert standstill(date(2026, 6, 1), UNSTATED) is None
    assert standstill(date(2026, 6, 1), Regime(law=Law.GRANT)) is None
    assert standstill(date(2026, 6, 1), replace(ACT, estimated_value=Fraction(100))) is None


@pytest.mark.parametrize(
    ("sent", "ends"),
    [
        ((2024, 6, 3), (2024, 6, 13)),  # Monday: the tenth day after it is a Thursday
        ((2024, 6, 5), (2024, 6, 17)),  # the tenth day is a Saturday, so it is Monday
        ((2024, 12, 16), (2024, 12, 27)),  # the tenth day is Boxing Day
    ],
)
def test_ten_days_after_the_notices_under_the_regulations_before_it(
    sent: tuple[int, int, int], ends: tuple[int, int, int]
) -> None:
    found = standstill(date(*sent), Regime(law=Law.PCR_2015))
    assert found
    assert (found.ends, found.mandatory) == (date(*ends), True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("law", "on", "ends"),
    [
        (Law.PSR_2023, (2026, 7, 27), (2026, 8, 7)),  # the Monday in August is a bank holiday in Scotland alone
        (Law.PSR_2023, (2026, 8, 24), (2026, 9, 7)),  # the last one of it, in England
        (Law.PCSR_2015, (2026, 7, 24), (2026, 8, 4)),  # the tenth day is the Monday
        (Law.PCSR_2015, (2026, 8, 21), (2026, 8, 31)),
        (Law.PCR_2015, (2024, 7, 26), (2024, 8, 5)),
        (Law.PCR_2015, (2024, 8, 16), (2024, 8, 27)),
    ],
)
def test_the_bank_holidays_are_those_that_the_law_names(
    law: Law, on: tuple[int, int, int], ends: tuple[int, int, int]
) -> None:
    found = standstill(date(*on), Regime(law=law))
    assert found
    assert found.ends == date(*ends)


def test_eight_working_days_after_the_day_after_the_notice_for_health_care() -> None:
    found = standstill(date(2026, 6, 1), Regime(law=Law.PSR_2023))
    assert found
    assert found.ends == date(2026, 6, 12)  # it begins on Tuesday 2 June


@pytest.mark.parametrize(
    ("regime", "ends"),
    [
        (Regime(law=Law.PSR_WALES_2025), date(2026, 6, 11)),  # it begins on the day of the notice, Monday 1 June
        (replace(ACT, procedure=Procedure.CALL_OFF), date(2026, 6, 10)),
        (replace(ACT, procedure=Procedure.DIRECT_AWARD), date(2026, 6, 10)),
        (Regime(law=Law.PCR_2015, procedure=Procedure.CALL_OFF), None),
        (Regime(law=Law.PCSR_2015, procedure=Procedure.CALL_OFF), None),
        (Regime(law=Law.PSR_2023, nation=Nation.WALES), None),
        (Regime(law=Law.PCSR_2015, nation=Nation.ENGLAND), None),
    ],
)
def test_the_nation_and_the_procedure_count(regime: Regime, ends: date | None) -> None:
    found = standstill(date(2026, 6, 1), regime)
    assert (found.ends if found else None) == ends
    assert not found or found.mandatory == (regime.procedure is not Procedure.CALL_OFF)


def test_the_one_bank_holiday_of_2026_in_scotland_alone_counts_under_the_act() -> None:
    found = standstill(date(2026, 6, 8), ACT)
    assert found
    assert found.ends == date(2026, 6, 18)  # Monday 15 June is one by proclamation


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    with pytest.raises(Refused, match=r"TE097.*holidays") as refused:
        standstill(date(2026, 6, 1), ACT)
    assert refused.value.diagnostics[0].hint == "pip install 'tender-eval[report]'"
