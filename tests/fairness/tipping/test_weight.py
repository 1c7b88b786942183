"""Tipping weights: at what is reported two tie, a hair further the winner is another, and nothing nearer flips."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from generated import bids_for, compiled, schemes
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.scenarios.reranking import award_changes, ranking_of
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.varied_weights import varied_weights
from tender_eval.fairness.tipping.weight import TOLERANCE, weight_tipping
from tender_eval.fairness.tipping.weight_search import EDGE
from tender_eval.model.diagnostics import Refused

NEAR = Fraction(1, 10**10)  # of all points: floats tell weights apart no nearer
RATIO = {"name": "ratio_to_lowest"}
MARK = {"name": "mark", "out_of": 100}


def scenario(stated, by_id):
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


def tips(found):
    return weight_tipping(found).tipping


def two_bids(**rest):
    """A leads on quality by 20 of 100, b on price by a quarter of full marks."""
    stated = scheme(leaf("quality", 60, MARK), leaf("price", 40, RATIO), **rest)
    return scenario(
        stated, {"a": {"price": 100, "marks": {"quality": 80}}, "b": {"price": 75, "marks": {"quality": 60}}}
    )


def test_two_bids_tie_where_the_lines_cross():
    quality, price = tips(two_bids())  # 0.2 w = 0.25 (100 - w)
    assert (quality.flips_at, quality.exact, quality.winner) == (Fraction(500, 9), True, ("b",))
    assert (price.flips_at, price.winner) == (Fraction(400, 9), ("b",))


def test_no_weight_changes_the_winner_of_a_bid_that_is_best_at_everything():
    stated = scheme(leaf("quality", 60, MARK), leaf("price", 40, RATIO))
    best = {"a": {"price": 90, "marks": {"quality": 80}}, "b": {"price": 100, "marks": {"quality": 60}}}
    assert [(t.flips_at, t.winner) for t in tips(scenario(stated, best))] == [(None, ()), (None, ())]


def test_a_tie_with_all_of_the_points_is_not_never():
    """Both have full marks on quality: a wins by its price at every weight of it, and at none they are level."""
    stated = scheme(leaf("quality", 60, MARK), leaf("price", 40, RATIO))
    level = {"a": {"price": 90, "marks": {"quality": 80}}, "b": {"price": 100, "marks": {"quality": 80}}}
    quality, price = tips(scenario(stated, level))
    assert (quality.flips_at, quality.winner, quality.only_level) == (100, ("a", "b"), True)
    assert (price.flips_at, price.winner, price.only_level) == (0, ("a", "b"), True)


def test_a_tie_tips_where_it_stands():
    """50/50 with (50, 50 pounds), (75, 75 pounds), (100, 100 pounds): a tie of the extremes, whoever moves it wins."""
    stated = scheme(leaf("quality", 50, MARK), leaf("price", 50, RATIO))
    by_id = {n: {"price": p, "marks": {"quality": p}} for n, p in (("a", 50), ("b", 75), ("c", 100))}
    quality, price = tips(scenario(stated, by_id))
    assert (quality.flips_at, quality.winner, quality.exact) == (50, ("c",), True)
    assert (price.flips_at, price.winner, price.exact) == (50, ("a",), True)


def test_a_tie_that_no_weight_breaks_does_not_tip():
    stated = scheme(leaf("quality", 50, MARK), leaf("price", 50, RATIO))
    same = {"price": 50, "marks": {"quality": 60}}
    assert [t.flips_at for t in tips(scenario(stated, {"a": same, "b": same}))] == [None, None]


def test_cost_per_quality_point_is_met_exactly():
    stated = scheme(leaf("skill", 50, MARK), leaf("reach", 50, MARK), rule="lowest_cost_per_quality_point")
    by_id = {
        "a": {"price": 100, "marks": {"skill": 90, "reach": 50}},
        "b": {"price": 110, "marks": {"skill": 60, "reach": 80}},
    }
    skill, reach = tips(scenario(stated, by_id))  # 110 (90 w + 50 v) = 100 (60 w + 80 v), w + v = 100: 39 w = 25 v
    assert (skill.flips_at, skill.exact, skill.winner) == (Fraction(2500, 64), True, ("b",))
    assert reach.flips_at == 100 - Fraction(2500, 64)


def test_a_minimum_that_turns_the_winner_away_is_closed_in_on():
    parts = [leaf("skill", 30, MARK), leaf("reach", 30, MARK)]
    group = {"id": "quality", "weight": 60, "minimum": "50%", "criteria": parts}
    by_id = {
        "a": {"price": 50, "marks": {"skill": 100, "reach": 20}},
        "b": {"price": 100, "marks": {"skill": 55, "reach": 55}},
    }
    stated = scheme(group, leaf("price", 40, RATIO), award={"on_rejection": "recompute"})
    found = {t.criterion: t for t in tips(scenario(stated, by_id))}
    skill = found["skill"]  # 100 w + 20 v = 50 (w + v) at w = 3/5 v; v = 30 (100 - w) / 70
    assert not skill.exact
    assert skill.within <= 100 * TOLERANCE
    assert abs(skill.flips_at - Fraction(900, 44)) <= skill.within
    assert skill.winner == ("b",)


def test_a_criterion_with_all_the_points_is_left_out():
    assert tips(scenario(scheme(leaf("price", 100, RATIO)), {"a": {"price": 1}, "b": {"price": 2}})) == ()


@pytest.mark.slow
def test_roots_and_powers_are_closed_in_on():
    stated = scheme(leaf("quality", 60, MARK), leaf("price", 40, RATIO), rule="weighted_value_index")
    by_id = {"a": {"price": 100, "marks": {"quality": 80}}, "b": {"price": 77, "marks": {"quality": 60}}}
    found = tips(scenario(stated, by_id))[0]
    assert found.flips_at is not None
    assert not found.exact
    assert 0 < found.within <= 100 * TOLERANCE


@pytest.mark.slow
@settings(max_examples=15)
@given(st.data())
def test_at_the_reported_weight_they_tie_and_a_hair_further_another_wins(data):
    compiled_scheme = compiled(data.draw(schemes()))
    found = Scenario(compiled_scheme, data.draw(bids_for(compiled_scheme)))
    try:
        winner = found.winner
    except Refused:
        return
    along = {varied.criterion: varied for varied in varied_weights(found)}
    told = weight_tipping(found)
    for tip in told.tipping:
        varied = along[tip.criterion]
        if tip.flips_at is None or tip.only_level:
            if tip.only_level:
                there = ranking_of(_at(found, varied, tip.flips_at))
                new = {there.figures[name] for name in there.winner if name not in winner}
                assert tip.winner == there.winner
                assert new <= {there.figures.get(name) for name in winner}
            if not told.notes:
                _nothing_flips(found, varied, varied.total * EDGE, winner)
                _nothing_flips(found, varied, varied.total * (1 - EDGE), winner)
            continue
        way = (tip.flips_at > varied.weight) - (tip.flips_at < varied.weight)
        if tip.exact:
            level = ranking_of(_at(found, varied, tip.flips_at))
            involved = [level.figures.get(name) for name in dict.fromkeys((*winner, *tip.winner))]
            assert len(set(involved)) < len(involved)
            beyond = [
                _at(found, varied, tip.flips_at + side * varied.total * TOLERANCE)
                for side in ((way,) if way else (1, -1))
            ]
            assert tip.winner in [e.winner for e in beyond]
            assert set(tip.winner) != set(winner)
        else:
            assert tip.within <= varied.total * TOLERANCE
            far = _at(found, varied, tip.flips_at + way * tip.within / 2)
            assert far.winner == tip.winner
            assert set(far.winner) != set(winner)
            assert set(_at(found, varied, tip.flips_at - way * tip.within / 2).winner) == set(winner)
        if not told.notes:
            reach = abs(tip.flips_at - varied.weight)
            _nothing_flips(found, varied, max(varied.weight - reach, varied.total * EDGE), winner)
            _nothing_flips(found, varied, min(varied.weight + reach, varied.total * (1 - EDGE)), winner)


def _at(found, varied, weight):
    return found.reweighted(varied.points_at(weight)).evaluation


def _nothing_flips(found, varied, end, winner):
    """Nobody else wins between the weight as it is and ``end``, as far as many weights can tell."""
    low, high = map(float, sorted((varied.weight, end)))  # the end may be no fraction, but one that is enclosed
    near = float(varied.total * NEAR)
    tried = np.linspace(low, high, 4_000)[1:-1]
    tried = tried[(tried > low + near) & (tried < high - near)]
    try:
        flips = award_changes(found, found.batch(weights=varied.points_draws(tried))) if len(tried) else np.zeros(0)
        for weight in tried[np.flatnonzero(flips)[:10]]:
            assert set(_at(found, varied, Fraction(weight)).winner) == set(winner), (varied.criterion, weight)
    except Refused:
        return


@pytest.mark.slow
def test_weights_between_never_flip_on_many_bids():
    marks = [(81, 40, 66), (62, 77, 58), (55, 60, 90), (70, 66, 61), (90, 20, 70)]
    parts = [leaf(f"c{n}", w, MARK) for n, w in enumerate((30, 30, 20))]
    stated = scheme(*parts, leaf("price", 20, RATIO))
    by_id = {
        f"b{n}": {"price": 80 + 7 * n, "marks": {f"c{k}": m for k, m in enumerate(row)}} for n, row in enumerate(marks)
    }
    found = scenario(stated, by_id)
    for varied, tip in zip(varied_weights(found), tips(found), strict=True):
        reach = abs(tip.flips_at - varied.weight) if tip.flips_at is not None else varied.total
        for n in range(-50, 51):
            weight = varied.weight + reach * Fraction(n, 51)
            if 0 < weight < varied.total:
                assert _at(found, varied, weight).winner == found.winner, (varied.criterion, weight)


def test_bids_that_cannot_be_evaluated_are_refused():
    stated = scheme(leaf("quality", 50, MARK), leaf("price", 50, RATIO))
    with pytest.raises(Refused):
        tips(scenario(stated, {"a": {"price": 1}, "b": {"price": 2}}))


def test_a_minimum_that_is_just_met_tips_where_it_stands():
    """Of 60 points a has 30, half of them: any more weight on the worse mark, and a minimum of half turns it away."""
    mark = {"name": "mark", "out_of": 10}
    parts = {"id": "quality", "weight": 60, "minimum": "50%", "criteria": [leaf("x", 30, mark), leaf("y", 30, mark)]}
    stated = scheme(parts, leaf("price", 40, RATIO), award={"on_rejection": "recompute"})
    by_id = {"a": {"price": 50, "marks": {"x": 7, "y": 3}}, "b": {"price": 100, "marks": {"x": 5, "y": 5}}}
    found = {t.criterion: t for t in tips(scenario(stated, by_id))}
    assert [(found[n].flips_at, found[n].winner, found[n].exact) for n in "xy"] == [(30, ("b",), False)] * 2
    assert found["x"].within == 100 * TOLERANCE


@pytest.mark.slow
@pytest.mark.parametrize("at", [["criterion"], ["total"], ["criterion", "group", "total"], ["score", "total"]])
@pytest.mark.parametrize("mode", ["half_up", "down"])
def test_the_step_of_a_rounded_number_is_found_to_a_hair(at, mode):
    mark = {"name": "mark", "out_of": 7}
    stated = scheme(
        {"id": "quality", "weight": 60, "criteria": [leaf("x", 23, mark), leaf("y", 37, mark)]},
        leaf("price", 40, RATIO), rounding={"places": 1, "mode": mode, "at": at},
    )  # fmt: skip
    by_id = {
        "a": {"price": 97, "marks": {"x": 5, "y": 4}}, "b": {"price": 83, "marks": {"x": 3, "y": 4}},
        "c": {"price": 101, "marks": {"x": 2, "y": 6}},
    }  # fmt: skip
    lot_analysis = scenario(stated, by_id)
    for varied, tip in zip(varied_weights(lot_analysis), tips(lot_analysis), strict=True):
        if tip.flips_at is None:
            continue
        way = varied.total * TOLERANCE * (1 if tip.flips_at > varied.weight else -1)
        before, beyond = (lot_analysis.reweighted(varied.points_at(tip.flips_at + d)).winner for d in (-way, way))
        assert (set(before), beyond) == (set(lot_analysis.winner), tip.winner)
        assert tip.within <= varied.total * TOLERANCE


def rounded(places, mode, at, weights, marks, prices, **rest):
    """Bids with a mark out of 100 at each of some criteria, and a price, under a scheme that rounds."""
    parts = [leaf(f"q{n}", w, MARK) for n, w in enumerate(weights)]
    stated = scheme(
        {"id": "quality", "weight": sum(weights), "criteria": parts}, leaf("price", 100 - sum(weights), RATIO),
        rounding={"places": places, "mode": mode, "at": at}, award={"on_rejection": "recompute"}, **rest,
    )  # fmt: skip
    by_id = {
        name: {"price": price, "marks": {f"q{n}": m for n, m in enumerate(row)}}
        for name, row, price in zip("abcdef", marks, prices, strict=False)
    }
    return scenario(stated, by_id)


@pytest.mark.slow
@pytest.mark.parametrize("at", [["criterion"], ["group"], ["total"], ["criterion", "group", "total"]])
@pytest.mark.parametrize("mode", ["half_even", "down"])
@pytest.mark.parametrize("rule", ["highest_score", "lowest_cost_per_quality_point"])
def test_rounding_hides_no_change_and_change_back(at, mode, rule):
    """Many weights that a scan at even steps does not try: none nearer than what is reported changes the winner."""
    rng = np.random.default_rng([len(at), len(mode)])
    for _ in range(2):
        marks, prices = rng.integers(40, 100, (3, 3)).tolist(), rng.integers(90, 120, 3).tolist()
        lot_analysis = rounded(1, mode, at, (11, 23, 31), marks, prices, rule=rule)
        found = weight_tipping(lot_analysis)
        if found.notes:
            assert rule != "highest_score"
            continue
        for varied, tip in zip(varied_weights(lot_analysis), found.tipping, strict=True):
            reach = varied.total if tip.flips_at is None else abs(tip.flips_at - varied.weight)
            for end in (
                max(varied.weight - reach, varied.total * EDGE),
                min(varied.weight + reach, varied.total * (1 - EDGE)),
            ):
                _nothing_flips(lot_analysis, varied, end, lot_analysis.winner)


def test_a_narrow_change_and_change_back_is_found():
    """Points to one place: from 22.89 b is level with a, but no more at 23.04; 500 even steps pass over it."""
    lot_analysis = rounded(1, "half_up", ["criterion"], (20, 40), [(45, 85), (95, 50)], [100, 95])
    varied = next(a for a in varied_weights(lot_analysis) if a.criterion == "q0")
    tip = next(t for t in tips(lot_analysis) if t.criterion == "q0")
    even = [varied.weight + (varied.total * (1 - EDGE) - varied.weight) * n / 500 for n in range(1, 501)]
    assert (set(tip.winner), lot_analysis.winner) == ({"a", "b"}, ("a",))
    assert abs(tip.flips_at - Fraction(435, 19)) <= tip.within  # b's 95% of it step to 21.8 there
    beyond = next(w for w in even if w > tip.flips_at)
    assert set(_at(lot_analysis, varied, beyond).winner) == set(lot_analysis.winner)


@pytest.mark.slow
def test_what_cannot_be_told_for_certain_is_said():
    rounding = {"rounding": {"places": 2, "mode": "half_up", "at": ["total"]}}
    noted = {
        (rule, rounds): bool(
            weight_tipping(
                two_bids(rule=rule, award={"on_rejection": "recompute"}, **(rounding if rounds else {}))
            ).notes
        )
        for rule in ("highest_score", "lowest_cost_per_quality_point", "weighted_value_index")
        for rounds in (False, True)
    }
    assert [case for case, said in noted.items() if said] == [
        ("lowest_cost_per_quality_point", True), ("weighted_value_index", False), ("weighted_value_index", True),
    ]  # fmt: skip
