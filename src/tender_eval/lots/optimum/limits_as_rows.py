"""What lots and limits leave, as rows of whole numbers over choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tender_eval.lots.optimum.choices import Choice
from tender_eval.lots.optimum.discounts import discounts_as_rows
from tender_eval.lots.optimum.programme import Row, whole_row
from tender_eval.plugins.mechanism import Contest


class Rows(NamedTuple):
    """The rows, and how many choices stand behind the others: for suppliers, and for discounts that are reached."""

    rows: tuple[Row, ...]
    behind: int


BySupplier = Mapping[int, list[int]]
"""The choices that each supplier stands behind, by number."""


def rows_of(contest: Contest, choices: Sequence[Choice]) -> Rows:
    """Every lot at most once, every limit of the contest, and discounts only where they are reached."""
    by_supplier = by_supplier_of(contest, choices)
    counted = bool(contest.most_suppliers or contest.fewest_suppliers)
    suppliers = len(by_supplier) if counted else 0
    reached, discounts = discounts_as_rows(contest, choices, len(choices) + suppliers)
    rows = (
        *_once(choices),
        *limits_of(contest, choices, by_supplier),
        *(_suppliers(contest, len(choices), by_supplier) if counted else ()),
        *discounts,
    )
    return Rows(rows, suppliers + reached)


def limits_of(contest: Contest, choices: Sequence[Choice], by_supplier: BySupplier) -> tuple[Row, ...]:
    """Every limit but those on how many suppliers are awarded anything."""
    return (
        *_most_lots(contest, choices, by_supplier),
        *_most_value(contest, choices, by_supplier),
        *_capacity(contest, choices),
        *_quotas(contest, choices),
    )


def _once(choices: Sequence[Choice]) -> Iterator[Row]:
    by_lot: dict[int, dict[int, int]] = {}
    for n, choice in enumerate(choices):
        for lot in choice.lots:
            by_lot.setdefault(lot, {})[n] = 1
    yield from (Row(parts, 1) for parts in by_lot.values() if len(parts) > 1)


def _most_lots(contest: Contest, choices: Sequence[Choice], by_supplier: BySupplier) -> Iterator[Row]:
    most = contest.most_lots
    for mine in by_supplier.values() if most else ():
        if len({lot for n in mine for lot in choices[n].lots}) > most:
            yield Row({n: len(choices[n].lots) for n in mine}, most)


def _most_value(contest: Contest, choices: Sequence[Choice], by_supplier: BySupplier) -> Iterator[Row]:
    """None of a supplier whose dearest lots, as many as it may be awarded, come to no more."""
    for mine in by_supplier.values() if contest.most_value is not None else ():
        dearest = sorted((contest.values[lot] for lot in {lot for n in mine for lot in choices[n].lots}), reverse=True)
        if sum(dearest[: contest.most_lots or None]) > contest.most_value:
            yield whole_row({n: _value(contest, choices[n].lots) for n in mine}, Fraction(contest.most_value))


def _value(contest: Contest, lots: Iterable[int]) -> Fraction:
    return sum((Fraction(contest.values[lot]) for lot in lots), Fraction(0))


def _quotas(contest: Contest, choices: Sequence[Choice]) -> Iterator[Row]:
    for quota in contest.quotas:
        theirs = {n: len(choice.lots) for n, choice in enumerate(choices) if quota.who[choice.bid]}
        if quota.most is not None:
            yield Row(theirs, quota.most)
        if quota.fewest:
            yield Row({n: -lots for n, lots in theirs.items()}, -quota.fewest)


def _suppliers(contest: Contest, first: int, by_supplier: BySupplier) -> Iterator[Row]:
    """A choice for each supplier, which is made where one of its bids is awarded anything and not else."""
    for n, mine in enumerate(by_supplier.values(), first):
        yield from (Row({choice: 1, n: -1}, 0) for choice in mine)
        yield Row({n: 1, **dict.fromkeys(mine, -1)}, 0)
    every = range(first, first + len(by_supplier))
    if contest.most_suppliers:
        yield Row(dict.fromkeys(every, 1), contest.most_suppliers)
    if contest.fewest_suppliers:
        yield Row(dict.fromkeys(every, -1), -contest.fewest_suppliers)


def by_supplier_of(contest: Contest, choices: Sequence[Choice]) -> BySupplier:
    """The choices that each supplier stands behind."""
    found: dict[int, list[int]] = {}
    for n, choice in enumerate(choices):
        for supplier in behind(contest, choice.bid):
            found.setdefault(supplier, []).append(n)
    return found


def behind(contest: Contest, bid: int) -> tuple[int, ...]:
    """The suppliers in a bid, by number; the bid's own row where nobody is in two."""
    return (bid,) if contest.suppliers is None else tuple(np.flatnonzero(contest.suppliers[bid]).tolist())


def _capacity(contest: Contest, choices: Sequence[Choice]) -> Iterator[Row]:
    """What a bid can carry binds all that goes to its suppliers, once it is awarded anything itself."""
    if contest.capacity is None:
        return
    by_bid: dict[int, list[int]] = {}
    for n, choice in enumerate(choices):
        by_bid.setdefault(choice.bid, []).append(n)
    sharing = _sharing(contest, by_bid)
    for bid, own in by_bid.items():
        most = Fraction(contest.capacity[bid])
        parts = {n: _value(contest, choices[n].lots) for other in sharing[bid] for n in by_bid[other]}
        if len(sharing[bid]) == 1:
            yield whole_row(parts, most)
            continue
        all_of_them = _value(contest, {lot for n in parts for lot in choices[n].lots})
        for n in own if all_of_them > most else ():
            yield whole_row({**parts, n: parts[n] + all_of_them - most}, all_of_them)


def _sharing(contest: Contest, bids: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
    """By bid the bids that a supplier of it is in, itself among them."""
    rows = tuple(bids)
    if contest.suppliers is None:
        return {row: (row,) for row in rows}
    return {row: tuple(o for o in rows if (contest.suppliers[row] & contest.suppliers[o]).any()) for row in rows}
