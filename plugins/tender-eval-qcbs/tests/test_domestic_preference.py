"""The margin of preference in both comparisons: the published example, and who is preferred when."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tender_eval import Refused, bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.languages import steps as words

CATALOGUE = load_catalogue({})


def compiled(**rule):
    """A scheme with the rule, at a margin of 15%."""
    data = {
        "format": "tender-eval/scheme/1", "id": "s", "title": "S",
        "award": {"rule": {"name": "domestic_preference", "margin": "15%", **rule}, "on_rejection": "recompute"},
    }  # fmt: skip
    return compile_scheme(scheme_from_data(data), CATALOGUE)


def ranked(bids, **rule):
    """The evaluation of bids, each its group, its price, and what the margin is taken of if not the price."""
    listed = []
    for name, (group, price, *cip) in bids.items():
        declared = {"A": {"group_a": True}, "C": {"group_c": True}, "B": {}, "AC": {"group_a": True, "group_c": True}}
        listed.append(
            {"id": name, "price": price, "declarations": declared[group], "values": {"cip": (cip or [price])[0]}}
        )
    return compiled(**rule).evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": listed}))


def figures(found):
    return {bid.id: bid.figure for bid in found.bids if bid.rank}


def test_the_published_example():
    """Asian Development Bank, "Procurement: operation delivery optimization", slides on bid evaluation: 40,528,318."""
    bids = {"x": ("A", 37785339), "y": ("C", 35396322, 34213305)}
    found = ranked(bids, preference_on="values.cip")
    assert found.winner == ("x",)
    assert figures(found) == {"x": 37785339, "y": 35396322 + Fraction(34213305 * 15, 100)}
    assert round(figures(found)["y"]) == 40528318


def test_the_first_comparison_stands_where_the_lowest_is_made_in_the_country():
    found = ranked({"a": ("A", 100), "b": ("B", 110), "c": ("C", 105)})
    assert figures(found) == {"a": 100, "b": 110, "c": 105}
    assert ranked({"a": ("A", 120), "b": ("B", 100), "c": ("C", 105)}).winner == ("b",)


def test_the_first_comparison_stands_where_the_margin_does_not_turn_it():
    found = ranked({"a": ("A", 120), "c": ("C", 100), "d": ("C", 119)})
    assert figures(found) == {"c": 100, "d": 119, "a": 120}  # 100 + 15 is below 120: no margin is left in the figures


def test_group_b_has_no_part_in_the_second_comparison():
    found = ranked({"a": ("A", 110), "b": ("B", 105), "c": ("C", 100)})
    assert found.winner == ("a",)
    assert figures(found) == {"a": 110, "c": 115}
    assert "Group B" in str(found.bid("b").reasons)


def test_a_tie_prefers_nobody():
    assert set(ranked({"a": ("A", 100), "c": ("C", 100)}).winner) == {"a", "c"}
    assert ranked({"a": ("A", 115), "c": ("C", 100)}).winner == ("c",)


@pytest.mark.parametrize(
    "bids", [{"b": ("B", 105), "c": ("C", 100)}, {"c": ("C", 100)}, {"a": ("A", 9), "b": ("B", 8)}]
)
def test_a_group_may_have_no_bid(bids):
    found = ranked(bids)
    assert figures(found) == {name: bid[1] for name, bid in bids.items()}


def test_the_working_says_which_comparison_decides():
    found = ranked({"a": ("A", 110), "c": ("C", 100)})
    told = "; ".join(words.working(step) for step in found.bid("c").step.walk())
    assert "1 = if_(110 < 115, 1, 0), Group C is the lowest without the margin" in told
    assert "100 + 1 x 1 x 0.15 x 100" in told


def test_in_batches_it_is_the_same():
    prices = {"price": np.array([[110.0, 120.0], [105.0, 130.0], [100.0, 100.0]])}
    groups = {
        "declarations.group_a": np.array([[1.0], [0.0], [0.0]]),
        "declarations.group_c": np.array([[0.0], [0.0], [1.0]]),
    }
    ranks = compiled().evaluate_batch(prices | groups).ranks
    assert ranks.tolist() == [[1, 2], [0, 3], [2, 1]]


@pytest.mark.parametrize(
    ("stated", "code"),
    [({"margin": "16%"}, "TE015"), ({"margin": "0%"}, "TE015"), ({"group_a": "declarations.group_c"}, "TE028")],
)
def test_parameters_that_are_refused(stated, code):
    with pytest.raises(Refused, match=code):
        ranked({"a": ("A", 100)}, **stated)


def test_a_bid_of_both_groups_is_told():
    with pytest.raises(Refused, match="of Group A and of Group C"):
        ranked({"a": ("AC", 100), "b": ("B", 90)})
