"""A scorer of established local connections and networks, by stated facts."""

from __future__ import annotations

from pydantic import Field

from tender_eval.plugins.answers import Subject
from tender_eval.plugins.scorer import Trait
from tender_eval.scorers.fact_bands import (
    ZERO,
    BandedPart,
    Fact,
    FactParams,
    FactScorer,
    ScoredFact,
    parts_of,
)

FACTS = {
    "networks": Fact("supplier.networks_count", silent=ZERO),
    "networks_together": Fact("consortium.networks_count"),
    "pathways": Fact("consortium.pathways"),
    "confirmed_members": Fact("consortium.members"),
}


class NetworkStrengthParams(FactParams):
    """The facts that count, at least one; their shares add up to 100%."""

    networks: BandedPart | None = Field(None, description="number of different networks of the supplier")
    networks_together: BandedPart | None = Field(
        None, description="the same, of the supplier and the confirmed members of its consortium together"
    )
    pathways: BandedPart | None = Field(None, description="number of pathways that confirmed members deliver")
    confirmed_members: BandedPart | None = Field(None, description="number of confirmed members")


class NetworkStrength(FactScorer):
    """Local partnerships the supplier is in, and pathways and members of its consortium, by bands.

    Source: Home Office VAWG Services Commissioning Toolkit (March 2022) 3.6.1, "valuing the local connections
    and networks that local services bring", and 5.3: positive established relationships with the other
    services that victims use "should be valued and scored accordingly". The guidance gives no figures: the
    bands are the scheme's own. The same network or pathway named twice counts once. Whether a network is real
    and relevant is for the panel to verify: this counts what was stated and confirmed.

    A fact that is not stated, and a member that is not confirmed, earn nothing. Each bid is scored by itself,
    so a single bid and equal bids score as ever. Zero is a figure like any other; figures cannot be negative.
    Never below zero.
    """

    name = "network_strength"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    subjects = frozenset({Subject.NETWORKS})
    examples = (
        {"networks": {"share": "100%", "bands": [{"from": 1, "share": "30%"}, {"from": 3, "share": "100%"}]}},
        {
            "networks_together": {
                "share": "50%",
                "bands": [{"from": 2, "share": "50%"}, {"from": 5, "share": 1}],
            },
            "pathways": {"share": "30%", "bands": [{"from": 3, "share": "100%"}]},
            "confirmed_members": {"share": "20%", "bands": [{"from": 2, "share": "100%"}]},
        },
    )
    Params = NetworkStrengthParams

    def parts(self, params: NetworkStrengthParams) -> tuple[ScoredFact, ...]:
        return parts_of(params, FACTS)
