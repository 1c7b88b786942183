"""Which rules of law bind a procurement on a day: asked of the one table, `duties.yaml`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tender_eval.files.source import Source
from tender_eval.model.regime import Law, Regime
from tender_eval.regime.duty import Duty
from tender_eval.regime.table import read_duties

NAME = "duties.yaml"


class Duties(NamedTuple):
    """The table, and the day on which its rows were last compared with their sources."""

    checked: date
    rows: tuple[Duty, ...]


@cache
def duties() -> Duties:
    """The table that is shipped."""
    return Duties(*read_duties(Source(NAME, (files(__package__) / NAME).read_bytes())))


def day_of(regime: Regime) -> date:
    """The day whose law is asked for: of publication, else that on which the table was checked."""
    return regime.published or duties().checked


def binding(regime: Regime, rule: str = "", day: date | None = None) -> tuple[Duty, ...]:
    """The rows that bind a procurement, of one rule or of all.

    A contract under the Act that is below its threshold is bound by what holds there. One whose value is not stated
    is taken to be above it, and worth whatever a rule asks for.

    Args:
        day: on which it begins; default: see `day_of`.
    """
    on = day or day_of(regime)
    if regime.law is Law.PROCUREMENT_ACT_2023 and covered(regime, on) is False:
        return _fitting(replace(regime, law=Law.BELOW_THRESHOLD), rule, on)
    return _fitting(regime, rule, on)


def _fitting(regime: Regime, rule: str, day: date) -> tuple[Duty, ...]:
    value = regime.estimated_value
    return tuple(
        row
        for row in duties().rows
        if rule in ("", row.rule)
        and row.who.fits(regime)
        and row.stands(day)
        and (row.above is None or value is None or value > row.above)
    )


def rows_of(rule: str) -> tuple[Duty, ...]:
    """The rows of a rule, whichever procurement and day they bind."""
    return tuple(row for row in duties().rows if row.rule == rule)


def duty(regime: Regime, rule: str, day: date | None = None) -> Duty | None:
    """The row of a rule that binds a procurement; None where none does."""
    return next(iter(binding(regime, rule, day)), None)


def threshold(regime: Regime, day: date | None = None) -> Duty | None:
    """The row of the threshold that a contract is held against; of a concession that of its own, if one is known."""
    on = day or day_of(regime)
    if not regime.concession:
        return next(iter(_fitting(regime, "threshold", on)), None)
    light = regime.light_touch is True
    found = [
        row
        for row in rows_of("threshold")
        if "concession" in row.who.contract.split()
        and regime.law in row.who.laws
        and row.stands(on)
        and row.who.light_touch in (None, light)
    ]
    return min(found, key=lambda row: row.who.light_touch is None, default=None)


def covered(regime: Regime, day: date | None = None) -> bool | None:
    """Whether the contract is not below its threshold; None where that cannot be told."""
    if regime.law is Law.BELOW_THRESHOLD:
        return False
    least = threshold(regime, day)
    if least is None or least.figure is None or regime.estimated_value is None:
        return None
    return regime.estimated_value >= least.figure


def in_force(law: Law, day: date) -> bool:
    """Whether a law governs procurements that begin on a day; true of those whose days are not in the table."""
    rows = [row for row in rows_of("in_force") if law in row.who.laws]
    return not rows or any(row.stands(day) for row in rows)


def replaced(law: Law | None) -> bool:
    """Whether a law no longer governs procurements that begin now."""
    return law is not None and not in_force(law, duties().checked)
