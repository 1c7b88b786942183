"""How what a bids file lacks is added in the kind of file at hand.

Keys in YAML and JSON, columns and a sheet in tables, the publisher's own fields in OCDS. What is said here is obeyed:
`tests/support/obeying.py` does so word by word, and the error must be gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath

from tender_eval.files.kinds import TABLES
from tender_eval.model.bids import OF_A_LOT, Bid, Tender, reads_price
from tender_eval.model.location import NOWHERE, Location, PublishedAt, place

ELSEWHERE = "give the bids in a bids file (YAML, CSV or XLSX)"
VALUE_OF_LOTS = '"lotValues": [{"relatedLot": ..., "value": {"amount": ...}}], with an item for each lot'


def in_table(where: Location) -> bool:
    """Whether a place is in a table: a CSV file or a workbook."""
    return bool(where.cell) or PurePosixPath(where.source).suffix.lower() in TABLES


def sheet_of(where: Location) -> str:
    """The sheet of a workbook that a place is in; empty for any other place.

    >>> sheet_of(Location("bids.xlsx", cell="Packages!A2"))
    'Packages'
    """
    return where.cell.rpartition("!")[0]


def _in_rows(bid: Bid) -> bool:
    """Whether a workbook says what a bid states for a lot in rows of a sheet beside that of the bids."""
    own = "Bids" if bid.of else sheet_of(bid.where)
    return bool(sheet_of(bid.where)) and any(sheet_of(place(lot)) not in ("", own) for lot in (bid.lot, *bid.lots))


def heading(name: str) -> str:
    """How a table gives what stands under this heading."""
    return f"give it in a column headed {name}"


def figure(column: str, bid: Bid) -> str:
    """How a bid gives the figure of this dotted name; for its lot, where it stands for one.

    >>> a, b = (Bid("a", "Alder", where=Location(name)) for name in ("bids.yaml", "bids.csv"))
    >>> figure("values.people", a), figure("price", b)
    ('add values: {people: ...} to the bid', 'give it in a column headed price')
    >>> figure("price", Bid("a", "Alder", lot="north")), figure("price", Bid("b", "B", lot="n", where=b.where))
    ('write price: ... below lots: north:', 'give it in a column headed lots.n.price')
    """
    kind, _, name = column.partition(".")
    lot = bid.lot if kind in OF_A_LOT else ""
    nameless = kind == "supplier" and bid.name == bid.id and not _has(kind, bid)
    where = bid.file_of(column)
    if isinstance(where, PublishedAt):
        return _published(column, lot)
    key = name or kind
    if bid.of and lot and reads_price(column):
        return of_package(lot, column, bid.where)
    if lot and in_table(where) and _in_rows(bid):
        return _in_row_of_lot(column)
    if in_table(where):
        return _column(column, lot, bid.marks) + (", beside one headed supplier.name" if nameless else "")
    if lot:
        common = f", or below {kind}: of the bid for all its lots" if kind in ("marks", "values") else ""
        return f"write {key}: ... below lots: {lot}:{f' {kind}:' if name else ''}{common}"
    if not name:
        return f"add {key}: ... to the bid"
    if kind == "marks" and name in bid.marks:
        return f"add agreed: ... to the bid's mark for {name}"
    if _has(kind, bid) or (kind == "supplier" and not nameless):
        return f"add {key}: ... to the bid's {kind}"
    inner = f"name: ..., {key}" if nameless else key
    return f"add {kind}: {{{inner}: ...}} to the bid"


def _has(kind: str, bid: Bid) -> bool:
    """Whether the bid states anything of a kind."""
    return bool(bid.marks) if kind == "marks" else any(name.startswith(f"{kind}.") for name in bid.figures)


def _column(column: str, lot: str, marked: Collection[str]) -> str:
    told = heading(f"lots.{lot}.{column}" if lot else column)
    kind = column.partition(".")[0]
    common = f", or {column} for all its lots" if lot and kind in ("marks", "values") else ""
    if kind != "marks":
        return told + common
    if column.removeprefix("marks.") in marked:
        return f"{told}.agreed"
    story = "with .agreed behind it" if lot else f"or {column}.agreed"
    return f"{told}{common}, {story} where its reason has a column too"


def _in_row_of_lot(column: str) -> str:
    kind, _, name = column.partition(".")
    if kind == "marks":
        return f'give it in the sheet "Marks", in a row of this bid and lot with {name} as the criterion'
    return f'give it in the sheet "Bids by lot", under {column} in a row of this bid and lot'


def _published(column: str, lot: str) -> str:
    """How OCDS and Prozorro publish the figure of a bid."""
    kind, _, name = column.partition(".")
    if kind == "price":
        return f"state it in {VALUE_OF_LOTS}" if lot else 'add "value": {"amount": ...} to the bid'
    if kind in ("values", "declarations"):
        answer = f'{{"requirement": {{"id": "{name}"}}, "value": ...}}'
        return f'add {answer} to the "requirementResponses" of the bid'
    return f"OCDS has no place for {column}: {ELSEWHERE}"


def fact_of_tender(name: str, tender: Tender, where: Location) -> str:
    """How a bids file says this of the tender, or of the lot that the tender stands for.

    >>> fact_of_tender("annual_value", Tender(), Location("bids.csv", 2, 1))
    'give it in a column headed tender.annual_value, the same in every row'
    >>> fact_of_tender("annual_value", Tender(lot="north"), Location("bids.xlsx"))
    'give it in a column headed tender.lots.north.annual_value, the same in every row'
    """
    if isinstance(where, PublishedAt):
        return f"OCDS has no place for {name} of a tender or lot: {ELSEWHERE}"
    lot = f"lots.{tender.lot}." if tender.lot else ""
    column = f"a column headed tender.{lot}{name}, the same in every row"
    if _is_workbook(where) and not lot:
        return f'give it in the sheet "Tender" ({name} in column A, its value in column B), or in {column}'
    if in_table(where):
        return f"give it in {column}"
    return _of_tender(f"{name}: {'[...]' if name == 'areas' else '...'}", tender, where)


def fact_of_lot(lot: str, name: str, where: Location) -> str:
    """How a bids file says this of one lot of the tender."""
    return fact_of_tender(name, Tender(lot=lot), where)


def lots_of_tender(lots: Iterable[str], tender: Tender, where: Location) -> str:
    """How a bids file lists the lots of the tender."""
    listed = ", ".join(f"{{id: {lot}}}" for lot in lots)
    return _of_tender(f"lots: [{listed}]", tender, where)


def _of_tender(pair: str, tender: Tender, where: Location) -> str:
    if tender.lot or tender.where != NOWHERE:
        return f"add {pair} to the {'lot' if tender.lot else 'tender'}"
    return f"add tender: {{{pair}}} to the bids file"


def parts_of_price(columns: Iterable[str], bid: Bid) -> str:
    """How a bid that gives one price gives what it is made of in its place."""
    where = bid.file_of("price")
    if isinstance(where, PublishedAt):
        return f"OCDS has no place for the parts of a price: {ELSEWHERE}"
    if in_table(where):
        lot = f"lots.{bid.lot}." if bid.lot else ""
        return f"give the columns {', '.join(f'{lot}{column}' for column in columns)} in its place"
    kinds: dict[str, list[str]] = {}
    for kind, _, name in (column.partition(".") for column in columns):
        kinds.setdefault(kind, []).extend([f"{name}: ..."] if name else [])
    inner = {kind: f"{{{', '.join(names)}}}" if names else "..." for kind, names in kinds.items()}
    given = " and ".join(f"{kind}: {written}" for kind, written in inner.items())
    return f"give {given} in its place"


def price_by_lot(name: str, lots: Sequence[str], where: Location) -> str:
    """How a bid that states a price once, for several lots, states it for each."""
    if in_table(where):
        return f"state it in columns headed {', '.join(f'lots.{lot}.{name}' for lot in lots)} instead"
    kind, _, part = name.partition(".")
    below = [f"lots: {lot}: {f'{kind}:' if part else ''}".rstrip() for lot in lots]
    return f"write {part or kind}: ... below {', '.join(below)} instead"


def of_package(lot: str, column: str, where: Location) -> str:
    """How a package states a price of one of its lots.

    >>> of_package("north", "prices.annual", Location("bids.yaml"))
    'write annual: ... below by_lot: north: prices: of the package'
    """
    if sheet_of(where) == "Packages":
        return f"give it under {column} in the row of this lot"
    if in_table(where):
        return heading(f"packages.1.by_lot.{lot}.{column}, or packages.2. for a second one, and so on")
    kind, _, name = column.partition(".")
    return f"write {name or kind}: ... below by_lot: {lot}:{f' {kind}:' if name else ''} of the package"


def for_lot_alone(lot: str, column: str, bid: Bid, where: Location) -> str:
    """How a bid states its price for a lot by itself, beside what it offers for several.

    >>> a, b = Location("bids.csv"), Location("bids.yaml")
    >>> for_lot_alone("north", "price", Bid("a", "A"), a), for_lot_alone("north", "price", Bid("a", "A"), b)
    ('give it in a column headed lots.north.price', 'add north: {price: ...} below lots:, for its price alone')
    """
    if in_table(where) and _in_rows(bid):
        return _in_row_of_lot(column)
    if in_table(where):
        return heading(f"lots.{lot}.{column}")
    kind, _, name = column.partition(".")
    stated = f"{kind}: {{{name}: ...}}" if name else f"{kind}: ..."
    if lot not in bid.lots:
        return f"add {lot}: {{{stated}}} below lots:, for its price alone"
    return f"write {stated} below lots: {lot}:" + ("" if bid.lots[lot].alone else ", in place of alone: false")


def in_packages_only(lot: str, bid: Bid, where: Location) -> str:
    """How a bid says that it is for a lot in packages only."""
    if not in_table(where):
        return f"{lot}: {{alone: false}}"
    return "false under alone there" if _in_rows(bid) else f"lots.{lot}.alone: false"


def packages_by_lot(lots: Iterable[str], where: Location) -> str:
    """How a package states the price of each of its lots."""
    if sheet_of(where) == "Packages":
        return "give each of its lots a row, with the same word under package, and lot and price, in place of lots"
    if in_table(where):
        columns = ", ".join(f"packages.1.by_lot.{lot}.price" for lot in lots)
        return f"state it in columns headed {columns} (packages.2. for a second one), in place of its lots and price"
    return f"state by_lot: {{{', '.join(f'{lot}: {{price: ...}}' for lot in lots)}}} in place of lots: and price:"


def package_in_one(lots: Iterable[str], where: Location) -> str:
    """How a package states one price for all of its lots."""
    if sheet_of(where) == "Packages":
        return f"put one row in place of those of its lots: {'; '.join(lots)} under lots, and the one price"
    if in_table(where):
        return f"state packages.1.lots ({'; '.join(lots)}) and packages.1.price in place of its columns by_lot"
    return f"state lots: [{', '.join(lots)}] and price: ... in place of by_lot:"


def lots_of_bid(lots: Iterable[str], where: Location) -> str:
    """How a bid says which lots it is for."""
    if isinstance(where, PublishedAt):
        return 'name its lot in "relatedLots", or its lots with their values in "lotValues"'
    if in_table(where):
        return f"fill its columns of {' or '.join(f'lots.{lot}' for lot in lots)}"
    return f"put its figures below lots: and {' or '.join(lots)}:"


def individual(criterion: str, bid: Bid) -> str:
    """How a bid gives the marks of each evaluator.

    >>> individual("q", Bid("a", "Alder", where=Location("bids.yaml")))
    'write marks: {q: {individual: {NAME: ..., NAME: ...}}}, with a mark of each evaluator'
    """
    if in_table(bid.where):
        lot = f"lots.{bid.lot}." if bid.lot else ""
        return f"give a column headed {lot}marks.{criterion}.individual.NAME for each evaluator"
    return f"write marks: {{{criterion}: {{individual: {{NAME: ..., NAME: ...}}}}}}, with a mark of each evaluator"


def role(person: str, where: Location) -> str:
    """How a bids file says in which role somebody marks."""
    if in_table(where):
        return f"state the role in a column headed roles.{person}, or role in a table of marks"
    return f"state the role: roles: {{{person}: ...}} in the bids file"


def reason(criterion: str, lot: str, where: Location) -> str:
    """How a mark is given with the panel's reason."""
    if in_table(where):
        named = f"lots.{lot}.marks.{criterion}" if lot else f"marks.{criterion}"
        return f"head its columns {named}.agreed and {named}.reason"
    return f"write marks: {{{criterion}: {{agreed: ..., reason: ...}}}}"


def _is_workbook(where: Location) -> bool:
    return in_table(where) and PurePosixPath(where.source).suffix.lower() not in (".csv", ".tsv")
