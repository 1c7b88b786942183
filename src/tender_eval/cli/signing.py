"""The days on which contracts were signed, as ``report --signed-on`` takes them: one for all lots, or one for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from tender_eval.case.case import Case

OPTION = "--signed-on"
_DAY = click.DateTime(("%Y-%m-%d",))


class Signed(NamedTuple):
    """A day, and the lot that it is said of; empty for every lot of which no other is said."""

    lot: str
    day: date


class SignedOn(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases alone
    """``DATE`` or ``LOT=DATE``; a lot may have a sign of equality in its id."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Signed:
        """The day and its lot."""
        lot, _, day = str(value).rpartition("=")
        found: datetime = _DAY.convert(day, param, ctx)
        return Signed(lot, found.date())


def signed_by_lot(case: Case, stated: Sequence[Signed]) -> dict[str, date]:
    """By lot the day on which its contract was signed; a tender without lots has the key ``""``.

    Raises:
        BadParameter: for a lot that is not there, or of which two days are said.
    """
    lots = case.state.lots
    found: dict[str, date] = {}
    for lot, day in stated:
        if lot and lot not in lots:
            known = f"its lots are {', '.join(lots)}" if any(lots) else "it has none: give the day alone"
            raise click.BadParameter(f'the tender has no lot "{lot}"; {known}', param_hint=OPTION)
        if found.setdefault(lot, day) != day:
            of = f'lot "{lot}"' if lot else "every lot"
            raise click.BadParameter(f"two days are given for {of}", param_hint=OPTION)
    return {lot: found[lot if lot in found else ""] for lot in lots if lot in found or "" in found}


def signed_too_early(case: Case, signed: Mapping[str, date]) -> Iterator[str]:
    """A sentence for each lot whose contract was signed within its standstill period."""
    from tender_eval.report.notices.contract_details import signed_early
    from tender_eval.report.notices.sheet import lot_title, t

    for lot, day in signed.items():
        if ends := signed_early(case, lot, day):
            yield f"{lot_title(case, lot)}: {t('note.signed early', day=t.day(ends))}"
