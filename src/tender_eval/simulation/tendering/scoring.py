"""Step 8a: the bids scored by the scheme itself, in the engine's batch arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.numeric import Array, Mask
from tender_eval.simulation.spec.records import INCOMES
from tender_eval.simulation.tendering import marking
from tender_eval.simulation.tendering.facts import ANNUAL, SchemeInputs

WORTH_SPLITTING = 4096  # columns
SAVES = 0.75  # of the cells left, at most, for it to pay


class PackedBids(NamedTuple):
    """Bids laid so that those for one lot of one draw stand together from row 0 on.

    Most providers bid for few lots, so the engine sees far fewer empty cells this way.

    Attributes:
        place: flat index of each bid in an array ``(rows, columns)``, ``(bids,)``.
        rows: most bids for one lot; at least 1.
        columns: lots x draws, a lot's draws together.
        present: ``(rows, columns)``.
    """

    place: Array
    rows: int
    columns: int
    present: Mask

    def lay(self, values: Array, blank: float) -> Array:
        """The values of the bids in their places, ``(rows, columns)``."""
        out = np.full(self.rows * self.columns, blank)
        out[self.place] = values
        return out.reshape(self.rows, self.columns)


def pack(entered: Mask) -> tuple[PackedBids, Array]:
    """Lay the bids of ``(providers, lots, draws)`` together; also their flat indices there, ``(bids,)``."""
    providers = entered.shape[0]
    columns = entered.shape[1] * entered.shape[2]
    flat = entered.reshape(providers, columns)
    slots = np.empty(flat.shape, dtype=np.int16)
    count = np.zeros(columns, dtype=np.int16)
    for n in range(providers):
        slots[n] = count
        count += flat[n]
    cells = np.flatnonzero(flat)
    rows = max(int(count.max(initial=0)), 1)
    place = slots.ravel()[cells].astype(np.intp) * columns + cells % columns
    present = np.arange(rows, dtype=np.int16)[:, None] < count
    return PackedBids(place, rows, columns, present), cells


class BidFigures(NamedTuple):
    """The bids, one a cell of a flat array ``(bids,)``, as the scheme reads them.

    Attributes:
        money: asked over all years.
        marks: by question.
        code: see `facts.Codes`; None where nothing reads it.
        income, pooled: yearly; None where nothing reads them.
        annual: yearly value of the lot; None where nothing reads it.
    """

    money: Array
    marks: Mapping[str, Array]
    code: Array | None
    income: Array | None
    pooled: Array | None
    annual: Array | None


def columns_of(inputs: SchemeInputs, bids: BidFigures, packed: PackedBids) -> dict[str, Array]:
    """The columns that the engine reads, ``(rows, columns)``. Empty cells hold figures that any bid could hold, so
    that checks of the engine need not look at each."""
    found = {name: packed.lay(bids.money * share, _some(bids.money) * share) for name, share in inputs.prices.items()}
    for name, marks in bids.marks.items():
        found[name] = packed.lay(marks, _some(marks))
    if bids.code is not None:
        for name, table in inputs.tables.items():
            values = table.take(bids.code)
            found[name] = packed.lay(values, _some(values))
    for name, income in zip(INCOMES, (bids.income, bids.pooled), strict=True):
        if name in inputs.incomes and income is not None:
            found[name] = packed.lay(income, _some(income))
    if inputs.annual and bids.annual is not None:
        found[ANNUAL] = packed.lay(bids.annual, _some(bids.annual))
    for condition in inputs.passes:
        found[f"conditions.{condition}"] = np.ones((packed.rows, 1))
    if not found:
        found["price"] = np.ones((packed.rows, 1))
    return found


def _some(values: Array) -> float:
    return float(values[0]) if values.size else 1.0


class Scored(NamedTuple):
    """What the engine made of packed bids: what the rule ranks by (NaN where it ranks nobody), the ranks (0 there), and
    the money that it gives where it shares out some; each ``(rows, columns)``."""

    figures: Array
    ranks: Array
    money: Array | None = None


def score(scheme: CompiledScheme, inputs: SchemeInputs, bids: BidFigures, packed: PackedBids) -> Scored:
    """The packed bids scored and ranked.

    Lots with few bids and lots with many are scored apart, so that the former are not filled up with empty rows.
    Every lot is a tender of its own, so this changes no figure.
    """
    columns = columns_of(inputs, bids, packed)
    parts = _few_and_many(packed)
    if parts is None:
        found = scheme.evaluate_batch(columns, packed.present)
        return Scored(found.figures, found.ranks, found.awards)
    figures = np.full((packed.rows, packed.columns), np.nan)
    ranks = np.zeros(figures.shape, dtype=np.int16)
    money = None
    for rows, lots in parts:
        chosen = {name: c[:rows] if c.shape[1] == 1 else c[:rows, lots] for name, c in columns.items()}
        found = scheme.evaluate_batch(chosen, packed.present[:rows, lots])
        figures[:rows, lots], ranks[:rows, lots] = found.figures, found.ranks
        if found.awards is not None:
            money = np.zeros(figures.shape) if money is None else money
            money[:rows, lots] = found.awards
    return Scored(figures, ranks, money)


def probe(scheme: CompiledScheme, inputs: SchemeInputs, codes: int, value: float) -> None:
    """Score a bid of each code, to see that the scheme can score what is stated of the providers.

    Args:
        codes: how many there are.
        value: of the lot.

    Raises:
        Refused: TE054 where a figure that is stated is outside what the scheme takes.
    """
    middle = {q.column: marking.marks(q, np.full(codes, 0.5), np.zeros(codes), 0.0) for q in inputs.questions}
    money, code = np.full(codes, value), np.arange(codes)
    packed = PackedBids(np.arange(codes), 1, codes, np.ones((1, codes), dtype=np.bool_))
    score(scheme, inputs, BidFigures(money, middle, code, money, money, money), packed)


def _few_and_many(packed: PackedBids) -> tuple[tuple[int, Array], tuple[int, Array]] | None:
    """Rows and columns of the lots with few bids and of those with many; None where it saves little."""
    if packed.columns < WORTH_SPLITTING:
        return None
    number = packed.present.sum(axis=0, dtype=np.int16)
    up_to = np.cumsum(np.bincount(number, minlength=packed.rows + 1))
    cells = np.arange(packed.rows + 1) * up_to + packed.rows * (packed.columns - up_to)
    most = max(int(cells.argmin()), 1)
    if cells[most] > SAVES * packed.rows * packed.columns:
        return None
    few = number <= most
    return (most, np.flatnonzero(few)), (packed.rows, np.flatnonzero(~few))
