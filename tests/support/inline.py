"""Schemes and bids written inline, put through the public interface with the built-in plugins alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest

from tender_eval import (
    Diagnostic,
    Evaluation,
    Refused,
    bids_from_data,
    compile_scheme,
    load_catalogue,
    scheme_from_data,
)

Data = dict[str, Any]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def scheme(*criteria: Data, rule: object = "highest_score", award: Data | None = None, **rest: object) -> Data:
    """A scheme in the shape of its file; ``award`` adds to the award, ``rest`` to the scheme."""
    return {
        "format": "tender-eval/scheme/1",
        "id": "inline",
        "title": "Written inline",
        "criteria": list(criteria),
        "award": {"rule": rule, **(award or {})},
        **rest,
    }


def leaf(name: str, weight: object, scorer: object, **rest: object) -> Data:
    """A scored criterion."""
    return {"id": name, "weight": weight, "scorer": scorer, **rest}


def bids(by_id: Mapping[str, Data]) -> Data:
    """Bids in the shape of their file."""
    return {"format": "tender-eval/bids/1", "bids": [{"id": name, **bid} for name, bid in by_id.items()]}


def evaluate(stated: Data, by_id: Mapping[str, Data]) -> Evaluation:
    """The exact evaluation of bids, given by id."""
    return compile_scheme(scheme_from_data(stated), CATALOGUE).evaluate(bids_from_data(bids(by_id)))


def figures(evaluation: Evaluation) -> dict[str, Fraction | None]:
    """What the rule ranks by, by bid."""
    return {bid.id: bid.figure for bid in evaluation.bids}


def ranks(evaluation: Evaluation) -> dict[str, int | None]:
    """The ranks by bid."""
    return {bid.id: bid.rank for bid in evaluation.bids}


def points(evaluation: Evaluation, criterion: str) -> dict[str, Fraction]:
    """The points at one criterion, by bid; without those that were not scored there."""
    found = {bid.id: bid.criterion(criterion) for bid in evaluation.bids}
    return {name: result.points for name, result in found.items() if result}


def scores(evaluation: Evaluation, criterion: str) -> dict[str, Fraction | None]:
    """The shares of full marks at one criterion, by bid; without those that were not scored there."""
    found = {bid.id: bid.criterion(criterion) for bid in evaluation.bids}
    return {name: result.score for name, result in found.items() if result}


def refusal(call: Callable[..., object], *args: Any) -> tuple[Diagnostic, ...]:
    """What is said by a call that must be refused."""
    with pytest.raises(Refused) as e:
        call(*args)
    return e.value.diagnostics


def told(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """Each diagnostic as its place and code."""
    return [f"{d.where or '-'} {d.code}" for d in diagnostics]
