"""Real providers from a CSV file, one a row: ``name``, ``type``, and what is known of ``income`` (pounds a year),
``home`` (names of areas, separated by semicolons), ``quality`` (share of full marks), ``days`` (to write a bid) and
``partners`` (names of others in the file, separated by semicolons, with which it bids where it cannot bid alone).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from tender_eval.files.source import Source
from tender_eval.files.tables.csv_reader import csv_rows
from tender_eval.files.tables.table import Row
from tender_eval.files.validate import validate
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location, Table, Text
from tender_eval.simulation.loading.file import ProviderFile
from tender_eval.simulation.spec.records import Provider


def read_providers(
    source: Source, types: Collection[str], areas: Sequence[str], problems: Problems
) -> tuple[Provider, ...]:
    """The providers of a file; what is wrong with it is noted, each fault at its field."""
    found = csv_rows(source, problems)
    if found is None or not _headings(found.headings, source.name, problems):
        return ()
    if not found.rows and not found.ragged:
        problems.add("TE018", Location(source.name), "the file holds no providers", "add a row for each")
    seen: dict[str, Location] = {}
    providers = []
    partners: list[tuple[Text, Text]] = []
    for row in found.rows:
        cells = _cells(found.headings, row)
        read = validate(ProviderFile, cells, row.where, problems, "this row")
        home = _home(cells.get("home"), areas, problems)
        if isinstance(name := cells.get("name"), Text):
            _once(name, seen, problems)
        if isinstance(kind := cells.get("type"), Text):
            _known("type", kind, types, problems)
        if read is not None:
            figures = (_float(read.income), home, _float(read.quality), _float(read.days))
            named = tuple(map(str, _listed(cells.get("partners"))))
            providers.append(Provider(str(read.name), str(read.type), *figures, named))
        partners += [(name, partner) for partner in _listed(cells.get("partners")) if isinstance(name, Text)]
    _consortia(partners, seen, problems)
    return tuple(providers)


def _consortia(partners: Sequence[tuple[Text, Text]], known: Collection[str], problems: Problems) -> None:
    """That every partner is in the file, and in one consortium."""
    leads, lead_of = {lead for lead, _ in partners}, dict[str, Text]()
    for lead, partner in partners:
        if partner == lead:
            message = f'"{lead}" is named as its own partner'
            problems.add("TE016", partner.where, message, "name the others alone: whoever names them leads")
        elif partner not in known:
            _known("provider", partner, known, problems)
        elif partner in leads:
            message = f'"{partner}" is named as a partner, and names partners itself'
            problems.add("TE020", partner.where, message, "name partners at the lead alone")
        elif partner in lead_of:
            other = lead_of[partner]
            message = f'"{partner}" is named as a partner of "{lead}"' + (
                " twice" if other == lead else f' and of "{other}"'
            )
            problems.add("TE020", partner.where, message, "name it once: a provider bids once")
        lead_of.setdefault(partner, lead)


def _headings(headings: Sequence[Text], name: str, problems: Problems) -> bool:
    before = len(problems)
    known = ProviderFile.model_fields
    for n, heading in enumerate(headings):
        if heading in headings[:n]:
            problems.add("TE007", heading.where, f'the heading "{heading}" stands twice', "keep one of the two columns")
        elif not heading:
            problems.add("TE061", heading.where, "this column has no heading", "give it a heading, or remove it")
        elif heading not in known:
            problems.add("TE010", heading.where, f'unknown heading "{heading}"', did_you_mean(heading, known))
    for needed in ("name", "type"):
        if needed not in (str(heading).strip().casefold() for heading in headings):  # else it is told as unknown
            where = headings[0].where if headings else Location(name)
            problems.add("TE011", where, f'the heading "{needed}" is missing', f"add a column headed {needed}")
    return len(problems) == before


def _cells(headings: Sequence[Text], row: Row) -> Table:
    cells = Table(row.where)
    cells.update({h: cell for h, cell in zip(headings, row.cells, strict=True) if cell})
    return cells


def _once(name: Text, seen: dict[str, Location], problems: Problems) -> None:
    if name in seen:
        message = f'two providers are called "{name}"; the first is at {seen[name]}'
        problems.add("TE020", name.where, message, "give each its own name")
    seen.setdefault(name, name.where)


def _known(what: str, name: Text, known: Collection[str], problems: Problems) -> None:
    if name not in known:
        problems.add("TE021", name.where, f'there is no {what} "{name}"', did_you_mean(name, known))


def _home(cell: object, areas: Sequence[str], problems: Problems) -> tuple[int, ...] | None:
    if not isinstance(cell, Text):
        return None
    names = _listed(cell)
    for name in names:
        if "," in name and name not in areas:
            problems.add("TE021", name.where, f'there is no area "{name}"', "separate areas by semicolons: A; B")
        else:
            _known("area", name, areas, problems)
    return tuple(sorted({areas.index(name) for name in names if name in areas}))


def _listed(cell: object) -> list[Text]:
    """The names in a cell, separated by semicolons."""
    if not isinstance(cell, Text):
        return []
    return [Text(part.strip(), cell.where) for part in cell.split(";") if part.strip()]


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
