"""Every award that limits allow, as a diagram: a layer a lot, a node for all that leaves the same room for later lots.

A way through it is an award within the limits, and each such award is one way (decision diagrams: Bergman, Cire, van
Hoeve and Hooker, Decision Diagrams for Optimization, 2016, chapters 3 and 4). It is made of the limits alone, so awards
with other figures share it. Where many suppliers bid for many lots it would be too large, and none is made.

What is offered for several lots goes through it lot by lot: a package that has one of its lots must have all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tender_eval.lots.optimum.choices import Choice
from tender_eval.lots.optimum.discounts import offers_lot_by_lot
from tender_eval.lots.optimum.limits_as_rows import by_supplier_of, limits_of
from tender_eval.lots.optimum.programme import Row
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import Contest

MOST_NODES = 12_000
"""Of a diagram: as many take a tenth of a second to make, and as long to add up in fractions."""

_WHOLE = 2**60  # beyond which the sums of a row are not kept in 64 bits


class Layer(NamedTuple):
    """A lot, and where each way to award it leads.

    ``ways`` are parts by number; the last is that nobody is awarded it, numbered by the lot behind all parts.
    ``leads`` is the node of the next layer, ``(nodes, ways)``; -1 where no award within the limits goes that way.
    """

    lot: int
    ways: tuple[int, ...]
    leads: Array


class Diagram(NamedTuple):
    """The layers; the first has one node, unless no award keeps to the limits: then it has none. All end at node 0.

    ``parts`` are the choices, each at one of its lots; ``of`` is the number of the choice that each is a part of.
    """

    parts: tuple[Choice, ...]
    of: tuple[int, ...]
    layers: tuple[Layer, ...]


def diagram_of(contest: Contest, choices: Sequence[Choice]) -> Diagram | None:
    """The diagram of what the limits of a contest allow; None where that is too large.

    Args:
        contest: in exact arithmetic, or with limits that are.
    """
    of = tuple(n for n, choice in enumerate(choices) for _ in choice.lots)
    parts = tuple(Choice(choice.bid, (lot,)) for choice in choices for lot in choice.lots)
    by_supplier = by_supplier_of(contest, parts)
    limits = *limits_of(contest, parts, by_supplier), *offers_lot_by_lot(contest, parts, of)
    rows = tuple((tuple(row.parts.items()), row.most) for row in limits)
    counted = contest.most_suppliers, contest.fewest_suppliers
    behind = tuple(map(tuple, by_supplier.values())) if any(counted) else ()
    layers = _made(parts, contest.standing.shape[1], rows, behind, *counted, MOST_NODES)
    return None if layers is None else Diagram(parts, of, layers)


class _State(NamedTuple):
    """What nodes are: how much is left of each row, ``(nodes, rows)``; which suppliers have something, ``(nodes,
    suppliers)``; and how many do, ``(nodes,)``. What can make no difference any more is put alike."""

    left: Array
    has: Mask
    many: Array

    def of(self, nodes: Mask) -> _State:
        return _State(self.left[nodes], self.has[nodes], self.many[nodes])


class _Limits:
    """The limits in numbers, and the order of the lots in which few of them stay open from one to the next.

    Args:
        behind: the choices of each supplier, where suppliers are counted.
        most: suppliers that may be awarded anything; 0 for no limit.
        fewest: suppliers that must be.
    """

    def __init__(
        self, choices: Sequence[Choice], lots: int, rows: Sequence[Row], behind: Sequence[Sequence[int]],
        most: int, fewest: int,
    ) -> None:  # fmt: skip
        self.most, self.fewest = most, fewest
        self.of_lot = [tuple(n for n, choice in enumerate(choices) if choice.lot == lot) for lot in range(lots)]
        tied = [*map(set, behind), *(set(row.parts) for row in rows)]
        self.order = _order([[bool(group & set(own)) for group in tied] for own in self.of_lot])
        self.parts = np.zeros((len(choices), len(rows)), dtype=np.int64)
        for n, row in enumerate(rows):
            self.parts[list(row.parts), n] = list(row.parts.values())
        self.theirs = np.zeros((len(choices), len(behind)), dtype=np.bool_)
        for n, mine in enumerate(behind):
            self.theirs[list(mine), n] = True
        nothing = np.zeros((1, len(rows)), dtype=np.int64)
        each = [np.vstack((nothing, self.parts[list(self.of_lot[lot])])) for lot in self.order]
        self.takes = _from_each_on([parts.max(axis=0) for parts in each], nothing[0])  # of each row, at the most
        self.gives = _from_each_on([parts.min(axis=0) for parts in each], nothing[0])
        self.whole = np.array([row.most for row in rows], dtype=np.int64)

    def start(self) -> _State:
        """Nothing is awarded yet."""
        nobody = np.zeros((1, self.theirs.shape[1]), dtype=np.bool_)
        return _State(np.minimum(self.whole, self.takes[0])[None], nobody, np.zeros(1, dtype=np.int64))

    def after(self, state: _State, place: int, choice: int) -> tuple[_State, Mask]:
        """What nodes become once the lot at this place of the order goes to a choice, and which have room for it."""
        left, has = state.left, state.has
        if choice < len(self.parts):
            left, has = left - self.parts[choice], has | self.theirs[choice]
        many = state.many + (has & ~state.has).sum(axis=1)
        room: Mask = np.asarray((left >= self.gives[place + 1]).all(axis=1), dtype=np.bool_)
        if self.most:
            room &= many <= self.most
        else:
            many = np.minimum(many, self.fewest)
            has = has & (many < self.fewest)[:, None]
        later = [further for lot in self.order[place + 1 :] for further in self.of_lot[lot]]
        return _State(np.minimum(left, self.takes[place + 1]), has & self.theirs[later].any(axis=0), many), room


@lru_cache(maxsize=16)
def _made(
    choices: tuple[Choice, ...],
    lots: int,
    rows: tuple[tuple[tuple[tuple[int, int], ...], int], ...],
    behind: tuple[tuple[int, ...], ...],
    most: int,
    fewest: int,
    most_nodes: int,
) -> tuple[Layer, ...] | None:
    """The layers; see `diagram_of`. Kept, for changes of marks and prices mostly leave it as it is."""
    if any(sum(abs(part) for _, part in parts) + abs(limit) > _WHOLE for parts, limit in rows):
        return None
    limits = _Limits(choices, lots, [Row(dict(parts), limit) for parts, limit in rows], behind, most, fewest)
    state, layers, nodes = limits.start(), list[Layer](), 1
    for place, lot in enumerate(limits.order):
        ways, found, leads, so_far = (*limits.of_lot[lot], len(choices) + lot), list[_State](), list[Array](), 0
        for way in ways:
            new, room = limits.after(state, place, way)
            leads.append(np.where(room, so_far + np.cumsum(room) - 1, -1))
            found.append(new.of(room))
            so_far += int(room.sum())
        state, same = _once(found)
        nodes += len(state.many)
        if nodes > most_nodes:
            return None
        lead = np.stack(leads, axis=1)
        layers.append(Layer(lot, ways, np.append(same, -1)[lead]))
    return _alive(layers, state.many >= fewest)


def _order(touches: Sequence[Sequence[bool]]) -> tuple[int, ...]:
    """The lots one after another, each time the one that leaves the fewest limits begun and not ended.

    Args:
        touches: by lot, whether each limit has a part in it.
    """
    table = np.array(touches, dtype=np.bool_).reshape(len(touches), -1)
    left, order = list(range(len(table))), list[int]()
    while left:

        def open_after(lot: int) -> int:
            begun = table[[*order, lot]].any(axis=0)
            return int((begun & table[[other for other in left if other != lot]].any(axis=0)).sum())

        order.append(min(left, key=open_after))
        left.remove(order[-1])
    return tuple(order)


def _from_each_on(parts: Sequence[Array], nothing: Array) -> list[Array]:
    """The sums of what comes from each place on, and of nothing behind the last."""
    sums = [nothing]
    for part in reversed(parts):
        sums.append(sums[-1] + part)
    return sums[::-1]


def _once(states: Sequence[_State]) -> tuple[_State, Array]:
    """The states, each once, and which of these each was."""
    left, has, many = (np.concatenate(parts) for parts in zip(*states, strict=True))
    found, same = np.unique(np.hstack((left, has, many[:, None])), axis=0, return_inverse=True)
    rows = left.shape[1]
    return _State(found[:, :rows], found[:, rows:-1].astype(np.bool_), found[:, -1]), same.reshape(-1)


def _alive(layers: Sequence[Layer], ends: Mask) -> tuple[Layer, ...]:
    """The layers without nodes from which no way leads to an end; all ends are node 0."""
    found = list[Layer]()
    new = np.where(ends, 0, -1)  # the number of each node of the layer behind
    for layer in reversed(layers):
        leads = np.append(new, -1)[layer.leads]
        alive = (leads >= 0).any(axis=1)
        found.append(layer._replace(leads=leads[alive]))
        new = np.where(alive, np.cumsum(alive) - 1, -1)
    return tuple(reversed(found))
