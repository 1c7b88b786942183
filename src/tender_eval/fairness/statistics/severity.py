"""By how much each person gives more or less than the others give the same units, drawn to nothing by what chance does.

Values are taken as the unit's own, the person's leaning and an error; units and leanings are found together by least
squares, so that it does not matter who marked which units. Leanings are then shrunk as random effects are: by the share
of their spread that the errors would make alone (Robinson, Statistical Science 6 (1991) 15-32, best linear unbiased
prediction), the spread estimated by its moments.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tender_eval.fairness.findings.reliability import Estimate, Interval, TooLittle
from tender_eval.fairness.statistics.f_distribution import f_quantile
from tender_eval.fairness.statistics.ratings import Ratings
from tender_eval.model.numeric import Array

NOTHING = 1e-9
LEAST_PEOPLE = 3  # of two nobody can say whether one is severe or the other lenient
LEAST_MARKS = 10  # of a person beside those of others


class Leaning(NamedTuple):
    """Of one person: how many values, the leaning as it stands with its interval by the t distribution, and shrunk."""

    values: int
    found: Estimate
    shrunk: float


class Additive(NamedTuple):
    """Units and leanings found together.

    Attributes:
        leanings: ``(people,)``, which add up to nothing.
        spread: how far the leanings of as many people would be off by errors alone, as covariances over the variance of
            errors.
        residuals: ``(units, people)``, NaN where no value is.
        freedom: degrees of freedom of the errors.
    """

    leanings: Array
    spread: Array
    residuals: Array
    freedom: int


def additive(ratings: Ratings) -> Additive | TooLittle:
    """Units and leanings by least squares, over the units that two people or more gave values."""
    x, given = ratings.values, ratings.given
    here = np.where(given, x, 0.0)
    counts = given.sum(axis=1)
    means = here.sum(axis=1) / counts
    shares = given / counts[:, None]
    normal = np.diag(given.sum(axis=0).astype(np.float64)) - given.T.astype(np.float64) @ shares
    sizes = np.linalg.eigvalsh(normal)
    if sizes[1] < NOTHING * sizes[-1]:  # besides that of a leaning which all have, which is none
        return TooLittle.APART
    level = np.full_like(normal, 1 / ratings.people)
    spread = np.linalg.inv(normal + level) - level
    leanings = spread @ np.where(given, x - means[:, None], 0.0).sum(axis=0)
    units = means - shares @ leanings
    residuals = x - units[:, None] - leanings
    return Additive(leanings, spread, residuals, int(counts.sum()) - len(x) - ratings.people + 1)


def severities(ratings: Ratings) -> tuple[Leaning, ...] | TooLittle:
    """The leaning of each person of ``ratings.compared``, in their order."""
    found = ratings.compared
    if found.people < LEAST_PEOPLE:
        return TooLittle.FEW_PEOPLE
    marks = found.given.sum(axis=0)
    if marks.min() < LEAST_MARKS:
        return TooLittle.FEW_IN_COMMON
    fitted = additive(found)
    if isinstance(fitted, TooLittle):
        return fitted
    error = float(np.nansum(fitted.residuals**2)) / fitted.freedom
    chance = error * np.diag(fitted.spread)
    people = max((float((fitted.leanings**2).sum()) - float(chance.sum())) / (found.people - 1), 0.0)
    kept = np.divide(people, people + chance, out=np.zeros_like(chance), where=people + chance > 0)
    within = np.sqrt(f_quantile(0.95, 1, fitted.freedom) * chance)
    return tuple(
        Leaning(int(n), Estimate(float(raw), Interval(float(raw - w), float(raw + w), "t")), float(raw * k))
        for n, raw, w, k in zip(marks, fitted.leanings, within, kept, strict=True)
    )
