"""Evaluations to render: run from small files, so that what is rendered is what the engine gives."""

from collections.abc import Callable
from typing import Any

import pytest

from tender_eval import Evaluation, bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.lots.award import AcrossLots, award_lots
from tender_eval.model.bids import Bids

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})

SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "conditions": [{"id": "insured", "reads": "declarations.insured", "must_be": True}],
    "criteria": [
        {
            "id": "quality",
            "title": "Quality",
            "weight": 60,
            "minimum": "50%",
            "criteria": [
                {"id": "care", "title": "Care", "weight": 40, "scorer": {"name": "mark", "out_of": 5}},
                {"id": "reach", "title": "Reach", "weight": 20, "scorer": {"name": "mark", "out_of": 5}},
            ],
        },
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
    "abnormally_low": {"below_mean_by": "25%"},
}


def bid(name: str, price: object, care: object = 4, reach: object = 4, **more: Any) -> dict[str, Any]:
    """A bid of a supplier of the same name in capitals, that meets the condition; with lots each has its price."""
    whole = {} if "lots" in more else {"price": price}
    return {
        "id": name,
        "supplier": {"name": name.upper()},
        "declarations": {"insured": True},
        **whole,
        "marks": {"care": care, "reach": reach},
    } | more


def compiled(changes: dict[str, Any] | None = None) -> CompiledScheme:
    return compile_scheme(scheme_from_data(SCHEME | (changes or {})), CATALOGUE)


def bids_of(*bids: dict[str, Any], **more: Any) -> Bids:
    return bids_from_data({"format": "tender-eval/bids/1", "bids": list(bids)} | more)


Evaluate = Callable[..., Evaluation]


@pytest.fixture
def evaluate() -> Evaluate:
    """Evaluate bids under the scheme above, with some of it changed."""

    def run(*bids: dict[str, Any], scheme: dict[str, Any] | None = None, **more: Any) -> Evaluation:
        return compiled(scheme).evaluate(bids_of(*bids, **more))

    return run


@pytest.fixture
def a_bid() -> Callable[..., dict[str, Any]]:
    """Make a bid."""
    return bid


@pytest.fixture
def ordinary(evaluate: Evaluate) -> Evaluation:
    """b before a; c below the minimum, d without its declaration."""
    return evaluate(
        bid("a", 12000, 5, 4),
        bid("b", 10000, 5, 3),
        bid("c", 9000, 1, 1),
        bid("d", 1000, declarations={"insured": False}),
    )


def in_lots() -> Bids:
    lots = [{"id": "north"}, {"id": "south"}, {"id": "west"}]
    return bids_of(
        bid("a", 1, lots={"north": {"price": 900}, "south": {"price": 800}}),
        bid("b", 1, lots={"north": {"price": 1000}, "south": {"price": 800}}),
        tender={"lots": lots},
    )


@pytest.fixture
def by_lot() -> dict[str, Evaluation]:
    """north to a; south tied; nobody bids for west."""
    return compiled().evaluate_lots(in_lots())


@pytest.fixture
def across(by_lot: dict[str, Evaluation]) -> AcrossLots:
    """The award across these lots, each decided by itself."""
    return award_lots(compiled(), in_lots(), by_lot)
