"""The standstill period before a contract: eight working days, beginning with the day of the award notice.

Source: Procurement Act 2023 s.51(2) for its length; for light touch contracts it is not mandatory (s.51). The
bank holidays are those of England and Wales.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tender_eval.model.extras import need
from tender_eval.model.regime import Law, Regime

WORKING_DAYS = 8
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Standstill:
    """The period: the day of the notice, the last of its working days, and whether the Act demands it."""

    begins: date
    ends: date
    mandatory: bool


def standstill(notice_on: date, regime: Regime) -> Standstill | None:
    """The standstill period of a contract whose award notice is published on a day.

    Args:
        regime: the scheme's; None is returned where it does not name the Act.

    Raises:
        Refused: TE097 where the library of bank holidays is not installed.

    >>> standstill(date(2024, 12, 24), Regime(law=Law.PROCUREMENT_ACT_2023)).ends
    datetime.date(2025, 1, 7)
    """
    if regime.law is not Law.PROCUREMENT_ACT_2023:
        return None
    return Standstill(notice_on, _last_day(notice_on), regime.light_touch is not True)


def _last_day(begins: date) -> date:
    need("holidays")
    import holidays

    closed = holidays.country_holidays("GB", subdiv="ENG")
    day, left = begins, WORKING_DAYS
    while True:
        left -= day.weekday() < _SATURDAY and day not in closed
        if left == 0:
            return day
        day += timedelta(days=1)
