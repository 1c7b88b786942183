"""The award across the lots of a tender as JSON (``tender-eval/award/1``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tender_eval.languages import results
from tender_eval.languages.inert import json_text
from tender_eval.languages.steps import working
from tender_eval.lots.award import AcrossLots, Awarded
from tender_eval.lots.better import Better, Unproved
from tender_eval.lots.offered import OfferAwarded, offers_awarded
from tender_eval.lots.reasons import Outscored, Reason
from tender_eval.lots.rules import Came, CostsOfLimits
from tender_eval.model.bids import bid_of
from tender_eval.model.digits import percent
from tender_eval.model.evaluation import Evaluation, Step
from tender_eval.model.printed import printed, printed_figure
from tender_eval.model.scheme import LotLimits
from tender_eval.report.json.evaluation import FORMAT as EVALUATION
from tender_eval.report.json.evaluation import evaluation_data, scheme_data

FORMAT = "tender-eval/award/1"


def award_json(found: AcrossLots, lots: Mapping[str, Evaluation], costs: CostsOfLimits | None = None) -> str:
    """The award across lots, with what it was made from, and what its limits cost where that is asked for."""
    any_lot = next(iter(lots.values()))
    return json_text(
        {
            "format": FORMAT,
            "scheme": scheme_data(any_lot),
            "bids_sha256": any_lot.bids_sha256,
            **award_data(found, lots),
            **({"price_of_limits": _costs(costs)} if costs is not None else {}),
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
        **({"conflict": list(found.conflict)} if found.conflict else {}),
        **({"offers": offers} if (offers := [_offer(one) for one in offers_awarded(found, lots)]) else {}),
    }


def _offer(one: OfferAwarded) -> dict[str, Any]:
    """An offer for several lots that is awarded; ``price_alone`` is what the bid asked for each of these lots alone."""
    return {
        "bid": one.bid.id,
        "offer_of": bid_of(one.bid.id),
        "lots": list(one.lots),
        "price": None if one.price is None else str(one.price),
        "price_alone": None if one.alone is None else str(one.alone),
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
    data |= {} if bid_of(award.bid.id) == award.bid.id else {"offer_of": bid_of(award.bid.id)}
    return data | ({} if award.bid.award is None else {"award": printed(award.evaluation, award.bid.award)})


def _costs(costs: CostsOfLimits) -> dict[str, Any]:
    """What each limit costs; figures and prices exact."""
    return {
        "conflict": list(costs.conflict),
        "limits": [
            {
                "limit": one.rule,
                "with": _came(one.with_it),
                "without": _came(one.without),
                "lots": [
                    {
                        "lot": change.lot,
                        "with": change.with_it or None,
                        "without": change.without or None,
                        "figure": None if change.figure is None else str(change.figure),
                        "price": None if change.price is None else str(change.price),
                    }
                    for change in one.changes
                ],
            }
            for one in costs.prices
        ],
    }


def _came(came: Came) -> dict[str, Any]:
    return {
        "lots": len(came.bids),
        "total": None if came.total is None else str(came.total),
        "price": None if came.price is None else str(came.price),
    }


def _limits(limits: LotLimits) -> dict[str, Any]:
    capacity = limits.capacity
    amount = None if capacity is None else percent(capacity.amount) if capacity.of else str(capacity.amount)
    return {
        "most_tendered": limits.most_tendered,
        "most_awarded": limits.most_awarded,
        "capacity": f"{amount} of {capacity.of}" if capacity and capacity.of else amount,
        "order": list(limits.order),
    } | _limits_of_some(limits)


def _limits_of_some(limits: LotLimits) -> dict[str, Any]:
    """The limits that a scheme may state besides, where it does."""
    found: dict[str, Any] = {
        "most_value": None if limits.most_value is None else percent(limits.most_value),
        "most_suppliers": limits.most_suppliers,
        "fewest_suppliers": limits.fewest_suppliers,
        "reserved": sorted({lot for one in limits.reserved for lot in one.lots}),
        "quotas": [{"id": q.id, "at_most": q.most, "at_least": q.fewest or None} for q in limits.quotas],
        **limits.offers._asdict(),
    }
    return {name: value for name, value in found.items() if value}


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
    data |= {"holds": list(why.holds)} if why.holds else {}
    return data | ({"also": [_reason(evaluation, other) for other in why.also]} if why.also else {})
