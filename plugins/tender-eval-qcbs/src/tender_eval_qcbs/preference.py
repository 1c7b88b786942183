"""The rule that prefers goods made in the borrower's country, as development banks allow it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from pydantic import Field, field_validator, model_validator

from tender_eval import AwardRule, FigureError, Reads, RuleParams, Steps, Tally
from tender_eval.files.fields import Column, Share, fault
from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins import expression as e

ZERO, ONE = Fraction(0), Fraction(1)


class PreferenceParams(RuleParams):
    """What is compared, who is of which group, and the margin."""

    price: Column = Field("price", description="the evaluated price")
    preference_on: Column | None = Field(
        None, description="what the margin is taken of, such as the CIP price; by default the evaluated price"
    )
    margin: Share = Field(description="what is added to the price of imported goods for the comparison: 15%, or less")
    group_a: Column = Field(
        "declarations.group_a", description="true of goods made in the country with the share of local cost required"
    )
    group_c: Column = Field("declarations.group_c", description="true of goods made abroad; the rest is Group B")

    @field_validator("margin")
    @classmethod
    def _some(cls, margin: Fraction) -> Fraction:
        if not 0 < margin <= Fraction(15, 100):
            raise fault("TE015", "the margin is none, or more than 15%", "state 15%, or less")
        return margin

    @model_validator(mode="after")
    def _apart(self) -> PreferenceParams:
        read = [self.price, self.group_a, self.group_c, *filter(None, [self.preference_on])]
        if twice := next((column for column in read if read.count(column) > 1), None):
            raise fault("TE028", f"{twice} is named twice", "name another figure")
        return self


class _Compared(NamedTuple):
    """The bids of Groups A and C, and the prices that the comparison turns on; numbers, or one a draw."""

    a: Mask
    c: Mask
    lowest_c: Any
    lowest_of_others: Any
    lowest_a: Any
    lowest_with_margin: Any
    decides: Any


class DomesticPreference(AwardRule):
    """The lowest evaluated price, unless a bid of Group A is lowest once a margin is added to imported goods.

    First all bids are compared. Where one of Group C (made abroad) is the lowest alone, all of Group C are compared
    with Group A (made in the country) again, with the margin added to Group C. Where the lowest of Group A is then
    below all of these, Group A is preferred, and Group B has no part; else the first comparison stands. Source:
    World Bank, Procurement Regulations for IPF Borrowers, Annex VI (15% of the CIP price of goods); Asian
    Development Bank, Guidance Note on Procurement: Domestic Preference (June 2018). A price that is equal to
    another prefers nobody: a tie of Groups C and A in the first comparison is a tie, and so stands the first
    comparison where they tie in the second. For works, where the margin is added to the price of foreign bidders in
    one comparison, ``price: adjust`` of a scheme serves. A price of zero or below is an error, and so is a bid of
    both groups.
    """

    name = "domestic_preference"
    figure = "price with the margin of preference"
    best = "lowest"
    examples = ({"margin": "15%", "preference_on": "values.cip"}, {"margin": "10%"})
    Params = PreferenceParams

    def reads(self, params: PreferenceParams) -> tuple[Reads, ...]:
        prices = [params.price, *filter(None, [params.preference_on])]
        groups = (params.group_a, params.group_c)
        return (
            *(Reads(column, "lower", above=ZERO, kind="money") for column in prices),
            *(Reads(column, one_of=(ZERO, ONE), default=ZERO) for column in groups),
        )

    def reject(self, tally: Tally, params: PreferenceParams, steps: Steps) -> Mapping[str, Mask]:
        found = _compared(tally, params)
        third = np.asarray(found.decides) & ~found.a & ~found.c & tally.present
        return {"it is of Group B, and the preference is between Groups A and C": third}

    def accepts(self, params: PreferenceParams) -> e.Comparison:
        either = e.larger(e.figure(params.group_a), e.figure(params.group_c))
        return e.compare(_if_preferred(params, either, 1), "==", 1)

    def rank_by(self, tally: Tally, params: PreferenceParams, steps: Steps) -> Array:
        price, amount = tally.column(params.price), tally.column(_base(params))
        found = _compared(tally, params)
        added = numeric.where(np.asarray(found.decides) & found.c, params.margin * amount, price * 0)
        if steps.kept:
            _record(tally, found, steps)
        steps.working(
            "price + preferred x imported x margin x preference_on",
            price=price, preferred=int(found.decides) if steps.kept else 0, imported=tally.column(params.group_c),
            margin=params.margin, preference_on=amount,
        )  # fmt: skip
        return price + added

    def expression(self, params: PreferenceParams) -> e.Node:
        added = e.figure(params.group_c) * e.parameter("margin", params.margin) * e.figure(_base(params))
        return e.figure(params.price) + _if_preferred(params, added, 0)

    def price_column(self, params: PreferenceParams) -> str:
        return params.price

    def weights(self, params: Any) -> None:
        return None

    def worth_of_quality(self, params: Any) -> None:
        return None

    def relative(self, params: Any) -> bool:
        return True


def _base(params: PreferenceParams) -> str:
    return params.preference_on or params.price


def _compared(tally: Tally, params: PreferenceParams) -> _Compared:
    """Both comparisons.

    Raises:
        FigureError: a bid is of both groups.
    """
    price, amount = tally.column(params.price), tally.column(_base(params))
    a, c = (np.asarray(tally.column(g) == 1, dtype=np.bool_) & tally.present for g in (params.group_a, params.group_c))
    if np.any(a & c):
        message = f"a bid is of Group A and of Group C ({params.group_a}, {params.group_c})"
        raise FigureError(message, "correct one of them")
    others = tally.present & ~c
    low_c, low_other = numeric.lowest(price, c), numeric.lowest(price, others)
    low_a, with_margin = numeric.lowest(price, a), numeric.lowest(price + params.margin * amount, c)
    with np.errstate(invalid="ignore"):  # infinite where a group has no bid, which is asked first
        first = c.any(axis=0) & (~others.any(axis=0) | numeric.less(low_c, low_other))
        decides = first & a.any(axis=0) & numeric.less(low_a, with_margin)
    return _Compared(a, c, low_c, low_other, low_a, with_margin, decides)


def _record(tally: Tally, found: _Compared, steps: Steps) -> None:
    """Put down whether Group A is preferred, and by which comparison."""
    why = ""
    if not found.c.any():
        why = "no bid is of Group C"
    elif (tally.present & ~found.c).any() and not numeric.less(found.lowest_c, found.lowest_of_others):
        why = "no bid of Group C is the lowest alone"
    elif not found.a.any():
        why = "Group C is the lowest, and no bid is of Group A"
    if why:
        steps.working(f"preferred = 0, {why}", preferred=0)
        return
    steps.working(
        "preferred = if_(lowest of A < lowest of C with the margin, 1, 0), Group C is the lowest without the margin",
        preferred=int(found.decides),
        **{"lowest of A": found.lowest_a, "lowest of C with the margin": found.lowest_with_margin},
    )


def _if_preferred(params: PreferenceParams, then: e.Node, otherwise: int) -> e.Node:
    """One part where Group A is preferred, another where it is not; who is of no group has a price out of reach."""
    price, a, c = e.figure(params.price), e.figure(params.group_a), e.figure(params.group_c)
    with_margin = price + e.parameter("margin", params.margin) * e.figure(_base(params))
    far = e.highest(with_margin)
    lowest_c, lowest_of_others = e.lowest(price + (1 - c) * far), e.lowest(price + c * far)
    lowest_a, lowest_with_margin = e.lowest(price + (1 - a) * far), e.lowest(with_margin + (1 - c) * far)
    second = e.if_(e.compare(lowest_a, "<", lowest_with_margin), then, otherwise)
    return e.if_(e.compare(lowest_c, "<", lowest_of_others), second, otherwise)
