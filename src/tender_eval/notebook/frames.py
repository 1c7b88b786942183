"""Frames of pandas: made of rows, each cell in the type that a notebook computes with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tender_eval.model.extras import need

if TYPE_CHECKING:
    from pandas import DataFrame

Row = Mapping[str, object]


def frame(
    rows: Iterable[Row], columns: Sequence[str] = (), index: Sequence[str] = (), exact: bool = False
) -> DataFrame:
    """A frame of rows; a cell that a row does not name is missing.

    Whole numbers with gaps are ``Int64`` (nullable), fractions and floats float64, truths bool, text object or the
    type that this pandas has for text.

    Args:
        columns: in this order, and what only rows name behind them; these are there where there are no rows too.
        index: the columns that rows go by.
        exact: fractions stay as they are, in columns of objects.

    Raises:
        Refused: TE097 where pandas is not installed.
    """
    need("pandas", "notebook")
    import pandas

    found = list(rows)
    names = dict.fromkeys((*columns, *(name for row in found for name in row)))
    columns_of = {name: _typed([row.get(name) for row in found], exact) for name in names}
    made = pandas.DataFrame({name: pandas.Series(cells, dtype=kind) for name, (cells, kind) in columns_of.items()})
    return made.set_index(list(index)) if index else made


def _typed(cells: list[Any], exact: bool) -> tuple[list[Any], str | None]:
    """Cells and the type of their column, where it is not left to pandas; text that knows its place is text."""
    cells = [str(cell) if isinstance(cell, str) else cell for cell in cells]
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {bool}:
        return cells, "boolean" if None in cells else "bool"
    if kinds == {int}:
        return cells, "Int64" if all(cell is None or abs(cell) < 2**63 for cell in cells) else "object"
    if kinds and all(issubclass(kind, Fraction | float | int) for kind in kinds) and bool not in kinds:
        if exact and any(issubclass(kind, Fraction) for kind in kinds):
            return cells, "object"
        return [None if cell is None else float(cell) for cell in cells], "float64"
    return cells, None if kinds == {str} and None not in cells else "object"
