"""Bands and tables that the scheme fixes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tender_eval.plugins.scorer import Trait
from tender_eval.scorers.bands import FixedBand, Piecewise

F = Fraction
TABLE = [{"value": 0, "score": "0%"}, {"value": 10, "score": "60%"}, {"value": 20, "score": "100%"}]


def test_a_band_runs_either_way_and_holds_its_ends(scoring, kept):
    down = scoring.exact(FixedBand, [70, 80, 90, 120, 130], kept, full_at=80, zero_at=120)
    assert down == [1, 1, F(3, 4), 0, 0]
    assert scoring.exact(FixedBand, [1, 2, 4, 10, 11], full_at=10, zero_at=2) == [0, 0, F(1, 4), 1, 1]
    assert next(iter(kept.said)).startswith("max(0, min(1, (zero_at - figure) / (zero_at - full_at)))")


def test_a_band_needs_two_ends(scoring):
    assert scoring.refused(FixedBand, full_at=5, zero_at=5) == ["TE028"]
    assert scoring.refused(FixedBand) == ["TE011", "TE011"]


@pytest.mark.parametrize(
    ("stated", "limits"),
    [
        ({"full_at": 80, "zero_at": 120}, ("lower", 0, None)),
        ({"full_at": 0, "zero_at": 120}, ("lower", None, 0)),
        ({"full_at": -10, "zero_at": 120}, ("lower", None, None)),
        ({"full_at": 10, "zero_at": 2}, ("higher", None, 0)),
        ({"full_at": 80, "zero_at": 120, "floor": 0}, ("lower", None, None)),
    ],
)
def test_which_figures_are_errors(scoring, stated, limits):
    (reads,) = FixedBand().reads(scoring.params(FixedBand, **stated))
    assert (reads.better, reads.above, reads.at_least) == limits


def test_other_bids_matter_only_where_an_only_bid_has_a_score_of_its_own(scoring):
    stated = {"full_at": 80, "zero_at": 120}
    assert Trait.INDEPENDENT in FixedBand().traits_for(scoring.params(FixedBand, **stated))
    stated["single_bid"] = "50%"
    assert Trait.INDEPENDENT not in FixedBand().traits_for(scoring.params(FixedBand, **stated))
    assert scoring.exact(FixedBand, [80], **stated) == [F(1, 2)]


def test_straight_lines_between_the_points(scoring, kept):
    figures = [-1, 0, 5, 10, 15, 20, 21]
    expected = [0, 0, F(3, 10), F(3, 5), F(4, 5), 1, 1]
    assert scoring.exact(Piecewise, figures, kept, points=TABLE) == expected
    found = scoring.batch(Piecewise, {"price": figures}, points=TABLE)
    assert found[:, 0].tolist() == pytest.approx([float(e) for e in expected])
    ((formula, line),) = kept.said.items()
    assert formula.endswith(", in straight lines between 0: 0%, 10: 60%, 20: 100%")
    assert list(line["low"]) == [0, 0, 0, 10, 10, 10, 10], "beyond the ends the line next to it is held"


@pytest.mark.parametrize(
    ("includes", "expected"),
    [("lower", [0, 0, F(3, 5), F(3, 5), 1, 1]), ("upper", [0, 0, 0, F(3, 5), F(3, 5), 1])],
)
def test_steps_say_which_band_a_boundary_belongs_to(scoring, includes, expected):
    figures = [-1, 0, 10, F(39, 2), 20, 21]
    stated = {"points": TABLE, "shape": "step", "includes": includes}
    assert scoring.exact(Piecewise, figures, **stated) == expected
    found = scoring.batch(Piecewise, {"price": [float(x) for x in figures]}, **stated)
    assert found[:, 0].tolist() == [float(e) for e in expected]


@pytest.mark.parametrize("includes", ["lower", "upper"])
def test_a_float_that_stands_for_a_boundary_is_on_it(scoring, includes):
    table = [{"value": "0.1", "score": "50%"}, {"value": "0.3", "score": "100%"}]
    stated = {"points": table, "shape": "step", "includes": includes}
    exact = scoring.exact(Piecewise, [F(3, 10)], **stated)
    floats = np.array([[0.3, 0.1 + 0.2, 0.3 - 1e-16, 0.1 * 3]])
    found = scoring.batch(Piecewise, {"price": floats}, **stated)
    assert set(found[0].tolist()) == {float(exact[0])}


def test_a_hundred_values_in_the_top_band_all_earn_its_score(scoring):
    stated = {"points": TABLE, "shape": "step", "includes": "upper"}
    assert set(scoring.exact(Piecewise, range(21, 121), **stated)) == {F(1)}


def test_what_must_be_stated_of_a_table(scoring):
    assert scoring.refused(Piecewise, points=TABLE, shape="step") == ["TE027"]
    assert scoring.refused(Piecewise, points=TABLE, includes="upper") == ["TE028"]
    assert scoring.refused(Piecewise, points=TABLE[:1]) == ["TE028"]
    assert scoring.refused(Piecewise, points=[TABLE[0], TABLE[0]]) == ["TE028"]
    assert scoring.refused(Piecewise, points=[TABLE[1], TABLE[0]]) == ["TE028"]
    assert scoring.refused(Piecewise, points=[TABLE[0], {"value": 1, "score": "120%"}]) == ["TE015"]


@pytest.mark.parametrize(("shares", "better"), [((0, 60, 100), "higher"), ((100, 60, 0), "lower"), ((0, 100, 60), "")])
def test_a_table_is_monotone_only_where_its_scores_are(scoring, shares, better):
    table = [{"value": v, "score": f"{s}%"} for v, s in zip((1, 2, 3), shares, strict=True)]
    params = scoring.params(Piecewise, points=table)
    assert Piecewise().reads(params)[0].better == better
    assert (Trait.MONOTONE in Piecewise().traits_for(params)) is bool(better)
    assert Trait.INDEPENDENT in Piecewise().traits_for(params)
