"""The consortium scorer: hand-worked values from bids, and what a member that is not confirmed earns."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tender_eval.engine.facts.reading import read
from tender_eval.files.load import bids_from_data, scheme_from_data
from tender_eval.files.validate import validate
from tender_eval.model import numeric
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.plugins.table import BidTable, Steps
from tender_eval.scorers.consortium import Consortium

SCORER = Consortium()
# 60% for delivery (10% of it earns 40%, 30% all), 25% for pathways (2 earn half, 4 all), 15% for one member.
BY_AND_FOR = Consortium.examples[1]


def member(name, share, confirmed=True, **facts):
    return {"name": name, "share": share, "confirmed": confirmed, **facts}


def score(params, *members, **supplier):
    """The exact score of one bid."""
    supplier = {"name": "Lead", **supplier}
    bid = {"id": "a", "supplier": supplier, "price": 1}
    if members:
        bid["consortium"] = {"members": list(members)}
    tender = {"areas": ["north", "south"]}
    bids = bids_from_data({"format": "tender-eval/bids/1", "tender": tender, "bids": [bid]})
    made = SCORER.Params.model_validate(params)
    columns = {
        r.column: numeric.exact_array([read(bids.bids[0], r.column, bids.tender).number]) for r in SCORER.reads(made)
    }
    return SCORER.score(BidTable(columns, np.ones(1, bool)), made, Steps())[0]


def test_delivery_pathways_and_members_by_hand():
    # By-and-for members deliver 35%: all of 60%. Three pathways: half of 25%. Two members: all of 15%.
    found = score(
        BY_AND_FOR,
        member("x", "20%", by_and_for=True, pathways=["idva", "refuge"]),
        member("y", "15%", by_and_for=True, pathways=["children"]),
    )
    assert found == Fraction(60 + Fraction(25, 2) + 15, 100)


def test_an_unconfirmed_member_earns_nothing_anywhere():
    alone = score(BY_AND_FOR)
    assert alone == 0
    promised = member("x", "90%", confirmed=False, by_and_for=True, pathways=["a", "b", "c", "d"])
    assert score(BY_AND_FOR, promised) == 0
    assert score(BY_AND_FOR, {**promised, "confirmed": True}) == 1


def test_the_share_of_an_unconfirmed_member_does_not_fall_to_the_supplier():
    params = {"counts": ["small"], "delivery": {"share": 1, "bands": [{"from": "51%", "share": 1}]}}
    assert score(params, size="small") == 1
    assert score(params, member("x", "50%", confirmed=False), size="small") == 0


def test_whoever_is_in_several_groups_counts_once():
    params = {
        "counts": ["small", "local", "by_and_for"],
        "delivery": {"share": 1, "bands": [{"from": "30%", "share": "30%"}, {"from": "31%", "share": 1}]},
    }
    found = score(params, member("x", "30%", size="micro", areas=["north"], by_and_for=True), size="large")
    assert found == Fraction(30, 100)


def test_a_band_includes_the_figure_it_begins_at():
    at_30 = score(BY_AND_FOR, member("x", "30%", by_and_for=True))
    below = score(BY_AND_FOR, member("x", "29.999%", by_and_for=True))
    assert at_30 == Fraction(60 + 15, 100)
    assert below == Fraction(24 + 15, 100)


def refused(**params):
    problems = Problems()
    assert validate(SCORER.Params, params, Location("scheme.yaml", 3, 5), problems) is None
    return {d.code: d.message for d in problems}


DELIVERY = {"share": "60%", "bands": [{"from": "10%", "share": "100%"}]}


def test_shares_of_parts_must_come_to_100_percent():
    found = refused(counts=["small"], delivery=DELIVERY, members={"share": "30%", "bands": [{"from": 1, "share": 1}]})
    assert found == {"TE028": "the shares of delivery, members are 60% + 30% = 90%, not 100%"}


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ([], "TE018"),
        ([{"from": 2, "share": 1}, {"from": 1, "share": 1}], "TE028"),
        ([{"from": 1, "share": "50%"}, {"from": 1, "share": 1}], "TE028"),
        ([{"from": 1, "share": 1}, {"from": 2, "share": "50%"}], "TE028"),
        ([{"from": 1, "share": "101%"}], "TE015"),
        ([{"from": 1}], "TE011"),
    ],
)
def test_bands_that_are_none(bands, code):
    assert code in refused(counts=["small"], delivery={"share": 1, "bands": bands})


def test_bands_and_groups_have_no_default():
    found = refused(delivery={"share": 1})
    assert set(found) == {"TE011"}
    assert "TE016" in refused(counts=["large"], delivery={**DELIVERY, "share": 1})
    assert "TE020" in refused(counts=["small", "small"], delivery={**DELIVERY, "share": 1})


def test_a_fault_is_shown_at_its_place():
    problems = Problems()
    scheme = scheme_from_data(
        {
            "format": "tender-eval/scheme/1",
            "id": "s",
            "title": "S",
            "criteria": [
                {
                    "id": "c",
                    "weight": 100,
                    "scorer": {"name": "consortium", "counts": ["small"], "delivery": DELIVERY},
                }
            ],
            "award": {"rule": "highest_score"},
        },
        "scheme.yaml",
    )
    call = scheme.criteria[0].scorer
    assert call is not None
    validate(SCORER.Params, call.params, call.where, problems)
    assert [str(d) for d in problems] == ["scheme.yaml: error TE028: the shares of delivery are 60% = 60%, not 100%"]
