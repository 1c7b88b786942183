"""Tables of one row a mark, a member of a consortium, a lot, a bid for a lot, or an offer for several lots.

And how they join the bids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from tender_eval.files.bids.file import BIDS_FORMAT, LotFile
from tender_eval.files.bids.organisations import MemberFile
from tender_eval.files.nodes import as_id, items, table
from tender_eval.files.tables.headings import HEADING, Expected, expected
from tender_eval.files.tables.table import Row, names_in
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Items, Location, Table, Text

_AGREED = ("", "agreed", "panel", "consensus")


class Grid(NamedTuple):
    """A table with its headings in the first row."""

    headings: Sequence[Text]
    rows: Sequence[Row]


class TableKind(NamedTuple):
    """A kind of table: the headings that it must have, and those that it may have."""

    must: tuple[str, ...]
    may: tuple[str, ...]

    def fits(self, headings: Collection[str]) -> bool:
        """Whether a table is of this kind."""
        return set(self.must) <= set(headings)


MARKS = TableKind(("bid", "criterion", "mark"), ("lot", "evaluator", "role", "reason", "note"))
MEMBERS = TableKind(("bid", "name"), tuple(name for name in MemberFile.model_fields if name != "name"))
LOTS = TableKind(("id",), tuple(name for name in LotFile.model_fields if name != "id"))
BY_LOT = TableKind(("bid", "lot"), ())  # and the figures of a bid, as they are headed for the whole of it
PACKAGES = TableKind(("bid",), ("lots", "package", "lot"))  # and prices, as they are headed for a whole bid
DISCOUNTS = TableKind(("bid",), ("lots", "at_least", "off", "sum_off"))
_FIGURES = ("mark", "annual_income", "years_in_area", "annual_value", "at_least", "sum_off")


def expected_of(heading: str) -> Expected:
    """What a column of these tables holds."""
    if heading in ("share", "off"):
        return "declaration"
    if HEADING.fullmatch(heading) and heading != "id":
        return expected(heading)
    return "figure" if heading in _FIGURES else "text"


def marks_file(where: Location, grid: Grid, problems: Problems) -> Table:
    """A bids file that is nothing but marks, one a row."""
    column = _columns(grid, MARKS, problems).get("bid")
    bids: dict[str, Table] = {}
    lots: dict[str, Text] = {}
    for row in grid.rows:
        if column is not None and (name := row.cells[column]):
            bids.setdefault(name, table(row.where, id=name))
    file = table(where, format=Text(BIDS_FORMAT, where), bids=items(where, bids.values()))
    joined = Joined(file, problems)
    joined.add_marks(grid)
    for bid in bids.values():
        found = bid.get("lots")
        lots |= {str(key): key for key in found if isinstance(key, Text)} if isinstance(found, Table) else {}
    if lots:
        listed = items(where, [table(lot.where, id=lot) for lot in lots.values()])
        file[Text("tender", where)] = table(where, lots=listed)
    return file


class Joined:
    """The bids of a file, to which other tables add."""

    def __init__(self, file: Table, problems: Problems) -> None:
        self._file = file
        self._problems = problems
        bids = file.get("bids")
        every = [bid for bid in bids if isinstance(bid, Table)] if isinstance(bids, Items) else []
        self._bids = {str(bid["id"]): bid for bid in every if "id" in bid}

    def add_marks(self, grid: Grid) -> None:
        """Marks: of the panel where no evaluator is named, else of that evaluator.

        A row of the panel may state its reason alone, where the scheme computes the mark.
        """
        for row, of in self._rows(grid, MARKS):
            bid = self._part(row, of)
            criterion, mark, reason = of.get("criterion"), of.get("mark"), of.get("reason")
            if bid is not None and criterion and mark is None and reason and not of.get("evaluator"):
                whole = _inner(_inner(bid, "marks", reason.where), criterion, reason.where)
                self._tell(whole, of)
                continue
            if bid is None or criterion is None or mark is None:
                self._stated(row, {"criterion": criterion, "mark": mark})
                continue
            whole = _inner(_inner(bid, "marks", mark.where), criterion, mark.where)
            evaluator = of.get("evaluator")
            if evaluator and evaluator.casefold() not in _AGREED:
                name = as_id(evaluator, self._problems)
                self._set(_inner(whole, "individual", mark.where), Text(name, evaluator.where), mark)
                self._set_role(name, of.get("role"))
                if note := reason or of.get("note"):
                    said = "reason" if reason else "note"
                    message = f"the {said} of one evaluator is kept nowhere: the {said} of the agreed mark counts"
                    hint = f"write the panel's {said} in the row of the agreed mark, without an evaluator"
                    self._problems.tell("TE061", note.where, message, hint)
                continue
            self._set(whole, Text("agreed", mark.where), mark)
            self._tell(whole, of)
            if role := of.get("role"):
                message = "a role is an evaluator's, and this mark is the panel's"
                self._problems.add("TE061", role.where, message, "name the evaluator in this row, or take the role out")

    def _tell(self, mark: Table, of: Mapping[str, Text]) -> None:
        """What the panel says of its mark: to the bidder, and to itself."""
        for key in ("reason", "note"):
            if cell := of.get(key):
                self._set(mark, Text(key, cell.where), cell)

    def _set_role(self, person: str, role: Text | None) -> None:
        """The role of an evaluator, which is one however often it is stated."""
        if not role:
            return
        roles = _inner(self._file, "roles", role.where)
        first = roles.setdefault(Text(person, role.where), role)
        if isinstance(first, Text) and first != role:
            message = f'the role of "{person}" is "{role[:60]}" here and "{first[:60]}" at {first.where}'
            self._problems.add("TE007", role.where, message, "write the same in every row of theirs")

    def add_members(self, grid: Grid) -> None:
        """Members of consortia."""
        for row, of in self._rows(grid, MEMBERS):
            if (bid := self._bid(row, of)) is not None:
                facts = {name: cell for name, cell in of.items() if name != "bid"}
                if "pathways" in facts:
                    listed: object = names_in(facts.pop("pathways"))
                else:
                    listed = None
                member = table(row.where, **facts, pathways=listed)
                consortium = _inner(bid, "consortium", row.where)
                members = consortium.get("members")
                if not isinstance(members, Items):
                    members = consortium[Text("members", row.where)] = Items(row.where)
                members.append(member)

    def add_lots(self, grid: Grid) -> None:
        """The lots of the tender."""
        listed = [table(row.where, **of) for row, of in self._rows(grid, LOTS)]
        if not listed:
            return
        where = grid.headings[0].where
        tender = _inner(self._file, "tender", where)
        if "lots" in tender:
            message = "the lots are listed here, and in columns of the bids as well"
            self._problems.add("TE007", where, message, "keep one of the two")
            return
        tender[Text("lots", where)] = items(where, listed)

    def add_by_lot(self, grid: Grid) -> None:
        """What a bid says for one lot."""
        may = tuple(h for h in grid.headings if h and HEADING.fullmatch(f"lots.x.{h}"))
        for row, of in self._rows(grid, BY_LOT._replace(may=may)):
            part = self._part(row, of)
            if part is None or not self._stated(row, {"lot": of.get("lot")}):
                continue
            self._figures(part, of, BY_LOT.must)

    def add_packages(self, grid: Grid) -> None:
        """Packages: a row with the lots where they have one price, or a row for each lot of the package."""
        prices = tuple(h for h in grid.headings if h and HEADING.fullmatch(f"packages.1.by_lot.x.{h}"))
        beside, by_lot = (*PACKAGES.must, *PACKAGES.may), dict[tuple[str, str], Table]()
        for row, of in self._rows(grid, PACKAGES._replace(may=(*PACKAGES.may, *prices))):
            bid, lots, lot = self._bid(row, of), of.get("lots"), of.get("lot")
            if lots and lot:
                message = "the row is for several lots at one price, and for one of them"
                hint = "fill in lots where one price is for all of them, or package and lot in a row for each"
                self._problems.add("TE504", lot.where, message, hint)
                continue
            if bid is None or not (lot or self._stated(row, {"lots": lots})):
                continue
            if lot is None:
                offer = self._offer(bid, "packages", table(row.where, lots=names_in(lots) if lots else None))
                self._figures(offer, of, beside)
                continue
            named = (str(of["bid"]), str(of.get("package", "")))
            if named not in by_lot:
                by_lot[named] = self._offer(bid, "packages", table(row.where, by_lot=Table(row.where)))
            parts = _inner(by_lot[named], "by_lot", row.where)
            part = Table(lot.where)
            self._set(parts, lot, part)
            self._figures(part, of, beside)

    def add_discounts(self, grid: Grid) -> None:
        """Discounts for several lots, a row each."""
        for row, of in self._rows(grid, DISCOUNTS):
            if (bid := self._bid(row, of)) is not None:
                said = {name: cell for name, cell in of.items() if name not in ("bid", "lots")}
                lots = names_in(of["lots"]) if "lots" in of else None
                self._offer(bid, "discounts", table(row.where, lots=lots, **said))

    @staticmethod
    def _offer(bid: Table, key: str, offer: Table) -> Table:
        """The offer, added to those of the bid."""
        stated = bid.get(key)
        if not isinstance(stated, Items):
            stated = bid[Text(key, offer.where)] = Items(offer.where)
        stated.append(offer)
        return offer

    def _figures(self, into: Table, of: Mapping[str, Text], beside: Collection[str]) -> None:
        """What a row says under headings of figures, below what it is of."""
        for heading, cell in of.items():
            if heading not in beside:
                inner = into
                *outer, last = heading.split(".")
                for name in outer:
                    inner = _inner(inner, name, cell.where)
                self._set(inner, Text(last, cell.where), cell)

    def _rows(self, grid: Grid, kind: TableKind) -> Iterable[tuple[Row, dict[str, Text]]]:
        columns = _columns(grid, kind, self._problems)
        for row in grid.rows:
            found = {name: cell for name, n in columns.items() if (cell := row.cells[n])}
            if found:
                yield row, found

    def _stated(self, row: Row, cells: Mapping[str, Text | None]) -> bool:
        lacking = [name for name, cell in cells.items() if not cell]
        if lacking:
            said = " and ".join(f'"{name}"' for name in lacking)
            self._problems.add("TE011", row.where, f"{said} is missing in this row", "fill it in, or remove the row")
        return not lacking

    def _bid(self, row: Row, of: Mapping[str, Text]) -> Table | None:
        named = of.get("bid")
        if named is None:
            self._problems.add("TE011", row.where, '"bid" is missing in this row', "write the id of the bid")
        elif named not in self._bids:
            hint = did_you_mean(named, self._bids)
            self._problems.add("TE070", named.where, f'no bid has the id "{named[:60]}"', hint)
        else:
            return self._bids[named]
        return None

    def _part(self, row: Row, of: Mapping[str, Text]) -> Table | None:
        """The bid, or its part for a lot."""
        bid, lot = self._bid(row, of), of.get("lot")
        if bid is None or not lot:
            return bid
        return _inner(_inner(bid, "lots", lot.where), lot, lot.where)

    def _set(self, into: Table, key: Text, cell: Text | Table) -> None:
        if key in into:
            first = getattr(into[key], "where", "")
            self._problems.add("TE007", cell.where, f'"{key}" is stated twice; first at {first}', "keep one of the two")
        else:
            into[key] = cell


def _inner(of: Table, name: str, where: Location) -> Table:
    found = of.get(name)
    if not isinstance(found, Table):
        at = name if isinstance(name, Text) else Text(name, where)
        plain, found = found, Table(at.where)
        if isinstance(plain, Text):  # a mark alone becomes one with its story
            found[Text("agreed", plain.where)] = plain
        of[at] = found
    return found


def _columns(grid: Grid, kind: TableKind, problems: Problems) -> dict[str, int]:
    """Which column each heading is; those at fault are noted and left out."""
    known, found = (*kind.must, *kind.may), dict[str, int]()
    for n, heading in enumerate(grid.headings):
        if heading in found:
            problems.add("TE007", heading.where, f'the heading "{heading}" stands twice', "keep one of the two columns")
        elif heading in known:
            found[heading] = n
        elif heading or any(row.cells[n] for row in grid.rows):
            said = f'unknown heading "{heading[:60]}"' if heading else "this column has no heading"
            problems.add("TE010", heading.where, said, did_you_mean(heading, known))
    return found
