"""A scorer of what a bid costs over its whole life."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from tender_eval import BidTable, FigureError, Reads, Scorer, ScorerParams, Steps, Trait
from tender_eval.files.fields import PositiveMoney, Share, Whole, fault
from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins import expression as e
from tender_eval_whole_life.costs import (
    AvoidedCost,
    CostLine,
    Payments,
    ResidualValue,
    exponents,
    factor,
    present_value,
    residual_factor,
    when,
)

ZERO = Fraction(0)
MOST_YEARS = 100  # the exact powers of a longer life would be long numbers that say nothing


class Band(ScorerParams):
    """Two costs that the scheme fixes before the tender."""

    full_at: PositiveMoney = Field(description="a whole-life cost of this or less earns full marks")
    zero_at: PositiveMoney = Field(description="a whole-life cost of this or more earns nothing")

    @model_validator(mode="after")
    def _falls(self) -> Band:
        if self.full_at >= self.zero_at:
            message = "full_at is not below zero_at, so that a higher cost would earn as much or more"
            raise fault("TE028", message, "state a full_at below zero_at")
        return self


def _known_yardstick(value: object) -> object:
    if value == "lowest" or isinstance(value, dict | Band):
        return value
    said = f'"{value}" is nothing to score against' if isinstance(value, str) else "expected a yardstick"
    raise fault("TE016", said, "write lowest, or {full_at: ..., zero_at: ...}")


Against = Annotated[
    Annotated[Literal["lowest"], Tag("others")] | Annotated[Band, Tag("band")],
    Discriminator(lambda value: "band" if isinstance(value, dict | Band) else "others"),
    BeforeValidator(_known_yardstick),
]


class WholeLifeParams(ScorerParams):
    """The costs that count, when they are paid, how they are discounted, and what they are held against."""

    years: Whole = Field(description=f"the years that are counted, at most {MOST_YEARS}")
    discount_rate: Share = Field(description="a year; 0% where nothing is discounted")
    payments: Payments | None = Field(
        None,
        description="when in its year a cost is paid; to be stated unless the rate is 0%. The start of the "
        "first year is today; what is paid once is paid today",
    )
    components: tuple[CostLine, ...] = Field(
        description="the costs that count, at least one", json_schema_extra={"minItems": 1}
    )
    residual_value: ResidualValue | None = Field(None, description="taken off the costs, discounted")
    avoided_costs: tuple[AvoidedCost, ...] = Field(
        (), description="savings to others: shown beside the cost with their source, never taken off it"
    )
    against: Against = Field(description="lowest: the lowest cost of the bids; or a fixed band of costs")
    single_bid: Share | None = Field(None, description="the score of an only bid; default: what the method gives it")

    @field_validator("years")
    @classmethod
    def _bounded(cls, years: int) -> int:
        if years > MOST_YEARS:
            raise fault("TE015", f"{years} years are more than {MOST_YEARS}", "count a shorter life")
        return years

    @field_validator("components")
    @classmethod
    def _some(cls, components: tuple[CostLine, ...]) -> tuple[CostLine, ...]:
        if not components:  # min_length counts only the sound ones, and would report a faulty one as none
            raise fault("TE018", "no cost is listed", "list at least one component")
        return components

    @field_validator("components", "residual_value", "avoided_costs")
    @classmethod
    def _within_years(cls, value: Any, info: ValidationInfo) -> Any:
        last = info.data.get("years", MOST_YEARS)
        for line in value if isinstance(value, tuple) else (value,):
            named = line.latest_start() if isinstance(line, CostLine) else line and line.in_year
            if named and named > last:
                message = f"{line.reads} falls due in year {named}, but only {last} are counted"
                raise fault("TE028", message, "count more years, or name an earlier one")
        return value

    @model_validator(mode="after")
    def _sound(self) -> WholeLifeParams:
        if self.discount_rate and self.payments is None:
            message = "payments is not stated, but costs are discounted"
            raise fault("TE027", message, "state payments: start_of_year, or end_of_year")
        read = [line.reads for line in (*self.components, *self.avoided_costs)]
        read += [self.residual_value.reads] if self.residual_value else []
        twice = next((column for column in read if read.count(column) > 1), None)
        if twice:
            raise fault("TE028", f"{twice} is counted twice", "name each figure once")
        return self


class WholeLifeCost(Scorer):
    """Marks by whole-life cost: against the lowest of the bids, or on a band that the scheme fixes.

    cost = sum of component x factor - residual value x factor, the factor being the sum of
    1 / (1 + discount_rate)^n over the payments, n years ahead. Against ``lowest`` a bid earns lowest / cost;
    on a band (zero_at - cost) / (zero_at - full_at), held between none and full marks.

    Source: Directive 2014/24/EU, articles 67(2) and 68 (life-cycle costing: costs of acquisition, use,
    maintenance and end of life, by a method that the procurement documents state); ISO 15686-5:2017 (net
    present cost, residual value); HM Treasury, The Green Book (2022), chapter 5 and annex A6 (discounting).

    ``avoided_costs`` are savings to other services. Home Office VAWG Services Commissioning Toolkit (March
    2022), 3.3 and 5.3, asks commissioners to consider "the full cost implications and savings of a service".
    They stand in the working, each with its source and discounted like a cost, and never change the score: a
    saving that a bidder expects for somebody else is no lower price. A bid that is silent on one counts zero
    for it there.

    Every other figure is required: silence about a cost is an error, never a cost of zero. A negative figure
    is an error at the figure; a whole-life cost of zero or below is an error of the bids. Single bid and all
    equal: full marks against ``lowest``; on a band each bid is scored alone. Never below zero.
    """

    name = "whole_life_cost"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE, Trait.SCALE_FREE})
    examples = (
        {
            "years": 5,
            "discount_rate": "3.5%",
            "payments": "end_of_year",
            "components": [
                {"reads": "prices.mobilisation", "paid": "once"},
                {"reads": "prices.annual", "paid": "per_year", "source": "the bidder's price schedule"},
                {"reads": "values.refurbishment", "paid": {"every": 2}, "from_year": 2},
                {"reads": "values.exit", "paid": {"in_year": 5}},
            ],
            "residual_value": {"reads": "values.residual_value"},
            "avoided_costs": [
                {"reads": "values.avoided_health", "paid": "per_year", "source": "illustrative"},
            ],
            "against": "lowest",
        },
        {
            "years": 3,
            "discount_rate": "0%",
            "components": [{"reads": "prices.annual", "paid": "per_year"}],
            "against": {"full_at": 300, "zero_at": 1200},
        },
        {
            "years": 2,
            "discount_rate": "3.5%",
            "payments": "start_of_year",
            "components": [{"reads": "price", "paid": "per_year"}],
            "against": {"full_at": 200, "zero_at": 600},
            "single_bid": "80%",
        },
    )
    Params = WholeLifeParams

    def traits_for(self, params: WholeLifeParams) -> frozenset[Trait]:
        if not isinstance(params.against, Band):
            return self.traits - {Trait.INDEPENDENT}
        alone = set() if params.single_bid is None else {Trait.INDEPENDENT}
        return self.traits - {Trait.SCALE_FREE} - alone

    def years(self, params: WholeLifeParams) -> int:
        return params.years

    def reads(self, params: WholeLifeParams) -> tuple[Reads, ...]:
        found = [Reads(line.reads, better="lower", at_least=ZERO) for line in params.components]
        if params.residual_value:
            found.append(Reads(params.residual_value.reads, better="higher", at_least=ZERO))
        found += [Reads(line.reads, at_least=ZERO, default=ZERO) for line in params.avoided_costs]
        return tuple(found)

    def score(self, bids: BidTable, params: WholeLifeParams, steps: Steps) -> Array:
        costs = _costs(bids, params, steps)
        _show_avoided(bids, params, steps)
        if isinstance(params.against, Band):
            full_at, zero_at = params.against.full_at, params.against.zero_at
            formula = "max(0, min(1, (zero_at - cost) / (zero_at - full_at)))"
            figures: dict[str, Any] = {"zero_at": zero_at, "cost": costs, "full_at": full_at}
            scores = numeric.clip((zero_at - costs) / (zero_at - full_at))
        else:
            low = numeric.lowest(costs, bids.present)
            formula, figures = "lowest / cost", {"lowest": low, "cost": costs}
            scores = numeric.divide(low, costs)
        alone = False if params.single_bid is None else bids.present.sum(axis=0) == 1
        if not np.any(alone):
            steps.working(formula, **figures)
            return scores
        steps.working("single_bid, published for an only bid", single_bid=params.single_bid)
        return numeric.where(alone, params.single_bid, scores)

    def expression(self, params: WholeLifeParams) -> e.Node:
        cost = e.named("Whole-life cost", _cost(params))
        if isinstance(params.against, Band):
            full, zero = (e.parameter(name, getattr(params.against, name)) for name in ("full_at", "zero_at"))
            score: e.Node = e.within((zero - cost) / (zero - full))
        else:
            score = e.lowest(cost) / cost
        if params.single_bid is None:
            return score
        return e.if_(e.compare(e.count(), "==", 1), e.parameter("single_bid", params.single_bid), score)


def _cost(params: WholeLifeParams) -> e.Node:
    """What `_costs` gives, as an expression."""
    spent = e.total(
        e.figure(line.reads)
        * e.parameter(f"factor of {line.reads}", factor(line, params.years, params.discount_rate, params.payments))
        for line in params.components
    )
    if params.residual_value is None:
        return spent
    column, year = params.residual_value.reads, params.residual_value.in_year or params.years
    return spent - e.figure(column) * e.parameter(f"factor of {column}", residual_factor(year, params.discount_rate))


def _costs(bids: BidTable, params: WholeLifeParams, steps: Steps) -> Array:
    """The whole-life cost of each bid, with its working.

    Raises:
        FigureError: a bid costs nothing, or less.
    """
    figures: dict[str, Any] = {}
    words = []
    spent: Any = 0
    for line in params.components:
        counts = _factor(line, params, steps)
        figure = bids.column(line.reads)
        spent = spent + figure * counts
        figures |= {line.reads: figure, f"factor of {line.reads}": counts}
        words.append(f"{line.reads} x factor of {line.reads}")
    formula = f"cost = {' + '.join(words)}"
    left = numeric.full(spent, 0)
    if params.residual_value:
        column, year = params.residual_value.reads, params.residual_value.in_year or params.years
        counts = residual_factor(year, params.discount_rate)
        rate, stated = _rate(params)
        steps.working(
            f"factor of {column} = 1 / (1 + {rate}) ** {year}, residual value, had at the end of year {year}",
            **{f"factor of {column}": counts, **stated},
        )
        left = bids.column(column) * counts
        figures |= {column: bids.column(column), f"factor of {column}": counts}
        formula += f" - {column} x factor of {column}"
    costs: Array = spent - left
    _refuse_free(spent, left, bids.present)
    steps.working(formula, cost=costs, **figures)
    return costs


def _factor(line: CostLine, params: WholeLifeParams, steps: Steps) -> Any:
    """By how much the figure of a line counts, with its working."""
    counts = factor(line, params.years, params.discount_rate, params.payments)
    note = f"paid {when(line, params.years, params.payments)}"
    if line.source:
        note += f", source: {_quoted(line.source)}"
    rate, figures = _rate(params)
    series = present_value(exponents(line, params.years, params.payments), rate)
    steps.working(
        f"factor of {line.reads} = {series}, {note}",
        **{f"factor of {line.reads}": counts, **figures},
    )
    return counts


def _quoted(source: str) -> str:
    """A source as it was stated: in quotes none of its words is taken for a figure."""
    return f'"{source.replace(chr(34), chr(39))}"'


def _rate(params: WholeLifeParams) -> tuple[str, dict[str, Any]]:
    """How the working names the discount rate, and its figure; a rate of zero is plainly 0."""
    if params.discount_rate:
        return "discount_rate", {"discount_rate": params.discount_rate}
    return "0", {}


def _show_avoided(bids: BidTable, params: WholeLifeParams, steps: Steps) -> None:
    """Put the savings to others beside the cost. Nothing is made of them."""
    for line in params.avoided_costs:
        counts = factor(line, params.years, params.discount_rate, params.payments)
        figure = bids.column(line.reads)
        avoided, times = f"avoided cost of {line.reads}", f"factor of {line.reads}"
        note = f"due {when(line, params.years, params.payments)}, source: {_quoted(line.source)}"
        steps.working(
            f"{avoided} = {line.reads} x {times}, shown apart, not counted, {note}",
            **{avoided: figure * counts, line.reads: figure, times: counts},
        )


def _refuse_free(spent: Array, left: Array, present: Mask) -> None:
    """Refuse a cost of zero or below: nothing can be in proportion to it.

    The two sides are compared, not their difference, so that floats which stand for equal sums are equal.
    """
    free = ~numeric.less(left, spent) & present
    if not np.any(free):
        return
    gross, back = (float(np.broadcast_to(side, free.shape)[free][0]) for side in (spent, left))
    message = f"a bid has costs of {gross:.2f} less a residual value of {back:.2f}, so that it costs nothing"
    raise FigureError(message, "correct its figures, or exclude the bid")
