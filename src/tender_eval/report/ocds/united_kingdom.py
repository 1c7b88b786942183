"""What the extension of the United Kingdom adds to a release, of contracts under the Procurement Act 2023.

Source: cabinetoffice/ocds_uk_extension, release-schema.json and its codelist bidStatistics.csv, by which Find a Tender
publishes; the legal basis by the extension legalBasis of OCDS.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from tender_eval.case.case import Case
from tender_eval.model.regime import Law, Procedure, Regime
from tender_eval.regime.duties import covered
from tender_eval.report.case.assessed import final_stage

EXTENSIONS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_legalBasis_extension/master/extension.json",
    "https://raw.githubusercontent.com/cabinetoffice/ocds_uk_extension/main/extension.json",
)
_METHODS = {
    Procedure.OPEN: "open",
    Procedure.COMPETITIVE_FLEXIBLE: "selective",
    Procedure.DIRECT_AWARD: "direct",
}
"""Of the codelist `method`; a call-off may be with a competition or without one."""
_SUNDAY = 6
_BEGINS, _ENDS = time(0, 0, 0), time(23, 59, 59)


def is_british(regime: Regime) -> bool:
    """Whether the Act governs the contract, as a covered procurement or below its threshold."""
    return regime.law in (Law.PROCUREMENT_ACT_2023, Law.BELOW_THRESHOLD)


def of_tender(regime: Regime) -> dict[str, Any]:
    """The fields of the tender."""
    above, method = covered(regime), _METHODS.get(regime.procedure) if regime.procedure else None
    found: dict[str, Any] = {"legalBasis": {"scheme": "UKPGA", "id": "2023/54"}}
    found |= {"procurementMethod": method} if method else {}
    found |= {"procurementMethodDetails": regime.procedure.value.replace("-", " ")} if regime.procedure else {}
    found |= {"specialRegime": ["lightTouch"]} if regime.light_touch else {}
    found |= {"aboveThreshold": above} if above is not None else {}
    if regime.estimated_value is not None:
        found["value"] = {"amountGross": regime.estimated_value, "currency": "GBP"}
    return found


def of_award(case: Case, lot: str, summaries_sent_on: date | None) -> dict[str, Any]:
    """The fields of an award of a lot.

    Args:
        summaries_sent_on: the day on which the assessment summaries were sent; None where it is not said.
    """
    regime, period = case.state.whole.scheme.regime, case.standstill(lot)
    above = covered(regime)
    found: dict[str, Any] = {}
    if period is not None:
        found["standstillPeriod"] = {
            "startDate": in_britain(period.begins, _BEGINS),
            "endDate": in_britain(period.ends, _ENDS),
        }
    if summaries_sent_on is not None:
        found["assessmentSummariesDateSent"] = in_britain(summaries_sent_on, _BEGINS)
    return found | ({"aboveThreshold": above} if above is not None else {})


def of_contract(award: dict[str, Any], title: str, regime: Regime, signed_on: date) -> dict[str, Any]:
    """The contract that an award came to, signed on a day."""
    above = covered(regime)
    found: dict[str, Any] = {"id": award["id"].replace("-award-", "-contract-"), "awardID": award["id"], "title": title}
    found |= {"status": "active", **({"value": award["value"]} if "value" in award else {})}
    found |= {"dateSigned": in_britain(signed_on, _BEGINS)}
    found |= {"period": {"durationInMonths": 12 * regime.years}} if regime.years else {}
    return found | ({"aboveThreshold": above} if above is not None else {})


def statistics(case: Case, lot: str) -> Iterator[tuple[str, int]]:
    """The measures of the final stage that are known, by their codes."""
    counted = final_stage(case, lot)
    for measure, number in zip(
        ("finalStageBids", "smeFinalStageBids", "vcseFinalStageBids"), counted, strict=True
    ):  # fmt: skip
        if number is not None:
            yield measure, number


def in_britain(day: date, at: time) -> str:
    """A time of day in the United Kingdom, in RFC 3339 with its offset.

    Source: Summer Time Act 1972 s.1 (as amended by SI 2002/262): one hour ahead from the last Sunday in March to the
    last Sunday in October, at one o'clock in the morning, Greenwich mean time.

    >>> in_britain(date(2026, 3, 28), time(9)), in_britain(date(2026, 6, 1), time(23, 59, 59))
    ('2026-03-28T09:00:00+00:00', '2026-06-01T23:59:59+01:00')
    """
    moment = datetime.combine(day, at)
    begins = datetime.combine(_last_sunday(day.year, 3), time(1))
    ends = datetime.combine(_last_sunday(day.year, 10), time(2))  # by the clock, which then shows one again
    return f"{moment.isoformat()}{'+01:00' if begins <= moment < ends else '+00:00'}"


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() - _SUNDAY) % 7)
