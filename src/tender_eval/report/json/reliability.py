"""How reliably a panel marked, as plain data. In place of a figure that is not worked out stands why."""

from __future__ import annotations

from typing import Any

from tender_eval.fairness.findings.reliability import (
    AgainstMean,
    Agreement,
    Estimate,
    Interval,
    OtherPanels,
    Reliability,
    Severity,
    TooLittle,
)


def reliability_data(found: Reliability) -> dict[str, Any]:
    """Severity and gaps are in shares of the highest mark."""
    severity, panels = found.severity, found.panels
    return {
        "overall": _agreement(found.overall),
        "criteria": {one.criterion: _agreement(one) for one in found.by_criterion},
        "severity": severity.value
        if isinstance(severity, TooLittle)
        else {one.person: _severity(one) for one in severity},
        "agreed_beside_mean": {one.criterion: _against_mean(one) for one in found.against_mean if one.criterion},
        "resting_on": dict(found.resting),
        "other_panels": panels.value if isinstance(panels, TooLittle) else _panels(panels) if panels else None,
    }


def _agreement(one: Agreement) -> dict[str, Any]:
    return {
        "people": one.people,
        "bids": one.bids,
        "marks": one.marks,
        "alpha_nominal": _estimate(one.nominal),
        "alpha_ordinal": _estimate(one.ordinal),
        "alpha_interval": _estimate(one.interval),
        "icc_2_1": _estimate(one.single),
        "icc_2_k": _estimate(one.average),
        "kendall_w": _estimate(one.concordance),
    }


def _estimate(one: Estimate | TooLittle) -> dict[str, Any] | str:
    if isinstance(one, TooLittle):
        return one.value
    return {"value": one.value, "interval": _interval(one.interval)}


def _interval(one: Interval | TooLittle) -> dict[str, Any] | str:
    if isinstance(one, TooLittle):
        return one.value
    data = {"low": one.low, "high": one.high, "level": 0.95, "by": one.by}
    return data | ({"draws": one.draws} if one.draws else {})


def _severity(one: Severity) -> dict[str, Any]:
    return {"marks": one.marks, "found": _estimate(one.found), "shrunk": one.shrunk}


def _against_mean(one: AgainstMean) -> dict[str, Any]:
    bid, _, counts, mean = one.furthest
    return {
        "marks": one.marks,
        "higher": one.higher,
        "lower": one.lower,
        "outside": one.outside,
        "mean_gap": float(one.gap),
        "exact_mean_gap": str(one.gap),
        "furthest": {"bid": bid, "mark": str(counts), "mean": str(mean)},
    }


def _panels(one: OtherPanels) -> dict[str, Any]:
    return {
        "draws": one.draws,
        "other_winner": one.other,
        "standard_error": one.error,
        "wins": dict(one.wins),
        "marks_of_several": one.several,
        "marks_of_fewer": one.fewer,
        "agreed": one.agreed,
    }
