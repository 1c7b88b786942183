"""Figures for trying plugins: around every number that a method knows, and across magnitudes.

They are the same in every run, so that a promise that is broken today is broken tomorrow too: nothing is drawn by
chance, and simple bids come first, so that the first that break a promise are the ones to show.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from types import CodeType, FunctionType
from typing import Any

from tender_eval.files.fields import Fields
from tender_eval.plugins.table import Reads

Columns = dict[str, list[Fraction]]

MAGNITUDES = range(-2, 10)
_MOST_NUMBERS = 40
_LARGEST = Fraction(10**12)  # of the numbers of a method that figures are drawn around
_RATIOS = (*map(Fraction, (1, 2, 10)), Fraction(101, 100), Fraction(11, 10), Fraction(4, 3), Fraction(999, 1000))


def numbers_in(value: object) -> Iterator[Fraction]:
    """Every number in parameters, or in what columns may hold."""
    match value:
        case bool():
            return
        case int() | Fraction():
            yield Fraction(value)
        case float() if abs(value) < _LARGEST:
            yield Fraction(str(value))
        case str():
            return
        case Fields():
            for name in type(value).model_fields:
                yield from numbers_in(getattr(value, name))
        case Mapping():
            yield from (n for part in value.values() for n in numbers_in(part))
        case tuple() | list() | frozenset():
            yield from (n for part in value for n in numbers_in(part))
        case _:
            return


def numbers_of(kind: type) -> Iterator[Fraction]:
    """Every number that stands in the code of a class and of the module that it is in."""
    module = vars(sys.modules.get(kind.__module__, type("none", (), {})))
    for held in (*vars(kind).values(), *module.values()):
        found = getattr(held, "__func__", held)
        if isinstance(found, FunctionType) and found.__module__ == kind.__module__:
            yield from _constants(found.__code__)
        elif not isinstance(found, type):
            yield from numbers_in(found)


def _constants(code: CodeType) -> Iterator[Fraction]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _constants(constant)
        else:
            yield from numbers_in(constant)


def figures(reads: Reads, numbers: Iterable[Fraction] = ()) -> list[Fraction]:
    """Figures that a column may hold, in order: at its ends, around these numbers, and across magnitudes."""
    if reads.one_of:
        marks = sorted(set(reads.one_of))
        between = [(a + b) / 2 for a, b in pairwise(marks)] if reads.between else []
        return sorted({*marks, *between})
    bounds = [Fraction(b) for b in (reads.above, reads.at_least, reads.at_most) if b is not None]
    known = sorted({n for n in (*bounds, *numbers) if abs(n) <= _LARGEST}, key=lambda n: (abs(n), n))[:_MOST_NUMBERS]
    found = {Fraction(n) for n in (0, -1, -20, Fraction(-7, 3))}
    for n in known:
        found |= {n, n - 1, n + 1, n - Fraction(1, 100), n + Fraction(1, 100), n / 2, n * 2, n * 3 / 2}
        found |= {n * 999 / 1000, n * 1001 / 1000, n + Fraction(1, 2), n - Fraction(1, 2)}
    for power in MAGNITUDES:
        of = Fraction(10) ** power
        found |= {of, of * 5 / 2, of * 7 / 3, of * 8}
    if len(bounds) > 1:
        low, high = min(bounds), max(bounds)
        found |= {low + (high - low) * n / 40 for n in range(41)}
    return sorted(f for f in found if reads.takes(f))


def tables(reads: Sequence[Reads], numbers: Iterable[Fraction] = (), count: int = 24) -> Iterator[Columns]:
    """Columns of one to five bids, the simple ones first, then each column at its ends; nothing where one is empty."""
    numbers = list(numbers)
    pools = {r.column: figures(r, numbers) for r in reads}
    takes = {r.column: r.takes for r in reads}
    if not pools or not all(pools.values()):
        return
    middle = {name: pool[len(pool) // 2] for name, pool in pools.items()}
    for n in (1, 2):
        yield {name: [figure] * n for name, figure in middle.items()}
    for name, pool in pools.items():
        for end in dict.fromkeys((pool[0], pool[-1])):
            yield {other: [end if other == name else figure, figure] for other, figure in middle.items()}
    drawn = Random(17)  # noqa: S311 - nothing is kept secret by it
    for number in range(count):
        bids = 1 + number % 5
        near = number % 2 == 1
        table = {}
        for name, pool in pools.items():
            base = drawn.choice(pool)
            around = [f for f in (base * ratio for ratio in _RATIOS) if takes[name](f)]
            table[name] = [drawn.choice(around if near and around else pool) for _ in range(bids)]
        yield table


def shown(columns: Mapping[str, Sequence[Any]]) -> str:
    """Columns as they stand in a message."""
    return "; ".join(f"{name}: {', '.join(map(str, values))}" for name, values in columns.items()) or "no figures"
