"""Where, on the path from one value to another, the winner changes: exactly, wherever there is an exact answer.

As a weight or a price moves, the figures of two bids, or their ratio, are in most methods a straight line over a
straight line; such a curve is known from three of its points, and so is where it crosses. Every guess is
evaluated exactly, and is believed only where the figures are equal there and the winner differs a little further.
Where no guess holds (roots, a minimum that opens or closes) the change is closed in by halving. Where points are
rounded figures jump where a rounded number steps: floats lead near it, the step is worked out from the number as it was
before it was rounded, and exact arithmetic bisects the path on either side of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tender_eval.fairness.findings.results import Order
from tender_eval.fairness.scenarios.reranking import Ranking
from tender_eval.fairness.scenarios.rounding import RoundedStage
from tender_eval.model.numeric import Mask

GUESSES = 3  # rounds of guessing, before closing in
MANY = 256  # values screened at once while closing in
MOST_STEPS = 8  # steps of what is rounded that are tried on a short path
SCREENED = 10**4  # times the tolerance, below which floats tell values apart no longer
Curve = tuple[Fraction, Fraction, Fraction]


class Crossover(NamedTuple):
    """Where the winner changes, and who wins just beyond; ``within`` is the width of what holds it, if not exact."""

    at: Fraction
    winner: Order
    exact: bool
    within: Fraction


class EvenPath(NamedTuple):
    """Values at even steps from ``start``, which is left out, to ``end``."""

    start: Fraction
    end: Fraction
    steps: int

    def at(self, n: int) -> Fraction:
        """The value after so many steps."""
        return self.start + (self.end - self.start) * n / self.steps

    def floats(self) -> NDArray[np.float64]:
        """All of them, ``(steps,)``."""
        part = np.arange(1, self.steps + 1) / self.steps
        return np.asarray(float(self.start) + float(self.end - self.start) * part)


class ListedPath(NamedTuple):
    """Values in the order in which they are come to, from ``start``, which is left out."""

    start: Fraction
    values: NDArray[np.float64]

    def at(self, n: int) -> Fraction:
        """The value after so many steps."""
        return Fraction(float(self.values[n - 1])) if n else self.start

    def floats(self) -> NDArray[np.float64]:
        """All of them, ``(steps,)``."""
        return self.values


class CrossoverSearch(NamedTuple):
    """What is searched: ``evaluate`` ranks the bids at a value, ``is_unchanged`` says whether nothing has changed yet
    there.

    ``tolerance`` is how far beyond it a crossover is confirmed, and how near one without an exact answer is closed in
    on. ``screen`` says in float64 at which of many values ``(values,)`` something may have changed. ``rounded_stages``
    are what is rounded on the path, if anything is.
    """

    evaluate: Callable[[Fraction], Ranking | None]
    is_unchanged: Callable[[Ranking], bool]
    tolerance: Fraction
    screen: Callable[[NDArray[np.float64]], Mask] | None = None
    rounded_stages: Sequence[RoundedStage] = ()

    def unchanged_at(self, value: Fraction) -> bool:
        """Whether nothing has changed at this value; nothing can be said to change where nothing is evaluated."""
        found = self.evaluate(value)
        return found is None or self.is_unchanged(found)


def bracket(search: CrossoverSearch, path: EvenPath | ListedPath, changed: Mask) -> tuple[Fraction, Fraction] | None:
    """The first step of a path at whose end something has changed, as exact arithmetic has it.

    Args:
        path: begins where nothing has changed.
        changed: at which of its values something may have changed, ``(steps,)``.
    """
    for n in (np.flatnonzero(changed) + 1).tolist():
        if search.unchanged_at(path.at(n)):
            continue
        first = next(k for k in range(n, 0, -1) if k == 1 or search.unchanged_at(path.at(k - 1)))
        return path.at(first - 1), path.at(first)
    return None


def find_crossover(search: CrossoverSearch, inside: Fraction, outside: Fraction) -> Crossover:
    """The crossover between ``inside``, where nothing has changed yet, and ``outside``, where it has."""
    direction = 1 if outside > inside else -1
    if search.rounded_stages:
        inside, outside = _narrow_to_rounding(search, *_narrow_in_floats(search, inside, outside))
    for _ in range(GUESSES if abs(outside - inside) > search.tolerance else 0):
        middle = (inside + outside) / 2
        for guess in _guesses(search, inside, middle, outside):
            if found := _confirm(search, guess, direction):
                return found
            inside, outside = _bisect(search, inside, guess.limit_denominator(10**15), outside)
        inside, outside = _bisect(search, inside, middle, outside)
    inside, outside = _narrow_in_floats(search, inside, outside)
    halvings = 0
    while abs(outside - inside) > search.tolerance:
        if halvings % 8 == 0:  # a jump is mostly at a simple fraction, with nothing but itself to find beside it
            inside, outside = _bisect_around(search, inside, simplest(*sorted((inside, outside))), outside)
        else:
            inside, outside = _bisect(search, inside, (inside + outside) / 2, outside)
        halvings += 1
    low, high = sorted((inside, outside))
    if found := _confirm(search, simplest(low, high), direction):
        return found
    beyond = search.evaluate(outside)
    return Crossover((low + high) / 2, beyond.winner if beyond else (), False, high - low)


def _bisect_around(
    search: CrossoverSearch, inside: Fraction, at: Fraction, outside: Fraction
) -> tuple[Fraction, Fraction]:
    """The part of the path on which the crossover lies, bisected on either side of a value."""
    half = search.tolerance / 2 if outside > inside else -search.tolerance / 2
    for side in (at - half, at + half):
        inside, outside = _bisect(search, inside, side, outside)
    return inside, outside


def _narrow_to_rounding(search: CrossoverSearch, inside: Fraction, outside: Fraction) -> tuple[Fraction, Fraction]:
    """The path bisected where something that is rounded steps on it."""
    for rounded in search.rounded_stages:
        places = inside, (inside + outside) / 2, outside
        first, middle, last = (rounded.unrounded(place) for place in places)
        if first is None or middle is None or last is None or not len(first) == len(middle) == len(last):
            continue
        found = set()
        for three in {*zip(first, middle, last, strict=True)}:
            step = rounded.boundary_between(three[0], three[2])
            root = None if step is None else _root(places, (three[0] - step, three[1] - step, three[2] - step))
            if root is not None and min(places) <= root <= max(places):
                found.add(root)
        for at in sorted(found, key=lambda place: abs(place - inside))[:MOST_STEPS]:
            inside, outside = _bisect_around(search, inside, at, outside)
            if abs(outside - inside) <= search.tolerance:
                return inside, outside
    return inside, outside


def _bisect(search: CrossoverSearch, inside: Fraction, value: Fraction, outside: Fraction) -> tuple[Fraction, Fraction]:
    """The part of the path on which the crossover lies, bisected at a value on it."""
    if not min(inside, outside) < value < max(inside, outside):
        return inside, outside
    return (value, outside) if search.unchanged_at(value) else (inside, value)


def _narrow_in_floats(search: CrossoverSearch, inside: Fraction, outside: Fraction) -> tuple[Fraction, Fraction]:
    """A short part of the path, found in float64 and confirmed exactly at either end, as far as that goes."""
    paths = [(inside, outside)]
    while search.screen is not None and abs(outside - inside) > SCREENED * search.tolerance:
        path = EvenPath(inside, outside, MANY)
        changed = np.flatnonzero(search.screen(path.floats()[:-1]))
        first = int(changed[0]) + 1 if changed.size else MANY
        inside, outside = path.at(first - 1), path.at(first)
        paths.append((inside, outside))
    while len(paths) > 1:
        inside, outside = paths[-1]
        if search.unchanged_at(inside) and not search.unchanged_at(outside):
            break
        paths.pop()
    return paths[-1]


def _confirm(search: CrossoverSearch, value: Fraction, direction: int) -> Crossover | None:
    """The crossover at a value: two are level there, it is as it was just before, and changed just beyond."""
    here = search.evaluate(value)
    if here is None or len(set(here.figures.values())) == len(here.figures):
        return None
    step = direction * search.tolerance
    before, beyond = search.evaluate(value - step), search.evaluate(value + step)
    if before is None or beyond is None or not search.is_unchanged(before) or search.is_unchanged(beyond):
        return None
    level = any(
        old != new and here.figures.get(old) is not None and _gap(here, old, new) == 0
        # level there alone: where rounding keeps them level for a while, this is not where that begins
        and _gap(before, old, new) != 0 and _gap(beyond, old, new) != 0
        for old in before.winner
        for new in beyond.winner
    )  # fmt: skip
    return Crossover(value, beyond.winner, True, Fraction(0)) if level else None


def _gap(ranking: Ranking, one: str, other: str) -> Fraction | None:
    """By how much the figure of one bid exceeds that of another; None where one of them is not ranked."""
    a, b = ranking.figures.get(one), ranking.figures.get(other)
    return None if a is None or b is None else a - b


def _guesses(search: CrossoverSearch, inside: Fraction, middle: Fraction, outside: Fraction) -> Iterator[Fraction]:
    """Where the figures of the bid that gives way and of the one that comes in may meet."""
    places = (inside, middle, outside)
    found = [search.evaluate(place) for place in places]
    if any(ranking is None for ranking in found):
        return
    first, _, last = (s for s in found if s is not None)
    pairs = [
        (old, new)
        for old in first.winner
        for new in last.winner
        if old != new and (new not in first.winner or old not in last.winner)
    ]
    low, high = sorted((inside, outside))
    tried = set()
    for old, new in pairs[:2]:
        figures = [(s.figures.get(old), s.figures.get(new)) for s in found if s is not None]
        both = [(a, b) for a, b in figures if a is not None and b is not None]
        if len(both) < 3:
            continue
        curves = [tuple(a - b for a, b in both)]
        if all(b != 0 for _, b in both):
            curves.append(tuple(a / b - 1 for a, b in both))
        for curve in curves:
            root = _root((inside, middle, outside), (curve[0], curve[1], curve[2]))
            if root is not None and low <= root <= high and root not in tried:
                tried.add(root)
                yield root


def _root(x: Curve, y: Curve) -> Fraction | None:
    """Where the curve ``(a + b x) / (1 + d x)`` through three points is zero; None where there is no such place.

    >>> _root((Fraction(0), Fraction(1), Fraction(2)), (Fraction(3), Fraction(1), Fraction(-1)))
    Fraction(3, 2)
    """
    # Zero is where x, as a curve of the same kind in y, is at y = 0; from the inverse differences of Thiele.
    if len(set(y)) < 3:
        return x[y.index(0)] if 0 in y else None
    slope = (y[1] - y[0]) / (x[1] - x[0]), (y[2] - y[0]) / (x[2] - x[0])
    # (y - y0) / (x - x0) = s + d * (...) is itself such a curve: y - y0 = (x - x0) / (p + q (x - x1))
    p = 1 / slope[0]
    q = (1 / slope[1] - p) / (x[2] - x[1])
    if 1 + y[0] * q == 0:
        return None
    return (x[0] - y[0] * (p - q * x[1])) / (1 + y[0] * q)


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of smallest denominator between two (Stern and Brocot).

    >>> simplest(Fraction(333, 1000), Fraction(334, 1000))
    Fraction(1, 3)
    """
    if low < 0 < high or low == 0 or high == 0:
        return Fraction(0)
    if high < 0:
        return -simplest(-high, -low)
    whole = -(-low.numerator // low.denominator)
    if whole <= high:
        return Fraction(whole)
    return whole - 1 + 1 / simplest(1 / (high - (whole - 1)), 1 / (low - (whole - 1)))
