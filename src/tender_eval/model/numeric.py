"""The few operations that work in both arithmetics.

*Exact*: one-dimensional object arrays of ``Fraction``, shape ``(bids,)``; roots, logarithms and broken powers that
no fraction is are `Enclosed` ones, compared by their bounds.
The element-wise helpers are typed as arrays; of single numbers they make a single number.

*Batch*: two-dimensional ``float64`` arrays, shape ``(bids, draws)``, or anything that broadcasts to it.

Bids are on axis 0. Who counts is a boolean mask ``present`` of the same shape, never a magic number.
Float comparisons allow for ``TOLERANCE``, as a share of what is compared with, so that a float that stands for an
exact tie or boundary is treated as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from tender_eval.model import enclosure
from tender_eval.model.enclosure import Enclosed, fraction

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Mask = NDArray[np.bool_]
else:  # the names alone, without what only type checkers read
    Array = Mask = np.ndarray

TOLERANCE = 1e-11
SNAP = 1e-9  # how near a float must be to a half or whole of the last place to stand for it
_SMALL = 256  # marks up to this are looked up by index

ROUNDING_MODES = ("half_up", "half_even", "half_down", "up", "down", "ceiling", "floor")


def exact_array(values: Iterable[Fraction | int]) -> Array:
    """A one-dimensional object array of fractions.

    >>> exact_array([1, Fraction(1, 3)])
    array([Fraction(1, 1), Fraction(1, 3)], dtype=object)
    """
    items = [fraction(v) for v in values]
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def is_exact_number(value: object) -> bool:
    """Whether a value, which a plugin may have given, is a number that exact arithmetic takes.

    No kind of fraction but our own is: another could compare and print as it likes.
    """
    return type(value) in (int, Fraction, Enclosed)


def is_exact(x: Array) -> bool:
    """Whether an array belongs to the exact arithmetic."""
    return x.dtype == object


def like(x: Array, value: Fraction | int) -> Any:
    """A constant in the arithmetic of ``x``."""
    return fraction(value) if is_exact(x) else float(value)


def full(x: Array, value: Fraction | int) -> Array:
    """An array of the shape of ``x``, each cell ``value``."""
    if is_exact(x):
        return exact_array([value] * len(x))
    return np.full(x.shape, float(value))


def _reduce(x: Array, present: Mask, pick: Callable[[list[Fraction]], Fraction], over: Any, blank: float) -> Any:
    if is_exact(x):
        there = [v for v, p in zip(x, present, strict=True) if p]
        return pick(there) if there else Fraction(0)
    if present.all():
        return over(x, axis=0)
    return over(np.where(present, x, blank), axis=0)


def lowest(x: Array, present: Mask) -> Any:
    """The lowest value among the present bids: a ``Fraction``, or an array ``(draws,)``.

    Where nobody is present it is 0 in exact runs and infinite in batch runs; no bid reads it then.
    """
    return _reduce(x, present, min, np.min, np.inf)


def highest(x: Array, present: Mask) -> Any:
    """The highest value among the present bids; see `lowest`."""
    return _reduce(x, present, max, np.max, -np.inf)


def nth_highest(x: Array, present: Mask, nth: int) -> Any:
    """The value of rank ``nth`` among the present bids; where there are fewer, the lowest (infinitely low in batch).

    >>> nth_highest(exact_array([5, 7, 7, 9]), np.array([True, True, True, True]), 3)
    Fraction(7, 1)
    """
    if is_exact(x):
        return _reduce(x, present, lambda there: sorted(there, reverse=True)[:nth][-1], np.max, -np.inf)
    there = np.where(present, x, -np.inf)
    if nth > len(there):
        return np.full(there.shape[1:], -np.inf)
    return np.partition(there, len(there) - nth, axis=0)[len(there) - nth]


def total(x: Array, present: Mask) -> Any:
    """The sum over the present bids."""
    return _reduce(x, present, lambda v: sum(v, Fraction(0)), np.sum, 0.0)


def count(x: Array, present: Mask) -> Any:
    """How many bids are present."""
    if is_exact(x):
        return Fraction(int(present.sum()))
    return np.broadcast_to(present, np.broadcast_shapes(present.shape, x.shape)).sum(axis=0).astype(np.float64)


def mean(x: Array, present: Mask) -> Any:
    """The arithmetic mean over the present bids; 0 where nobody is present."""
    if is_exact(x):
        return total(x, present) / max(count(x, present), 1)
    return total(x, present) / np.maximum(count(x, present), 1)


def median(x: Array, present: Mask) -> Any:
    """The median over the present bids: the mean of the middle two when their number is even."""
    if is_exact(x):
        there = sorted(v for v, p in zip(x, present, strict=True) if p)
        if not there:
            return Fraction(0)
        half = len(there) // 2
        return there[half] if len(there) % 2 else (there[half - 1] + there[half]) / 2
    ordered = np.sort(np.where(present, x, np.inf), axis=0)
    n = np.broadcast_to(present, ordered.shape).sum(axis=0)
    upper = np.take_along_axis(ordered, (n // 2)[None].clip(max=len(ordered) - 1), axis=0)[0]
    lower = np.take_along_axis(ordered, (np.maximum(n - 1, 0) // 2)[None], axis=0)[0]
    return np.where(n > 0, (np.where(n > 0, lower, 0) + np.where(n > 0, upper, 0)) / 2, 0.0)


def divide(a: Any, b: Any, otherwise: Fraction | int = 0) -> Array:
    """``a / b``, and ``otherwise`` wherever ``b`` is zero."""
    if _exact_pair(a, b):
        return _elementwise(lambda x, y: fraction(otherwise) if y == 0 else fraction(x) / y, a, b)
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        out = a / b
    zero = b == 0
    return np.where(zero, float(otherwise), out) if zero.any() else out


def weighted_sum(columns: Sequence[Array], weights: Sequence[Any]) -> Array:
    """The sum of float columns times weights, each weight one number or one a draw.

    >>> weighted_sum([np.array([[0.5], [1.0]]), np.array([[1.0], [0.0]])], [np.array([10.0, 20.0]), 4.0])
    array([[ 9., 14.],
           [10., 20.]])
    """
    draws = max(np.size(weight) for weight in weights)
    if draws > 1 and all(column.shape[1] == 1 for column in columns):  # as under random weights: one matrix product
        by_draw = np.empty((len(weights), draws))
        for row, weight in zip(by_draw, weights, strict=True):
            row[:] = weight
        return np.concatenate(columns, axis=1) @ by_draw
    found = columns[0] * weights[0]
    for column, weight in zip(columns[1:], weights[1:], strict=True):
        part = column * weight
        found = np.add(found, part, out=found) if found.shape[1] >= part.shape[1] else part + found
    return cast(Array, found)


def lookup(x: Array, keys: Sequence[Any], values: Sequence[Any]) -> Array:
    """The value beside each key, for ``x`` that holds only keys (keys ascending)."""
    if is_exact(x):
        table = dict(zip(keys, values, strict=True))
        return exact_array(table[v] for v in x)
    points = np.asarray(keys, dtype=np.float64)
    shares = np.asarray(values, dtype=np.float64)
    if len(points) <= _SMALL and np.array_equal(points, np.rint(points)) and points[0] >= 0 and points[-1] <= _SMALL:
        dense = np.full(int(points[-1]) + 1, np.nan)
        dense[points.astype(np.intp)] = shares
        return dense.take(x.astype(np.intp, copy=False), mode="clip")
    return shares.take(np.searchsorted(points, x), mode="clip")


def where(condition: Any, a: Any, b: Any) -> Array:
    """``a`` where the condition holds, else ``b``."""
    if _exact_pair(a, b):
        return _elementwise(lambda c, x, y: fraction(x if c else y), condition, a, b)
    return cast(Array, np.where(condition, a, b))


def clip(x: Array, low: Fraction | int = 0, high: Fraction | int = 1) -> Array:
    """``x`` held between two bounds, by default those of a score."""
    if is_exact(x):
        return exact_array(low if v <= low else high if v >= high else v for v in x)
    return np.clip(x, float(low), float(high))


def smaller(a: Any, b: Any) -> Array:
    """The smaller of two, cell by cell."""
    return cast(Array, np.minimum(a, b))


def larger(a: Any, b: Any) -> Array:
    """The larger of two, cell by cell."""
    return cast(Array, np.maximum(a, b))


def less(a: Any, b: Any) -> Array:
    """``a < b``; in batch, only by more than the tolerance."""
    if _exact_pair(a, b):
        return _elementwise(lambda x, y: x < y, a, b, dtype=np.bool_)
    return cast(Array, a < b - TOLERANCE * np.abs(b))


def equal(a: Any, b: Any) -> Array:
    """``a == b``; in batch, within the tolerance."""
    if _exact_pair(a, b):
        return _elementwise(lambda x, y: x == y, a, b, dtype=np.bool_)
    return cast(Array, np.abs(np.subtract(a, b)) <= TOLERANCE * np.abs(b))


def is_one_of(x: Array, values: Sequence[Fraction]) -> Array:
    """Whether each cell is one of these values."""
    if is_exact(x):
        return _elementwise(lambda v: v in values, x, dtype=np.bool_)
    return cast(Array, np.isin(x, [float(v) for v in values]))


def sqrt(x: Any) -> Array:
    """The square root; see `enclosure.square_root` for exact runs."""
    return _elementwise(enclosure.square_root, x) if _exact_one(x) else cast(Array, np.sqrt(x))


def log(x: Any) -> Array:
    """The natural logarithm; see `enclosure.logarithm` for exact runs."""
    return _elementwise(enclosure.logarithm, x) if _exact_one(x) else cast(Array, np.log(x))


def power(x: Any, exponent: Any) -> Array:
    """``x ** exponent``; see `enclosure.power` for exact runs. A broken power is of x >= 0 alone."""
    if not _exact_pair(x, exponent):
        return cast(Array, np.power(x, exponent))
    return _elementwise(lambda base, e: enclosure.power(fraction(base), fraction(e)), x, exponent)


def round_to(x: Any, places: Any, mode: str) -> Array:
    """Round to decimal places; modes as in Python's ``decimal`` (half_up: away from zero).

    Args:
        places: below zero those before the point; of floats ``(draws,)`` of them may be given.

    >>> round_to(exact_array([Fraction(10005, 1000)]), 2, "half_up")
    array([Fraction(1001, 100)], dtype=object)
    """
    if _exact_one(x):
        return _elementwise(lambda v: round_fraction(v, places, mode), x)
    found: Array = _round_floats(x * 10.0**places, mode) / 10.0**places
    return found


def round_fraction(value: Fraction, places: int, mode: str) -> Fraction:
    """Round one fraction; see `round_to`.

    >>> round_fraction(Fraction(-25, 1000), 2, "half_up")
    Fraction(-3, 100)
    """
    scale = 10**places if places >= 0 else Fraction(1, 10**-places)
    if isinstance(value, Enclosed):  # level with a half or whole of the last place is one
        value = value.on_grid(Fraction(1, 2 * scale))
    whole, rest = divmod(abs(value.numerator) * scale, value.denominator)
    negative = value < 0
    against_half = 2 * rest - value.denominator  # below, at or above a half
    match mode:
        case "half_up":
            up = against_half >= 0
        case "half_down":
            up = against_half > 0
        case "half_even":
            up = against_half > 0 or (against_half == 0 and whole % 2 == 1)
        case "up":
            up = rest > 0
        case "down":
            up = False
        case "ceiling":
            up = rest > 0 and not negative
        case "floor":
            up = rest > 0 and negative
        case _:
            raise ValueError(f"no rounding mode {mode}")
    return Fraction(-(whole + up) if negative else whole + up, scale)


def _round_floats(scaled: Array, mode: str) -> Array:
    # A float that stands for an exact half or whole is snapped to it first.
    snapped = np.rint(scaled * 2) / 2
    x = np.where(np.abs(scaled - snapped) <= SNAP * np.maximum(1.0, np.abs(scaled)), snapped, scaled)
    match mode:
        case "half_up":
            return np.copysign(np.floor(np.abs(x) + 0.5), x)
        case "half_down":
            return np.copysign(np.ceil(np.abs(x) - 0.5), x)
        case "half_even":
            return np.rint(x)
        case "up":
            return np.copysign(np.ceil(np.abs(x)), x)
        case "down":
            return np.trunc(x)
        case "ceiling":
            return np.ceil(x)
        case _:
            return np.floor(x)


def _exact_pair(a: Any, b: Any) -> bool:
    return _exact_one(a) or _exact_one(b)


def _exact_one(x: Any) -> bool:
    return isinstance(x, Fraction) or (isinstance(x, np.ndarray) and x.dtype == object)


def _elementwise(f: Callable[..., Any], *parts: Any, dtype: Any = object) -> Array:
    length = next((len(p) for p in parts if isinstance(p, np.ndarray)), None)
    if length is None:
        return cast(Array, f(*parts))
    columns = [p if isinstance(p, np.ndarray) else [p] * length for p in parts]
    out: Array = np.empty(length, dtype=dtype)
    out[:] = [f(*row) for row in zip(*columns, strict=True)]
    return out
