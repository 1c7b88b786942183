"""An evaluation as JSON (``tender-eval/evaluation/1``). The same result gives the same bytes."""

from __future__ import annotations

from typing import Any

from tender_eval.languages import results
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.inert import json_text
from tender_eval.model.bids import LeftOut
from tender_eval.model.diagnostics import Diagnostic
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.labels import CommonFigure, FunderOf
from tender_eval.model.printed import printed, printed_figure, printed_score

FORMAT = "tender-eval/evaluation/1"


def evaluation_json(evaluation: Evaluation) -> str:
    """One tender or lot."""
    return json_text(evaluation_data(evaluation))


def evaluation_data(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as plain data."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "scheme": scheme_data(evaluation),
        "bids_sha256": evaluation.bids_sha256,
        "rule": {
            "name": evaluation.rule,
            "figure": ranked_name(evaluation.figure),
            "best": evaluation.best,
            "by": evaluation.rule_by,
        },
        "winner": list(evaluation.winner),
        "tied": evaluation.tied,
        "bids": [_bid(evaluation, bid) for bid in evaluation.bids],
        "diagnostics": [diagnostic_data(d) for d in evaluation.diagnostics],
    }
    if evaluation.near:
        data["near_tie"] = list(evaluation.near)
    if evaluation.left_out:
        data["left_out"] = [_left_out(one) for one in evaluation.left_out]
    return data | ({"lot": evaluation.lot} if evaluation.lot else {})


def scheme_data(evaluation: Evaluation) -> dict[str, Any]:
    """The scheme that was evaluated under, with what of it is an illustration."""
    data: dict[str, Any] = {
        "id": evaluation.scheme_id,
        "sha256": evaluation.scheme_sha256,
        "title": evaluation.scheme_title,
    }
    return data | ({"illustrative": list(evaluation.illustrative)} if evaluation.illustrative else {})


def _left_out(one: LeftOut) -> dict[str, Any]:
    data = {"what": one.what, "id": one.id, "kind": one.kind, "status": one.status, "reason": one.reason}
    named = {"lot": one.lot, "supplier": one.supplier, "where": str(one.where) if one.where.source else ""}
    return data | {name: text for name, text in named.items() if text}


def _bid(evaluation: Evaluation, bid: BidResult) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": bid.id,
        "rank": bid.rank,
        "tied": bid.tied,
        "status": bid.status,
        "figure": printed_figure(evaluation, bid.figure),
        "exact_figure": None if bid.figure is None else str(bid.figure),
        "criteria": {c.id: _criterion(evaluation, c) for c in bid.criteria},
        "flags": list(map(results.text, bid.flags)),
        "reasons": list(map(results.text, bid.reasons)),
        "supplier": bid.name,
    }
    if bid.award is not None:
        data |= {"award": printed(evaluation, bid.award), "exact_award": str(bid.award)}
    if bid.beside:
        data["beside"] = _beside(bid)
    return data


def _beside(bid: BidResult) -> dict[str, Any]:
    """Money beside the price, as exact fractions: by benefit and by funder."""
    data: dict[str, Any] = {}
    for step in bid.beside:
        match step.label:
            case Column(name):
                data.setdefault("benefits", {})[name.partition(".")[2] or "together"] = str(step.value)
            case FunderOf(funder):
                data.setdefault("funders", {})[funder] = str(step.value)
            case CommonFigure(value=key):
                data[key.replace(" ", "_")] = str(step.value)
    return data


def _criterion(evaluation: Evaluation, criterion: CriterionResult) -> dict[str, Any]:
    score = {} if criterion.score is None else {"score": printed_score(evaluation, criterion.score)}
    return score | {
        "points": printed(evaluation, criterion.points),
        "exact_points": str(criterion.points),
        "available": str(criterion.available),
    }


def diagnostic_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as plain data."""
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "where": str(diagnostic.where) if diagnostic.where else None,
        "message": diagnostic.message,
        "mend": diagnostic.hint,
    }
