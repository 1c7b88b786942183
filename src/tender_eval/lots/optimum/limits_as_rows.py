"""What lots and limits leave, as rows of whole numbers over choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tender_eval.lots.optimum.programme import Row, whole_row
from tender_eval.plugins.mechanism import Contest


class Choice(NamedTuple):
    """A bid, by its row in the contest, and the lot that it would be awarded."""

    bid: int
    lot: int


def rows_of(contest: Contest, choices: Sequence[Choice]) -> tuple[Row, ...]:
    """Every lot at most once, and every limit of the contest."""
    return (*_once(choices), *_most_lots(contest, choices), *_capacity(contest, choices))


def _once(choices: Sequence[Choice]) -> Iterator[Row]:
    by_lot: dict[int, dict[int, int]] = {}
    for n, choice in enumerate(choices):
        by_lot.setdefault(choice.lot, {})[n] = 1
    yield from (Row(parts, 1) for parts in by_lot.values() if len(parts) > 1)


def _most_lots(contest: Contest, choices: Sequence[Choice]) -> Iterator[Row]:
    most = contest.most_lots
    for mine in _by_supplier(contest, choices).values() if most else ():
        if len({choices[n].lot for n in mine}) > most:
            yield Row(dict.fromkeys(mine, 1), most, "most_awarded")


def _by_supplier(contest: Contest, choices: Sequence[Choice]) -> Mapping[int, list[int]]:
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
        parts = {n: Fraction(contest.values[choices[n].lot]) for other in sharing[bid] for n in by_bid[other]}
        if len(sharing[bid]) == 1:
            yield whole_row(parts, most, "capacity")
            continue
        all_of_them = sum((Fraction(contest.values[lot]) for lot in {choices[n].lot for n in parts}), Fraction(0))
        for n in own if all_of_them > most else ():
            yield whole_row({**parts, n: parts[n] + all_of_them - most}, all_of_them, "capacity")


def _sharing(contest: Contest, bids: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
    """By bid the bids that a supplier of it is in, itself among them."""
    rows = tuple(bids)
    if contest.suppliers is None:
        return {row: (row,) for row in rows}
    return {row: tuple(o for o in rows if (contest.suppliers[row] & contest.suppliers[o]).any()) for row in rows}
