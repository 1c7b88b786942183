"""Bids a lot out of UK contract notices, so that the model can be fitted to them: OCDS releases with `bids.statistics`.

Notices under the Procurement Act 2023 tell for each lot how many bids were assessed in the final stage, and how many
of them came from SMEs and from voluntary, community and social enterprises (codelist `bidStatistics` of the OCDS UK
extension: `finalStageBids`, `smeFinalStageBids`, `vcseFinalStageBids`). No stored copy of a notice that could be had
holds that block, so nothing that is shipped is fitted to any.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from tender_eval.files.nodes import table_at, tables_at, text_at, texts_at
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.files.ocds.release import releases_of
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_json
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, Table, Text
from tender_eval.simulation.calibration.fit import Target

MEASURES = {"finalStageBids": "bids", "smeFinalStageBids": "sme_bids", "vcseFinalStageBids": "vcse_bids"}
"""Measures of the UK extension, and the columns of fixtures/evidence/tenders.csv that hold them."""
_SHAPES = "expected an OCDS release, a release package or a record package with bids.statistics"


class LotBids(NamedTuple):
    """The bids for one lot; empty lot where the notice has no lots. What is not told is None."""

    tender: str
    lot: str
    bids: int | None = None
    sme_bids: int | None = None
    vcse_bids: int | None = None


def lot_bids(source: Source, problems: Problems) -> tuple[LotBids, ...]:
    """The bids of each lot that a file of notices tells, in its order; every fault is noted, each at its place."""
    before = len(problems)
    root = parse_json(source, problems)
    if len(problems) > before:
        return ()
    releases = [release.table for release in releases_of(root, problems)]
    if not releases and len(problems) == before:
        problems.add("TE005", Location(source.name, 1, 1), "this JSON holds no release", _SHAPES)
    found: dict[tuple[str, str], dict[str, int]] = {}
    for release in releases:
        tender = str(text_at(release, "ocid", problems) or source.name)
        bids = table_at(release, "bids", problems)
        for told in tables_at(bids, "statistics", problems) if bids else ():
            column = MEASURES.get(str(text_at(told, "measure", problems) or ""))
            if column is None:
                continue  # another statistic, such as of requests
            value = _count(told, problems)
            for lot in _lots(told, problems):
                of_lot = found.setdefault((tender, lot), {})
                if value is not None and of_lot.setdefault(column, value) != value:
                    message = f"{column} of lot {lot or '(none)'} are {of_lot[column]} and {value}"
                    problems.add("TE020", told.where, message, "keep one of the two: the notice published last")
    lots = tuple(LotBids(tender, lot, **columns) for (tender, lot), columns in found.items())
    for of in lots:
        for name in ("sme_bids", "vcse_bids"):
            part = getattr(of, name)
            if part is not None and of.bids is not None and part > of.bids:
                where = Location(source.name)
                message = f"lot {of.lot or '(none)'} of {of.tender} has {of.bids} bids, and {part} {name}"
                problems.add("TE015", where, message, "correct the notice: they are among the bids")
    return lots


def _lots(told: Table, problems: Problems) -> Sequence[str]:
    """The lots that a statistic is of; one without a name where it is of the whole tender."""
    several = [str(lot) for lot in texts_at(told, "relatedLots", problems)]
    one = text_at(told, "relatedLot", problems)
    return several or [str(one or "")]


def _count(told: Table, problems: Problems) -> int | None:
    value = text_at(told, "value", problems)
    if value is None:
        problems.add("TE011", told.where, "a statistic needs a value", "add the number of bids")
        return None
    try:
        number = parse_number(Text(str(value), value.where))
    except NotANumber:
        number = None
    if number is None or number.denominator != 1 or number < 0:
        problems.add("TE015", value.where, f'"{value}" is no number of bids', "write a whole number from 0 on")
        return None
    return int(number)


def notice_targets(lots: Sequence[LotBids]) -> tuple[Target, ...]:
    """What the notices say, to fit to: bids a lot, lots with a single bid, and the shares of bids by SMEs and VCSEs.

    Standard errors take the lots for independent, which those of one tender are not.
    """
    numbers = [lot.bids for lot in lots if lot.bids is not None]
    targets = [_mean("bids", "bids a lot, mean", [float(n) for n in numbers])]
    targets += [_mean("single", "lots with a single bid", [float(n == 1) for n in numbers if n])]
    for column, title in (("sme_bids", "bids by SMEs"), ("vcse_bids", "bids by VCSEs")):
        told = [(getattr(lot, column), lot.bids) for lot in lots if lot.bids and getattr(lot, column) is not None]
        targets.append(_mean(column, f"{title}, mean share over lots", [part / whole for part, whole in told]))
    return tuple(target for target in targets if target is not None)


def _mean(name: str, title: str, values: Sequence[float]) -> Target | None:
    """A mean with its standard error; None where there are no values, and no error where there is one alone."""
    if not values:
        return None
    mean = sum(values) / len(values)
    if len(values) < 2:
        return Target(name, title, mean, None, False)
    spread = sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - 1))
    error = spread / sqrt(len(values))
    return Target(name, title, mean, error or None, error > 0)
