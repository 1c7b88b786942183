"""Bids in a table, one row a bid: its headings, and the table restated in the shape of a bids file.

CSV and XLSX readers bring located cells; what a heading means is settled here, once for both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tender_eval.files.bids.file import BIDS_FORMAT
from tender_eval.files.bids.rows import is_no_bid
from tender_eval.files.nodes import WithoutColumns, items, table
from tender_eval.files.numbers import POINT
from tender_eval.files.tables.headings import HEADING, ID, check_heading, in_own_words, short
from tender_eval.files.tables.signs import bids_in_columns, headings_below
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Location, Table, Text

_TRANSPOSE = "copy the table and paste it transposed (Paste Special, Transpose), so that each bid is a row"
_IDENT = re.compile(ID)


def refuse_rows_above(where: Location, row: int, problems: Problems) -> None:
    """Note that the headings are not in the first row."""
    message = f"the headings seem to be in row {row}, and are read from the first"
    problems.add("TE061", where, message, "remove the rows above them")


def refuse_shape(
    rows: Iterable[Sequence[str]], where: Callable[[int], tuple[Location, int]], problems: Problems
) -> bool:
    """Whether the rows seem to be no table with its headings in the first row, which is noted.

    Args:
        rows: the first ones, without those that are empty at the top.
        where: the place of one of them, and its number.
    """
    some = list(rows)
    if bids_in_columns(some, HEADING):
        message = "the bids seem to stand in columns, one a column, and are read from rows"
        problems.add("TE061", where(0)[0], message, _TRANSPOSE)
        return True
    if below := headings_below(some, HEADING):
        place, number = where(below)
        refuse_rows_above(place, number, problems)
        return True
    return False


class Row(NamedTuple):
    """A row of the table: its place and its cells in the order of the headings; None or "" where empty."""

    where: Location
    cells: Sequence[Text | None]


def refuse_points(cells: Iterable[Text | None], problems: Problems) -> None:
    """Note each figure, as it was typed, whose point may stand before decimals or between thousands."""
    for cell in cells:
        if cell and POINT.fullmatch(cell):
            whole, _, rest = cell.partition(".")
            decimal = f"{cell}0" if rest[-1] != "0" else cell.rstrip("0").rstrip(".")  # not three digits again
            message = f'"{cell}" may be {whole}{rest} with a point between thousands, or a figure with three decimals'
            hint = f"write {whole}{rest} if thousands are meant, or {decimal} if decimals are"
            problems.add("TE014", cell.where, message, hint)


def restate(where: Location, headings: Sequence[Text], rows: Iterable[Row], problems: Problems) -> Table | None:
    """The table in the shape of a bids file; `WithoutColumns` where headings are at fault, which is noted.

    None where the headings are in words of their own, which is noted.

    Args:
        where: the place of the whole table.
        headings: one a column; empty columns that trail are passed over.
        rows: wholly empty ones are passed over; an empty cell means that the bid is silent there.
    """
    filled = [row for row in rows if any(row.cells)]
    width = _width(headings, filled)
    if in_own_words(headings[:width], problems):
        return None
    before = len(problems)
    paths = _paths(headings[:width], where, problems)
    whole = len(problems) == before
    filled = [row for row in filled if not _is_no_bid(row, paths, problems)]
    bids = [_bid(row, paths) for row in filled]
    if ("id",) not in paths:  # a stand-in, so that what is told of a bid can name it
        for n, bid in enumerate(bids, 1):
            bid[Text("id", bid.where)] = Text(f"row-{n}", bid.where)
    tender, roles = _tender(filled, paths, problems), _roles(filled, paths, problems)
    made = table(where, format=Text(BIDS_FORMAT, where), tender=tender, roles=roles, bids=items(where, bids))
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
        check_heading(heading, problems, headings)
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


def _roles(rows: Sequence[Row], paths: Sequence[tuple[Text, ...]], problems: Problems) -> Table | None:
    """The roles of the people who mark, a column each, said once for all rows."""
    about = [(n, path) for n, path in enumerate(paths) if path[:1] == ("roles",)]
    said = [(path, cell) for n, path in about if (cell := _same(rows, n, ".".join(path), problems))]
    if not said:
        return None
    roles = Table(said[0][0][0].where)
    roles.update({path[1]: cell for path, cell in said})
    return roles


def _same(rows: Sequence[Row], column: int, heading: str, problems: Problems) -> Text | None:
    """The one value of a column; empty cells say nothing against it."""
    found: Text | None = None
    for cell in (row.cells[column] for row in rows if _filled(row, column)):
        if found is None:
            found = cell
        elif cell is not None and cell != found:
            message = f'{heading} is "{short(cell)}" here and "{short(found)}" at {found.where}'
            problems.add("TE007", cell.where, message, "write the same in every row: it is said once for all bids")
    return found


def _bid(row: Row, paths: Sequence[tuple[Text, ...]]) -> Table:
    bid = Table(row.where)
    for path, cell in zip(paths, row.cells, strict=False):
        if not cell or not path or path[0] in ("tender", "roles"):
            continue
        into = bid
        for part in path[:-1]:
            inner = into.get(part)
            if not isinstance(inner, Table):
                inner = into[part] = Table(cell.where)
            into = inner
        into[path[-1]] = names_in(cell) if path[-1] in ("agreed_by", "pathways") else cell
    _list_numbered(bid)
    return bid


def _list_numbered(bid: Table) -> None:
    """What columns number, as lists: the members of a consortium, and offers for several lots."""
    consortium = bid.get("consortium")
    for holds, key in ((consortium, "members"), (bid, "packages"), (bid, "discounts")):
        numbered = holds.get(key) if isinstance(holds, Table) else None
        if isinstance(holds, Table) and isinstance(numbered, Table):
            holds[key] = items(numbered.where, [numbered[n] for n in sorted(numbered, key=int)])


def _is_no_bid(row: Row, paths: Sequence[tuple[Text, ...]], problems: Problems) -> bool:
    """Whether a row is a sum or a note below the bids, which is noted. One that could be a bid is told later."""
    column = next((n for n, path in enumerate(paths) if path[:1] == ("id",)), None)
    named = row.cells[column] if column is not None and column < len(row.cells) else None
    if not named or _IDENT.fullmatch(named):
        return False
    if is_no_bid(named):
        message = f'the row "{short(named)}" seems to be no bid'
        problems.add("TE067", named.where, message, "remove the row: only bids stand below the headings")
        return True
    if sum(bool(cell) for cell in row.cells) == 1:
        message = f'"{short(named)}" seems to be a note, not a bid'
        hint = "read what it says of the bids and act on it, then remove the row"
        problems.add("TE067", named.where, message, hint)
        return True
    return False


def names_in(cell: Text) -> Items:
    """A cell that lists names, separated by semicolons."""
    return items(cell.where, [Text(n.strip(), cell.where) for n in cell.split(";") if n.strip()])
