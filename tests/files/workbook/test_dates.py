"""Dates as workbooks count them, held against openpyxl."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from tender_eval.files.workbook.dates import moment


@pytest.mark.slow
@given(st.decimals(1, 2_900_000, places=5), st.booleans())
def test_a_number_of_days_is_the_moment_that_openpyxl_makes_of_it(days: object, from_1904: bool) -> None:
    number = float(str(days))
    epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
    theirs, ours = from_excel(number, epoch=epoch), moment(str(days), from_1904, passed=False)
    if not isinstance(ours, datetime.datetime) and isinstance(ours, datetime.date):
        ours = datetime.datetime.combine(ours, datetime.time())
    assert isinstance(theirs, datetime.datetime)
    assert isinstance(ours, datetime.datetime)
    assert abs(theirs - ours) <= datetime.timedelta(milliseconds=1)


@pytest.mark.parametrize("days", ["-1", "2958466", "1E300"])
def test_what_the_calendar_does_not_have(days: str) -> None:
    assert moment(days, False, False) is None
