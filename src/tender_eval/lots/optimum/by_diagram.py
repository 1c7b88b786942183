"""What is worth most of a diagram: added up once from the last layer to the first, for one award or for many draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, lcm
from typing import Any

import numpy as np

from tender_eval.lots.optimum.diagram import Diagram
from tender_eval.model.numeric import Array, Mask

_AT_ONCE = 2**22  # sums of nodes and draws that are held at once: 32 MB


def sums(diagram: Diagram, worth: Array, lost: Any) -> list[Array]:
    """By layer what the best way on from each node is worth, ``(nodes,)`` or ``(nodes, draws)``; nought at the end.

    Args:
        worth: of each part and of each lot that nobody is awarded, ``(parts + lots,)`` or beside draws.
        lost: what is less than anything that a whole way can be worth.
    """
    found = [np.zeros_like(worth[:1])]
    for layer in reversed(diagram.layers):
        behind = np.concatenate((found[-1], np.full_like(worth[:1], lost)))
        here = worth[layer.ways[0]] + behind[layer.leads[:, 0]]
        for n, way in enumerate(layer.ways[1:], 1):
            here = np.maximum(here, worth[way] + behind[layer.leads[:, n]])
        found.append(here)
    return found[::-1]


class InDiagram:
    """The awards of a diagram with what each choice is worth, exactly; see `tender_eval.lots.optimum.awards.Ways`.

    Args:
        barred: parts, by number, that are not awarded.
    """

    def __init__(self, diagram: Diagram, worth: Sequence[Fraction], barred: frozenset[int] = frozenset()) -> None:
        self._diagram, self._worth, self._barred = diagram, worth, barred
        self._scale = lcm(*(w.denominator for w in worth))
        whole = [int(w * self._scale) for w in worth]
        self._lost = -4 * sum(map(abs, whole)) - 1
        # The first part of a choice has all that it is worth.
        there = [0 if n and diagram.of[n - 1] == of else whole[of] for n, of in enumerate(diagram.of)]
        there += [0] * len(diagram.layers)
        self._whole = np.array([self._lost if n in barred else w for n, w in enumerate(there)], dtype=object)

    def value(self, chosen: Iterable[int]) -> Fraction:
        """What is chosen is worth."""
        return sum((self._worth[choice] for choice in chosen), Fraction(0))

    def most(self, start: frozenset[int] | None = None) -> frozenset[int] | None:
        """What is worth most; None where no award keeps to the limits."""
        total = self._sums[0]
        if not len(total) or 2 * total[0] < self._lost:
            return None
        node, chosen = 0, list[int]()
        for layer, behind in zip(self._diagram.layers, self._sums[1:], strict=True):
            leads = layer.leads[node]
            ways = [n for n, lead in enumerate(leads) if lead >= 0]
            best = max(ways, key=lambda n: self._whole[layer.ways[n]] + behind[leads[n]])
            chosen.append(layer.ways[best])
            node = leads[best]
        return frozenset(self._diagram.of[part] for part in chosen if part < len(self._diagram.of))

    def at_least(self, some: Iterable[int], least: Fraction) -> frozenset[int] | None:
        """An award with one of these choices, all of one lot, that is worth this or more; None where there is none."""
        chosen = self.with_one_of(some).most()
        return chosen if chosen is not None and self.value(chosen) >= least else None

    def with_one_of(self, some: Iterable[int]) -> InDiagram:
        """The awards with one of these choices, all of one lot."""
        wanted, of = frozenset(some), self._diagram.of
        for layer in self._diagram.layers:
            there = {part for part in layer.ways[:-1] if of[part] in wanted}
            if {of[part] for part in there} == wanted:  # the lot that all of them are of
                return InDiagram(self._diagram, self._worth, self._barred | (frozenset(layer.ways) - there))
        raise ValueError("choices of one lot are needed")

    def differ(self, chosen: frozenset[int], least: Fraction) -> frozenset[int]:
        """The lots that do not go as chosen, itself worth this, in every award that is worth this or more."""
        enough, found = ceil(least * self._scale), set[int]()
        to = np.zeros(1, dtype=object)  # what the best way to each node is worth
        for layer, behind in zip(self._diagram.layers, self._sums[1:], strict=True):
            there = layer.leads >= 0
            gained = to[:, None] + self._whole[list(layer.ways)]
            if (there & (gained + behind[layer.leads] >= enough)).any(axis=0).sum() > 1:
                found.add(layer.lot)
            to = np.full(len(behind), 2 * self._lost, dtype=object)
            np.maximum.at(to, layer.leads[there], gained[there])
        return frozenset(found)

    @cached_property
    def _sums(self) -> list[Array]:
        return sums(self._diagram, self._whole, self._lost)


def most_in_draws(diagram: Diagram, worth: Array, near: float) -> tuple[Array, Mask]:
    """What is worth most in every draw, as the part at each lot ``(lots, draws)``, -1 for nobody; and where it is
    plain, ``(draws,)``: where nothing else that the limits allow is worth as much, or less by no more than ``near``.

    Args:
        worth: in floats, ``(parts, draws)``; -inf where one does not stand.
    """
    lots, draws = len(diagram.layers), worth.shape[1]
    chosen, plain = np.full((lots, draws), -1), np.zeros(draws, dtype=np.bool_)
    nodes = sum(len(layer.leads) for layer in diagram.layers)
    step = max(1, _AT_ONCE // max(nodes, 1)) if nodes else draws or 1
    for start in range(0, draws if nodes else 0, step):
        here = slice(start, start + step)
        own = np.vstack((worth[:, here], np.zeros((lots, worth[:, here].shape[1]))))
        chosen[:, here], plain[here] = _in_draws(diagram, own, near)
    return np.where(chosen < len(worth), chosen, -1), plain


def _in_draws(diagram: Diagram, worth: Array, near: float) -> tuple[Array, Mask]:
    found = sums(diagram, worth, -np.inf)
    draws = np.arange(worth.shape[1])
    node, chosen = np.zeros(len(draws), dtype=np.int64), np.empty((len(diagram.layers), len(draws)), dtype=np.int64)
    best, so_far, plain = found[0][0], np.zeros(len(draws)), np.isfinite(found[0][0])
    for layer, behind in zip(diagram.layers, found[1:], strict=True):
        leads, ways = layer.leads[node].T, np.array(layer.ways)
        with_lost = np.vstack((behind, np.full((1, len(draws)), -np.inf)))
        totals = worth[ways] + with_lost[leads, draws]  # (ways, draws)
        way = totals.argmax(axis=0)
        others = totals.copy()
        others[way, draws] = -np.inf  # whatever else is worth most goes another way first at one of the layers
        plain &= ~(so_far + others.max(axis=0) >= best - near)
        chosen[layer.lot] = ways[way]
        so_far = so_far + worth[ways[way], draws]
        node = leads[way, draws]
    return chosen, plain
