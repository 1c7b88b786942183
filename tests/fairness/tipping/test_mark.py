"""Every single mark one step up or down: what changes the winner is named, and nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from generated import bids_for, compiled, schemes
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.results import MarkTipping
from tender_eval.fairness.scenarios.scenario import Scenario, evaluation_if_possible
from tender_eval.fairness.tipping.mark import mark_tipping, marked_criteria

STEPS = [{"mark": m, "score": f"{s}%"} for m, s in ((0, 0), (2, 40), (3, 60), (5, 100))]
SCALED = leaf("skill", 50, {"name": "mark", "scale": "odd"})


def scenario(stated, by_id):
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


def test_the_marks_that_decide_are_named_with_who_wins():
    stated = scheme(SCALED, leaf("reach", 50, {"name": "mark", "out_of": 5}), scales={"odd": STEPS})
    found = scenario(stated, {"a": {"marks": {"skill": 3, "reach": 3}}, "b": {"marks": {"skill": 2, "reach": 3}}})
    assert mark_tipping(found) == (
        MarkTipping("a", "skill", Fraction(3), Fraction(2), ("a", "b")),
        MarkTipping("b", "skill", Fraction(2), Fraction(3), ("a", "b")),
        MarkTipping("a", "reach", Fraction(3), Fraction(2), ("a", "b")),
        MarkTipping("b", "reach", Fraction(3), Fraction(4), ("a", "b")),
    )


def test_steps_stay_on_the_scale():
    stated = scheme(SCALED, leaf("reach", 50, {"name": "mark", "out_of": 5}), scales={"odd": STEPS})
    skill, reach = marked_criteria(scenario(stated, {"a": {}}).plan)
    assert skill.steps_from(Fraction(0)) == (2,)
    assert skill.steps_from(Fraction(3)) == (2, 5)
    assert reach.steps_from(Fraction(9, 2)) == (Fraction(7, 2), 5)
    assert reach.steps_from(Fraction(5)) == (4,)
    assert skill.nearest(Fraction(4)) == 5
    assert skill.nearest(Fraction(39, 10)) == 3


@pytest.mark.slow
@settings(max_examples=15)
@given(st.data())
def test_it_finds_what_exact_evaluations_of_every_step_find(data):
    compiled_scheme = compiled(data.draw(schemes()))
    found = Scenario(compiled_scheme, data.draw(bids_for(compiled_scheme, 3)))
    if evaluation_if_possible(found) is None or not found.winner:
        return
    wanted = set()
    for at in marked_criteria(found.plan):
        for bid in found.bids.bids:
            mark = bid.marks[at.column.removeprefix("marks.")].agreed.value
            for to in at.steps_from(mark):
                evaluation = evaluation_if_possible(found.with_mark(bid.id, at.criterion, to))
                if evaluation is not None and set(evaluation.winner) != set(found.winner):
                    wanted.add(MarkTipping(bid.id, at.criterion, mark, to, evaluation.winner))
    assert set(mark_tipping(found)) == wanted
