"""UK Digital Outcomes: who won 499 contracts, by their value, beside what the simulation makes of it.

Known are the shares won by small and medium enterprises: 69% of all, 75.5 / 79.5 / 66.4 / 40.0% by band of value,
43% of the value, and the slope of a logit of the win on log10 of the value, -0.71 with a standard error of 0.14. How
many awards there are in each band is not known; see `values_of_awards`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from math import exp, log, sqrt
from operator import mul
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.random import SeedSequence

from tender_eval.model.numeric import Array
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.calibration.fit import Simulated, Target, all_prepared
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.tender import simulate

AWARDS = 499
BANDS = ("under £100,000", "£100,000 to £250,000", "£250,000 to £1m", "above £1m")
EDGES = (1e5, 2.5e5, 1e6)
WON_BY_BAND = (0.755, 0.795, 0.664, 0.400)
WON, WON_OF_VALUE = 0.69, 0.43
SLOPE, SLOPE_ERROR = -0.71, 0.14


class Contract(NamedTuple):
    """Contracts of about one value: what one of them is worth, and what share of all contracts they are."""

    value: float
    weight: float
    band: int


@cache
def values_of_awards() -> tuple[float, float]:
    """Median and log-standard deviation of the values of the awards, taken to be lognormal.

    The number of awards in each band is not known, nor their values; but with the shares by band, the share of all
    awards (69%) fixes the median for any spread, and the standard error of the slope (0.14) fixes the spread: that of
    a logit of 499 awards is 1 / sqrt(499 x mean of p(1-p)(x-m)^2), with m the mean of x weighted by p(1-p).
    """

    def median(spread: float) -> float:
        return _root(lambda at: sum(map(mul, _counts(at, spread), WON_BY_BAND)) - WON, 8.0, 16.0)

    def excess(spread: float) -> float:
        middle, parts = median(spread), 400
        logs = [middle + spread * NormalDist().inv_cdf((n + 0.5) / parts) for n in range(parts)]
        p = np.array([WON_BY_BAND[sum(x > log(e) for e in EDGES)] for x in logs])
        x, weight = np.array(logs) / log(10), p * (1 - p)
        centred = x - (weight * x).sum() / weight.sum()
        return SLOPE_ERROR - 1 / sqrt(AWARDS * float((weight * centred**2).mean()))

    spread = _root(excess, 0.5, 3.0)
    return exp(median(spread)), spread


def contracts(halves: int = 2) -> tuple[Contract, ...]:
    """The awards as a few contracts: each band in so many parts of equal numbers, at the mean value of each, rounded
    to £1,000."""
    median, spread = values_of_awards()
    normal, middle = NormalDist(), log(median)
    ends = [0.0, *(normal.cdf((log(e) - middle) / spread) for e in EDGES), 1.0]
    found = []
    for band, (start, end) in enumerate(pairwise(ends)):
        weight = (end - start) / halves
        for n in range(halves):
            low, high = (_moment(start + weight * step, spread) for step in (n, n + 1))
            mean = median * exp(spread**2 / 2) * (high - low) / weight
            found.append(Contract(round(mean, -3), weight, band))
    return tuple(found)


def awards_targets() -> tuple[Target, ...]:
    """Shares won by small and medium enterprises. The bands are fitted; what follows from them is a check."""
    numbers = _counts(log(values_of_awards()[0]), values_of_awards()[1])
    bands = [
        Target(f"band {n + 1}", f"awards {band} won by SMEs", p, sqrt(p * (1 - p) / (AWARDS * number)), True)
        for n, (band, p, number) in enumerate(zip(BANDS, WON_BY_BAND, numbers, strict=True))
    ]
    uneven = exp(values_of_awards()[1] ** 2)  # mean square over squared mean of lognormal values
    of_value = sqrt(WON_OF_VALUE * (1 - WON_OF_VALUE) * uneven / AWARDS)
    return (
        *bands,
        Target("won", "all awards won by SMEs", WON, sqrt(WON * (1 - WON) / AWARDS), False),
        Target("won of value", "value of all awards won by SMEs", WON_OF_VALUE, of_value, False),
        Target("slope", "logit slope of an SME's win on log10 of the value", SLOPE, SLOPE_ERROR, False),
    )


def simulated_awards(spec: Spec, catalogue: Catalogue, draws: int) -> dict[str, Simulated]:
    """What `awards_targets` are in the simulation; the designs of the spec are the `contracts`.

    Any provider that is not large is taken for an SME.
    """
    kinds = contracts()
    prepared = all_prepared(spec, catalogue)
    if [d.settings.value for d in spec.designs] != [c.value for c in kinds]:
        raise ValueError("the designs are not the contracts")
    sme = [t.name for t in spec.types if t.size != "large"]
    shares, errors = [], []
    for each in simulate(prepared, SeedSequence(spec.seed), draws):
        won = np.sum([each[f"winning.{name}"] for name in sme], axis=0)
        served = np.sum([each[f"winning.{t.name}"] for t in spec.types], axis=0) > 0
        shares.append(float(won[served].mean()))
        errors.append(float(won[served].std(ddof=1) / sqrt(served.sum())))
    p, error = np.array(shares), np.array(errors)
    weight, value = np.array([c.weight for c in kinds]), np.array([c.value for c in kinds])
    band = np.array([c.band for c in kinds])
    found = {f"band {b + 1}": _mixed(p, error, weight * (band == b)) for b in range(len(BANDS))}
    found["won"], found["won of value"] = _mixed(p, error, weight), _mixed(p, error, weight * value)
    slope, leverage = logit_slope(np.log10(value), p, weight)
    found["slope"] = Simulated(slope, float(sqrt(((leverage * error) ** 2).sum())))
    return found


def logit_slope(x: Array, shares: Array, weights: Array) -> tuple[float, Array]:
    """Slope of the logit of shares on ``x`` by weighted maximum likelihood, and how it moves with each share.

    >>> slope, _ = logit_slope(np.array([0.0, 1.0]), np.array([0.5, 0.75]), np.array([1.0, 1.0]))
    >>> round(slope, 4) == round(log(3), 4)
    True
    """
    columns = np.stack([np.ones(len(x)), x])
    coefficients = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-coefficients @ columns))
        information = (columns * (weights * p * (1 - p))) @ columns.T
        coefficients = coefficients + np.linalg.solve(information, columns @ (weights * (shares - p)))
    return float(coefficients[1]), np.linalg.solve(information, columns * weights)[1]


def _mixed(shares: Array, errors: Array, weights: Array) -> Simulated:
    part = weights / weights.sum()
    return Simulated(float((part * shares).sum()), float(sqrt(((part * errors) ** 2).sum())))


def _counts(middle: float, spread: float) -> list[float]:
    """Share of lognormal values in each band."""
    ends = [0.0, *(NormalDist(middle, spread).cdf(log(e)) for e in EDGES), 1.0]
    return [high - low for low, high in pairwise(ends)]


def _moment(p: float, spread: float) -> float:
    """Share of the value of all that the lowest ``p`` of lognormal values have."""
    if p <= 0 or p >= 1:
        return float(p >= 1)
    return NormalDist().cdf(NormalDist().inv_cdf(p) - spread)


def _root(of: Callable[[float], float], low: float, high: float) -> float:
    rising = of(high) > of(low)
    for _ in range(60):
        middle = (low + high) / 2
        if (of(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2
