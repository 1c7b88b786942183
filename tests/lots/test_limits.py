"""Who has room: what meets a limit exactly is within it, in both arithmetics; who stands alone goes first."""

from __future__ import annotations

from fractions import Fraction

import pytest
from contests import CATALOGUE, LIMITED, batch, exact

from tender_eval.lots.batch import award_draws
from tender_eval.lots.run import run_mechanism


@pytest.mark.parametrize("name", LIMITED)
def test_a_sum_that_meets_the_capacity_is_within_it_however_floats_fall(name: str) -> None:
    """0.1 + 0.2 is more than 0.3 in float64."""
    registered = CATALOGUE.mechanisms[name]
    tenths = [Fraction(1, 10), Fraction(2, 10)]
    contest = exact([[9, 9], [5, 5]], values=tenths, capacity=[Fraction(3, 10), Fraction(3, 10)])
    assert run_mechanism(registered, registered.item.Params(), contest).winner.tolist() == [0, 0]
    drawn = award_draws(registered, registered.item.Params(), batch([contest, contest]))
    assert drawn.winner.tolist() == [[0, 0], [0, 0]]
    short = contest._replace(capacity=contest.capacity - Fraction(1, 1000))
    assert run_mechanism(registered, registered.item.Params(), short).winner.tolist() == [0, 1]
    assert award_draws(registered, registered.item.Params(), batch([short])).winner.tolist() == [[0], [1]]


def test_a_lot_with_a_single_bid_leads_one_whose_next_bid_has_no_points() -> None:
    """Passed over it could be left without any: the first leads north by the whole of its figure, and no more."""
    registered = CATALOGUE.mechanisms["largest_lead"]
    contest = exact([[90, 80], [0, None]], most_lots=1)
    assert run_mechanism(registered, registered.item.Params(), contest).winner.tolist() == [1, 0]
    assert award_draws(registered, registered.item.Params(), batch([contest])).winner.tolist() == [[1], [0]]
