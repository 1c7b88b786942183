"""An evaluation as entries of the record: what was found, with the working of every figure.

One function makes them, when a record is written and again when it is verified; it depends on the evaluation
alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from tender_eval.audit.chain import Draft
from tender_eval.audit.commitments.parts import parts_of
from tender_eval.base.canonical import Data
from tender_eval.case.envelopes import locked
from tender_eval.case.marks import marks_digest
from tender_eval.case.state import COMPLETE, State
from tender_eval.languages import results, steps
from tender_eval.languages.figures import ranked_name
from tender_eval.model.digits import percent
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation, Step
from tender_eval.model.scheme import LotLimits, Quota

if TYPE_CHECKING:
    from tender_eval.lots.award import AcrossLots, Awarded
    from tender_eval.lots.qualified import Qualified
    from tender_eval.lots.reasons import Reason

FINDINGS = ("conditions", "score", "rejection", "ranking", "ties", "award", "flags", "notices", "across_lots")
"""The kinds of entries that an evaluation makes."""

CLOSING = ("evaluated", "marks_locked")
"""The kinds that close an evaluation; only with one of them is it acknowledged."""


def drafts_of(state: State) -> tuple[Draft, ...]:
    """The entries of a case as it is evaluated now, with the one that closes them."""
    awarded = state.stage == COMPLETE and "evaluate" in state.reached
    alone = state.across is None
    found = [d for evaluation in state.evaluations.values() for d in entries_of(evaluation, awarded, alone)]
    if state.across:
        found.append(across_entry(state.across))
    marks = marks_digest(state.bids)
    if awarded:
        found.append(Draft("evaluated", {"entries": str(len(found)), "marks_sha256": marks}, parts_of(state)))
    else:
        found.append(Draft("marks_locked", locked(state.bids, marks), parts_of(state)))
    return tuple(found)


def entries_of(evaluation: Evaluation, awarded: bool = True, alone: bool = True) -> tuple[Draft, ...]:
    """The entries of one evaluation, in a fixed order.

    Args:
        awarded: False at the quality stage of two envelopes, where nothing is ranked yet.
        alone: False for a lot that is awarded together with others, of which `across_entry` tells.
    """
    bids = sorted(evaluation.bids, key=lambda b: b.id)
    found = [draft for bid in bids for draft in _of_bid(bid, evaluation.lot)]
    if awarded:
        found += [_ranking(evaluation), _ties(evaluation, alone)]
        found += [_award(evaluation)] if alone else []
    flags: Data = {bid.id: list(map(results.text, bid.flags)) for bid in bids if bid.flags}
    found.append(Draft("flags", {"lot": evaluation.lot, "flags": flags}))
    if evaluation.diagnostics:
        found.append(Draft("notices", {"lot": evaluation.lot, "notices": [str(d) for d in evaluation.diagnostics]}))
    return tuple(found)


def step_data(step: Step, below: bool = True) -> dict[str, Data]:
    """A step and, unless ``below`` is False, those below it; what it does not have is left out."""
    value = step.value
    found: dict[str, Data] = {"label": steps.label(step.label)}
    if value is not None:
        found["value"] = value if isinstance(value, bool) else list(value) if isinstance(value, tuple) else str(value)
    texts = {"formula": steps.formula(step), "working": steps.working(step), "by": step.by}
    found |= {name: str(text) for name, text in texts.items() if text}
    if step.where:
        found["where"] = str(step.where)
    if below and step.inputs:
        found["inputs"] = [step_data(part) for part in step.inputs]
    return found


def _of_bid(bid: BidResult, lot: str) -> Iterator[Draft]:
    last = len(bid.step.inputs) - (1 if bid.award is None else 2)
    if conditions := bid.step.inputs[:last]:
        met = all(step.value is True for step in conditions)
        yield Draft(
            "conditions", {"lot": lot, "bid": bid.id, "met": met, "conditions": [step_data(s) for s in conditions]}
        )
    for criterion in bid.criteria:
        yield Draft("score", {"lot": lot, "bid": bid.id, **_criterion(criterion)})
    if bid.status != "ranked":
        yield Draft("rejection", {"lot": lot, "bid": bid.id, "status": bid.status, "reasons": _reasons(bid)})


def _reasons(bid: BidResult) -> list[Data]:
    return [results.text(reason) for reason in bid.reasons]


def _criterion(found: CriterionResult) -> dict[str, Data]:
    """A criterion; the parts of a group have entries of their own, so they do not stand here again."""
    data: dict[str, Data] = {"criterion": found.id, "available": str(found.available), "points": str(found.points)}
    if found.score is not None:
        data["score"] = str(found.score)
    return data | {"working": step_data(found.step, below=found.score is not None)}


def _ranking(evaluation: Evaluation) -> Draft:
    return Draft(
        "ranking",
        {
            "lot": evaluation.lot,
            "rule": evaluation.rule,
            "by": f"{evaluation.rule} ({evaluation.rule_by})",
            "figure": ranked_name(evaluation.figure),
            "best": evaluation.best,
            "bids": [_ranked(bid) for bid in evaluation.bids],
        },
    )


def _ranked(bid: BidResult) -> dict[str, Data]:
    data: dict[str, Data] = {"bid": bid.id, "name": bid.name, "status": bid.status, "reasons": _reasons(bid)}
    if bid.rank is None or bid.figure is None:
        return data
    top = bid.step.inputs[-1 if bid.award is None else -2]
    # The trees of the criteria have entries of their own; what else the rule read stands here.
    own = {id(criterion.step.inputs) for criterion in bid.criteria}
    others: Data = [step_data(part) for part in top.inputs if id(part.inputs) not in own]
    return data | {
        "rank": str(bid.rank),
        "tied": bid.tied,
        "figure": str(bid.figure),
        "working": {**step_data(top, below=False), **({"inputs": others} if others else {})},
    }


def _ties(evaluation: Evaluation, alone: bool) -> Draft:
    """The ties; those of a lot that is awarded together with others need not leave anything open."""
    ranks = sorted({bid.rank for bid in evaluation.bids if bid.rank and bid.tied})
    tied: Data = [[bid.id for bid in evaluation.bids if bid.rank == rank] for rank in ranks]
    undecided: dict[str, Data] = {"undecided": evaluation.tied} if alone else {}
    return Draft("ties", {"lot": evaluation.lot, "tied": tied, **undecided})


def _award(evaluation: Evaluation) -> Draft:
    money: Data = {bid.id: _given(bid, bid.award) for bid in evaluation.bids if bid.award is not None}
    return Draft("award", {"lot": evaluation.lot, "winner": list(evaluation.winner), "money": money})


def _given(bid: BidResult, amount: Fraction) -> dict[str, Data]:
    return {"amount": str(amount), "working": step_data(bid.step.inputs[-1])}


def across_entry(found: AcrossLots) -> Draft:
    """The entry of lots that are awarded together: who is awarded which by what, and why the others are not."""
    mechanism = found.policy.mechanism
    return Draft(
        "across_lots",
        {
            "mechanism": mechanism.name,
            "by": f"{mechanism.name} ({mechanism.origin})",
            "limits": _limits(found.policy.limits),
            "capacities": {bid: step_data(step) for bid, step in sorted(found.capacities.items())},
            "awards": [_awarded(award) for award in found.awards],
            "order": list(found.order),
            "undecided": list(found.undecided),
            "unawarded": list(found.unawarded),
            "reasons": {lot: [_reason(why) for why in reasons] for lot, reasons in found.reasons.items()},
            **({"given_up": list(found.given_up)} if found.given_up else {}),
            **({"qualified": _qualified(found.qualified)} if any(found.qualified) else {}),
        },
    )


def _qualified(found: Qualified) -> dict[str, Data]:
    """The bids that stand at reserved lots, and those that quotas are on."""
    named = {"reserved": found.reserved, "quotas": found.quotas}
    return {kind: {str(key): sorted(bids) for key, bids in by.items()} for kind, by in named.items()}


def _awarded(award: Awarded) -> dict[str, Data]:
    data: dict[str, Data] = {"lot": award.lot, "bid": award.bid.id, "figure": str(award.bid.figure)}
    return data | ({} if award.value is None else {"value": str(award.value)})


def _limits(limits: LotLimits) -> dict[str, Data]:
    most = {"most_tendered": limits.most_tendered, "most_awarded": limits.most_awarded}
    data: dict[str, Data] = {name: str(number) for name, number in most.items() if number is not None}
    if limits.capacity:
        of = limits.capacity.of
        data["capacity"] = f"{percent(limits.capacity.amount)} of {of}" if of else str(limits.capacity.amount)
    counts = {"most_suppliers": limits.most_suppliers, "fewest_suppliers": limits.fewest_suppliers}
    data |= {name: str(number) for name, number in counts.items() if number is not None}
    data |= {"most_value": percent(limits.most_value)} if limits.most_value is not None else {}
    data |= {"reserved": sorted({str(lot) for one in limits.reserved for lot in one.lots})} if limits.reserved else {}
    data |= {"quotas": [_quota(quota) for quota in limits.quotas]} if limits.quotas else {}
    data |= {name: said for name, said in limits.offers._asdict().items() if said}
    return data | ({"order": list(limits.order)} if limits.order else {})


def _quota(quota: Quota) -> dict[str, Data]:
    most: dict[str, Data] = {"at_most": str(quota.most)} if quota.most is not None else {}
    return {"id": str(quota.id), **most, **({"at_least": str(quota.fewest)} if quota.fewest else {})}


def _reason(why: Reason) -> dict[str, Data]:
    data: dict[str, Data] = {"bid": why.bid, "kind": why.kind, "text": results.text(why)}
    data |= {"other": why.by} if why.by else {}
    data |= {"margin": str(why.margin)} if why.margin is not None else {}
    return data | ({"holds": list(why.holds)} if why.holds else {})
