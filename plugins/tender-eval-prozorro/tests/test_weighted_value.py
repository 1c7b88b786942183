"""The rule and the scorer through the engine: the published case, worked by hand, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tender_eval_prozorro import ProzorroRule, ProzorroScorer

from tender_eval import (
    Refused,
    bids_from_data,
    compile_scheme,
    load_bids,
    load_catalogue,
    load_scheme,
    scheme_from_data,
)
from tender_eval.testing import parametrize_with_checks

EXAMPLES = Path(__file__).parents[1] / "examples"
CATALOGUE = load_catalogue({})
FEATURES = [{"reads": "values.air", "most": "15%"}, {"reads": "values.years", "most": "15%"}]


@parametrize_with_checks(ProzorroRule, ProzorroScorer)
def test_every_promise_is_kept(check):
    check()


def evaluated(bids, **stated):
    data = {"format": "tender-eval/scheme/1", "id": "s", "title": "S", **stated}
    listed = [{"id": name, **bid} for name, bid in bids.items()]
    compiled = compile_scheme(scheme_from_data(data), CATALOGUE)
    return compiled.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": listed}))


def ranked(bids, **rule):
    """The figure of each bid, and the winner."""
    found = evaluated(bids, award={"rule": {"name": "prozorro_weighted_value", **rule}})
    return {bid.id: bid.figure for bid in found.bids}, found.winner


def scores(bids, **scorer):
    """The share of full marks of each bid."""
    criterion = {"id": "c", "weight": 100, "scorer": {"name": "prozorro_weighted_value", **scorer}}
    found = evaluated(bids, criteria=[criterion], award={"rule": "highest_score"})
    return {bid: found.bid(bid).criterion("c").score for bid in bids}


def test_the_published_award_from_the_published_tender():
    compiled = compile_scheme(load_scheme(EXAMPLES / "framework-selection.yaml"), CATALOGUE)
    best = compiled.evaluate(load_bids(EXAMPLES / "framework-selection.json", CATALOGUE.readers)).bids[0]
    assert best.figure == Fraction(499) / Fraction(9, 7)
    assert round(float(best.figure), 2) == 388.11


def test_the_coefficient_of_the_file_is_that_of_the_features():
    bids = {"a": {"price": 499, "values": {"air": "0.1", "years": "0.1", "features_coefficient": "9/7"}}}
    by_features, _ = ranked(bids, features=FEATURES)
    by_file, _ = ranked(bids, coefficient="values.features_coefficient")
    assert by_features == by_file == {"a": Fraction(499) / Fraction(9, 7)}


def test_a_dearer_bid_can_be_worth_more_and_costs_are_added_undivided():
    # a: 900 / (1 + 0.3 / 0.7) + 60 = 630 + 60. b: 800 / 1 + 10.
    bids = {
        "a": {"price": 900, "values": {"energy": 60, "air": "0.15", "years": "0.15"}},
        "b": {"price": 800, "values": {"energy": 10, "air": 0, "years": 0}},
    }
    stated = {"features": FEATURES, "additions": ["values.energy"]}
    assert ranked(bids, **stated) == ({"a": 690, "b": 810}, ("a",))
    assert scores(bids, **stated) == {"a": 1, "b": Fraction(690, 810)}
    assert ranked(bids, additions=["values.energy"]) == ({"b": 810, "a": 960}, ("b",))


def test_an_only_bid_has_full_marks():
    assert scores({"a": {"price": 5, "values": {"energy": 7}}}, additions=["values.energy"]) == {"a": 1}


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({}, "TE027"),
        ({"features": FEATURES, "coefficient": "values.k"}, "TE028"),
        ({"features": [{"reads": "values.air", "most": "60%"}, {"reads": "values.years", "most": "40%"}]}, "TE028"),
        ({"features": [FEATURES[0], FEATURES[0]]}, "TE028"),
        ({"additions": ["price"]}, "TE028"),
        ({"features": [{"reads": "values.air", "most": "0%"}]}, "TE015"),
        ({"features": [{"reads": "values.air"}]}, "TE011"),
    ],
)
def test_parameters_that_are_refused(stated, code):
    with pytest.raises(Refused) as caught:
        ranked({"a": {"price": 1}}, **stated)
    assert [d.code for d in caught.value.diagnostics] == [code]


@pytest.mark.parametrize(
    ("bid", "column"),
    [
        ({"price": 0, "values": {"air": "0.1", "years": 0}}, "price"),
        ({"price": 5, "values": {"air": "0.2", "years": 0}}, "values.air"),
        ({"price": 5, "values": {"air": "0.1"}}, "values.years"),
    ],
)
def test_figures_that_are_refused_at_the_bid(bid, column):
    with pytest.raises(Refused) as caught:
        ranked({"a": bid}, features=FEATURES)
    (problem,) = caught.value.diagnostics
    assert column in problem.message
