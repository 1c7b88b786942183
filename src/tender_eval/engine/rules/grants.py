"""Grants: fund in order of score while the pot lasts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field

from tender_eval.files.fields import Column, PositiveMoney
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import Said, notation
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.model.explanation.reasons import GrantNote, GrantNotPossible, GrantNotReached, GrantTurn
from tender_eval.model.explanation.terms import Term
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.answers import Likely, Pot, Unsupported
from tender_eval.plugins.rule import Allocation, AwardRule, RuleParams
from tender_eval.plugins.scorer import NOTHING
from tender_eval.plugins.table import Reads, Steps
from tender_eval.plugins.tally import Tally

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node


class GrantsParams(RuleParams):
    """The pot, the cap, and what happens when the rest of the pot is too small."""

    pot: PositiveMoney
    cap: PositiveMoney = Field(description="the most that one bidder gets")
    amount: Column = Field("price", description="what the bidder asks for")
    floor: Column | None = Field(
        None,
        description="the least that the bidder can work with; without it a grant is whole or not at all. A bid whose "
        "floor is above the cap, or above what it asks for, cannot be funded",
    )
    when_short: Literal["stop", "skip"] = Field(
        description="when the rest of the pot cannot fund a bid: stop there, or go on to the next"
    )


class GrantsWithinPot(AwardRule):
    """Grants in order of points while the pot lasts, each up to the cap and at least the bidder's floor.

    Source: Cleveland PCC, Bridging the Gap (MoJ, Victim Services Commissioning Guidance, October 2024, 5.3): up
    to 5,000 pounds each from 30,000. Equal bids that the pot cannot fund together are a declared tie: neither
    is funded, and nobody after them, until the panel decides. A bid whose floor is above the cap, or above what it
    asks for itself, cannot be funded by any grant: it is passed over, and the result says why. It never stops those
    after it, whatever ``when_short`` says, for it is not the pot that is short; nor is it an error, for what a bidder
    can work with is its own to say, and the others must not wait for it.
    """

    name = "grants_within_pot"
    figure = RankingFigure.POINTS
    best = "highest"
    needs_criteria = True
    examples = (
        {"pot": 30000, "cap": 5000, "when_short": "stop"},
        {"pot": 3000, "cap": 500, "floor": "values.floor", "when_short": "skip"},
    )
    Params = GrantsParams

    def reads(self, params: GrantsParams) -> tuple[Reads, ...]:
        asked = Reads(params.amount, above=Fraction(0), kind="money")
        return (asked, Reads(params.floor, at_least=Fraction(0), kind="money")) if params.floor else (asked,)

    def rank_by(self, tally: Tally, params: GrantsParams, steps: Steps) -> Array:
        points = tally.points(tally.roots)
        steps.working(notation("points"), points=points)
        return points

    def expression(self, params: GrantsParams) -> Node:
        from tender_eval.plugins import expression as e

        return e.points()

    def price_column(self, params: GrantsParams) -> str:
        return ""

    def weights(self, params: GrantsParams) -> None:
        return None

    def pot(self, params: GrantsParams) -> Pot:
        return Pot(params.pot, params.cap, params.floor or "")

    def likely(
        self, column: str, params: GrantsParams, known: Mapping[str, Fraction] = NOTHING
    ) -> Likely | Unsupported:
        if column == params.amount:
            return Likely(params.cap / 2, params.cap, "cap")
        if column == params.floor:
            return Likely(params.cap / 4, params.cap / 4, "cap")
        return Unsupported("it reads what is asked for, and the least that a bidder can work with")

    def allocate(self, ranks: Array, tally: Tally, params: GrantsParams, steps: Steps) -> Allocation:
        asked = tally.column(params.amount)
        wanted = numeric.smaller(asked, params.cap)
        floor = tally.column(params.floor) if params.floor else None
        least = wanted if floor is None else floor
        fundable = np.logical_not(numeric.less(wanted, least))
        if not numeric.is_exact(asked):
            return _in_batch(ranks, wanted, least, fundable, params)
        going = _Going(params)
        for group in _by_rank(ranks):
            going.turn(group)
            going.fund([row for row in group if fundable[row]], wanted, least)
        amounts = numeric.exact_array(going.given.get(row, 0) for row in range(len(ranks)))
        if steps.kept:
            figures = [_why(row, asked, floor, going, params) for row in range(len(ranks))]
            left = numeric.exact_array(figure[0] for figure in figures)
            funded = numeric.exact_array(int(amount > 0) for amount in amounts)
            why = np.array([figure[1] for figure in figures], dtype=object)
            steps.working(
                notation("min(asked, cap, left) x funded").with_remark(Said.WHY, Term.WHY),
                asked=asked, cap=params.cap, left=left, funded=funded, why=why,
            )  # fmt: skip
        return Allocation(amounts, going.undecided)


class _Going:
    """The pot on its way down the ranks, in exact arithmetic.

    Attributes:
        left: what the pot held when the turn of a bid came, by row; bids that come to no turn are not in it.
        given: what each bid got, by row.
        tied: the bids that share a rank and cannot be funded together.
    """

    def __init__(self, params: GrantsParams) -> None:
        self.rest = Fraction(params.pot)
        self.left: dict[int, Fraction] = {}
        self.given: dict[int, Fraction] = {}
        self.tied: set[int] = set()
        self.stopped = False
        self._stops = params.when_short == "stop"

    def turn(self, group: list[int]) -> None:
        """Come to the bids of one rank, unless funding stopped before them."""
        if not self.stopped:
            self.left |= dict.fromkeys(group, self.rest)

    def fund(self, group: list[int], wanted: Array, least: Array) -> None:
        """Give what there is to bids of one rank: all that they want, or to a single one at least its least."""
        if self.stopped or not group:
            return
        asked = sum(wanted[group], Fraction(0))
        if asked <= self.rest:
            self.given |= {row: wanted[row] for row in group}
            self.rest -= asked
            return
        if len(group) > 1:
            self.tied.update(group)
        elif self.rest > 0 and least[group[0]] <= self.rest:
            self.given[group[0]], self.rest = self.rest, Fraction(0)
        self.stopped = len(group) > 1 or self._stops

    @property
    def undecided(self) -> bool:
        """Whether a tie leaves open who is funded."""
        return bool(self.tied)


def _by_rank(ranks: Array) -> Iterator[list[int]]:
    """The rows of the ranked bids, those of one rank together, from the first rank on."""
    rows = sorted((row for row in range(len(ranks)) if ranks[row]), key=lambda row: int(ranks[row]))
    for _, group in groupby(rows, key=lambda row: int(ranks[row])):
        yield list(group)


def _why(
    row: int, asked: Array, floor: Array | None, going: _Going, params: GrantsParams
) -> tuple[Fraction, GrantNote]:
    """What the pot held for a bid, and why it gets what it gets."""
    cap = Fraction(params.cap)
    if floor is not None and floor[row] > min(asked[row], cap):
        note = GrantNotPossible(floor[row], min(asked[row], cap), at_cap=cap < asked[row])
        return going.left.get(row, going.rest), note
    held = cap if asked[row] > cap else None
    if row not in going.left:
        return going.rest, GrantNotReached(asked[row], held, going.undecided)
    left = going.left[row]
    return left, GrantTurn(asked[row], held, left, row in going.tied)


def _in_batch(ranks: Array, wanted: Array, least: Array, fundable: Mask, params: GrantsParams) -> Allocation:
    """The same for every draw at once: bids are gone through once, those that share a rank having one turn together."""
    ranks = np.where(fundable, ranks, 0)
    order = ranks.argsort(axis=0, kind="stable")
    turn, asks, needs = (_ordered(x, order) for x in (ranks, wanted, least))
    joins = [p > 0 and turn[p] == turn[p - 1] for p in range(len(turn))]  # each bid: the turn of the one before it
    size, together, needed = (_by_turn(joins, x) for x in (numeric.full(asks, 1), asks, needs))
    rest: Any = params.pot
    before = rest
    enough: Any = False
    part: Any = False
    stopped: Any = False
    undecided: Any = False
    amounts = np.empty_like(asks)
    for p, joined in enumerate(joins):
        opens = np.logical_not(joined) & (turn[p] > 0)
        going = opens & np.logical_not(stopped)
        before = np.where(opens, rest, before)
        fits = together[p] <= rest
        cut = (size[p] == 1) & np.logical_not(fits) & (needed[p] <= rest) & (rest > 0)
        enough = (going & fits) | (joined & enough)
        part = (going & cut) | (joined & part)
        amounts[p] = np.where(enough, asks[p], np.where(part, before, 0))
        spent = np.where(enough, together[p], np.where(part, before, 0))
        rest = rest - np.where(opens, spent, 0)
        short = going & np.logical_not(fits)
        undecided = undecided | (short & (size[p] > 1))
        stopped = stopped | (short & ((size[p] > 1) | (params.when_short == "stop")))
    return Allocation(_as_given(amounts, order), undecided)


def _ordered(x: Array, order: Array) -> Array:
    """A column in order of rank, draw by draw."""
    return np.take_along_axis(np.broadcast_to(x, order.shape), order, axis=0)


def _as_given(x: Array, order: Array) -> Array:
    """A column in order of rank, back in the order of the bids."""
    out = np.empty_like(x)
    np.put_along_axis(out, order, x, axis=0)
    return out


def _by_turn(joins: Sequence[Any], x: Array) -> list[Any]:
    """The sum over all bids that share a turn, at each of them."""
    sums: list[Any] = [x[0]]
    for joined, row in zip(joins[1:], x[1:], strict=True):
        sums.append(np.where(joined, sums[-1] + row, row))
    for p in range(len(sums) - 2, -1, -1):
        sums[p] = np.where(joins[p + 1], sums[p + 1], sums[p])
    return sums
