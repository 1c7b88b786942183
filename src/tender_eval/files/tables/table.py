"""Bids in a table, one row a bid: its headings, and the table restated in the shape of a bids file.

CSV and XLSX readers bring located cells; what a heading means is settled here, once for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from pydantic import BaseModel

from tender_eval.files.bids.file import (
    BIDS_FORMAT,
    BidFile,
    FiguresFile,
    LotFile,
    RemovedFile,
    TenderFile,
    WholeMark,
)
from tender_eval.files.bids.organisations import SupplierFile
from tender_eval.files.fields import COLUMN_PATTERN
from tender_eval.files.nodes import WithoutColumns, items, table
from tender_eval.files.numbers import POINT
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Items, Location, Table, Text

LONGEST_SHOWN = 60  # characters of a cell that a message repeats

_ID = r"[A-Za-z0-9][A-Za-z0-9_\-]*"
_ABOUT_MARK = r"agreed|reason|agreed_by|on"
_REMOVED = "removed\\.(?:kind|reason|clause)"
_OF_PRICE = rf"price|discount|(?:prices|rates|totals)\.{_ID}"
_OF_MARK = rf"marks\.{_ID}(?:\.(?:{_ABOUT_MARK})|\.individual\.{_ID})?"
_FIGURES = rf"{_REMOVED}|{_OF_PRICE}|values\.{_ID}|{_OF_MARK}"
_OF_TENDER = rf"tender\.(?:id|(?:lots\.{_ID}\.)?(?:title|annual_value|areas))"
_OF_BID = rf"id|currency|supplier\.\w+|declarations\.{_ID}"
HEADING = re.compile(rf"{_OF_BID}|{_FIGURES}|lots\.{_ID}\.(?:{_FIGURES})|{_OF_TENDER}")
_TEXT = re.compile(
    r"currency|supplier\.(?!annual_income$|years_in_area$).*"
    rf"|(?:lots\.[^.]+\.)?(?:{_REMOVED}|marks\.[^.]+\.(?:reason|agreed_by|on))"
    r"|tender\.(?:.+\.)?(?:title|areas)"
)
_EXAMPLES = "a heading is id, price, prices.annual_price, marks.delivery, supplier.name, values.accepted or alike"

Expected = Literal["figure", "text", "declaration"]


def refuse_rows_above(where: Location, row: int, problems: Problems) -> None:
    """Note that the headings are not in the first row."""
    message = f"the headings seem to be in row {row}, and are read from the first"
    problems.add("TE061", where, message, "remove the rows above them")


class Row(NamedTuple):
    """A row of the table: its place and its cells in the order of the headings; None or "" where empty."""

    where: Location
    cells: Sequence[Text | None]


def expected(heading: str) -> Expected:
    """What a column of this heading holds: a figure (or an id), text, or a declared fact of any kind.

    >>> [expected(h) for h in ("price", "marks.delivery", "supplier.name", "declarations.policy")]
    ['figure', 'figure', 'text', 'declaration']
    """
    if heading.startswith("declarations."):
        return "declaration"
    return "text" if _TEXT.fullmatch(heading) else "figure"


def holds_figures(heading: str) -> bool:
    """Whether a column of this heading can hold figures."""
    return expected(heading) != "text" and heading not in ("id", "tender.id")


def refuse_points(cells: Iterable[Text | None], problems: Problems) -> None:
    """Note each figure, as it was typed, whose point may stand before decimals or between thousands."""
    for cell in cells:
        if cell and POINT.fullmatch(cell):
            whole, _, rest = cell.partition(".")
            decimal = f"{cell}0" if rest[-1] != "0" else cell.rstrip("0").rstrip(".")  # not three digits again
            message = f'"{cell}" may be {whole}{rest} with a point between thousands, or a figure with three decimals'
            hint = f"write {whole}{rest} if thousands are meant, or {decimal} if decimals are"
            problems.add("TE014", cell.where, message, hint)


def restate(where: Location, headings: Sequence[Text], rows: Iterable[Row], problems: Problems) -> Table:
    """The table in the shape of a bids file; `WithoutColumns` where headings are at fault, which is noted.

    Args:
        where: the place of the whole table.
        headings: one a column; empty columns that trail are passed over.
        rows: wholly empty ones are passed over; an empty cell means that the bid is silent there.
    """
    filled = [row for row in rows if any(row.cells)]
    width = _width(headings, filled)
    before = len(problems)
    paths = _paths(headings[:width], where, problems)
    whole = len(problems) == before
    bids = [_bid(row, paths) for row in filled]
    if ("id",) not in paths:  # a stand-in, so that what is told of a bid can name it
        for n, bid in enumerate(bids, 1):
            bid[Text("id", bid.where)] = Text(f"row-{n}", bid.where)
    tender = _tender(filled, paths, problems)
    made = table(where, format=Text(BIDS_FORMAT, where), tender=tender, bids=items(where, bids))
    if whole:
        return made
    left = WithoutColumns(where)
    left.update(made)
    return left


def _width(headings: Sequence[Text], rows: Sequence[Row]) -> int:
    """The columns that are used: a trailing one without heading counts only where a row fills it."""
    width = len(headings)
    while width and not headings[width - 1] and not any(_filled(row, width - 1) for row in rows):
        width -= 1
    return width


def _filled(row: Row, column: int) -> bool:
    return column < len(row.cells) and bool(row.cells[column])


def _paths(headings: Sequence[Text], where: Location, problems: Problems) -> list[tuple[Text, ...]]:
    """Each heading's parts, every part at the heading's place; none for one that is at fault, which is noted."""
    seen: dict[str, Text] = {}
    bad: set[Location] = set()
    parents: dict[str, Text] = {}
    for heading in headings:
        if heading in seen:
            message = f'the heading "{heading}" stands twice; first at {seen[heading].where}'
            problems.add("TE007", heading.where, message, "keep one of the two columns")
            bad.add(heading.where)
            continue
        before = len(problems)
        _check(heading, problems, headings)
        if len(problems) > before:
            bad.add(heading.where)
        if heading:
            seen[heading] = heading
        parts = heading.split(".")
        for n in range(1, len(parts)):
            parents.setdefault(".".join(parts[:n]), heading)
    for name in seen.keys() & parents.keys():
        later = max(seen[name], parents[name], key=headings.index)
        message = f'"{name}" is a value of its own and also holds "{parents[name]}"'
        problems.add("TE061", later.where, message, f'rename or remove one of "{name}" and "{parents[name]}"')
        bad.update((seen[name].where, *(h.where for h in headings if h.startswith(f"{name}."))))
    if not any(heading.casefold() == "id" for heading in seen):  # written otherwise, it is told as unknown
        hint = "give every bid an id in a column headed id: letters, digits, '_' and '-'"
        problems.add("TE011", headings[0].where if headings else where, 'the heading "id" is missing', hint)
    return [() if h.where in bad else tuple(Text(part, h.where) for part in h.split(".")) for h in headings]


def _check(heading: Text, problems: Problems, headings: Sequence[str] = ()) -> None:
    if not heading:
        problems.add("TE061", heading.where, "this column has no heading", "give it a heading, or remove it")
    elif not re.fullmatch(COLUMN_PATTERN, heading):
        problems.add("TE061", heading.where, f'"{_short(heading)}" is not a dotted name', _EXAMPLES)
    elif heading.startswith("consortium"):
        message = "the members of a consortium have no place in a table"
        problems.add("TE061", heading.where, message, "write the bids with consortia as YAML")
    elif (unknown := _unknown(heading)) is not None:
        word, known = unknown
        hint = did_you_mean(word, known)
        if heading in TenderFile.model_fields:
            hint = f'did you mean "tender.{heading}"?'
        elif near := re.fullmatch(r'did you mean "(\w+)"\?', hint):
            meant = _with_part(heading, word, near[1])
            hint = f'did you mean "{meant}"?'
            if meant in headings:
                hint = f'remove one of the two: "{meant}" is a heading as well'
        problems.add("TE010", heading.where, f'unknown heading "{heading}"', hint)
    elif not HEADING.fullmatch(heading):
        lot = re.match(rf"lots\.{_ID}", heading)
        examples = f"a heading of a lot is {lot[0]}.price, {lot[0]}.marks.delivery or alike" if lot else _EXAMPLES
        problems.add("TE061", heading.where, f'"{heading}" names no value of a bid', examples)


def _with_part(heading: str, old: str, new: str) -> str:
    """The heading with its first part of this name changed."""
    parts = heading.split(".")
    parts[parts.index(old)] = new
    return ".".join(parts)


def _unknown(heading: str) -> tuple[str, list[str]] | None:
    """The first part of a heading that no bid has, and the names that were possible there."""
    parts = heading.split(".")
    inner = parts[2:] if parts[0] == "lots" else parts
    if parts[0] == "tender":
        of_lot = parts[1:2] == ["lots"]
        known = sorted((LotFile.model_fields.keys() - {"id"}) if of_lot else TenderFile.model_fields)
        word = parts[3:4] if of_lot else parts[1:2]
        return (word[0], known) if word and word[0] not in known else None
    places: list[tuple[list[str], type[BaseModel]]] = [(parts[:1], BidFile)]
    if parts[0] == "supplier":
        places.append((parts[1:2], SupplierFile))
    if parts[0] == "lots":
        places.append((inner[:1], FiguresFile))
    if inner[:1] == ["marks"]:
        places.append((inner[2:3], WholeMark))
    if inner[:1] == ["removed"]:
        places.append((inner[1:2], RemovedFile))
    for word, model in places:
        if word and word[0] not in model.model_fields:
            return word[0], sorted([*model.model_fields, *(["tender"] if model is BidFile else [])])
    return None


def _tender(rows: Sequence[Row], paths: Sequence[tuple[Text, ...]], problems: Problems) -> Table | None:
    """What the columns say of the tender, and the lots that headings name, in their order.

    What a column says of the tender is said once for all rows: two that differ are noted.
    """
    about = [(n, path) for n, path in enumerate(paths) if path[:1] == ("tender",)]
    named = [
        path[2 if path[0] == "tender" else 1]
        for path in paths
        if path[:2] == ("tender", "lots") or path[:1] == ("lots",)
    ]
    if not about and not named:
        return None
    lots: dict[str, Table] = {}
    for lot in named:
        lots.setdefault(lot, table(lot.where, id=lot))
    tender = Table(about[0][1][0].where if about else named[0].where)
    for n, path in about:
        if cell := _same(rows, n, ".".join(path), problems):
            into = lots[path[2]] if path[1] == "lots" else tender
            into[path[-1]] = cell
    if lots:
        tender[Text("lots", named[0].where)] = items(named[0].where, lots.values())
    return tender


def _same(rows: Sequence[Row], column: int, heading: str, problems: Problems) -> Text | None:
    """The one value of a column; empty cells say nothing against it."""
    found: Text | None = None
    for cell in (row.cells[column] for row in rows if _filled(row, column)):
        if found is None:
            found = cell
        elif cell is not None and cell != found:
            message = f'{heading} is "{_short(cell)}" here and "{_short(found)}" at {found.where}'
            problems.add("TE007", cell.where, message, "write the same in every row: it is said of the one tender")
    return found


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def _bid(row: Row, paths: Sequence[tuple[Text, ...]]) -> Table:
    bid = Table(row.where)
    for path, cell in zip(paths, row.cells, strict=False):
        if not cell or not path or path[0] == "tender":
            continue
        into = bid
        for part in path[:-1]:
            inner = into.get(part)
            if not isinstance(inner, Table):
                inner = into[part] = Table(cell.where)
            into = inner
        into[path[-1]] = _names(cell) if path[-1] == "agreed_by" else cell
    return bid


def _names(cell: Text) -> Items:
    """A cell that lists names, separated by semicolons."""
    return items(cell.where, [Text(n.strip(), cell.where) for n in cell.split(";") if n.strip()])
