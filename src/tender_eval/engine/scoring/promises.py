"""Third parties' methods held to what they promise, on the very bids that they score.

The built-in methods are held to it by the tests of this project. Where somebody else's code has a part in an award it
is asked again: the same bids once more, the bids the other way round, and whatever its traits let us foresee. A method
that answers otherwise stops the run and is named, for an award must not turn on the order of a file, on the clock or
on chance, and a false promise would keep the scheme from being asked what it has to state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from tender_eval.engine.plan import CompiledRule, Leaf
from tender_eval.engine.scoring.arithmetic import Exact, Rejections, exact_figures, rejections
from tender_eval.engine.scoring.guarded import fault, guarded, of_third_party, refusal, scored_together
from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.answers import Pot
from tender_eval.plugins.never_float import makes_float, never_float
from tender_eval.plugins.rule import Allocation
from tender_eval.plugins.scorer import Trait, with_numbers
from tender_eval.plugins.table import BidTable, Reads, Rows, Steps
from tender_eval.plugins.tally import Tally

CODE = "TE048"
ALONE = "does otherwise when the others are away"
FLOATS = "makes floats of exact figures: by them the award would turn on how a number is stored"

FIGURES = 10_000
"""How many figures are scored, of each column and leaf, to see whether bettering one bid's keeps a promise: among many
bids some are bettered, evenly taken, so that holding a method to it grows no faster than scoring."""

LEAST_BETTERED = 8

MULTIPLE = 7
"""By what all figures are multiplied where that is promised to change no score."""

CLOSE = Fraction(1, 10**30)
"""By what scores with roots or logarithms may differ: sums taken in another order have other bounds."""


class HeldExact(Exact):
    """Exact arithmetic in which every answer of a third party's method is held to what it promises."""

    def score(self, leaf: Leaf, columns: Mapping[str, Array], present: Mask) -> Array:
        scores = super().score(leaf, columns, present)
        if of_third_party(leaf.scorer) and present.any():
            seen = BidTable({r.column: columns[r.column] for r in leaf.reads}, present)
            _Held(self, leaf, seen.of(np.flatnonzero(present)), scores[present].tolist()).hold()
        return scores

    def rule(self, rule: CompiledRule, tally: Tally, present: Mask) -> Array:
        figures = super().rule(rule, tally, present)
        if of_third_party(rule.rule) and present.any():
            self._hold_figures(rule, tally, figures[present].tolist())
        return figures

    def _hold_figures(self, rule: CompiledRule, tally: Tally, figures: list[Fraction]) -> None:
        slack = Fraction(0) if rule.rule.item.exact else CLOSE

        def asked(rows: Rows) -> list[Fraction]:
            found = guarded(rule, lambda: rule.rule.item.rank_by(tally.of(rows), self.params(rule), Steps()))
            return exact_figures(rule, found, len(rows))

        for rows, when in orders(len(figures)):
            if not _level(asked(rows), [figures[row] for row in rows], slack):
                raise refusal(rule, CODE, f"ranks by other figures {when}")
        if rule.rule.item.exact:
            _without_floats(
                rule, lambda: rule.rule.item.rank_by(tally.with_numbers(never_float), _strict(self, rule), Steps())
            )
        if not rule.rule.item.relative(self.params(rule)):
            for row, figure in enumerate(figures):
                if not _level(asked(np.array([row])), [figure], slack):
                    raise refusal(rule, CODE, f"says that no bid's figure turns on the others, but {ALONE}")

    def turned_away(self, rule: CompiledRule, tally: Tally) -> Rejections:
        found = super().turned_away(rule, tally)
        if of_third_party(rule.rule) and (first := _by_bid(found, tally)) is not None:
            for rows, when in orders(len(tally.present)):
                again = rejections(rule, tally.of(rows), self.params(rule))
                if _by_bid(again, tally) != {why: [who[row] for row in rows] for why, who in first.items()}:
                    raise refusal(rule, CODE, f"turns other bids away {when}")
        return found

    def allocate(self, rule: CompiledRule, ranks: Array, tally: Tally, steps: Steps) -> Allocation | None:
        """What the bids of a tally get, or None where the rule shares out no money.

        Args:
            ranks: whole numbers from 1, shared on a tie, 0 for a bid that is out.
        """
        found = _allocated(rule, self.params(rule), ranks, tally, steps)
        if of_third_party(rule.rule):
            for rows, when in orders(len(ranks)):
                again = _allocated(rule, self.params(rule), ranks[rows], tally.of(rows), Steps())
                if _money(again) != _money(found, rows):
                    raise refusal(rule, CODE, f"shares out other money {when}")
        return found


