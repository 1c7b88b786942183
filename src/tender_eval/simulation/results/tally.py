"""Exactly mergeable tallies: what is kept of simulated tenders, whatever their number.

Of every figure its number, sum and sum of squares are kept as exact fractions, of each design and of each design's
difference from the first (on the same draws: common random numbers). Addition of fractions has no rounding, so that
chunks may be added in any order and any grouping and give the same bits; means and standard errors are worked out
once, at the end. The moments of one chunk are taken about its first value, a pivot that is a member of the sample,
and float64 sums run in numpy's fixed order. As the pivot is a member, the squares about the mean are at least
1/(n + 1) of those about the pivot, so that no more than the last few of the 15 digits can cancel; a figure that is
the same in every tender has a variance of exactly nought.

Tenders are played in turn by several solutions of what bidders do (`prepared`). Of each, number and sum are kept too:
they differ by chance, and by the error of the solutions, which the standard error thus holds as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

_NOUGHT = Fraction(0)


@dataclass(frozen=True, slots=True)
class Moments:
    """Number, exact sum and exact sum of squares of a figure where it is defined.

    Attributes:
        by_solve: number and exact sum of the tenders that each solution played; empty where there is only one.
    """

    n: int = 0
    total: Fraction = _NOUGHT
    squares: Fraction = _NOUGHT
    by_solve: tuple[tuple[int, Fraction], ...] = ()

    @classmethod
    def of(cls, values: NDArray[np.float64], solves: int = 1) -> Moments:
        """Of the values, shape (draws,), that are not NaN.

        Args:
            solves: solutions that played the tenders in turn.

        Raises:
            ValueError: a value is infinite, or beyond 1e150, where squares leave float64.
        """
        there = ~np.isnan(values)
        defined = values[there]
        none = ((0, _NOUGHT),) * solves if solves > 1 else ()
        if not defined.size:
            return cls(by_solve=none)
        with np.errstate(over="ignore", invalid="ignore"):
            apart = defined - defined[0]
            first, second = float(apart.sum()), float((apart * apart).sum())
        if not math.isfinite(second) or not math.isfinite(defined[0]):
            raise ValueError("a figure is infinite, or too large for its square")
        n, pivot, distance = int(defined.size), Fraction(float(defined[0])), Fraction(first)
        total, squares = n * pivot + distance, pivot * (n * pivot + 2 * distance) + Fraction(second)
        parts = [values[k::solves][there[k::solves]] for k in range(len(none))]
        by_solve = tuple((len(p), len(p) * pivot + Fraction(float((p - defined[0]).sum()))) for p in parts)
        return cls(n, total, squares, by_solve)

    def __add__(self, other: Moments) -> Moments:
        by_solve = self.by_solve or other.by_solve
        if self.by_solve and other.by_solve:
            pairs = zip(self.by_solve, other.by_solve, strict=True)
            by_solve = tuple((n + m, a + b) for (n, a), (m, b) in pairs)
        return Moments(self.n + other.n, self.total + other.total, self.squares + other.squares, by_solve)

    @property
    def mean(self) -> float | None:
        """The mean, rounded once; None where the figure was never defined."""
        return float(self.total / self.n) if self.n else None

    @property
    def variance(self) -> Fraction | None:
        """The unbiased variance of one tender; None for fewer than two."""
        if self.n < 2:
            return None
        # Squares below what float64 holds are nought in the sum: never a variance below nought.
        return max(_NOUGHT, (self.squares - self.total**2 / self.n) / (self.n - 1))

    @property
    def se(self) -> float | None:
        """The standard error of the mean, by chance and by the error of the solutions; None for fewer than two.

        One-way analysis of variance with unequal groups (Searle, Casella and McCulloch, Variance Components, 1992,
        3.6): what the means of the solutions differ by beyond chance is the variance of a solution. It counts where
        they differ by more than chance makes of them one time in twenty: counted wherever it is above nought, it makes
        the errors of figures on which solutions have no bearing a tenth too large (benchmarks/README.md).
        """
        variance = self.variance
        if variance is None:
            return None
        groups = [(n, total) for n, total in self.by_solve if n]
        if len(groups) < 2:
            return math.sqrt(variance / self.n)
        between = sum((t * t / n for n, t in groups), _NOUGHT) - self.total**2 / self.n
        left = self.n - len(groups)
        total_squares = self.squares - self.total**2 / self.n
        within = max(_NOUGHT, (total_squares - between) / left) if left else _NOUGHT
        larger = Fraction(sum(n * n for n, _ in groups), self.n)
        freedom = len(groups) - 1
        of_solution = max(_NOUGHT, (between - freedom * within) / (self.n - larger))
        if left and between <= Fraction(_by_chance(freedom)) * within:
            of_solution, within = _NOUGHT, total_squares / (self.n - 1)
        return math.sqrt(within / self.n + of_solution * larger / self.n)


def _by_chance(freedom: int) -> float:
    """What the squares between solutions that do not differ come to once in twenty, over the variance within them.

    The quantile of chi-square after Wilson and Hilferty (1931), within 1% from three degrees of freedom on.

    >>> [round(_by_chance(n), 2) for n in (3, 7)]
    [7.78, 14.05]
    """
    spread = 2 / (9 * freedom)
    return freedom * (1 - spread + 1.6449 * math.sqrt(spread)) ** 3


Figures = Mapping[str, Moments]


@dataclass(frozen=True, slots=True)
class Tallies:
    """The moments of every figure: of each design, and of each later design less the first.

    ``Tallies()`` is the tally of no tenders: added to another it changes nothing.
    """

    draws: int = 0
    designs: tuple[Figures, ...] = ()
    paired: tuple[Figures, ...] = ()  # of designs[1], designs[2], ...: where both are defined, and both have the figure

    @classmethod
    def of(cls, results: Sequence[Mapping[str, NDArray[np.float64]]], counted: int, solves: int = 1) -> Tallies:
        """Of what a chunk gave.

        Args:
            results: of each design, every figure by name, shape (draws,), NaN where undefined.
            counted: how many tenders of the chunk count; the first ones do.
            solves: solutions that played the tenders in turn.

        Raises:
            ValueError: a figure is infinite, too large, or not of one value a tender.
        """
        if not results:
            raise ValueError("no designs")
        columns = [{name: _column(name, values, counted) for name, values in result.items()} for result in results]
        first = columns[0]
        return cls(
            counted,
            tuple(_moments(design.items(), solves) for design in columns),
            tuple(
                _moments(((name, design[name] - values) for name, values in first.items() if name in design), solves)
                for design in columns[1:]
            ),
        )

    def __add__(self, other: Tallies) -> Tallies:
        """The tally of both; exact, and the same in any order and grouping.

        Raises:
            ValueError: they are not of the same designs and figures.
        """
        if not self.designs:
            return other
        if not other.designs:
            return self
        return Tallies(self.draws + other.draws, _added(self.designs, other.designs), _added(self.paired, other.paired))


def _column(name: str, values: NDArray[np.float64], counted: int) -> NDArray[np.float64]:
    if values.ndim != 1 or len(values) < counted:
        raise ValueError(f'figure "{name}" has shape {values.shape}, not one value for each of {counted} tenders')
    return np.asarray(values[:counted], dtype=np.float64)


def _moments(columns: Iterable[tuple[str, NDArray[np.float64]]], solves: int) -> Figures:
    found = {}
    for name, values in columns:
        try:
            found[name] = Moments.of(values, solves)
        except ValueError as e:
            raise ValueError(f'figure "{name}": {e}') from None
    return found


def _added(one: tuple[Figures, ...], two: tuple[Figures, ...]) -> tuple[Figures, ...]:
    if [list(figures) for figures in one] != [list(figures) for figures in two]:
        raise ValueError("tallies of other designs or figures cannot be added")
    return tuple({name: a[name] + b[name] for name in a} for a, b in zip(one, two, strict=True))
