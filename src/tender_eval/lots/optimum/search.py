"""The choice within the rows that is worth most, proved: branch and bound with exact bounds.

HiGHS says where to look. What it says is never believed: a choice counts where it keeps to every row in whole numbers,
and a branch is left only where `relaxation.bound` proves in whole numbers that it holds nothing better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, floor, lcm
from typing import NamedTuple

from tender_eval.lots.optimum.programme import Programme, Row
from tender_eval.lots.optimum.relaxation import (
    BITS,
    Bound,
    Part,
    bound,
    in_conflict,
    plainly_relaxed,
    proposed,
    relaxed,
    strictly_best,
)

MOST_BRANCHES = 20_000
_FEW = 120  # choices of which HiGHS is not asked, as long as there are few branches: it takes longer
_FEW_BRANCHES = 300
_EVENLY = 200  # bits of a common denominator up to which a bound is taken down to the next sum that there can be


class Found(NamedTuple):
    """A choice, what it is worth, and after how many branches it was proved."""

    chosen: frozenset[int]
    value: Fraction
    branches: int


class NotProved(Exception):
    """The search was given up after `MOST_BRANCHES`.

    Attributes:
        value: the most worth that was found; None where nothing was.
        bound: what nothing is worth more than.
    """

    def __init__(self, value: Fraction | None, most: Fraction) -> None:
        found = f"the best that was found is worth {float(value)}" if value is not None else "none was found"
        super().__init__(
            f"the best award is not proved after {MOST_BRANCHES} branches: {found}, and none is worth more than "
            f"{float(most)}"
        )
        self.value, self.bound = value, most


def most_worth(programme: Programme, start: Iterable[int] | None = None) -> Found | None:
    """What is worth most within the rows, proved; None where nothing keeps to them.

    Args:
        start: a choice within the rows to begin with.

    Raises:
        NotProved: the proof takes more than `MOST_BRANCHES`.
    """
    search = _Search(programme, None)
    if start is not None:
        search.offer(frozenset(start))
    return search.found()


def worth_at_least(programme: Programme, value: Fraction) -> Found | None:
    """A choice within the rows that is worth this or more; None where it is proved that there is none.

    Raises:
        NotProved: as `most_worth`.
    """
    return _Search(programme, value).found()


class _Branch(NamedTuple):
    made: frozenset[int]
    open: tuple[int, ...]
    rows: Mapping[int, Row]  # those that can still be broken, of the open choices alone
    most: int  # what nothing in it is worth more than, in units
    decided: Mapping[int, bool]  # open choices that this branch makes or drops, which its rows do not know yet


class _Search:
    def __init__(self, programme: Programme, enough: Fraction | None) -> None:
        self.programme, self.enough = programme, enough
        self.best: frozenset[int] | None = None
        self.value: Fraction | None = None
        self.branches = 0
        self.least: int | None = None  # units below which nothing is looked for
        worth = programme.worth
        largest = max((abs(w) for w in worth), default=Fraction(0)) or Fraction(1)
        self.unit = largest / 2**BITS
        by, over = self.unit.denominator, self.unit.numerator
        self.worth = [-(-w.numerator * by // (w.denominator * over)) for w in worth]
        evenly = 1
        for w in worth:
            evenly = lcm(evenly, w.denominator)
            if evenly.bit_length() > _EVENLY:
                break
        self.step = Fraction(1, evenly) if evenly.bit_length() <= _EVENLY else Fraction(0)
        if enough is not None:
            self._look_for(enough)
        self.of_choice: dict[int, list[int]] = {}
        for n, row in enumerate(programme.rows):
            for choice in row.parts:
                self.of_choice.setdefault(choice, []).append(n)

    def found(self) -> Found | None:
        """The best choice, once every branch is searched or proved to hold none better."""
        most = sum(worth for worth in self.worth if worth > 0)
        every = dict(enumerate(self.programme.rows))
        waiting = [_Branch(frozenset(), tuple(range(len(self.worth))), every, most, {})]
        while waiting and not self._enough():
            waiting.sort(key=lambda branch: branch.most)
            branch = waiting.pop()
            if self._outdone(branch.most):
                continue
            self.branches += 1
            if self.branches > MOST_BRANCHES:
                raise NotProved(self.value, max(one.most for one in (*waiting, branch)) * self.unit)
            waiting += self._searched(branch)
        if self.best is None or self.value is None:
            return None
        return Found(self.best, self.value, self.branches)

    def offer(self, chosen: frozenset[int]) -> bool:
        """Take a choice for the best so far where it is; whether it keeps to the rows."""
        if not self.programme.keeps(chosen):
            return False
        value = self.programme.value(chosen)
        if (self.value is None or value > self.value) and (self.enough is None or value >= self.enough):
            self.best, self.value = chosen, value
            self._look_for(value + self.step, above=not self.step)
        return True

    def _look_for(self, value: Fraction, above: bool = False) -> None:
        """From now on what is worth less than this is outdone, and where it is to be above, what is worth as much."""
        units = value / self.unit
        self.least = floor(units) + 1 if above else ceil(units)

    def _enough(self) -> bool:
        return self.enough is not None and self.best is not None

    def _outdone(self, most: int) -> bool:
        """Whether what is worth no more than this many units is no better than what is known, or not enough."""
        return self.least is not None and most < self.least

    def _searched(self, branch: _Branch) -> list[_Branch]:
        """The branches that are left of one."""
        settled = self._settled(branch)
        if settled is None:
            return []
        made = settled.made
        if not settled.open:
            self.offer(made)
            return []
        part = Part({choice: self.worth[choice] for choice in settled.open}, list(settled.rows.values()))
        base = sum(self.worth[choice] for choice in made)
        few = len(self.worth) <= _FEW and self.branches <= _FEW_BRANCHES
        found = plainly_relaxed(part) if few else relaxed(part)
        if found is None:
            return [] if in_conflict(part) else _two(settled, settled.open[0])
        proved = bound(part, found.prices)
        most = base + proved.most
        if self._outdone(most):
            return []
        chosen = found.chosen
        if chosen is not None and self.offer(made | chosen):
            if self._enough() or self._outdone(most) or (not few and strictly_best(part, chosen)):
                return []
        elif self.branches == 1 and self.least is None and not few:
            self.offer(made | proposed(part, proved.beyond))
            if self._outdone(most):
                return []
        fixed = self._fixed(proved, most)
        left = {choice: x for choice, x in found.taken.items() if choice not in fixed}
        if not left:
            self.offer(made | {choice for choice, taken in fixed.items() if taken})
            return []
        return _two(settled._replace(most=most, decided=fixed), self._at(left, proved))

    def _fixed(self, proved: Bound, most: int) -> dict[int, bool]:
        """Choices that are made, or not made, in all of a branch that is better than what is known."""
        return {
            choice: value > 0 for choice, value in proved.beyond.items() if value and self._outdone(most - abs(value))
        }

    def _at(self, taken: Mapping[int, float], proved: Bound) -> int:
        """The choice to branch at: the one that is taken most by half, of these the one worth most."""
        return min(taken, key=lambda choice: (round(abs(taken[choice] - 0.5), 6), -abs(proved.beyond[choice]), choice))

    def _settled(self, branch: _Branch) -> _Branch | None:
        """The same once every choice is made or dropped that the rows leave no way about; None where one is broken.

        Only rows of a choice that is decided are looked at; what is left of the others is that of the branch above.
        """
        rows, decided, new = dict(branch.rows), dict[int, bool](), branch.decided
        touched = self._with(new, rows) if new else set(rows)  # at first every row
        while touched:
            forced = dict[int, bool]()
            for n in touched:
                row = rows[n]
                parts = {choice: share for choice, share in row.parts.items() if choice not in new}
                most = row.most - sum(row.parts.get(choice, 0) for choice, taken in new.items() if taken)
                least = sum(share for share in parts.values() if share < 0)
                if least > most:
                    return None
                for choice, share in parts.items():
                    if least + abs(share) > most and forced.setdefault(choice, share < 0) != (share < 0):
                        return None
                if sum(share for share in parts.values() if share > 0) > most:
                    rows[n] = Row(parts, most)
                else:
                    del rows[n]
            decided |= new
            new = forced
            touched = self._with(new, rows)
        decided |= new
        made = branch.made | {choice for choice, taken in decided.items() if taken}
        still = tuple(choice for choice in branch.open if choice not in decided)
        return _Branch(made, still, rows, branch.most, {})

    def _with(self, decided: Iterable[int], rows: Mapping[int, Row]) -> set[int]:
        """The rows of these choices."""
        return {n for choice in decided for n in self.of_choice.get(choice, ()) if n in rows}


def _two(branch: _Branch, at: int) -> list[_Branch]:
    """A branch without a choice, and with it."""
    return [branch._replace(decided={**branch.decided, at: taken}) for taken in (False, True)]
