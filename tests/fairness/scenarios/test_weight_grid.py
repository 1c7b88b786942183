"""Every weighting of a grid is ranked as points worked out by hand rank it."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from by_hand import Tender, best, drawn, scenario, totals
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.scenarios.weight_grid import MOST, weight_grid

MARK = {"name": "mark", "out_of": 100}


def test_every_weighting_of_three_criteria_is_there_and_right() -> None:
    of = drawn(2)
    grid = weight_grid(scenario(of))
    assert grid is not None
    assert (grid.parts, grid.part, len(grid.settings)) == (50, 2, comb(52, 2))
    assert len(grid.settings) <= MOST
    for setting, ranking in list(grid.settings.items())[::37]:
        expected = totals(of, [n * grid.part for n in setting])
        assert ranking is not None
        assert ranking.figures == expected
        assert {bid for bid, rank in ranking.ranks.items() if rank == 1} == best(expected)
    assert grid.published is not None
    assert grid.published.figures == totals(of)


def test_parts_of_a_group_keep_their_proportions_and_a_group_alone_is_opened() -> None:
    group = {"id": "all", "weight": 100, "criteria": [
        {"id": "quality", "weight": 60, "criteria": [leaf("x", 40, MARK), leaf("y", 20, MARK)]}, leaf("z", 40, MARK),
    ]}  # fmt: skip
    offered = bids({"a": {"marks": {"x": 90, "y": 30, "z": 50}}, "b": {"marks": {"x": 60, "y": 60, "z": 60}}})
    grid = weight_grid(Scenario(compile_scheme(scheme_from_data(scheme(group)), CATALOGUE), bids_from_data(offered)))
    assert grid is not None
    assert (grid.criteria, grid.weights) == (("quality", "z"), (60, 40))
    there = grid.settings[30, 70]
    assert there is not None
    assert there.figures == {"a": 30 * Fraction(70, 100) + 35, "b": Fraction(60)}


def test_one_criterion_alone_makes_no_grid() -> None:
    compiled = compile_scheme(scheme_from_data(scheme(leaf("x", 100, MARK))), CATALOGUE)
    assert weight_grid(Scenario(compiled, bids_from_data(bids({"a": {"marks": {"x": 1}}})))) is None
    assert weight_grid(scenario(Tender((5,) * 4 + (80,), {"a": ((50,) * 4, 90)}))) is not None