class _Held:
    """A scorer that is asked again about the bids that it scored."""

    def __init__(self, exact: Exact, leaf: Leaf, table: BidTable, scores: list[Fraction]) -> None:
        self.exact, self.leaf, self.table, self.scores = exact, leaf, table, scores
        self.slack = Fraction(0) if leaf.scorer.item.exact else CLOSE

    def hold(self) -> None:
        """Raise `Refused`, naming the promise and the scorer, where one is broken."""
        promised = self.leaf.scorer.item.traits_for(self.exact.params(self.leaf))
        for rows, when in orders(len(self.scores)):
            self.same(self.table.of(rows), [self.scores[row] for row in rows], f"scores the same bids otherwise {when}")
        if self.leaf.scorer.item.exact:
            table = self.table.with_numbers(never_float)
            _without_floats(
                self.leaf, lambda: self.leaf.scorer.item.score(table, _strict(self.exact, self.leaf), Steps())
            )
        if Trait.INDEPENDENT in promised:
            for row, score in enumerate(self.scores):
                said = f"promises that no bid's score turns on the others, but {ALONE}"
                self.same(self.table.of(np.array([row])), [score], said)
        if Trait.SCALE_FREE in promised and (larger := self.larger()) is not None:
            said = f"promises that scale changes no score, but {MULTIPLE} times every figure does"
            self.same(larger, self.scores, said)
        if Trait.MONOTONE in promised:
            self.monotone()

    def asked(self, table: BidTable) -> list[Fraction] | None:
        """The scores of other bids; None where they cannot be scored together."""
        leaf, params = self.leaf, self.exact.params(self.leaf)
        found = scored_together(lambda: scored(leaf, table, params))
        return None if found is None else exact_figures(leaf, found, len(table.present))

    def same(self, table: BidTable, expected: Sequence[Fraction], said: str) -> None:
        given = {r.column: table.column(r.column).tolist() for r in self.leaf.reads}
        found = self.asked(table)
        if found is None or not _level(found, expected, self.slack):
            written = [column for column, figures in given.items() if table.column(column).tolist() != figures]
            what = f"writes to the column {written[0]}, and so {said}" if written else said
            raise refusal(self.leaf, CODE, what)

    def larger(self) -> BidTable | None:
        """Every figure many times as large, where all are still figures that can be scored."""
        table = self.table
        for reads in self.leaf.reads:
            figures = table.column(reads.column) * MULTIPLE
            if (reads.one_of and not reads.between) or not all(map(reads.takes, figures)):
                return None
            table = table.with_column(reads.column, figures)
        return table

    def monotone(self) -> None:
        """Each bid in turn has the next better figure of the others, and the best: it must not lose by it, nor another
        gain.
        """
        for reads in self.leaf.reads:
            if reads.better:
                figures = self.table.column(reads.column)
                in_order = sorted(set(figures), reverse=reads.better == "lower")
                place = {figure: n for n, figure in enumerate(in_order)}
                for row in _taken(len(self.scores)):
                    n = place[figures[row]] + 1
                    for better in dict.fromkeys(in_order[n : n + 1] + in_order[max(n, len(in_order) - 1) :]):
                        self.bettered(reads, row, better)

    def bettered(self, reads: Reads, row: int, better: Fraction) -> None:
        figures = self.table.column(reads.column).copy()
        figures[row] = better
        found = self.asked(self.table.with_column(reads.column, figures))
        if found is None:
            return
        said = f"promises that a better figure never does harm, but a better {reads.column}"
        if found[row] < self.scores[row] - self.slack:
            raise refusal(self.leaf, CODE, f"{said} lowers a bid's own score")
        if any(found[n] > score + self.slack for n, score in enumerate(self.scores) if n != row):
            raise refusal(self.leaf, CODE, f"{said} raises another's score")


