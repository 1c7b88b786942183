"""Conditions that are known to be met or not before a bid is made, and declarations, which are assumed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from inline import leaf, scheme
from simulated import SCALE, design, figures, made, one_type

from tender_eval import scheme_from_data
from tender_eval.simulation.market.requirements import requirements_met

PRICE = leaf("price", 100, "ratio_to_lowest")
PLAIN = {"value": 160_000.0, "timetable_days": 1e3, "turnover_multiple": 0.0, "consortium_share": 0.0}


def asking(*criteria: Any, **condition: Any) -> Any:
    """A scheme with one condition on a declaration."""
    asked = {"id": "c", "title": "c", "reads": "declarations.d", **condition}
    return scheme_from_data(scheme(*(criteria or (PRICE,)), scales=SCALE, conditions=[asked]))


@pytest.mark.slow
@pytest.mark.parametrize(
    "condition", [{"must_be": True}, {"must_be": False}, {"must_be": "yes"}, {"at_least": 3}, {"at_most": "1/2"}]
)
def test_declarations_are_made_as_they_are_asked_for(condition: dict[str, Any]) -> None:
    prepared = made(design(of=asking(**condition), **PLAIN), [one_type(4)])
    (found,) = figures(prepared, draws=20)
    assert (found["eligible.any"] == 4).all()
    assert prepared.model().inputs.declared == ("declarations.d",)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("condition", "stated", "may_bid"),
    [
        ({"must_be": True}, 0.0, False),
        ({"must_be": False}, 0.0, True),
        ({"must_be": False}, 1.0, False),
        ({"at_least": 3}, 2.0, False),
        ({"at_least": 3}, 3.0, True),
        ({"at_most": 2}, 3.0, False),
    ],
)
def test_what_the_spec_states_of_a_declaration_holds(condition: dict[str, Any], stated: float, may_bid: bool) -> None:
    types = [one_type(4, name="told", facts={"declarations.d": stated}), one_type(3, name="silent")]
    prepared = made(design(of=asking(**condition), **PLAIN), types)
    (found,) = figures(prepared, draws=20)
    assert bool(found["eligible.told"].any()) is may_bid
    assert (found["eligible.silent"] == 3).all()
    assert prepared.model().inputs.declared == ("declarations.d",)
    assert made(design(of=asking(**condition), **PLAIN), types[:1]).model().inputs.declared == ()


def test_who_meets_the_condition_outright_is_no_assumption() -> None:
    types = [one_type(4, facts={"conditions.c": 1.0})]
    assert made(design(of=asking(must_be=True), **PLAIN), types).model().inputs.declared == ()


def test_declarations_that_are_scored_are_assumed_too() -> None:
    scored = leaf("living_wage", 60, {"name": "formula", "expression": "declarations.living_wage / 1"})
    of = scheme_from_data(scheme(scored, leaf("price", 40, "ratio_to_lowest"), scales=SCALE))
    assert made(design(of=of, **PLAIN), [one_type(2)]).model().inputs.declared == ("declarations.living_wage",)


def test_no_condition_that_can_fail_is_no_mask() -> None:
    assert requirements_met((), None, np.ones((1, 1, 1)), np.ones((1, 1, 1)), np.ones((1, 1, 1))) is None
