"""The tree behind the figures of one bid as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from tender_eval.languages import results, steps
from tender_eval.languages.inert import json_text
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.report.json.evaluation import scheme_data

FORMAT = "tender-eval/explanation/1"


def explain_json(found: Sequence[tuple[Evaluation, BidResult, Step]]) -> str:
    """The tree of a bid, or one for each lot that it is for."""
    if len(found) == 1:
        return json_text({"format": FORMAT, **_explained(*found[0])})
    lots = {evaluation.lot: _explained(evaluation, bid, step) for evaluation, bid, step in found}
    return json_text({"format": FORMAT, "lots": lots})


def _explained(evaluation: Evaluation, bid: BidResult, step: Step) -> dict[str, Any]:
    return {
        "scheme": scheme_data(evaluation),
        "bids_sha256": evaluation.bids_sha256,
        **({"lot": evaluation.lot} if evaluation.lot else {}),
        "bid": bid.id,
        "supplier": bid.name,
        "rank": bid.rank,
        "status": bid.status,
        "flags": list(map(results.text, bid.flags)),
        "reasons": list(map(results.text, bid.reasons)),
        "step": _step(step),
        **({"beside": list(map(_step, bid.beside))} if bid.beside and step is bid.step else {}),
    }


def _step(step: Step) -> dict[str, Any]:
    exact = isinstance(step.value, Fraction)
    return {
        "label": steps.label(step.label),
        "value": None if step.value is None else shown(step.value),
        "exact": str(step.value) if exact else None,
        "formula": steps.formula(step),
        "working": steps.working(step),
        "where": str(step.where) if step.where else None,
        "by": step.by,
        "inputs": [_step(part) for part in step.inputs],
    }
