"""Step 9: lots that are left."""

from __future__ import annotations

import numpy as np
from simulated import design, figures, made, mean, one_type

from tender_eval.simulation.tendering.second_tender import second_bids, unawarded_lots

WINNER = np.array([[0, -1, -1], [1, 1, -1]])  # two lots, three draws


def test_what_is_left_over() -> None:
    left = unawarded_lots(WINNER < 0)
    assert left.draws.tolist() == [1, 2]
    assert left.unserved.tolist() == [[True, True], [False, True]]


def again(**changed: object) -> list[list[list[bool]]]:
    left = unawarded_lots(WINNER < 0)
    plain = {
        "unserved": left.unserved,
        "able": np.ones((2, 1, 2), dtype=bool),
        "cost": np.full((2, 2, 2), 0.8),
        "ceiling": np.ones(2),
        "value": np.array([100.0, 100.0]),
        "annual": np.array([10.0, 10.0]),
        "further": np.full((2, 1, 2), 4.0),
        "first": np.full((2, 2), 6.0),
        "capacity": np.full((2, 2), 20.0),
        "winner": WINNER[:, left.draws],
        "most_tendered": 0,
        "most_awarded": 0,
    }
    found: list[list[list[bool]]] = second_bids(**plain | changed).tolist()  # type: ignore[arg-type]
    return found


def test_whoever_can_bids_for_what_is_left_and_only_that() -> None:
    assert again() == [[[True, True], [False, True]]] * 2


def test_only_where_it_pays_alone() -> None:
    assert again(cost=np.full((2, 2, 2), 0.95))[0] == [[False, False], [False, False]]
    assert again(cost=np.full((2, 2, 2), 1.1))[1] == [[False, False], [False, False]]
    assert again(ceiling=np.array([0.8, 1.0]))[0] == [[False, False], [False, True]]


def test_capacity_and_limits_count_what_was_won_before() -> None:
    assert again(capacity=np.full((2, 2), 10.0))[1][0] == [False, True]  # it carries one lot, and has it in draw 1
    assert again(most_awarded=1)[1][0] == [False, True]
    assert again(most_tendered=1)[0][1] == [False, False]


def test_a_second_tender_serves_lots_that_the_first_left_and_costs_the_authority() -> None:
    late = [one_type(4, days=30.0)]
    plain = {"areas": 2, "days_sigma": 0.3, "timetable_days": 18.0, "value": 2e6}
    once, twice = (figures(made(design(2, rerun=rerun, **plain), late), draws=1500)[0] for rerun in (False, True))
    assert mean(once["unserved"]) > mean(twice["unserved"]) + 0.2
    assert mean(twice["authority_cost"]) > mean(once["authority_cost"])
    assert mean(twice["bidder_cost"]) > mean(once["bidder_cost"])
    unserved = once["unserved"] == 1
    assert (once["price_ratio"][unserved] == 1.05).all()  # a direct award at a premium