def scored(leaf: Leaf, table: BidTable, params: object) -> Any:
    return guarded(leaf, lambda: leaf.scorer.item.score(table, params, Steps()))


def _strict(exact: Exact, of: Leaf | CompiledRule) -> Any:
    """The parameters with figures of which no float is made."""
    return with_numbers(exact.params(of), never_float)


def _without_floats(of: Leaf | CompiledRule, call: Callable[[], Any]) -> None:
    """Refuse a method that makes a float of a figure, whether or not it says so."""
    if makes_float(lambda: guarded(of, call)):
        raise refusal(of, CODE, FLOATS)


def orders(bids: int) -> Iterator[tuple[Rows, str]]:
    """The orders in which bids are given once more, and what each is called."""
    yield np.arange(bids), "when it is asked once more"
    yield np.arange(bids)[::-1], "when they come in another order"


def _taken(bids: int) -> Iterator[int]:
    """The rows of some bids, evenly taken; of all where they are few."""
    some = min(bids, max(LEAST_BETTERED, FIGURES // bids))
    return (n * bids // some for n in range(some))


def _level(found: Sequence[Fraction], expected: Sequence[Fraction], slack: Fraction) -> bool:
    return all(abs(a - b) <= slack for a, b in zip(found, expected, strict=True))


def _by_bid(found: Rejections, tally: Tally) -> dict[object, list[bool]] | None:
    """Who is turned away why; None where something is no mask, which is told elsewhere."""
    masks = list(found.values())
    if any(not isinstance(m, np.ndarray) or m.shape != tally.present.shape for m in masks):
        return None
    return {why: who.tolist() for why, who in found.items()}


def _allocated(rule: CompiledRule, params: object, ranks: Array, tally: Tally, steps: Steps) -> Allocation | None:
    """What an award rule shares out, held against its contract.

    Raises:
        Refused: TE046, naming the plugin and what it returned.
    """
    found = guarded(rule, lambda: rule.rule.item.allocate(ranks, tally, params, steps))
    if found is None:
        return None
    if not isinstance(found, Allocation) or np.ndim(found.undecided):
        raise fault(rule, "TE046", "what is no allocation of one truth")
    amounts = exact_figures(rule, found.amounts, len(ranks))
    for amount, rank in zip(amounts, ranks, strict=True):
        if amount < 0 or (amount and not rank):
            raise fault(rule, "TE046", f"the amount {amount} for a bid that is {'ranked' if rank else 'out'}")
    pot = guarded(rule, lambda: rule.rule.item.pot(params))
    if isinstance(pot, Pot) and sum(amounts) > pot.whole:
        raise fault(rule, "TE046", f"amounts of {sum(amounts)} in all, where there are {pot.whole}")
    if isinstance(pot, Pot) and amounts and max(amounts) > pot.most:
        raise fault(rule, "TE046", f"the amount {max(amounts)} for a bid, where {pot.most} is the most for one")
    return Allocation(numeric.exact_array(amounts), bool(found.undecided))


def _money(of: Allocation | None, rows: Rows | None = None) -> object:
    if of is None:
        return None
    return (of.amounts if rows is None else of.amounts[rows]).tolist(), of.undecided
