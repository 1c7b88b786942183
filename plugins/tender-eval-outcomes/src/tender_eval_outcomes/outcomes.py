"""The scorer of the outcomes that bidders offer, against those that the commissioner asks for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from tender_eval import BidTable, Likely, Reads, Scorer, ScorerParams, Steps, Trait, Unsupported
from tender_eval.files.fields import Column, Share, fault
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e

ZERO, ONE = Fraction(0), Fraction(1)

Core = Literal["coped", "informed", "supported", "engaged"]
"""The core outcomes of the Victims Funding Strategy, by a word of each."""

PRIMARY = "coped"
TITLES = {
    "coped": "coped and built resilience to move forward with daily life",
    "informed": "feeling more informed",
    "supported": "received all the support they needed when they wanted it",
    "engaged": "increased engagement with the criminal justice system",
}


class Asked(ScorerParams):
    """One outcome: what is asked for, what there is today, and what it counts."""

    outcome: Core | None = Field(
        None,
        description="which core outcome it is: " + "; ".join(f"{name} ({what})" for name, what in TITLES.items())
        + ". Left out for an outcome of the service's own, such as one for younger victims",
    )  # fmt: skip
    reads: Column = Field(
        description="the share of victims that the bidder offers it for, of those who leave the service, such as "
        "values.coped; engaged is of those who reported to the police"
    )
    target: Share = Field(description="the share of victims that is asked for; offers beyond it earn no more")
    baseline: Share = Field(ZERO, description="the share that is reached today; an offer of no more earns nothing")
    counts: Share = Field(description="its share of the marks; all outcomes come to 100% together")

    @model_validator(mode="after")
    def _above(self) -> Asked:
        if self.baseline >= self.target:
            message = f"the target of {self.reads} is not above its baseline"
            raise fault("TE028", message, "state a target above what is reached today")
        return self


class OutcomesParams(ScorerParams):
    """The outcomes that are asked for."""

    outcomes: tuple[Asked, ...] = Field(
        description="the outcomes that are asked for, the primary one among them", json_schema_extra={"minItems": 1}
    )

    @field_validator("outcomes")
    @classmethod
    def _sound(cls, outcomes: tuple[Asked, ...]) -> tuple[Asked, ...]:
        if all(asked.outcome != PRIMARY for asked in outcomes):
            message = f'"{PRIMARY}" is not among the outcomes: {TITLES[PRIMARY]} is the primary one'
            raise fault("TE027", message, f"add it, {{outcome: {PRIMARY}, ...}}")
        core = [asked.outcome for asked in outcomes if asked.outcome]
        read = [asked.reads for asked in outcomes]
        if twice := next((name for name in (*core, *read) if (core + read).count(name) > 1), None):
            raise fault("TE028", f"{twice} is named twice", "name each outcome and each figure once")
        if (whole := sum((asked.counts for asked in outcomes), ZERO)) != 1:
            message = f"the outcomes count {float(whole * 100):g}% together"
            raise fault("TE028", message, "let them come to 100%")
        return outcomes


class VfsOutcomes(Scorer):
    """What bidders offer to reach of the outcomes that are asked for, each from its baseline up to its target.

    Sum of counts x (offered - baseline) / (target - baseline), each held between none and all. Source of the
    outcomes: Ministry of Justice, Victim Services Commissioning Guidance (October 2024), Annex B: the core outcomes
    of the Victims Funding Strategy (May 2022), of which coping and resilience is "the primary outcome for victim
    support services and one all commissioners should be looking for services to report against"; services may flex
    them, as for younger victims (Annex B; also the section on children). The guidance names no formula and no
    figures: targets, baselines and what each outcome counts are the scheme's own, and an offer is a promise, to be
    put into the contract and measured (2.4b).

    A bid must say what it offers for each; silence is an error. Offers are shares of victims, 0% to 100%. Each bid is
    scored alone, so a single bid and equal bids are no special case. Never below zero.
    """

    name = "vfs_outcomes"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    examples = (
        {
            "outcomes": [
                {"outcome": "coped", "reads": "values.coped", "target": "80%", "baseline": "55%", "counts": "50%"},
                {"outcome": "informed", "reads": "values.informed", "target": "90%", "counts": "20%"},
                {"outcome": "supported", "reads": "values.supported", "target": "75%", "counts": "20%"},
                {"reads": "values.school", "target": "60%", "counts": "10%"},
            ]
        },
        {"outcomes": [{"outcome": "coped", "reads": "values.coped", "target": "70%", "counts": "100%"}]},
    )
    Params = OutcomesParams

    def reads(self, params: OutcomesParams) -> tuple[Reads, ...]:
        return tuple(Reads(asked.reads, "higher", at_least=ZERO, at_most=ONE) for asked in params.outcomes)

    def score(self, bids: BidTable, params: OutcomesParams, steps: Steps) -> Array:
        whole: Any = 0
        reached: dict[str, Any] = {}
        for number, asked in enumerate(params.outcomes, start=1):
            offered, name = bids.column(asked.reads), f"outcome {number}"
            share = numeric.clip((offered - asked.baseline) / (asked.target - asked.baseline))
            title = TITLES[asked.outcome] if asked.outcome else "an outcome of the service's own"
            steps.working(
                f"{name} = max(0, min(1, (offered - baseline) / (target - baseline))), {title}",
                **{name: share, "offered": offered, "baseline": asked.baseline, "target": asked.target},
            )
            reached |= {name: share, f"counts {number}": asked.counts}
            whole = whole + asked.counts * share
        steps.working(" + ".join(f"counts {n} x outcome {n}" for n in range(1, len(params.outcomes) + 1)), **reached)
        return whole

    def expression(self, params: OutcomesParams) -> e.Node:
        return e.total(_reached(asked) for asked in params.outcomes)

    def likely(self, column: str, params: OutcomesParams, known: Any = None) -> Likely | Unsupported:
        for asked in params.outcomes:
            if asked.reads == column:
                return Likely(asked.baseline, asked.target, "target")
        return Unsupported("it reads another figure")


def _reached(asked: Asked) -> e.Node:
    baseline, target, counts = (
        e.parameter(f"{n} of {asked.reads}", getattr(asked, n)) for n in ("baseline", "target", "counts")
    )
    return counts * e.named(
        f"Reached of {asked.reads}", e.within((e.figure(asked.reads) - baseline) / (target - baseline))
    )
