"""Grants: fund in order of score while the pot lasts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from pydantic import Field

from tender_eval.files.fields import Column, Positive
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins.rule import Allocation, AwardRule, RuleParams, Tally
from tender_eval.plugins.table import Reads, Steps


class GrantsParams(RuleParams):
    """The pot, the cap, and what happens when the rest of the pot is too small."""

    pot: Positive
    cap: Positive = Field(description="the most that one bidder gets")
    amount: Column = Field("price", description="what the bidder asks for")
    floor: Column | None = Field(
        None, description="the least that the bidder can work with; without it a grant is whole or not at all"
    )
    when_short: Literal["stop", "skip"] = Field(
        description="when the rest of the pot cannot fund a bid: stop there, or go on to the next"
    )


class GrantsWithinPot(AwardRule):
    """Grants in order of points while the pot lasts, each up to the cap and at least the bidder's floor.

    Source: Cleveland PCC, Bridging the Gap (MoJ, Victim Services Commissioning Guidance, October 2024, 5.3): up
    to 5,000 pounds each from 30,000. Equal bids that the pot cannot fund together are a declared tie: neither
    is funded, and nobody after them, until the panel decides.
    """

    name = "grants_within_pot"
    figure = "points"
    best = "highest"
    needs_criteria = True
    examples = (
        {"pot": 30000, "cap": 5000, "when_short": "stop"},
        {"pot": 3000, "cap": 500, "floor": "values.floor", "when_short": "skip"},
    )
    Params = GrantsParams

    def reads(self, params: GrantsParams) -> tuple[Reads, ...]:
        asked = Reads(params.amount, above=Fraction(0))
        return (asked, Reads(params.floor, at_least=Fraction(0))) if params.floor else (asked,)

    def rank_by(self, tally: Tally, params: GrantsParams, steps: Steps) -> Array:
        points = tally.points(tally.roots)
        steps.working("points", points=points)
        return points

    def allocate(self, ranks: Array, tally: Tally, params: GrantsParams, steps: Steps) -> Allocation:
        asked = numeric.smaller(tally.column(params.amount), params.cap)
        least = numeric.smaller(tally.column(params.floor), asked) if params.floor else asked
        amounts, left, undecided = _in_turn(ranks, asked, least, params)
        steps.working(
            "it asks for asked, held at cap; the pot has left when its turn comes",
            asked=tally.column(params.amount), cap=params.cap, left=left,
        )  # fmt: skip
        return Allocation(amounts, undecided)


def _in_turn(ranks: Array, asked: Array, least: Array, params: GrantsParams) -> tuple[Array, Array, Any]:
    """What each bid gets, what the pot has left when its turn comes, and whether a tie is left undecided.

    Bids are gone through once, in order of rank; those that share a rank have one turn together.
    """
    order = ranks.argsort(axis=0, kind="stable")
    turn, asks, needs = (_ordered(x, order) for x in (ranks, asked, least))
    joins = [p > 0 and turn[p] == turn[p - 1] for p in range(len(turn))]  # each bid: the turn of the one before it
    size, together, needed = (_by_turn(joins, x) for x in (numeric.full(asks, 1), asks, needs))
    nothing = numeric.like(asks, 0)
    rest: Any = params.pot
    before = rest
    enough: Any = False
    part: Any = False
    stopped: Any = False
    undecided: Any = False
    amounts, left = np.empty_like(asks), np.empty_like(asks)
    for p, joined in enumerate(joins):
        opens = np.logical_not(joined) & (turn[p] > 0)
        going = opens & np.logical_not(stopped)
        before = numeric.where(opens, rest, before)
        fits = together[p] <= rest
        cut = (size[p] == 1) & np.logical_not(fits) & (needed[p] <= rest) & (rest > 0)
        enough = (going & fits) | (joined & enough)
        part = (going & cut) | (joined & part)
        amounts[p] = numeric.where(enough, asks[p], numeric.where(part, before, nothing))
        left[p] = numeric.where(turn[p] > 0, before, nothing)
        spent = numeric.where(enough, together[p], numeric.where(part, before, nothing))
        rest = rest - numeric.where(opens, spent, nothing)
        short = going & np.logical_not(fits)
        undecided = undecided | (short & (size[p] > 1))
        stopped = stopped | (short & ((size[p] > 1) | (params.when_short == "stop")))
    return _as_given(amounts, order), _as_given(left, order), undecided


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
        sums.append(numeric.where(joined, sums[-1] + row, row))
    for p in range(len(sums) - 2, -1, -1):
        sums[p] = numeric.where(joins[p + 1], sums[p + 1], sums[p])
    return sums
