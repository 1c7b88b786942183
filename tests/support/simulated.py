"""Designs and markets for the tests of the simulation, from the stated defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from inline import CATALOGUE, leaf, scheme
from numpy.random import SeedSequence

from tender_eval import load_scheme, scheme_from_data
from tender_eval.model.scheme import Scheme
from tender_eval.simulation.prepared import PreparedDesign, prepare
from tender_eval.simulation.spec.parameters import FACTS, SETTINGS, STANDARD_TYPES, type_default
from tender_eval.simulation.spec.records import Design, Provider, ProviderType, Settings
from tender_eval.simulation.tender import simulate

SCHEMES = Path(__file__).parents[2] / "schemes"
SAMPLE = 60_000  # cells on which play is settled: a third of what a run takes, and as good here
SCALE = {"zero_to_five": [{"mark": m, "score": f"{20 * m}%"} for m in range(6)]}


def settings(**changed: Any) -> Settings:
    """The defaults, with these changes."""
    known = {f.name for f in fields(Settings)}
    return Settings(**{p.name: p.default for p in SETTINGS if p.name in known} | changed)  # type: ignore[arg-type]


def standard_types(**changed: Any) -> tuple[ProviderType, ...]:
    """The four standard types; each change goes to all."""
    names = [f.name for f in fields(ProviderType) if f.name not in ("name", "facts")]
    return tuple(
        replace(
            ProviderType(name=kind, **{n: type_default(kind, n) for n in names}, facts=FACTS[kind]),  # type: ignore[arg-type]
            **changed,
        )
        for kind in STANDARD_TYPES
    )


def one_type(count: int, **changed: Any) -> ProviderType:
    """A type that nothing keeps from bidding, but what is changed."""
    plain = ProviderType("any", count, True, False, "small", 1e9, 0.0, 1.0, 0.0, 0.0, 0.7)
    return replace(plain, **changed)


@cache
def shipped_scheme(name: str = "light-touch-60-40") -> Scheme:
    """A scheme of the project."""
    return load_scheme(SCHEMES / f"{name}.yaml")


def weighted(quality: int, minimum: str | None = None, scorer: object = "ratio_to_lowest", **rest: object) -> Scheme:
    """Two questions and a price, at these weights."""
    gate = {"minimum": minimum} if minimum else {}
    questions = [leaf(name, f"{quality}/2", "mark", scale="zero_to_five") for name in ("delivery", "people")]
    criteria = [{"id": "quality", "weight": quality, "criteria": questions, **gate}] if quality else []
    criteria.append(leaf("price", 100 - quality, scorer))
    return scheme_from_data(scheme(*criteria, scales=SCALE, award={"on_rejection": "recompute"}, **rest))


def price_only(scorer: str | None = None) -> Scheme:
    """The lowest price wins: by that rule, or by a scorer that carries all the points."""
    if scorer is None:
        return scheme_from_data(scheme(rule="lowest_price"))
    return scheme_from_data(scheme(leaf("price", 100, scorer), award={"on_rejection": "recompute"}))


def equal_lots(lots: int, areas: int = 8) -> tuple[tuple[int, ...], ...]:
    """So many lots of as many neighbouring areas each."""
    each = areas // lots
    return tuple(tuple(range(n * each, (n + 1) * each)) for n in range(lots))


def design(lots: int = 1, of: Scheme | None = None, **changed: Any) -> Design:
    """A design of equal lots."""
    made = settings(**changed)
    return Design(f"{lots} lots", equal_lots(lots, made.areas), made, of or shipped_scheme())


def made(
    a_design: Design,
    types: Sequence[ProviderType] | None = None,
    providers: Sequence[Provider] = (),
    seed: int = 1,
    weights: Sequence[float] = (),
) -> PreparedDesign:
    """A design prepared with the built-in plugins alone."""
    areas = a_design.settings.areas
    shares = weights or [1 / areas] * areas
    kinds = (a_design.types or standard_types()) if types is None else types
    return prepare(a_design, kinds, providers, shares, CATALOGUE, seed, SAMPLE)


def figures(*prepared: PreparedDesign, draws: int = 2000, seed: int = 7) -> tuple[Mapping[str, Any], ...]:
    """The figures of designs on the same tenders."""
    return simulate(prepared, SeedSequence(seed), draws)


def mean(values: Any) -> float:
    """The mean over the draws in which a figure is defined."""
    return float(np.nanmean(values))


def standard_error(values: Any) -> float:
    """Its Monte Carlo standard error."""
    there = values[~np.isnan(values)]
    return float(there.std(ddof=1) / np.sqrt(len(there)))
