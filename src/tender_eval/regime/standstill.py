"""The standstill period before a contract, as long as the law that governs the award makes it.

Under the Procurement Act 2023 it begins with the day of the award notice; for light touch contracts it is not
mandatory. What the table of law says of it is told with the clause, and whose bank holidays are no working days: under
the Act those in any part of the United Kingdom (s.123).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tender_eval.model.extras import need
from tender_eval.model.regime import Nation, Regime
from tender_eval.regime.duties import duty
from tender_eval.regime.duty import Duty

_SATURDAY = 5
_SUBDIVISIONS = {Nation.ENGLAND: "ENG", Nation.WALES: "WLS", Nation.SCOTLAND: "SCT", Nation.NORTHERN_IRELAND: "NIR"}


@dataclass(frozen=True, slots=True)
class Standstill:
    """The period: the day of the notice, the last day of it, and the rule of law that it is under."""

    begins: date
    ends: date
    under: Duty

    @property
    def mandatory(self) -> bool:
        """Whether the law demands it."""
        return self.under.says == "must"


def standstill(notice_on: date, regime: Regime) -> Standstill | None:
    """The standstill period of a contract whose award notice is published, or sent, on a day.

    Args:
        regime: the scheme's; None is returned where it names no law that has such a period, and for contracts below
            the threshold.

    Raises:
        Refused: TE097 where the library of bank holidays is not installed.

    >>> from tender_eval.model.regime import Law
    >>> standstill(date(2024, 12, 24), Regime(law=Law.PROCUREMENT_ACT_2023)).ends
    datetime.date(2025, 1, 8)
    """
    row = duty(regime, "standstill")
    if row is None or row.figure is None:
        return None
    return Standstill(notice_on, _last_day(notice_on + timedelta(days=row.counts_from), int(row.figure), row), row)


def _last_day(first: date, length: int, row: Duty) -> date:
    """The last of so many days; in either unit it is a working day."""
    need("holidays")
    import holidays

    closed = [holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation]) for nation in row.bank_holidays]
    day, left = first, length
    while True:
        works = day.weekday() < _SATURDAY and not any(day in those for those in closed)
        left -= works or row.unit == "days"
        if left <= 0 and works:
            return day
        day += timedelta(days=1)
