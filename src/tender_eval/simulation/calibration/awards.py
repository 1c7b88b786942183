"""UK Digital Outcomes: who won 325 contracts for whole services, by value, beside what the simulation makes of it.

The rows are in ``fixtures/evidence/digital-outcomes.csv``, and ``scripts/evidence.py`` works these figures out of them.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.random import SeedSequence

from tender_eval.model.numeric import Array
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.calibration.fit import Simulated, Target, all_prepared
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.tender import simulate

BANDS = ("under £100,000", "£100,000 to £250,000", "£250,000 to £1m", "above £1m")
EDGES = (1e5, 2.5e5, 1e6)
AWARDS_BY_BAND = (112, 60, 75, 78)
WON_BY_BAND = (0.804, 0.717, 0.613, 0.397)
AWARDS = sum(AWARDS_BY_BAND)
WON, WON_OF_VALUE = 0.646, 0.402
SLOPE, SLOPE_ERROR = -0.94, 0.17
SPREAD_OF_VALUES = 10.5
"""Mean of the squared values over the square of their mean, of which the error of the share of the value is made."""


class Contract(NamedTuple):
    """Contracts of about one value: what one of them is worth, and what share of all contracts they are."""

    value: float
    weight: float
    band: int


CONTRACTS = tuple(
    Contract(value, number / AWARDS, band)
    for value, number, band in (
        (32e3, 56, 0), (76e3, 56, 0), (145e3, 30, 1), (207e3, 30, 1),
        (315e3, 38, 2), (624e3, 37, 2), (1809e3, 39, 3), (7695e3, 39, 3),
    )
)  # fmt: skip
"""The awards as a few contracts: each band in two halves, at the mean value of each, to £1,000."""


def awards_targets() -> tuple[Target, ...]:
    """Shares won by small and medium enterprises. The bands are fitted; what follows from them is a check."""
    bands = [
        Target(f"band {n + 1}", f"awards {band} won by SMEs", p, sqrt(p * (1 - p) / number), True)
        for n, (band, p, number) in enumerate(zip(BANDS, WON_BY_BAND, AWARDS_BY_BAND, strict=True))
    ]
    of_value = sqrt(WON_OF_VALUE * (1 - WON_OF_VALUE) * SPREAD_OF_VALUES / AWARDS)
    return (
        *bands,
        Target("won", "all awards won by SMEs", WON, sqrt(WON * (1 - WON) / AWARDS), False),
        Target("won of value", "value of all awards won by SMEs", WON_OF_VALUE, of_value, False),
        Target("slope", "logit slope of an SME's win on log10 of the value", SLOPE, SLOPE_ERROR, False),
    )


def simulated_awards(spec: Spec, catalogue: Catalogue, draws: int) -> dict[str, Simulated]:
    """What `awards_targets` are in the simulation; the designs of the spec are the `CONTRACTS`.

    Any provider that is not large is taken for an SME.
    """
    kinds = CONTRACTS
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
    >>> round(slope, 4) == round(float(np.log(3)), 4)
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
