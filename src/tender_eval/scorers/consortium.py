"""A scorer that weighs a bid by who delivers: small, local and by-and-for members that are confirmed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from tender_eval.files.fields import Some, fault
from tender_eval.plugins.answers import Subject
from tender_eval.plugins.scorer import Trait
from tender_eval.scorers.fact_bands import (
    ONE,
    BandedPart,
    Fact,
    FactParams,
    FactScorer,
    ScoredFact,
    parts_of,
)

Group = Literal["small", "local", "by_and_for"]


def _once(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    if len(set(groups)) < len(groups):
        raise fault("TE020", "counts names a group twice", "name each group once")
    return groups


class ConsortiumParams(FactParams):
    """Whose delivery counts, by which bands, and what else about the consortium earns."""

    counts: Annotated[Some[Group], AfterValidator(_once)] = Field(
        description="whose delivery counts: small (micro or small), local (works in an area of the tender), "
        "by_and_for; whoever is in any of them counts once"
    )
    delivery: BandedPart = Field(description="share of delivery by the supplier and confirmed members that count")
    pathways: BandedPart | None = Field(None, description="number of pathways that confirmed members deliver")
    members: BandedPart | None = Field(None, description="number of confirmed members")


class Consortium(FactScorer):
    """Delivery by small, local or by-and-for providers, and what the consortium brings, by published bands.

    Source: Home Office VAWG Services Commissioning Toolkit (March 2022) 3.6.1, "weighting scoring to favour
    consortia", and 5.5, sub-contractors are to be aware that they are in the bid: a member that is not
    confirmed earns nothing, and its share does not fall to the supplier. Also MoJ Victim Services
    Commissioning Guidance (October 2024) 5.2, by-and-for services pooling resources or working with a larger
    lead partner. The guidance gives no figures: the bands are the scheme's own. For light touch contracts
    Procurement Act 2023 s.23(6) allows weight for recipients' different needs and for proximity to them.

    A supplier that bids alone delivers 100% and has no members: it earns for delivery by its own facts only,
    and nothing for pathways and members. A fact that is not stated earns nothing. Each bid is scored by
    itself, so a single bid and equal bids score as ever. Zero is a figure like any other; negative figures
    are errors. Never below zero.
    """

    name = "consortium"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    subjects = frozenset({Subject.CONSORTIA})
    examples = (
        {
            "counts": ["small", "local", "by_and_for"],
            "delivery": {"share": 1, "bands": [{"from": "25%", "share": "50%"}, {"from": "50%", "share": 1}]},
        },
        {
            "counts": ["by_and_for"],
            "delivery": {
                "share": "60%",
                "bands": [{"from": "10%", "share": "40%"}, {"from": "30%", "share": 1}],
            },
            "pathways": {"share": "25%", "bands": [{"from": 2, "share": "50%"}, {"from": 4, "share": 1}]},
            "members": {"share": "15%", "bands": [{"from": 1, "share": 1}]},
        },
    )
    Params = ConsortiumParams

    def parts(self, params: ConsortiumParams) -> tuple[ScoredFact, ...]:
        return _parts(params)


def _parts(params: ConsortiumParams) -> tuple[ScoredFact, ...]:
    facts = {
        "delivery": Fact(f"consortium.share.{'+'.join(sorted(params.counts))}", ONE),
        "pathways": Fact("consortium.pathways"),
        "members": Fact("consortium.members"),
    }
    return parts_of(params, facts)
