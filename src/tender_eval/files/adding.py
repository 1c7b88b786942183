"""How what a bids file lacks is added in the kind of file at hand: keys in YAML, columns and a sheet in tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from tender_eval.files.kinds import TABLES
from tender_eval.model.location import Location


def in_table(where: Location) -> bool:
    """Whether a place is in a table: a CSV file or a workbook."""
    return bool(where.cell) or PurePosixPath(where.source).suffix.lower() in TABLES


def figure(column: str, where: Location) -> str:
    """How a bid gives the figure of this dotted name.

    >>> figure("marks.delivery", Location("bids.yaml")), figure("price", Location("bids.csv"))
    ('add marks: {delivery: ...} to the bid', 'give it in a column headed price')
    """
    if in_table(where):
        return f"give it in a column headed {column}"
    kind, _, name = column.partition(".")
    return f"add {kind}: {{{name}: ...}} to the bid" if name else f"add {kind}: ... to the bid"


def fact_of_tender(name: str, where: Location) -> str:
    """How a bids file says this of the tender.

    >>> fact_of_tender("annual_value", Location("bids.csv", 2, 1))
    'give it in a column headed tender.annual_value, the same in every row'
    """
    if not in_table(where):
        return f"add tender: {{{name}: {'[...]' if name == 'areas' else '...'}}} to the bids file"
    column = f"a column headed tender.{name}, the same in every row"
    if _is_workbook(where):
        return f'give it in the sheet "Tender" ({name} in column A, its value in column B), or in {column}'
    return f"give it in {column}"


def fact_of_lot(lot: str, name: str, where: Location) -> str:
    """How a bids file says this of one lot of the tender."""
    return fact_of_tender(f"lots.{lot}.{name}", where) if in_table(where) else f"add {name}: ... to the lot"


def parts_of_price(names: Iterable[str], where: Location) -> str:
    """How a bid that gives one price gives the components in its place."""
    if in_table(where):
        return f"give the columns {', '.join(f'prices.{name}' for name in names)} in its place"
    return "give prices: {" + ", ".join(f"{name}: ..." for name in names) + "} in its place"


def lots_of_bid(lots: Iterable[str], where: Location) -> str:
    """How a bid says which lots it is for."""
    if in_table(where):
        return f"fill its columns of {' or '.join(f'lots.{lot}' for lot in lots)}"
    return f"put its figures below lots: and {' or '.join(lots)}:"


def reason(criterion: str, where: Location) -> str:
    """How a mark is given with the panel's reason."""
    if in_table(where):
        return f"head its columns marks.{criterion}.agreed and marks.{criterion}.reason"
    return f"write marks: {{{criterion}: {{agreed: ..., reason: ...}}}}"


def _is_workbook(where: Location) -> bool:
    return bool(where.cell) or not where.source.lower().endswith((".csv", ".tsv"))
