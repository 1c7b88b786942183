"""Grants: fund in order of score while the pot lasts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

import numpy as np
from pydantic import Field

from tender_eval.files.fields import Column, PositiveMoney
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins.rule import Allocation, AwardRule, RuleParams, Tally
from tender_eval.plugins.table import Reads, Steps


class GrantsParams(RuleParams):
    """The pot, the cap, and what happens when the rest of the pot is too small."""

    pot: PositiveMoney
    cap: PositiveMoney = Field(description="the most that one bidder gets")
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
        rest: Any = params.pot
        stopped: Any = False
        undecided: Any = False
        amounts = left = numeric.full(asked, 0) + 0 * ranks
        for rank in range(1, len(ranks) + 1):
            group = ranks == rank
            size = group.sum(axis=0)
            enough = numeric.total(asked, group) <= rest
            left = numeric.where(group, left * 0 + rest, left)
            part = (size == 1) & np.logical_not(enough) & (numeric.total(least, group) <= rest) & (rest > 0)
            going = np.logical_not(stopped)
            given = numeric.where(group & enough & going, asked, numeric.where(group & part & going, rest, 0 * asked))
            amounts = amounts + given
            rest = rest - given.sum(axis=0)
            short = (size > 0) & np.logical_not(enough) & going
            undecided = undecided | (short & (size > 1))
            stopped = stopped | (short & ((size > 1) | (params.when_short == "stop")))
        steps.working(
            "it asks for asked, held at cap; the pot has left when its turn comes",
            asked=tally.column(params.amount), cap=params.cap, left=left,
        )  # fmt: skip
        return Allocation(amounts, undecided)
