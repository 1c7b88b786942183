"""The weighted value of a bid: its price over the coefficient of its answers, and its life-cycle costs.

Source: ProzorroUKR/openprocurement.api, documentation of features ("most economically advantageous tenders") and of the
award's ``weightedValue`` with its ``denominator`` and ``addition``; openprocurement/barbecue, which works out the
coefficient; ProzorroUKR/prozorro-auction, where features and life-cycle costs together rank amount / denominator +
addition, and life-cycle costs alone amount + addition.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pydantic import Field, field_validator, model_validator

from tender_eval import BidTable, Reads, Steps, Tally
from tender_eval.files.fields import Column, Fields, Share, fault
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e

ZERO, ONE = Fraction(0), Fraction(1)
Table = BidTable | Tally


class Feature(Fields):
    """A feature that bidders answer, each answer with the number that the tender gives it."""

    reads: Column = Field(description="the number of the bid's answer, such as values.years-trading")
    most: Share = Field(description="the largest number that an answer can have")

    @field_validator("most")
    @classmethod
    def _some(cls, most: Fraction) -> Fraction:
        if most == 0:
            raise fault("TE015", "no answer to the feature counts for anything", "leave the feature out")
        return most


class Weighted(Fields):
    """Of which figures the weighted value is made."""

    price: Column = Field("price", description="the price that is divided")
    features: tuple[Feature, ...] = Field(
        (), description="the features that bidders answer: coefficient = 1 + answers / (1 - most of all)"
    )
    coefficient: Column | None = Field(
        None,
        description="instead of features: a figure that is the coefficient, such as the "
        "values.features_coefficient of a tender file of Prozorro",
    )
    additions: tuple[Column, ...] = Field(
        (), description="life-cycle costs that are added, in money over the same time as the price"
    )

    @model_validator(mode="after")
    def _sound(self) -> Weighted:
        if self.features and self.coefficient:
            message = "features and coefficient are both stated, and each is the coefficient"
            raise fault("TE028", message, "state one of them")
        if not (self.features or self.coefficient or self.additions):
            message = "nothing but the price counts"
            raise fault("TE027", message, "state features, coefficient or additions, or use lowest_price")
        if sum(f.most for f in self.features) >= 1:
            message = "the largest answers come to all of the price, or more, so that nothing is left to divide by"
            raise fault("TE028", message, "state features whose most come to less than 100% together")
        read = [self.price, *(f.reads for f in self.features), *self.additions, *filter(None, [self.coefficient])]
        if twice := next((column for column in read if read.count(column) > 1), None):
            raise fault("TE028", f"{twice} is counted twice", "name each figure once")
        return self


EXAMPLES: tuple[dict[str, Any], ...] = (
    {"features": [{"reads": "values.air", "most": "15%"}, {"reads": "values.years", "most": "15%"}]},
    {"coefficient": "values.features_coefficient", "additions": ["values.energy", "values.disposal"]},
    {"additions": ["values.energy"]},
)


def reads(params: Weighted) -> tuple[Reads, ...]:
    """The figures that are asked for, and what they may be."""
    found = [Reads(params.price, "lower", above=ZERO, kind="money")]
    found += [Reads(f.reads, "higher", at_least=ZERO, at_most=f.most) for f in params.features]
    found += [Reads(params.coefficient, "higher", at_least=ONE)] if params.coefficient else []
    return (*found, *(Reads(column, "lower", at_least=ZERO, kind="money") for column in params.additions))


def weighted_value(bids: Table, params: Weighted, steps: Steps, *, towards: str = "") -> Array:
    """The weighted value of each bid, with its working: as a step ``towards`` something, or as the last."""
    price = bids.column(params.price)
    formula, figures = "price", {"price": price}
    value: Array = price
    if params.features or params.coefficient:
        coefficient = _coefficient(bids, params, steps)
        formula, value = "price / coefficient", price / coefficient
        figures["coefficient"] = coefficient
    for column in params.additions:
        formula, value = f"{formula} + {column}", value + bids.column(column)
        figures[column] = bids.column(column)
    steps.working(f"{towards} = {formula}" if towards else formula, **{towards: value} if towards else {}, **figures)
    return value


def _coefficient(bids: Table, params: Weighted, steps: Steps) -> Array:
    if params.coefficient:
        return bids.column(params.coefficient)
    answers: dict[str, Any] = {f.reads: bids.column(f.reads) for f in params.features}
    most = sum(f.most for f in params.features)
    coefficient: Array = 1 + sum(answers.values()) / (1 - most)
    steps.working(
        f"coefficient = 1 + ({' + '.join(answers)}) / (1 - most of all)",
        coefficient=coefficient, **answers, **{"most of all": most},
    )  # fmt: skip
    return coefficient


def expression(params: Weighted) -> e.Node:
    """What `weighted_value` gives, as an expression."""
    value: e.Node = e.figure(params.price)
    if params.coefficient:
        value = value / e.figure(params.coefficient)
    elif params.features:
        most = e.parameter("most of all", sum((f.most for f in params.features), ZERO))
        answers = e.total(e.figure(f.reads) for f in params.features)
        value = value / e.named("Coefficient", 1 + answers / (1 - most))
    return e.named("Weighted value", e.total([value, *map(e.figure, params.additions)]))
