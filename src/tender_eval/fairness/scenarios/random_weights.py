"""Random weights: around published ones, uniform on the simplex, or where every weight lies within its band.

Spacings of exponentials are uniform on the simplex (Devroye 1986, Non-Uniform Random Variate Generation, V.2);
uniform numbers divided by their sum are not: they crowd in the middle. Gamma numbers of different shapes, so divided,
have the Dirichlet distribution (the same, XI.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from tender_eval.engine.plan import Plan
from tender_eval.fairness.linear_programme import minimise
from tender_eval.model.numeric import Array

TRIES = 64  # vectors thrown away for each one kept, before a walk takes over
STEPS = 60  # moves of the walk for each weight


class Band(NamedTuple):
    """The least and the most that some weights may come to together."""

    of: tuple[int, ...]
    least: Fraction
    most: Fraction


def bands_of(plan: Plan, limits: Mapping[str, tuple[Fraction, Fraction]]) -> tuple[Band, ...]:
    """The bands of criteria and groups, from the least and most points of each by its id."""
    at = {leaf.id: n for n, leaf in enumerate(plan.leaves)}
    below = {node.id: node.leaves for node in plan.nodes}
    return tuple(Band(tuple(at[leaf] for leaf in below[name]), *ends) for name, ends in limits.items())


def simplex(rng: Generator, weights: int, draws: int, total: float = 1.0) -> Array:
    """Weights ``(weights, draws)`` that add up to ``total`` in each draw, uniform on the simplex."""
    found = rng.standard_exponential((weights, draws))
    found *= total / found.sum(axis=0)
    return found


@dataclass(frozen=True)
class AroundPublished:
    """Weights that are on average the published ones: Dirichlet, as Saint-Hilary and others draw them for SMAA
    (Biometrical Journal 59(3), 2017, 567-578).

    A weight that is a share ``w`` of all has a standard deviation of ``sqrt(w (1 - w) / (concentration + 1))`` of all;
    one that is published as nothing stays nothing.
    """

    published: tuple[Fraction, ...]
    concentration: int

    @property
    def weights(self) -> int:
        """How many there are."""
        return len(self.published)

    def draw(self, rng: Generator, draws: int) -> Array:
        """Weights ``(weights, draws)`` that add up to what the published ones do."""
        total = float(sum(self.published))
        shape = np.array([float(w) for w in self.published]) * (self.concentration / total)
        found: Array = rng.standard_gamma(shape[:, None], (self.weights, draws))
        found *= total / found.sum(axis=0)
        return found


@dataclass(frozen=True)
class Sampler:
    """Weights that add up to ``total``, uniform where all bands hold.

    ``start`` is a vector within the bands; None where there are none, and nothing can be drawn.
    """

    weights: int
    total: Fraction
    bands: tuple[Band, ...] = ()

    @property
    def start(self) -> tuple[Fraction, ...] | None:
        """Some vector within the bands, or None."""
        one = Fraction(1)
        rows, bounds = [[one] * self.weights, [-one] * self.weights], [self.total, -self.total]
        for band in self.bands:
            row = [Fraction(n in band.of) for n in range(self.weights)]
            rows += [row, [-v for v in row]]
            bounds += [band.most, -band.least]
        found = minimise([Fraction(0)] * self.weights, rows, bounds)
        return None if found is None else found.x

    def draw(self, rng: Generator, draws: int) -> Array:
        """Weights ``(weights, draws)``."""
        if not self.bands:
            return simplex(rng, self.weights, draws, float(self.total))
        kept = self._rejected(rng, draws)
        return self._walked(rng, draws) if kept is None else kept

    def _rejected(self, rng: Generator, draws: int) -> Array | None:
        """By rejection, which needs no more said for it; None where too few lie within the bands."""
        kept: list[Array] = []
        have = 0
        for tried in range(1, TRIES + 1):
            found = simplex(rng, self.weights, draws, float(self.total))
            inside = np.ones(draws, dtype=np.bool_)
            for band in self.bands:
                together = found[list(band.of)].sum(axis=0)
                inside &= (together >= float(band.least)) & (together <= float(band.most))
            kept.append(found[:, inside])
            have += int(inside.sum())
            if have >= draws:
                return np.concatenate(kept, axis=1)[:, :draws]
            if tried == 1 and have * TRIES < draws:
                return None
        return None

    def _walked(self, rng: Generator, draws: int) -> Array:
        """By hit and run (Smith 1984) from one weight to another: one walk a draw, all from the same vector.

        Each move takes a uniform amount between two weights, of all that the bands allow. The bands of weights
        and of groups make the edges of what is allowed run from one weight to another, so none is out of reach.
        """
        first = self.start
        if first is None:
            raise ValueError("no weights lie within the bands")
        found = np.repeat(np.array([float(v) for v in first])[:, None], draws, axis=1)
        for _ in range(STEPS * self.weights if self.weights > 1 else 0):
            giver, taker = rng.choice(self.weights, 2, replace=False)
            least, most = self._room(found, int(giver), int(taker))
            moved = least + (most - least) * rng.random(draws)
            found[giver] -= moved
            found[taker] += moved
        return found

    def _room(self, found: Array, giver: int, taker: int) -> tuple[Array, Array]:
        """How little (below zero: the other way) and how much can move from one weight to the other."""
        least, most = -found[taker], found[giver].copy()
        for band in self.bands:
            if (giver in band.of) == (taker in band.of):
                continue
            together = found[list(band.of)].sum(axis=0)
            up, down = float(band.most) - together, together - float(band.least)
            more, fewer = (up, down) if taker in band.of else (down, up)
            most = np.minimum(most, more)
            least = np.maximum(least, -fewer)
        return least, np.maximum(most, least)
