"""A scorer of social value commitments in money, by the commissioner's own table, up to a published cap."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Any

from pydantic import Field, model_validator

from tender_eval.files.fields import Column, PositiveMoney, Share, Some, Whole, Words, fault
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import Column as FigureIn
from tender_eval.model.explanation.formulas import FacetOf, Name, chained, named, notation
from tender_eval.model.explanation.terms import Facet, Term, Title
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Likely, Subject, Unsupported
from tender_eval.plugins.scorer import NOTHING, Scorer, ScorerParams, Trait
from tender_eval.plugins.table import BidTable, Reads, Steps
from tender_eval.scorers.fact_bands import ZERO

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node


class Delivered(ScorerParams):
    """The part of a commitment that is counted on, and the evidence for it."""

    share: Share = Field(description="part that is delivered and would not have happened anyway")
    source: Words = Field(description="where the share comes from")


class Proxy(ScorerParams):
    """A row of the commissioner's table: what one unit of a commitment is worth."""

    reads: Column = Field(description="the quantity that the bid commits to over the contract, such as values.hours")
    value: PositiveMoney = Field(description="money a unit")
    unit: Words = Field(description="what is counted, such as hours of volunteering")
    source: Words = Field(description="where the value comes from")
    delivered: Delivered | None = Field(None, description="counts only this part of the quantity")


class SocialValueParams(ScorerParams):
    """The table of values, and the cap beyond which commitments earn nothing more."""

    proxies: Some[Proxy] = Field(description="the table of values; none is shipped")
    cap: Share = Field(description="share of the contract value that earns full marks; more earns no more")
    contract_value: Column = Field("tender.annual_value", description="the value of the contract in a year")
    years: Whole = Field(description="years of the contract; 1 where contract_value is for all of them")

    @model_validator(mode="after")
    def _sound(self) -> SocialValueParams:
        if self.cap == 0:
            raise fault("TE028", "the cap is 0%, so that no commitment can earn", "state a share above 0%")
        read = [p.reads for p in self.proxies]
        twice = next((column for column in read if read.count(column) > 1), None)
        if twice:
            raise fault("TE028", f"two proxies count {twice}", "give each commitment one value")
        return self


class SocialValueCommitments(Scorer):
    """The money value of what a bid commits to, as a share of a cap; beyond the cap nothing is earned.

    min(sum of quantity x value, cap x contract value) / (cap x contract value). Where the table says so, only
    the ``delivered`` part of a quantity counts.

    Source: MoJ Victim Services Commissioning Guidance (October 2024) 2.3b, Avon and Somerset: social value
    within quality, as what bidders "propose to offer during the lifetime of the contracts"; Home Office VAWG
    Services Commissioning Toolkit (March 2022) 3.6.1; Public Services (Social Value) Act 2012. The formula
    and its cap are this scorer's own, so that the largest promise does not win by being the largest. The
    values are the commissioner's, each with its source: the National TOMs are licensed CC BY-NC-ND and are
    no part of this package.

    A bid that is silent on a commitment counts zero for it. Each bid is scored by itself, so a single bid and
    equal bids score as ever. Negative quantities are errors; so is a contract value of zero or below. Never
    below zero.
    """

    name = "social_value_commitments"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    subjects = frozenset({Subject.SOCIAL_VALUE})
    examples = (
        {
            "proxies": [
                {
                    "reads": "values.local_jobs",
                    "value": 28000,
                    "unit": "person-years",
                    "source": "illustrative",
                },
                {
                    "reads": "values.volunteer_hours",
                    "value": "16.50",
                    "unit": "hours",
                    "source": "illustrative",
                    "delivered": {"share": "80%", "source": "illustrative"},
                },
            ],
            "cap": "10%",
            "years": 5,
        },
    )
    Params = SocialValueParams

    def reads(self, params: SocialValueParams) -> tuple[Reads, ...]:
        quantities = (Reads(p.reads, better="higher", at_least=ZERO, default=ZERO) for p in params.proxies)
        return (*quantities, Reads(params.contract_value, above=ZERO))

    def score(self, bids: BidTable, params: SocialValueParams, steps: Steps) -> Array:
        committed = _committed(bids, params.proxies, steps)
        value = bids.column(params.contract_value)
        limit = value * params.years * params.cap
        yearly = FigureIn(params.contract_value)
        formula = notation("limit = cap x {yearly} x years", yearly=yearly)
        steps.working(formula, {yearly: value}, limit=limit, cap=params.cap, years=params.years)
        steps.working(notation("min(committed, limit) / limit"), committed=committed, limit=limit)
        return numeric.clip(numeric.divide(numeric.smaller(committed, limit), limit))

    def years(self, params: SocialValueParams) -> Fraction | int:
        return params.years

    def expression(self, params: SocialValueParams) -> Node:
        from tender_eval.plugins import expression as e

        terms: list[Node] = []
        for proxy in params.proxies:
            term: Node = e.figure(proxy.reads) * e.parameter_of(Facet.VALUE, proxy.reads, proxy.value)
            if proxy.delivered is not None:
                term = term * e.parameter_of(Facet.DELIVERED, proxy.reads, proxy.delivered.share)
            terms.append(term)
        value, cap = e.figure(params.contract_value), e.parameter("cap", params.cap)
        limit = e.named(Title.LIMIT, value * e.parameter("years", params.years) * cap)
        return e.within(e.smaller(e.named(Title.COMMITTED, e.total(terms)), limit) / limit)

    def likely(
        self, column: str, params: SocialValueParams, known: Mapping[str, Fraction] = NOTHING
    ) -> Likely | Unsupported:
        """From nothing to where all commitments together, each worth as much, reach the cap."""
        value = next((proxy.value for proxy in params.proxies if proxy.reads == column), None)
        yearly = known.get(params.contract_value)
        if value is None or yearly is None:
            return Unsupported("it counts no such commitment" if value is None else "the contract value is not known")
        return Likely(ZERO, yearly * params.years * params.cap / len(params.proxies) / value, "cap")


def _committed(bids: BidTable, proxies: tuple[Proxy, ...], steps: Steps) -> Array:
    figures: dict[Name, Any] = {}
    terms, products = [], []
    for proxy in proxies:
        quantity, worth = FigureIn(proxy.reads), FacetOf(Facet.VALUE, proxy.reads)
        factors: list[tuple[Name, Any]] = [(quantity, bids.column(proxy.reads)), (worth, proxy.value)]
        if proxy.delivered is not None:
            factors.append((FacetOf(Facet.DELIVERED, proxy.reads), proxy.delivered.share))
        figures |= dict(factors)
        terms.append(prod((figure for _, figure in factors[1:]), start=factors[0][1]))
        products.append(chained("x", (named(name) for name, _ in factors)))
    committed: Array = sum(terms[1:], terms[0])
    steps.working(chained("+", products).coming_to(Term.COMMITTED), figures, committed=committed)
    return committed
