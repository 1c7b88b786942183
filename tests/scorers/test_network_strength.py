"""The network strength scorer: hand-worked values from bids, and the same network named twice."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tender_eval.engine.facts.reading import read
from tender_eval.files.load import bids_from_data
from tender_eval.model import numeric
from tender_eval.model.missing import Missing
from tender_eval.plugins.table import BidTable, Steps
from tender_eval.scorers.network_strength import NetworkStrength

SCORER = NetworkStrength()
OWN, TOGETHER = NetworkStrength.examples  # 1 network 30%, 3 all; and: 50% networks, 30% pathways, 20% members


def score(params, networks=None, members=()):
    """The exact score of one bid, silent facts counting as the scorer states."""
    supplier = {"name": "Lead"} | ({"networks": networks} if networks else {})
    bid = {"id": "a", "supplier": supplier, "price": 1}
    if members:
        bid["consortium"] = {"members": [{"confirmed": True, "share": "10%", **m} for m in members]}
    bids = bids_from_data({"format": "tender-eval/bids/1", "bids": [bid]})
    made = SCORER.Params.model_validate(params)
    columns = {}
    for reads in SCORER.reads(made):
        found = read(bids.bids[0], reads.column, bids.tender)
        figure = reads.default if isinstance(found, Missing) else found.number
        columns[reads.column] = numeric.exact_array([figure])
    return SCORER.score(BidTable(columns, np.ones(1, bool)), made, Steps())[0]


@pytest.mark.parametrize(
    ("networks", "expected"),
    [
        (None, 0),
        (["marac"], Fraction(30, 100)),
        (["marac", "MARAC ", "Marac"], Fraction(30, 100)),
        (["marac", "housing", "health"], 1),
        ("marac; housing; health; schools", 1),
    ],
)
def test_networks_of_the_supplier(networks, expected):
    assert score(OWN, networks) == expected


def test_networks_pathways_and_members_by_hand():
    members = [
        {"name": "x", "networks": ["housing"], "pathways": ["idva", "refuge"]},
        {"name": "y", "networks": ["marac"], "pathways": ["children"]},
    ]
    # Two different networks: half of 50%. Three pathways: all of 30%. Two members: all of 20%.
    assert score(TOGETHER, ["marac"], members) == Fraction(25 + 30 + 20, 100)


def test_an_unconfirmed_member_earns_nothing():
    members = [{"name": "x", "networks": ["a", "b", "c"], "pathways": ["d", "e", "f"], "confirmed": False}]
    assert score(TOGETHER, ["marac"], members) == score(TOGETHER, ["marac"]) == 0


def test_at_least_one_part_and_100_percent():
    with pytest.raises(ValueError, match="no fact to score"):
        SCORER.Params.model_validate({})
    with pytest.raises(ValueError, match="not 100%"):
        SCORER.Params.model_validate({"networks": {"share": "99%", "bands": [{"from": 1, "share": 1}]}})
