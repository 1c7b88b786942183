"""Which part of an OCDS or Prozorro document holds the bids: one tender, as it stood last.

OCDS 1.1: a release, a release package, a record or a record package (the standard's "Releases and records"),
with the bids extension's `bids.details`. Prozorro: a tender as the public API gives it, with or without its
`data` envelope.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tender_eval.files.nodes import table_at, tables_at, text_at
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Location, Table, Text

_SHAPES = (
    "expected an OCDS release, release package or record package with bids.details, a Prozorro tender with "
    "bids, or a bids file in JSON with its format: tender-eval/bids/1"
)
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_EXTENSION = "publish the bids in bids.details (the OCDS bids extension), with id, value and tenderers"


@dataclass(frozen=True, slots=True)
class Published:
    """One tender as published: its bids, its lots, and the names of its parties by id.

    ``features`` and ``items`` are Prozorro's. ``status`` is the tender's, ``awards`` what was decided so far.
    """

    where: Location
    bids: list[Table]
    id: Text | None = None
    title: Text | None = None
    currency: Text | None = None
    lots: tuple[Table, ...] = ()
    parties: tuple[Table, ...] = ()
    note: str = ""
    prozorro: bool = False
    status: Text | None = None
    features: tuple[Table, ...] = ()
    items: tuple[Table, ...] = ()
    awards: tuple[Table, ...] = ()


def find_published(root: object, where: Location, problems: Problems) -> Published | None:
    """The tender and its bids, or None with the reason noted.

    Of several releases of one tender the compiled one is read, else the last by date that carries bids; a bid
    that only an earlier one carries is an error, since whether it still stands cannot be known.
    """
    if isinstance(root, Items):
        releases = [r for item in root for r in releases_of(item, problems)]
    elif isinstance(root, Table):
        tender = table_at(root, "data", problems) if isinstance(root.get("data"), Table) else root
        if tender is not None and (isinstance(tender.get("bids"), Items) or "tenderID" in tender):
            return _prozorro(tender, problems)
        releases = releases_of(root, problems)
    else:
        releases = []
    if problems:
        return None
    if not releases:
        problems.add("TE005", where, "this JSON is of no shape in which bids are published", _SHAPES)
        return None
    return _latest(releases, where, problems)


def _prozorro(tender: Table, problems: Problems) -> Published | None:
    bids = tables_at(tender, "bids", problems)
    if not bids:
        hint = "Prozorro publishes bids once they are opened: fetch the tender again"
        problems.add("TE063", tender.where, "the tender holds no bids", hint)
        return None
    value = table_at(tender, "value", problems)
    return Published(
        where=tender.where,
        bids=bids,
        id=text_at(tender, "tenderID", problems) or text_at(tender, "id", problems),
        title=text_at(tender, "title", problems),
        currency=text_at(value, "currency", problems) if value else None,
        lots=tuple(tables_at(tender, "lots", problems)),
        prozorro=True,
        status=text_at(tender, "status", problems),
        features=tuple(tables_at(tender, "features", problems)),
        items=tuple(tables_at(tender, "items", problems)),
        awards=tuple(tables_at(tender, "awards", problems)),
    )


@dataclass(frozen=True, slots=True)
class Release:
    """A release as it stands in its file, with the bids that it carries."""

    table: Table
    bids: list[Table]
    ocid: Text | None
    date: Text | None


def when(release: Release) -> datetime:
    """The date of a release; the earliest of all where it has none."""
    return moment(release.date) or _EARLIEST


def moment(date: str | None) -> datetime | None:
    """A date as ISO 8601 gives it; without a zone it is read as UTC. None where there is none."""
    try:
        found = datetime.fromisoformat(date or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def releases_of(item: object, problems: Problems) -> list[Release]:
    """The releases of a package, a record or a release; of a record with a compiled release only that."""
    if not isinstance(item, Table):
        return []
    if "records" in item:
        return [r for record in tables_at(item, "records", problems) for r in releases_of(record, problems)]
    if compiled := table_at(item, "compiledRelease", problems):
        return [_release(compiled, problems)]
    if "releases" in item:
        return [r for release in tables_at(item, "releases", problems) for r in releases_of(release, problems)]
    if "bids" in item or "ocid" in item:
        return [_release(item, problems)]
    return []


def _release(table: Table, problems: Problems) -> Release:
    bids = table_at(table, "bids", problems)
    details = tables_at(bids, "details", problems) if bids else []
    return Release(table, details, text_at(table, "ocid", problems), text_at(table, "date", problems))


def _latest(releases: list[Release], where: Location, problems: Problems) -> Published | None:
    carrying = [r for r in releases if r.bids]
    ocids = {r.ocid: r.ocid for r in releases if r.ocid}
    if len(ocids) > 1:
        listed = ", ".join(f'"{ocid}"' for ocid in list(ocids)[:10]) + (", ..." if len(ocids) > 10 else "")
        message = f"the file holds {len(ocids)} tenders: {listed}"
        problems.add("TE012", list(ocids.values())[1].where, message, "keep one tender (one ocid) a file")
    elif not carrying:
        message = "no release here has bids.details"
        if any(isinstance(r.table.get("bids"), Table) for r in releases):
            message += "; bids.statistics alone cannot be evaluated"
        problems.add("TE063", where, message, _EXTENSION)
    elif chosen := _last(carrying, problems):
        others = sorted((r for r in releases if r is not chosen), key=when, reverse=True)
        return _published(chosen, [chosen, *others], len(carrying) > 1, problems)
    return None


def _last(carrying: list[Release], problems: Problems) -> Release | None:
    """The last by date; None, with the reason noted, where dates do not tell or a bid would be lost."""
    if len(carrying) == 1:
        return carrying[0]
    hint = "compile the releases into one record (compiledRelease), or keep the one that counts"
    for release in carrying:
        if moment(release.date) is None:
            place = release.date.where if release.date else release.table.where
            message = "several releases carry bids, and this one has no date that tells which is the last"
            problems.add("TE012", place, message, hint)
            return None
    ordered = sorted(carrying, key=when)
    last = ordered[-1]
    if when(ordered[-2]) == when(last):
        message = f"two releases of {last.date} carry bids: neither is the last"
        problems.add("TE012", last.date.where if last.date else last.table.where, message, hint)
        return None
    known = {bid.get("id") for bid in last.bids}
    lost = {bid.get("id"): bid for r in ordered[:-1] for bid in r.bids if bid.get("id") not in known}
    for name, bid in lost.items():
        message = f'the bid "{name}" is in an earlier release, and not in the last one with bids ({last.date})'
        problems.add("TE012", bid.where, message, hint)
    return None if lost else last


def _published(chosen: Release, by_preference: list[Release], several: bool, problems: Problems) -> Published:
    tenders = [t for r in by_preference if (t := table_at(r.table, "tender", problems))]
    values = [v for t in tenders if (v := table_at(t, "value", problems))]
    return Published(
        where=chosen.table.where,
        bids=chosen.bids,
        id=chosen.ocid,
        title=_first(text_at(t, "title", problems) for t in tenders),
        currency=_first(text_at(v, "currency", problems) for v in values),
        lots=next((tuple(found) for t in tenders if (found := tables_at(t, "lots", problems))), ()),
        parties=tuple(p for r in by_preference for p in tables_at(r.table, "parties", problems)),
        note=f"The bids are those of the release of {chosen.date}." if several else "",
        status=_first(text_at(t, "status", problems) for t in tenders),
        awards=next((tuple(found) for r in by_preference if (found := tables_at(r.table, "awards", problems))), ()),
    )


def _first(texts: Iterable[Text | None]) -> Text | None:
    return next((text for text in texts if text is not None), None)
