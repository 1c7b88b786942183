"""Step 1: the providers of a market, and what is drawn of them in each tender.

Everything random is drawn here, at the level of areas and before anything is known of lots, so that designs which
cut the areas differently meet the same providers, costs and evaluators (common random numbers).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator, SeedSequence

from tender_eval.model.numeric import Array, Mask
from tender_eval.simulation.spec.records import Provider, ProviderType

COST, AREA_COST, QUALITY, INCOME, DAYS, PARTNERS, HOME, COMMON, INCUMBENT, NOISE, ASKED = range(11)


class Market(NamedTuple):
    """Who may bid, in the order of the types; arrays ``(providers,)`` unless said otherwise.

    What is known of a real provider has no spread, so it is the same in every draw.

    Attributes:
        kind: index of its type.
        small: whether it counts as small.
        income, income_sigma: median yearly income and the spread of its logarithm.
        days, days_spread: median days to write a bid; 1 where they are drawn, 0 where they are known.
        quality, quality_spread: mean share of full marks; 1 or 0 likewise.
        away: what work outside home areas adds to cost.
        home: whether an area is home where the home areas begin at a place, ``(providers, places, areas)``.
        counts: how many there are of each type, ``(types,)``.
        partners: of each who names some, its row and theirs; none where partners are not known.
    """

    kind: Array
    small: Mask
    income: Array
    income_sigma: Array
    days: Array
    days_spread: Array
    quality: Array
    quality_spread: Array
    away: Array
    home: Mask
    counts: Array
    partners: tuple[tuple[int, tuple[int, ...]], ...] = ()

    @property
    def rows(self) -> tuple[slice, ...]:
        """Where the providers of each type stand."""
        ends = np.cumsum(self.counts)
        return tuple(slice(int(end - n), int(end)) for end, n in zip(ends, self.counts, strict=True))


class MarketDraws(NamedTuple):
    """What is drawn, for so many tenders; ``(providers, draws)`` unless said otherwise.

    Attributes:
        cost, quality, income, days: standard normal.
        area_cost: standard normal ``(areas, providers, draws)``; None where no design asks for it.
        partners: uniform; finds partners where it is below the chance.
        home: where the home areas begin.
        common: standard normal ``(draws,)``; None where no design asks for it.
        asked: standard normal, of the sum that each asks of a pot; None where no design asks for it.
        incumbent: row of the present provider ``(draws,)``; None where no design asks for it.
        noise: standard normal, by question, ``(places, providers, draws)``.
        places: the area of each place in ``noise``.
    """

    cost: Array
    quality: Array
    income: Array
    days: Array
    area_cost: Array | None
    partners: Array
    home: Array
    common: Array | None
    asked: Array | None
    incumbent: Array | None
    noise: tuple[Array, ...]
    places: tuple[int, ...]

    def part(self, draws: Array) -> MarketDraws:
        """Only these draws."""
        return self._map(lambda values: values[..., draws])

    @staticmethod
    def joined(parts: Sequence[MarketDraws]) -> MarketDraws:
        """Draws one after the other; all of the same design."""
        columns = zip(*(part._columns() for part in parts), strict=True)
        return parts[0]._with(None if c[0] is None else np.concatenate(c, axis=-1) for c in columns)

    def _columns(self) -> tuple[Array | None, ...]:
        return (*self[:-2], *self.noise)

    def _with(self, columns: Iterable[Array | None]) -> MarketDraws:
        first = len(self) - 2
        found: list[Any] = list(columns)
        return MarketDraws._make([*found[:first], tuple(found[first:]), self.places])

    def _map(self, change: Callable[[Array], Array]) -> MarketDraws:
        return self._with(None if c is None else change(c) for c in self._columns())


class DrawsNeeded(NamedTuple):
    """What has to be drawn: how many providers and areas, and which of the rest."""

    providers: int
    areas: int
    area_cost: bool
    common: bool
    asked: bool
    incumbent: bool
    questions: int
    places: frozenset[int]  # areas of which the noise of marks is read

    def of_bidders(self) -> DrawsNeeded:
        """What tells who could bid at what cost and quality: all but the marks."""
        return self._replace(questions=0, places=frozenset())

    def and_also(self, other: DrawsNeeded) -> DrawsNeeded:
        """What two designs on the same market want."""
        if (self.providers, self.areas) != (other.providers, other.areas):
            raise ValueError("designs that are compared must have the same providers and areas")
        return DrawsNeeded(
            self.providers,
            self.areas,
            self.area_cost or other.area_cost,
            self.common or other.common,
            self.asked or other.asked,
            self.incumbent or other.incumbent,
            max(self.questions, other.questions),
            self.places | other.places,
        )


def market_of(types: Sequence[ProviderType], providers: Sequence[Provider], areas: int) -> Market:
    """The market of these types: real providers, or where there are none so many of each type as it says."""
    rows = [(k, p) for k, t in enumerate(types) for p in _of_type(t, providers)]
    kinds = [types[k] for k, _ in rows]
    row_of = {p.name: n for n, (_, p) in enumerate(rows)}
    home = np.zeros((len(rows), areas, areas), dtype=np.bool_)
    for n, (k, provider) in enumerate(rows):
        home[n] = _home_areas(types[k].home_areas, areas)
        if provider.home is not None:
            home[n] = np.isin(np.arange(areas), provider.home)
    return Market(
        kind=np.array([k for k, _ in rows], dtype=np.intp),
        small=np.array([t.small for t in kinds]),
        income=_known((p.income for _, p in rows), [t.income for t in kinds]),
        income_sigma=np.array([t.income_sigma * (p.income is None) for t, (_, p) in zip(kinds, rows, strict=True)]),
        days=_known((p.days for _, p in rows), [t.days for t in kinds]),
        days_spread=np.array([float(p.days is None) for _, p in rows]),
        quality=_known((p.quality for _, p in rows), [t.quality for t in kinds]),
        quality_spread=np.array([float(p.quality is None) for _, p in rows]),
        away=np.array([t.away_cost for t in kinds]),
        home=home,
        counts=np.array([sum(k == n for k, _ in rows) for n in range(len(types))]),
        partners=tuple((n, tuple(row_of[name] for name in p.partners)) for n, (_, p) in enumerate(rows) if p.partners),
    )


def _of_type(kind: ProviderType, providers: Sequence[Provider]) -> list[Provider]:
    if not providers:
        return [Provider(kind.name, kind.name)] * kind.count
    return [p for p in providers if p.type == kind.name]


def _known(stated: Iterable[float | None], typical: Sequence[float]) -> Array:
    return np.array([t if s is None else s for s, t in zip(stated, typical, strict=True)])


def _home_areas(share: float, areas: int) -> Mask:
    """Neighbouring areas from each place on, ``(places, areas)``; at least one where the share is above zero."""
    number = max(round(share * areas), 1) if share > 0 else 0
    distance = (np.arange(areas)[None, :] - np.arange(areas)[:, None]) % areas
    return np.asarray(distance < number)


class Streams:
    """Independent streams of random numbers, one for each thing that is drawn, from one seed.

    A stream's numbers do not depend on which other streams are read.
    """

    def __init__(self, seed: SeedSequence) -> None:
        self._seed = seed
        self._streams: dict[tuple[int, ...], Generator] = {}

    def __call__(self, *key: int) -> Generator:
        if key not in self._streams:
            child = SeedSequence(self._seed.entropy, spawn_key=(*self._seed.spawn_key, *key))
            self._streams[key] = Generator(np.random.SFC64(child))
        return self._streams[key]


def draw_market(streams: Streams, wanted: DrawsNeeded, draws: int) -> MarketDraws:
    """Draw so many tenders; the next call continues where this one ended."""
    shape = (wanted.providers, draws)
    places = tuple(sorted(wanted.places))
    return MarketDraws(
        cost=streams(COST).standard_normal(shape),
        quality=streams(QUALITY).standard_normal(shape),
        income=streams(INCOME).standard_normal(shape),
        days=streams(DAYS).standard_normal(shape),
        area_cost=_by_place(streams, (AREA_COST,), range(wanted.areas), shape) if wanted.area_cost else None,
        partners=streams(PARTNERS).random(shape),
        home=streams(HOME).integers(0, wanted.areas, shape),
        common=streams(COMMON).standard_normal(draws) if wanted.common else None,
        asked=streams(ASKED).standard_normal(shape) if wanted.asked else None,
        incumbent=streams(INCUMBENT).integers(0, wanted.providers, draws) if wanted.incumbent else None,
        noise=tuple(_by_place(streams, (NOISE, k), places, shape) for k in range(wanted.questions)),
        places=places,
    )


def _by_place(streams: Streams, key: tuple[int, ...], places: Sequence[int], shape: tuple[int, int]) -> Array:
    out = np.empty((len(places), *shape))
    for n, place in enumerate(places):
        streams(*key, place).standard_normal(out=out[n])
    return out
