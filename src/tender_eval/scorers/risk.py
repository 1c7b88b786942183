"""A scorer of risk: full marks less what the stated risks are expected to take away."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pydantic import Field, model_validator

from tender_eval.files.fields import Column, Ident, Share, Some, fault
from tender_eval.model import numeric
from tender_eval.model.digits import percent
from tender_eval.model.explanation.formulas import FacetOf, Name, chained, notation
from tender_eval.model.explanation.terms import Facet
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Likely, Unsupported, spanned
from tender_eval.plugins.scorer import NOTHING, Scorer, ScorerParams, Trait
from tender_eval.plugins.table import BidTable, Reads, Steps
from tender_eval.scorers.fact_bands import ONE, ZERO, Bands, band_working, banded, bands_of

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node


class Risk(ScorerParams):
    """One risk: how likely it is with this bid, and how much of full marks it takes if it comes about."""

    id: Ident
    reads: Column = Field(description="the likelihood from 0 to 1; or, with bands, a figure such as a panel's mark")
    impact: Share = Field(description="share of full marks that is lost if it comes about")
    bands: Bands | None = Field(
        None, description="the likelihood at or above each figure; a figure below the first band is an error"
    )


class RiskAdjustedParams(ScorerParams):
    """The risks that count; their impacts add up to at most 100%."""

    risks: Some[Risk] = Field(description="every risk that counts")

    @model_validator(mode="after")
    def _sound(self) -> RiskAdjustedParams:
        ids = [r.id for r in self.risks]
        twice = next((name for name in ids if ids.count(name) > 1), None)
        if twice:
            raise fault("TE020", f'two risks have the id "{twice}"', "give each its own id")
        total = sum((r.impact for r in self.risks), Fraction(0))
        if total > 1:
            listed = " + ".join(percent(r.impact) for r in self.risks)
            message = f"the impacts are {listed} = {percent(total)}: more than there is to lose"
            raise fault("TE028", message, "let them add up to at most 100%")
        return self


class RiskAdjusted(Scorer):
    """Full marks less the sum of likelihood x impact over the stated risks.

    Source: Welsh Government draft VAWDASV commissioning guidance (2018) 2.10, decisions "on a
    quality/cost/risk basis whilst allowing consideration of the longer term impact". The guidance names the
    basis, not a formula: likelihood x impact is the usual reckoning of a risk register, and the figures are
    the scheme's own.

    A likelihood is required: silence about a risk is an error, never a likelihood of zero. Each bid is scored
    by itself, so a single bid and equal bids score as ever. A likelihood of zero takes nothing away; one that
    is negative or above 1 is an error. Never below zero, since the impacts add up to at most 100%.
    """

    name = "risk_adjusted"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    examples = (
        {"risks": [{"id": "mobilisation", "reads": "values.mobilisation_risk", "impact": "40%"}]},
        {
            "risks": [
                {"id": "staffing", "reads": "values.staffing_risk", "impact": "50%"},
                {
                    "id": "finance",
                    "reads": "marks.finance_risk",
                    "impact": "30%",
                    "bands": [
                        {"from": 1, "share": "5%"},
                        {"from": 3, "share": "25%"},
                        {"from": 5, "share": "70%"},
                    ],
                },
            ]
        },
    )
    Params = RiskAdjustedParams

    def reads(self, params: RiskAdjustedParams) -> tuple[Reads, ...]:
        return tuple(
            Reads(r.reads, better="lower", at_least=Fraction(r.bands[0].from_))
            if r.bands
            else Reads(r.reads, better="lower", at_least=ZERO, at_most=ONE)
            for r in params.risks
        )

    def score(self, bids: BidTable, params: RiskAdjustedParams, steps: Steps) -> Array:
        figures: dict[Name, Any] = {}
        losses, taken = [], [notation("1")]
        for risk in params.risks:
            figure = bids.column(risk.reads)
            chance, impact = FacetOf(Facet.LIKELIHOOD, risk.id), FacetOf(Facet.IMPACT, risk.id)
            likelihood = figure
            if risk.bands:
                likelihood = banded(figure, risk.bands)
                band_working(chance, risk.reads, figure, risk.bands, steps)
            figures |= {chance: likelihood, impact: risk.impact}
            losses.append(likelihood * risk.impact)
            taken.append(notation("{chance} x {impact}", chance=chance, impact=impact))
        steps.working(chained("-", taken), figures)
        return numeric.clip(1 - sum(losses[1:], losses[0]))

    def expression(self, params: RiskAdjustedParams) -> Node:
        from tender_eval.plugins import expression as e

        left = e.node(1)
        for risk in params.risks:
            figure: Node = e.figure(risk.reads)
            chance = bands_of(figure, risk.bands, FacetOf(Facet.LIKELIHOOD, risk.id)) if risk.bands else figure
            left = left - chance * e.parameter_of(Facet.IMPACT, risk.id, risk.impact)
        return e.within(left)

    def likely(
        self, column: str, params: RiskAdjustedParams, known: Mapping[str, Fraction] = NOTHING
    ) -> Likely | Unsupported:
        for risk in params.risks:
            if risk.reads == column and risk.bands:
                return spanned(tuple(band.from_ for band in risk.bands), f"the bands of {risk.id}")
        return Unsupported("no bands tell its figures apart")
