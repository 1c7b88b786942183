"""What is known of the answer: everything that is not certain varied at once, the model solved anew at each point.

The points are a Latin hypercube over the ranges (`spec.ranges`): of every figure all parts of its range come in turn,
put together at random (McKay, Beckman and Conover, Technometrics 21, 1979). Each point has markets and samples of its
own, so what chance does widens the ranges a little and never narrows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, SeedSequence

from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.prepared import prepare
from tender_eval.simulation.results.outcome import Driver, Joint, JointDesign, JointRange
from tender_eval.simulation.spec.ranges import placed, ranges_of
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.tender import simulate

POINTS = 200
DRAWS = 512  # of a point
SAMPLE = 20_000  # cells (providers x lots x tenders) on which the beliefs of a point are solved
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
SURE = 3.0  # standard errors of a slope: with fifty assumptions, twice would find two or three by chance
SPARE = 10  # points more than assumptions, from which on a regression can tell them apart
HYPERCUBE, POINT = 0x7A, 0x7B  # streams of their own


@dataclass(frozen=True, slots=True)
class PointResult:
    """Of a point: the mean of each figure and of its difference from the first design; or why it was refused.

    Attributes:
        names: of the figures.
        levels: ``(designs, figures)``, NaN where undefined.
        differences: of the designs after the first, ``(designs - 1, figures)``.
    """

    names: tuple[str, ...]
    levels: Array
    differences: Array
    converged: bool = True
    refused: str = ""


@dataclass(frozen=True, slots=True)
class JointPoint:
    """The task to solve and to simulate all designs of a spec at one point of the hypercube."""

    spec: Spec
    index: int
    points: int

    def __call__(self, catalogue: Catalogue) -> PointResult:
        ranges = ranges_of(self.spec)
        spec = placed(self.spec, ranges, hypercube(self.points, len(ranges), self.spec.seed)[self.index])
        seed = SeedSequence(entropy=spec.seed, spawn_key=(POINT, self.index))
        own = int(seed.generate_state(1)[0])
        try:
            prepared = [
                prepare(d, spec.types_in(d), spec.providers, spec.area_weights, catalogue, own, SAMPLE)
                for d in spec.designs
            ]
        except Refused as e:
            none = np.empty((0, 0))
            return PointResult((), none, none, True, "; ".join(dict.fromkeys(d.message for d in e.diagnostics)))
        first, *others = found = simulate(prepared, seed, DRAWS)
        names = tuple(name for name in first if all(name in other for other in others))
        levels = np.array([[_mean(each[name]) for name in names] for each in found])
        apart = np.array([[_mean(each[name] - first[name]) for name in names] for each in others])
        settled = all(s.equilibrium.converged for p in prepared for s in p.solutions)
        return PointResult(names, levels, apart.reshape(len(others), len(names)), settled)


def joint_points(spec: Spec, points: int) -> tuple[JointPoint, ...]:
    """The tasks of all points."""
    return tuple(JointPoint(spec, n, points) for n in range(points))


def joint(spec: Spec, results: Sequence[PointResult]) -> Joint | None:
    """The ranges, and what drives each figure, from what the `joint_points` gave; None where there are none."""
    at = hypercube(len(results), len(ranges := ranges_of(spec)), spec.seed)
    kept = [n for n, r in enumerate(results) if not r.refused]
    if not kept:
        return None
    names = results[kept[0]].names
    levels = np.array([results[n].levels for n in kept])  # (points, designs, figures)
    apart = np.array([results[n].differences for n in kept])
    first, *others = (d.label for d in spec.designs)
    answer = apart[:, -1] if others else levels[:, 0]
    drivers = {name: drivers_of(at[kept], answer[:, k], [r.name for r in ranges]) for k, name in enumerate(names)}
    return Joint(
        points=len(kept),
        designs=tuple(
            JointDesign(d.label, _ranges(names, levels[:, n])) for n, d in enumerate(spec.designs)
        ),
        paired=tuple(JointDesign(label, _ranges(names, apart[:, n]), first) for n, label in enumerate(others)),
        drivers={name: found for name, found in drivers.items() if found},
        unsettled=sum(not results[n].converged for n in kept),
        refused=Counter(r.refused for r in results if r.refused),
    )  # fmt: skip


def hypercube(points: int, dimensions: int, seed: int) -> Array:
    """Points of a Latin hypercube between 0 and 1, ``(points, dimensions)``; the same for the same arguments."""
    rng = Generator(np.random.SFC64(SeedSequence(entropy=seed, spawn_key=(HYPERCUBE,))))
    columns = [(rng.permutation(points) + rng.random(points)) / points for _ in range(dimensions)]
    return np.column_stack(columns) if columns else np.empty((points, 0))


def range_of(values: Array) -> JointRange:
    """The range of a figure over the points, ``(points,)``, of which none is NaN."""
    low, median, high = (float(v) for v in np.quantile(values, (LOW, MIDDLE, HIGH)))
    positive, negative = float((values > 0).mean()), float((values < 0).mean())
    return JointRange(low, median, high, max(positive, negative, 1 - positive - negative))


def drivers_of(at: Array, values: Array, names: Sequence[str]) -> tuple[Driver, ...]:
    """What moves a figure over the points: the assumptions whose slope is beyond doubt, the strongest first.

    A linear regression on all assumptions at once, or with few points on each alone. A share is that of the variance
    that goes with the assumption in a straight line, less what a slope of chance would have; what the shares do not add
    up to is curves, interplay and chance.

    Args:
        at: the points, ``(points, assumptions)`` between 0 and 1.
        values: the figure at each.
    """
    known = ~np.isnan(values)
    x, y = at[known], values[known]
    number, width = x.shape
    if number < SPARE or not width or float(np.ptp(y)) <= 1e-12 * max(float(np.abs(y).max()), 1.0):
        return ()
    if number > width + SPARE:
        slopes, errors = _regression(x, y)
    else:
        each = [_regression(x[:, [k]], y) for k in range(width)]
        slopes, errors = (np.array([found[k][0] for found in each]) for k in (0, 1))
    shares = (slopes**2 - errors**2) * x.var(axis=0) / y.var()
    found = [
        Driver(name, min(float(share), 1.0), float(slope))
        for name, share, slope, error in zip(names, shares, slopes, errors, strict=True)
        if abs(slope) > SURE * error and share > 0
    ]
    return tuple(sorted(found, key=lambda driver: -driver.share))


def _regression(x: Array, y: Array) -> tuple[Array, Array]:
    """The slopes of a least-squares line and their standard errors."""
    full = np.column_stack([np.ones(len(x)), x])
    inverse = np.linalg.pinv(full.T @ full)
    found = inverse @ (full.T @ y)
    left = y - full @ found
    variance = float(left @ left) / (len(y) - full.shape[1])
    return found[1:], np.sqrt(np.maximum(variance * np.diag(inverse), 0.0))[1:]


def _ranges(names: Sequence[str], values: Array) -> Mapping[str, JointRange]:
    """Of each figure that is defined at any point, from ``(points, figures)``."""
    columns = {name: values[:, k][~np.isnan(values[:, k])] for k, name in enumerate(names)}
    return {name: range_of(column) for name, column in columns.items() if column.size}


def _mean(values: Array) -> float:
    there = values[~np.isnan(values)]
    return float(there.mean()) if there.size else float("nan")
