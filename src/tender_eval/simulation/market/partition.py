"""Areas to lots: what each lot holds, and how figures of areas become figures of lots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import Array


class Lots(NamedTuple):
    """The lots of one design; arrays ``(lots,)`` unless said otherwise.

    Attributes:
        areas: indices of the areas of each lot.
        within: weight of each area inside its lot, ``(lots, areas)``, each row adding up to 1.
        value: money over all years.
        annual: money a year.
        share: of the whole contract's value.
        kind: lots of one kind have the same value and number of areas, are reserved for the same bidders, and so have
            the same bidding.
        kinds: index of a lot of each kind.
    """

    areas: tuple[tuple[int, ...], ...]
    within: Array
    value: Array
    annual: Array
    share: Array
    kind: Array
    kinds: tuple[int, ...]

    @property
    def first(self) -> tuple[int, ...]:
        """The first area of each lot."""
        return tuple(areas[0] for areas in self.areas)


def lots_of(
    partition: Sequence[Sequence[int]],
    area_weights: Sequence[float],
    value: float,
    years: float,
    reserved: Sequence[Sequence[int]] = (),
) -> Lots:
    """What the lots of a partition are.

    Args:
        area_weights: share of the contract's value in each area.
        value: of the whole contract over all years.
        reserved: lots that are for some bidders alone, those for the same ones together.
    """
    weights = np.zeros((len(partition), len(area_weights)))
    for n, areas in enumerate(partition):
        weights[n, list(areas)] = np.asarray(area_weights)[list(areas)]
    share = weights.sum(axis=1)
    kept = [tuple(n for n, lots in enumerate(reserved) if lot in lots) for lot in range(len(partition))]
    alike = [(f"{s:.9g}", len(areas), of) for s, areas, of in zip(share, partition, kept, strict=True)]
    seen = {key: n for n, key in enumerate(dict.fromkeys(alike))}
    kind = np.array([seen[key] for key in alike])
    return Lots(
        areas=tuple(tuple(areas) for areas in partition),
        within=weights / share[:, None],
        value=share * value,
        annual=share * value / years,
        share=share,
        kind=kind,
        kinds=tuple(alike.index(key) for key in seen),
    )


def mean_over(lots: Lots, by_area: Array) -> Array:
    """The mean over the areas of each lot, by weight: ``(areas, rows, draws)`` to ``(rows, lots, draws)``.

    Sums run in the order of the areas, so that a result never depends on how a library splits its work.
    """
    out = np.empty((by_area.shape[1], len(lots.areas), by_area.shape[2]))
    for n, areas in enumerate(lots.areas):
        np.multiply(by_area[areas[0]], lots.within[n, areas[0]], out=out[:, n])
        for area in areas[1:]:
            out[:, n] += by_area[area] * lots.within[n, area]
    return out


def home_shares(lots: Lots, home: Array) -> Array:
    """The share of each lot's value that lies in home areas: ``(..., areas)`` booleans to ``(..., lots)``."""
    found = np.zeros((*home.shape[:-1], len(lots.areas)))
    for n, areas in enumerate(lots.areas):  # one lot at a time: all at once would hold every area of every lot
        for area in areas:
            found[..., n] += home[..., area] * lots.within[n, area]
    return found


def home_counts(lots: Lots, home: Array) -> Array:
    """How many areas of each lot are home: ``(..., areas)`` booleans to ``(..., lots)``."""
    return np.stack([home[..., list(areas)].sum(axis=-1) for areas in lots.areas], axis=-1)
