"""From real bids to columns for many draws: the figures that the scheme reads, pooled and derived ones among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tender_eval.engine.evaluating.preparation import prepare
from tender_eval.engine.facts.adjusting import UNADJUSTED
from tender_eval.engine.facts.reading import number_of
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.diagnostics import NotFound, Problems
from tender_eval.model.numeric import Array, Mask


class ReadBids(NamedTuple):
    """What a scheme reads of bids.

    Attributes:
        columns: ``(bids,)`` of Fractions; zero for bids that are not ``there``.
        there: which bids meet the conditions and have all that is read.
        eligible: which bids meet the conditions.
    """

    columns: dict[str, Array]
    there: Mask
    eligible: Mask


def read_bids(plan: Plan, bids: Bids) -> ReadBids:
    """The exact columns of bids; a bid that is not shortlisted may lack those of the second stage.

    Raises:
        Refused: with every problem of the bids.
    """
    problems = Problems()
    prepared = prepare(plan, bids, problems)
    problems.refuse()
    columns = {name: column.copy() for name, column in prepared.columns.arrays.items()}
    for n, condition in enumerate(plan.scheme.conditions):
        if "price" not in condition.needs:
            checked = [row[n] if row else None for row in prepared.conditions]  # nothing is asked of some
            met = [found is not None and found.met for found in checked]
            columns[f"conditions.{condition.id}"] = np.array([Fraction(m) for m in met] or [], dtype=object)
    eligible = prepared.eligible & ~removed_of(bids) if plan.recomputes else prepared.eligible
    there = eligible.copy()
    for lacks in prepared.columns.lacking.values():  # bids below a minimum, which may leave the rest unsaid
        there &= ~lacks
    for row in np.flatnonzero(there) if plan.shortlist_by else ():
        own = Problems()
        alone = prepare(plan.without_shortlist(), replace(bids, bids=(bids.bids[row],)), own).columns.arrays
        there[row] = not own
        for name, column in alone.items() if not own else ():
            columns[name][row] = column[0]
    return ReadBids(columns, there, eligible)


def removed_of(bids: Bids) -> Mask:
    """The bids ``(bids,)`` that people took out after they were assessed."""
    return np.array([b.removed is not None and b.removed.assessed for b in bids.bids], dtype=np.bool_)


def float_columns(plan: Plan, bids: Bids, exact: Mapping[str, Array]) -> dict[str, Array]:
    """The exact columns in float64, as batches take them.

    Conditions are handed over outright as ``conditions.<id>``, but for those that turn on the price: these follow the
    column ``price``, so that a price that is moved can fail them.
    """
    found = {name: column.astype(np.float64) for name, column in exact.items()}
    if plan.adjusts_prices:  # batches adjust them anew
        found.pop("price", None)
    for condition in plan.scheme.conditions:
        if "price" in condition.needs:
            for need in condition.needs:
                for column in dict.fromkeys((f"tender.{need}", need)):
                    if column not in found and not (column == "price" and UNADJUSTED in found):
                        found |= _column(plan, bids, column)
    return found


def _column(plan: Plan, bids: Bids, column: str) -> dict[str, Array]:
    """A column beside those that are scored, where all bids have it as a number."""
    numbers = [_number(plan, bids, bid, column) for bid in bids.bids]
    if all(number is None for number in numbers):
        return {}
    return {column: np.array([float(number or 0) for number in numbers])}


def _number(plan: Plan, bids: Bids, bid: Bid, column: str) -> Fraction | None:
    return number_of(bid, "price" if column == UNADJUSTED else column, plan.scheme, bids.tender)


@dataclass(frozen=True, eq=False)
class BatchColumns(Mapping[str, Array]):
    """The columns of real bids by dotted name, float64 and not to be written to; see `CompiledScheme.columns_of`.

    ``columns | {"price": prices}`` gives the same with another column. NaN stands where a bid has no figure that
    could be scored.

    Attributes:
        ids: of the bids, in the order of the rows.
        present: ``(bids,)`` or ``(bids, draws)``: the bids that batches can evaluate. Those are not there that people
            took out before they were assessed, and those that lack figures which a minimum or a shortlist spares them.
        removed: ``(bids,)``: those that people took out afterwards, which are never ranked.
    """

    ids: tuple[str, ...]
    columns: Mapping[str, Array]
    present: Mask
    removed: Mask

    def __getitem__(self, name: str) -> Array:
        return self.columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __or__(self, others: Mapping[str, Array]) -> BatchColumns:
        return replace(self, columns={**self.columns, **others})

    def row(self, bid: str) -> int:
        """The row of a bid.

        Raises:
            NotFound: no bid has this id.
        """
        if bid not in self.ids:
            raise NotFound("bid", bid, self.ids)
        return self.ids.index(bid)

    def __repr__(self) -> str:
        shape = " x ".join(f"{n:,}" for n in self.present.shape)
        return f"<BatchColumns {shape}: {', '.join(self.columns)}>"


def columns_of_bids(plan: Plan, bids: Bids, draws: int | None = None) -> BatchColumns:
    """The columns of bids for `evaluate_batch`; see `CompiledScheme.columns_of`.

    Raises:
        Refused: with every problem of the bids.
    """
    found = read_bids(plan, bids)
    columns = float_columns(plan, bids, found.columns)
    considered = np.array([b.removed is None or b.removed.assessed for b in bids.bids], dtype=np.bool_)
    present = considered & (found.there | ~found.eligible)
    by_price = [c for c in plan.scheme.conditions if "price" in c.needs]
    asked = {need for c in by_price for need in (c.column, *c.needs)}
    followed = {"price", UNADJUSTED, *asked, *(f"tender.{need}" for need in asked)} if by_price else set()
    for name, column in columns.items():
        if name.startswith("conditions."):
            continue
        column[~found.there] = np.nan  # which no scorer takes for a figure, until somebody states one
        for row in np.flatnonzero(present & ~found.there) if name in followed else ():
            number = _number(plan, bids, bids.bids[row], name)
            column[row] = np.nan if number is None else float(number)
    shaped = {name: _over(column, draws) for name, column in columns.items()}
    return BatchColumns(tuple(bid.id for bid in bids.bids), shaped, _over(present, draws), removed_of(bids))


def _over(column: Array, draws: int | None) -> Array:
    """A column over so many draws, of which each is the same and none takes memory; not to be written to."""
    shown: Array = column if draws is None else np.broadcast_to(column[:, None], (len(column), draws))
    shown.flags.writeable = False
    return shown
