"""The award across the lots of a tender as JSON (``tender-eval/award/1``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tender_eval.languages import results
from tender_eval.languages.inert import json_text
from tender_eval.languages.steps import working
from tender_eval.lots.award import AcrossLots, Awarded
from tender_eval.lots.better import Better, Unproved
from tender_eval.lots.reasons import Outscored, Reason
from tender_eval.model.digits import percent
from tender_eval.model.evaluation import Evaluation, Step
from tender_eval.model.printed import printed, printed_figure
from tender_eval.model.scheme import LotLimits
from tender_eval.report.json.evaluation import FORMAT as EVALUATION
from tender_eval.report.json.evaluation import evaluation_data, scheme_data

FORMAT = "tender-eval/award/1"


def award_json(found: AcrossLots, lots: Mapping[str, Evaluation]) -> str:
    """The award across lots, with what it was made from."""
    any_lot = next(iter(lots.values()))
    return json_text(
        {
            "format": FORMAT,
            "scheme": scheme_data(any_lot),
            "bids_sha256": any_lot.bids_sha256,
            **award_data(found, lots),
        }
    )


def lots_json(lots: Mapping[str, Evaluation], found: AcrossLots) -> str:
    """Each lot as it was evaluated by itself, and who is awarded which."""
    each = {lot: evaluation_data(evaluation) for lot, evaluation in lots.items()}
    return json_text({"format": EVALUATION, "lots": each, "award": award_data(found, lots)})


def award_data(found: AcrossLots, lots: Mapping[str, Evaluation]) -> dict[str, Any]:
    """The award across lots as plain data."""
    return {
        "mechanism": found.policy.mechanism.name,
        "by": str(found.policy.mechanism.origin),
        "awards": [_award(award) for award in found.awards],
        "unawarded": list(found.unawarded),
        "undecided": list(found.undecided),
        "tied": found.tied,
        "order": list(found.order),
        "limits": _limits(found.policy.limits),
        "capacities": {bid: _capacity(step) for bid, step in found.capacities.items()},
        "reasons": {lot: [_reason(lots[lot], why) for why in reasons] for lot, reasons in found.reasons.items()},
        "better": _better(found.better),
    }


def _better(found: Better | Unproved | None) -> dict[str, Any] | None:
    """The award of all lots that is better within the same limits, or that none is proved to be the best."""
    if found is None:
        return None
    if isinstance(found, Unproved):
        return {"proved": False}
    return {
        "proved": True,
        "lots": found.lots,
        "best_lots": found.best_lots,
        "total": str(found.total),
        "best_total": str(found.best_total),
        "goes": [{"lot": one.lot, "from": one.held or None, "to": one.best or None} for one in found.goes],
    }


def _award(award: Awarded) -> dict[str, Any]:
    data: dict[str, Any] = {
        "lot": award.lot,
        "bid": award.bid.id,
        "figure": printed_figure(award.evaluation, award.bid.figure),
        "exact_figure": str(award.bid.figure),
        "value": None if award.value is None else str(award.value),
    }
    return data | ({} if award.bid.award is None else {"award": printed(award.evaluation, award.bid.award)})


def _limits(limits: LotLimits) -> dict[str, Any]:
    capacity = limits.capacity
    amount = None if capacity is None else percent(capacity.amount) if capacity.of else str(capacity.amount)
    return {
        "most_tendered": limits.most_tendered,
        "most_awarded": limits.most_awarded,
        "capacity": f"{amount} of {capacity.of}" if capacity and capacity.of else amount,
        "order": list(limits.order),
    }


def _capacity(step: Step) -> dict[str, Any]:
    where = next((part.where for part in step.walk() if part.inputs == () and part.where), step.where)
    return {"value": str(step.value), "working": working(step), "where": str(where) if where else None}


def _reason(evaluation: Evaluation, why: Reason) -> dict[str, Any]:
    data: dict[str, Any] = {"bid": why.bid, "kind": why.kind, "text": results.text(why)}
    if why.by:
        data["by"] = why.by
    if why.margin is not None:
        margin = why.gap.printed if isinstance(why, Outscored) else printed(evaluation, why.margin)
        data |= {"margin": margin, "exact_margin": str(why.margin)}
    return data | ({"holds": list(why.holds)} if why.holds else {})
