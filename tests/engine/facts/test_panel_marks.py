"""Marks computed of individual ones: closed forms, in both arithmetics, with a working that comes to them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, evaluate, leaf, refusal, scheme, scores

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.engine.facts.panel_marks import computed
from tender_eval.languages import steps
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.proof import fault_of
from tender_eval.model.marking.scales import Scale, ScaleStep
from tender_eval.model.numeric import exact_array
from tender_eval.model.panel_rule import PanelRule

BENT = [{"mark": mark, "score": f"{share}%"} for mark, share in enumerate((0, 20, 50, 80, 100))]
GRADES = [{"mark": mark, "score": f"{share}%"} for mark, share in ((1, 100), (2, 75), (3, 50), (4, 25), (5, 0))]


def stated(panel: dict[str, Any], scale: Any = BENT, **of_leaf: Any) -> dict[str, Any]:
    return scheme(leaf("q", 100, "mark", scale="s", **of_leaf), scales={"s": scale}, panel=panel)


def bid(*marks: object) -> dict[str, Any]:
    return {"marks": {"q": {"individual": {f"e{n}": mark for n, mark in enumerate(marks)}}}}


def score(panel: dict[str, Any], *marks: object) -> Fraction | None:
    return scores(evaluate(stated(panel), {"a": bid(*marks)}), "q")["a"]


@pytest.mark.parametrize(
    ("panel", "marks", "expected"),
    [
        ({"marks": "mean", "of": "marks"}, (0, 2), "1/5"),  # the mark 1
        ({"marks": "mean", "of": "shares"}, (0, 2), "1/4"),
        ({"marks": "mean", "of": "marks"}, (2, 2, 3), "3/5"),  # 7/3: a third of the way from 50% to 80%
        ({"marks": "median", "of": "marks"}, (4, 0, 3), "4/5"),
        ({"marks": "median", "of": "marks"}, (0, 1, 3, 4), "1/2"),  # the mark 2
        ({"marks": "median", "of": "shares"}, (4, 0, 1, 2), "7/20"),
        ({"marks": "trimmed_mean", "of": "marks", "trim": 1}, (0, 2, 3, 4), "13/20"),  # 5/2
        ({"marks": "trimmed_mean", "of": "shares", "trim": 1}, (4, 3, 2, 0), "13/20"),
        ({"marks": "mean", "of": "marks", "rounding": {"places": 0, "mode": "half_up"}}, (2, 3), "4/5"),
        ({"marks": "mean", "of": "shares", "rounding": {"places": 1, "mode": "half_up"}}, (2, 3), "7/10"),
    ],
)
def test_closed_forms(panel: dict[str, Any], marks: tuple[int, ...], expected: str) -> None:
    assert score(panel, *marks) == Fraction(expected)


def test_whoever_gave_no_mark_leaves_the_statistic_to_the_others() -> None:
    panel = {"marks": "mean", "of": "marks", "least": 2}
    assert scores(evaluate(stated(panel), {"a": bid(2, 4), "b": bid(2, 4, 3)}), "q") == {
        "a": Fraction(4, 5),
        "b": Fraction(4, 5),
    }
    (told,) = refusal(lambda: evaluate(stated(panel), {"a": bid(2)}))
    assert told.code == "TE538"
    assert "1 individual mark (e0)" in told.message


def test_a_mark_alone_is_of_nobody() -> None:
    (found,) = refusal(lambda: evaluate(stated({"marks": "mean", "of": "marks"}), {"a": {"marks": {"q": 3}}}))
    assert found.code == "TE538"


def test_an_agreed_mark_that_is_the_computed_one_says_nothing_new() -> None:
    agreed = bid(2, 4)
    agreed["marks"]["q"]["agreed"] = 3
    assert scores(evaluate(stated({"marks": "mean", "of": "marks"}), {"a": agreed}), "q") == {"a": Fraction(4, 5)}
    agreed["marks"]["q"]["agreed"] = 4
    (found,) = refusal(lambda: evaluate(stated({"marks": "mean", "of": "marks"}), {"a": agreed}))
    assert found.code == "TE539"


def test_each_mark_must_be_one_of_the_scale() -> None:
    for of in ("marks", "shares"):
        (found,) = refusal(lambda of=of: evaluate(stated({"marks": "mean", "of": of}), {"a": bid(2, 9, 1)}))
        assert found.code == "TE053"
        assert "as e1 gave it, is 9" in found.message
    out_of = scheme(leaf("q", 100, {"name": "mark", "out_of": 10}), panel={"marks": "mean"})
    (found,) = refusal(lambda: evaluate(out_of, {"a": bid(2, 19)}))
    assert found.code == "TE054"


@pytest.mark.parametrize(("minimum", "ranked"), [(2, True), (1, False)])
def test_a_minimum_mark_where_one_is_best(minimum: int, ranked: bool) -> None:
    panel = {"marks": "mean", "of": "marks"}
    rejecting = stated(panel, GRADES, minimum=minimum) | {
        "award": {"rule": "highest_score", "on_rejection": "recompute"}
    }
    result = evaluate(rejecting, {"a": bid(1, 2), "b": bid(1, 1)})
    assert (result.bid("a").rank is not None) is ranked
    assert result.bid("b").rank == 1
    assert evaluate(rejecting, {"a": bid(3, 2)}).bid("a").rank is None


WEIGHED = {"marks": "weighted_mean", "of": "marks", "weights": {"Practitioner": 3, "legal": 1}}
ROLES = {"e0": "practitioner", "e1": "legal", "e2": "Legal"}


@pytest.mark.parametrize("of", ["marks", "shares"])
def test_marks_weigh_by_the_role_of_whoever_gave_them(of: str) -> None:
    """Of 4 and 0, with weights 3 and 1, the mark is 3, and the share 75%; with a further 0 they are 2.4 and 60%."""
    plan = compile_scheme(scheme_from_data(stated(WEIGHED | {"of": of})), CATALOGUE)
    found = plan.evaluate(bids_from_data(bids({"a": bid(4, 0), "b": bid(4, 0, 0)}) | {"roles": ROLES}))
    earned = scores(found, "q")
    assert earned["a"] == Fraction({"marks": "4/5", "shares": "3/4"}[of])
    assert earned["b"] == Fraction({"marks": "62/100", "shares": "3/5"}[of])
    for step in (step for one in found.bids for step in one.step.walk()):
        if step.how and isinstance(step.value, Fraction):
            assert not fault_of(steps.worked(step.how), step.value, steps.formula(step))
    columns = {"marks.q.individual.e0": np.array([4.0, 4.0]), "marks.q.individual.e1": np.array([0.0, 0.0])}
    columns["marks.q.individual.e2"] = np.array([np.nan, 0.0])
    floats = plan.evaluate_batch(columns, roles=ROLES).points[:, 0]
    assert floats == pytest.approx([float(earned[name] or 0) * 100 for name in "ab"])
    (told,) = refusal(lambda: plan.evaluate_batch(columns, roles={"e0": "practitioner", "e1": "legal"}))
    assert told.code == "TE537"


def test_a_role_without_a_weight_is_told() -> None:
    plan = compile_scheme(scheme_from_data(stated(WEIGHED)), CATALOGUE)
    (told,) = refusal(lambda: plan.evaluate(bids_from_data(bids({"a": bid(4, 0)}) | {"roles": {"e0": "legal"}})))
    assert told.code == "TE537"
    assert 'a mark of "e1"' in told.message


PANELS = st.builds(
    lambda how, of, places: {"marks": how, "of": of, "trim": 1 if how == "trimmed_mean" else None, "rounding": places},
    st.sampled_from(["mean", "median", "trimmed_mean"]),
    st.sampled_from(["marks", "shares"]),
    st.sampled_from([None, {"places": 1, "mode": "half_even"}, {"places": 2, "mode": "down"}]),
)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(panel=PANELS, marks=st.lists(st.integers(0, 4), min_size=3, max_size=6))
def test_the_working_comes_to_the_mark_and_floats_follow(panel: dict[str, Any], marks: list[int]) -> None:
    panel = {key: value for key, value in panel.items() if value is not None}
    scheme = compile_scheme(scheme_from_data(stated(panel)), CATALOGUE)
    result = scheme.evaluate(bids_from_data(bids({"a": bid(*marks)})))
    for step in result.bids[0].step.walk():
        if step.how and isinstance(step.value, Fraction):
            assert not fault_of(steps.worked(step.how), step.value, steps.formula(step))
    exact = next(s.value for s in result.bids[0].step.walk() if s.label == Column("marks.q"))
    given_marks = np.array(marks, dtype=np.float64)[:, None, None]
    (scale,) = scheme.scheme.scales
    floats = computed(given_marks, np.ones_like(given_marks, dtype=np.bool_), scheme.scheme.panel, scale)
    assert floats == pytest.approx(float(exact), abs=1e-9)  # type: ignore[arg-type]


def test_who_is_absent_counts_nowhere_in_floats() -> None:
    scale = Scale("s", tuple(ScaleStep(Fraction(m), Fraction(s, 100)) for m, s in enumerate((0, 20, 50, 80, 100))))
    marks, there = np.array([4.0, 0.0, 2.0, 3.0, 1.0]), np.array([True, False, True, True, False])
    for how in ("mean", "median", "trimmed_mean"):
        for of in ("marks", "shares"):
            rule = PanelRule(how, of, trim=1 if how == "trimmed_mean" else 0)
            exact = computed(exact_array([4, 2, 3]), np.ones(3, dtype=np.bool_), rule, scale)
            floats = computed(marks[:, None, None], there[:, None, None], rule, scale)
            assert floats == pytest.approx(float(exact))


def test_batches_compute_the_mark_of_those_of_people() -> None:
    """Every draw has the points that the exact evaluation of its marks has."""
    plan = compile_scheme(scheme_from_data(stated({"marks": "trimmed_mean", "of": "shares", "trim": 1})), CATALOGUE)
    drawn = np.random.default_rng(7).integers(0, 5, size=(4, 3, 20)).astype(np.float64)
    drawn[3, 1] = np.nan
    found = plan.evaluate_batch({f"marks.q.individual.e{n}": marks for n, marks in enumerate(drawn)})
    for draw in range(20):
        given_marks = {
            name: bid(*(int(m) for m in drawn[:, row, draw] if not np.isnan(m))) for row, name in enumerate("abc")
        }
        exact = plan.evaluate(bids_from_data(bids(given_marks)))
        assert found.points[:, draw] == pytest.approx([float(exact.bid(name).figure or 0) for name in "abc"])


def test_batches_refuse_marks_of_people_off_the_scale_and_too_few() -> None:
    plan = compile_scheme(scheme_from_data(stated({"marks": "mean", "of": "marks", "least": 2})), CATALOGUE)
    off = {"marks.q.individual.a": np.array([2.0, 9.0]), "marks.q.individual.b": np.array([2.0, 1.0])}
    (found,) = refusal(plan.evaluate_batch, off)
    assert found.code == "TE053"
    few = {"marks.q.individual.a": np.array([2.0, 4.0]), "marks.q.individual.b": np.array([2.0, np.nan])}
    (found,) = refusal(plan.evaluate_batch, few)
    assert found.code == "TE054"
    assert plan.evaluate_batch({"marks.q": np.array([2.5, 4.0])}).points[0, 0] == pytest.approx(65)
