"""A scorer of local specialist experience, by the supplier's stated facts."""

from __future__ import annotations

from pydantic import Field

from tender_eval.plugins.answers import Subject
from tender_eval.plugins.scorer import Trait
from tender_eval.scorers.fact_bands import (
    ONE,
    ZERO,
    BandedPart,
    Fact,
    FactParams,
    FactPart,
    FactScorer,
    ScoredFact,
    parts_of,
)

FACTS = {
    "years_in_area": Fact("supplier.years_in_area", silent=ZERO),
    "areas_covered": Fact("supplier.areas_covered", ONE, ZERO),
    "areas_covered_together": Fact("consortium.areas_covered", ONE),
    "by_and_for": Fact("supplier.by_and_for", ONE, ZERO),
}


class LocalSpecialistParams(FactParams):
    """The facts that count, at least one; their shares add up to 100%."""

    years_in_area: BandedPart | None = Field(None, description="years that the supplier has worked in the area")
    areas_covered: BandedPart | None = Field(
        None, description="share of the tender's areas where the supplier already works"
    )
    areas_covered_together: BandedPart | None = Field(
        None, description="the same, of the supplier and the confirmed members of its consortium together"
    )
    by_and_for: FactPart | None = Field(None, description="led by the community that it serves: all or nothing")


class LocalSpecialist(FactScorer):
    """Years of work in the area, areas already covered, and being by and for the community served, by bands.

    Source: Home Office VAWG Services Commissioning Toolkit (March 2022) 3.6.1, "weighting scoring to favour
    local specialist experience", and 5.3. It scores the benefit to the people served (an established presence
    where they are), not the supplier's address: for light touch contracts Procurement Act 2023 s.23(6) allows
    weight for "the importance of proximity between the supplier and service recipients". The guidance gives
    no figures: the bands are the scheme's own.

    A fact that the supplier does not state earns nothing. Each bid is scored by itself, so a single bid and
    equal bids score as ever. Zero is a figure like any other; negative figures are errors. Never below zero.
    """

    name = "local_specialist"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    subjects = frozenset({Subject.PROXIMITY, Subject.LOCAL_SPECIALISTS})
    examples = (
        {"years_in_area": {"share": 1, "bands": [{"from": 2, "share": "40%"}, {"from": 5, "share": "100%"}]}},
        {
            "years_in_area": {
                "share": "40%",
                "bands": [{"from": 3, "share": "50%"}, {"from": 10, "share": 1}],
            },
            "areas_covered": {
                "share": "40%",
                "bands": [{"from": "1/3", "share": "1/2"}, {"from": 1, "share": 1}],
            },
            "by_and_for": {"share": "20%"},
        },
    )
    Params = LocalSpecialistParams

    def parts(self, params: LocalSpecialistParams) -> tuple[ScoredFact, ...]:
        return parts_of(params, FACTS)
