"""Mechanisms come through a hook, those of others beside the built-in ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from inline import leaf, refusal, scheme
from odd import hooks

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.engine.catalogue import load_catalogue as engine_catalogue
from tender_eval.lots.award import award_lots
from tender_eval.lots.catalogue import load_catalogue as lots_catalogue
from tender_eval.lots.catalogue import mechanisms_of
from tender_eval.plugins.mechanism import Contest, LotAwards, Mechanism

BUILT_IN = ["best_total", "bidder_preference", "independent", "largest_lead", "lot_order"]
ALONE = {"TENDER_EVAL_LOAD_PLUGINS": ""}


class LastRow(Mechanism):
    """The last bid of the file that stands wins each lot. Source: none, it is made up."""

    name = "last_row"

    def award(self, contest: Contest, params: Any) -> LotAwards:
        backwards = contest.standing[::-1]
        winner = np.where(backwards.any(axis=0), len(backwards) - 1 - backwards.argmax(axis=0), -1)
        return LotAwards(winner, np.zeros(winner.shape, dtype=np.bool_))


def test_the_built_in_mechanisms() -> None:
    assert sorted(lots_catalogue(ALONE).mechanisms) == [
        "best_total",
        "bidder_preference",
        "independent",
        "largest_lead",
        "lot_order",
    ]
    without = load_catalogue(ALONE)
    assert without.mechanisms == {}
    assert sorted(mechanisms_of(without)) == [
        "best_total",
        "bidder_preference",
        "independent",
        "largest_lead",
        "lot_order",
    ]


def test_a_mechanism_of_a_plugin_awards_by_its_name() -> None:
    """It passes over a, which is ranked first at both lots and has room: that is said of it."""
    catalogue = engine_catalogue(ALONE, {"acme": hooks(tender_eval_mechanisms=[LastRow])})
    leaves = (leaf("quality", 60, {"name": "mark", "out_of": 10}), leaf("price", 40, "ratio_to_lowest"))
    stated = scheme(*leaves, award={"lots": {"mechanism": "last_row"}})
    lots = {"north": {"price": 1}, "south": {"price": 1}}
    offered = {
        "format": "tender-eval/bids/1",
        "tender": {"lots": [{"id": "north"}, {"id": "south"}]},
        "bids": [{"id": n, "marks": {"quality": m}, "lots": lots} for n, m in (("a", 9), ("b", 3))],
    }
    found = award_lots(compile_scheme(scheme_from_data(stated), catalogue), bids_from_data(offered))
    assert [(award.lot, award.bid.id) for award in found.awards] == [("north", "b"), ("south", "b")]
    (passed_over,) = found.reasons["north"]
    assert (passed_over.bid, passed_over.kind, passed_over.by) == ("a", "mechanism", "b")


def test_two_mechanisms_of_one_name_are_refused() -> None:
    same = type("Independent", (LastRow,), {"name": "independent", "__doc__": LastRow.__doc__})
    catalogue = engine_catalogue(ALONE, {"acme": hooks(tender_eval_mechanisms=[same])})
    (said,) = refusal(mechanisms_of, catalogue)
    assert said.code == "TE041"
    assert '"independent" is registered by' in said.message


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"name": "Not A Name", "__doc__": "x"}, "must be lower-case"),
        ({"name": "bare", "__doc__": None}, "needs a docstring"),
        ({"name": "odd", "__doc__": "x", "Params": dict}, "must derive from MechanismParams"),
        ({"name": "odd", "__doc__": "x", "honours_limits": property(bool)}, "honours_limits must be True or False"),
        ({"name": "odd", "__doc__": "x", "totals": "yes"}, "totals must be True or False, not 'yes'"),
        ({"name": "odd", "__doc__": "x", "meets_minimums": 1}, "meets_minimums must be True or False, not 1"),
    ],
)
def test_a_class_that_breaks_the_contract_is_refused_when_it_is_defined(body: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        type("Broken", (Mechanism,), body)


@pytest.mark.parametrize("switch", [name for name, stated in vars(Mechanism).items() if isinstance(stated, bool)])
def test_whatever_switch_a_class_sets_is_yes_or_no(switch: str) -> None:
    with pytest.raises(TypeError, match=f"{switch} must be True or False, not 1"):
        type("Broken", (Mechanism,), {"name": "odd", "__doc__": "x", switch: 1})
