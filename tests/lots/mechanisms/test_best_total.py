"""The mechanism best_total: what it awards, what it says of itself, and beside which rules it cannot stand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from contests import CATALOGUE, batch, exact
from inline import leaf, refusal, scheme
from marked import LEAVES

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.languages.results import text
from tender_eval.lots.award import award_lots
from tender_eval.lots.batch import award_draws
from tender_eval.lots.optimum import diagram, search
from tender_eval.lots.policy import policy_of
from tender_eval.lots.run import run_mechanism
from tender_eval.model.enclosure import Enclosed, power
from tender_eval.plugins.mechanism import Contest, LotAwards

BEST = CATALOGUE.mechanisms["best_total"]
#   The example of the docstring: a at north and b at south come to 130, b at north and a at south to 161.
EXAMPLE = exact([[90, 80], [81, 40]], most_lots=1)


def awarded(contest: Contest, **params: Any) -> LotAwards:
    return run_mechanism(BEST, BEST.item.Params(**params), contest)


def test_its_example() -> None:
    assert awarded(EXAMPLE).winner.tolist() == [1, 0]
    greedy = CATALOGUE.mechanisms["lot_order"]
    assert run_mechanism(greedy, greedy.item.Params(), EXAMPLE).winner.tolist() == [0, 1]


def test_points_count_by_the_annual_value_where_the_scheme_says_so() -> None:
    """South is worth ten times as much, so its 20 points less weigh more than 50 at north."""
    contest = exact([[90, 80], [40, 60]], values=[1, 10], most_lots=1)
    assert awarded(contest).winner.tolist() == [0, 1]
    assert awarded(contest, weigh="annual_value").winner.tolist() == [1, 0]


def test_a_lot_is_not_left_empty_that_can_be_filled() -> None:
    """In the order of the lots a takes north, and nobody else stands for south."""
    contest = exact([[90, 80], [10, None]], most_lots=1)
    assert awarded(contest).winner.tolist() == [1, 0]


def test_bids_that_are_passed_over_are_told_what_they_would_cost() -> None:
    params, why = BEST.item.Params(), BEST.item.why_passed_over
    contest = exact([[90, 80], [81, 40], [70, 70]], most_lots=1)
    found = awarded(contest)
    assert found.winner.tolist() == [1, 0]
    assert why(contest, found, 0, 0, params) == "with it the best total of all lots would be lower by 1.00"
    assert why(contest, found, 0, 2, params) == "with it the best total of all lots would be lower by 11.00"
    alone = exact([[90, 80], [10, None]], most_lots=1)
    assert why(alone, awarded(alone), 0, 0, params) == "with it at most 1 lots could be awarded, where 2 are"
    equal = exact([[9, 8], [8, 7]], [[0, 1], [1, 0]], most_lots=1)
    assert "would be the same, and the order of the lots" in why(equal, awarded(equal), 1, 0, params)


def test_a_batch_takes_floats_that_stand_for_a_tie_for_one() -> None:
    thirds = exact([[Fraction(1, 3), Fraction(2, 3)], [Fraction(1, 3), Fraction(2, 3)]], most_lots=1)
    found = award_draws(BEST, BEST.item.Params(), batch([thirds, EXAMPLE]))
    assert found.winner.tolist() == [[-1, 1], [-1, 0]]
    assert found.undecided.tolist() == [[True, False], [True, False]]


def test_figures_that_no_fraction_is_are_held_between_their_bounds() -> None:
    """The root of two at both lots, for both: nothing tells them apart."""
    root = power(Fraction(2), Fraction(1, 2))
    assert isinstance(root, Enclosed)
    contest = exact([[1, 1], [1, 1]], most_lots=1)
    contest.figures[:] = root
    assert awarded(contest).undecided.all()
    contest.figures[0, 0] = root + Fraction(1, 10**60)
    contest.ranks[:, 0] = [1, 2]
    assert awarded(contest).winner.tolist() == [0, 1]


def test_what_is_not_proved_awards_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagram, "MOST_NODES", 0)
    monkeypatch.setattr(search, "MOST_BRANCHES", 0)
    (said,) = refusal(run_mechanism, BEST, BEST.item.Params(), EXAMPLE)
    assert said.code == "TE045"
    assert "the best award is not proved after 0 branches" in said.message


@pytest.mark.parametrize(
    ("award", "said"),
    [
        ({"rule": "utility_index"}, "it does not say how its figures of several lots come to one"),
        ({"near_tie": 1, "ties": [{"highest": "quality"}]}, "near_tie takes figures for equal that are not"),
    ],
)
def test_what_no_total_can_be_made_of_is_refused(award: dict[str, Any], said: str) -> None:
    stated = scheme_from_data(scheme(*LEAVES, award={"lots": {"mechanism": "best_total"}, **award}))
    (told,) = refusal(policy_of, stated, CATALOGUE)
    assert told.code == "TE028"
    assert said in told.message


def test_the_cost_of_all_lots_by_their_quality_points() -> None:
    """North goes to b though a is better there: with a at south all cost 300 / 150 points, the other way 260 / 125."""
    quality = leaf("quality", 100, {"name": "mark", "out_of": 100}, minimum="10%")
    award = {"rule": "lowest_cost_per_quality_point", "lots": {"mechanism": "best_total", "most_awarded": 1}}
    compiled = compile_scheme(scheme_from_data(scheme(quality, award=award)), CATALOGUE)
    offers = {"a": {"north": (100, 90), "south": (200, 90)}, "b": {"north": (100, 60), "south": (160, 35)}}
    bids = bids_from_data(
        {
            "format": "tender-eval/bids/1",
            "tender": {"lots": [{"id": "north"}, {"id": "south"}]},
            "bids": [
                {"id": bid, "lots": {n: {"price": p, "marks": {"quality": m}} for n, (p, m) in lots.items()}}
                for bid, lots in offers.items()
            ],
        }
    )
    found = award_lots(compiled, bids)
    assert {award.lot: award.bid.id for award in found.awards} == {"north": "b", "south": "a"}
    (ahead,) = found.reasons["north"]
    assert "its supplier is awarded south" in text(ahead)
    assert np.array(found.order).size == 0


def test_a_lot_without_the_value_that_its_points_count_by_is_asked_for_it() -> None:
    lots = {"mechanism": {"name": "best_total", "weigh": "annual_value"}}
    compiled = compile_scheme(scheme_from_data(scheme(*LEAVES, award={"lots": lots})), CATALOGUE)
    offered = {
        "format": "tender-eval/bids/1",
        "tender": {"lots": [{"id": "north"}]},
        "bids": [{"id": "a", "lots": {"north": {"price": 1, "marks": {"quality": 5}}}}],
    }
    (said,) = refusal(award_lots, compiled, bids_from_data(offered))
    assert said.code == "TE052"
    assert 'lot "north" states no annual_value, which the mechanism "best_total" goes by' in said.message
