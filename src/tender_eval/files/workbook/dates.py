"""A workbook's dates: numbers of days since its epoch (ECMA-376, part 1, 18.17.4.1)."""

from __future__ import annotations

import datetime
from decimal import Decimal

_EPOCH = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - workbooks know no zones
_LAST = Decimal(2_958_466)  # the first day after the year 9999, counted from 1900
_BETWEEN_EPOCHS = 1462
_FIRST_OF_MARCH_1900 = 61  # 1900 is taken for a leap year: days before are one further
_MICROSECONDS = 24 * 60 * 60 * 1_000_000
Moment = datetime.datetime | datetime.date | datetime.time | datetime.timedelta


def moment(number: str, from_1904: bool, passed: bool) -> Moment | None:
    """What a number stands for where its cell shows a date or a time; None where the calendar has none.

    >>> moment("45000", False, False), moment("0.5", False, False), moment("1.25", False, True)
    (datetime.date(2023, 3, 15), datetime.time(12, 0), datetime.timedelta(days=1, seconds=21600))

    Args:
        from_1904: the workbook counts from 1904.
        passed: the cell shows a time that has passed.
    """
    days = Decimal(number)
    if not 0 <= days < _LAST - (_BETWEEN_EPOCHS if from_1904 else 0):
        return None
    whole = int(days)
    rest = datetime.timedelta(milliseconds=round((days - whole) * _MICROSECONDS / 1000))
    if passed:
        return datetime.timedelta(days=whole) + rest
    if whole == 0 and not from_1904 and rest < datetime.timedelta(days=1):
        return (_EPOCH + rest).time()
    if from_1904:
        whole += _BETWEEN_EPOCHS
    elif whole < _FIRST_OF_MARCH_1900:
        whole += 1
    day = _EPOCH + datetime.timedelta(days=whole)
    return day + rest if rest else day.date()
