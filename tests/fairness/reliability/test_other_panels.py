"""Other panels like this one: drawn from what marks differ by, scored by the scheme, and right about how often."""

from __future__ import annotations

import numpy as np
import pytest
from panels import drawn_panel, marked, one_mark

from tender_eval.fairness.findings.reliability import OtherPanels, TooLittle
from tender_eval.fairness.reliability.given import panel_marks
from tender_eval.fairness.reliability.other_panels import other_panels
from tender_eval.fairness.reliability.redrawing import disagreement, redrawn
from tender_eval.fairness.scenarios.scenario import Scenario


def told_of(scenario: Scenario, draws: int, seed: int) -> OtherPanels | TooLittle:
    return other_panels(scenario, panel_marks(scenario), draws, seed)


def test_people_who_never_differ_would_never_name_another() -> None:
    alike = {f"b{n}": [one_mark(n, n, n, n)] * 2 for n in range(5)}
    found = told_of(marked(alike), 50, 1)
    assert isinstance(found, OtherPanels)
    assert (found.other, found.wins, found.several, found.fewer) == (0, {"b4": 1}, 10, 0)


def test_bids_that_differ_by_less_than_people_do_win_by_luck() -> None:
    rng = np.random.default_rng(4)
    found = told_of(marked(drawn_panel(rng, np.full((5, 6), 2.5), error=1.2)), 400, 1)
    assert isinstance(found, OtherPanels)
    assert found.other > 0.5
    assert found.error == pytest.approx((found.other * (1 - found.other) / 400) ** 0.5)
    assert len(found.wins) == 5


def test_marks_drawn_are_marks_of_the_scale_around_the_agreed_ones() -> None:
    rng = np.random.default_rng(4)
    scenario = marked(drawn_panel(rng, rng.normal(2.5, 1, (6, 3))))
    panel = panel_marks(scenario)
    spread = disagreement(panel)
    assert not isinstance(spread, TooLittle)
    drawn = redrawn(panel, spread, scenario.plan, rng, 500)
    assert set(np.concatenate([marks for by in drawn.values() for marks in by.values()])) <= set(range(6))
    agreed = [float(one.counts[bid]) for one in panel.criteria for bid in panel.bids]
    means = [drawn[one.column][bid].mean() for one in panel.criteria for bid in panel.bids]
    assert np.corrcoef(agreed, means)[0, 1] > 0.9


def test_computed_marks_are_computed_of_the_people_of_each_panel() -> None:
    """Of three marks, the mean is a third of a whole mark; the median is one of the scale."""
    rng = np.random.default_rng(4)
    by_bid = drawn_panel(rng, rng.normal(2.5, 1, (6, 3)), agreed=False)
    for rule, thirds in (("mean", True), ("median", False)):
        scenario = marked(by_bid, marks=rule)
        panel = panel_marks(scenario)
        spread = disagreement(panel)
        assert not isinstance(spread, TooLittle)
        marks = redrawn(panel, spread, scenario.plan, rng, 200)["marks.c0"]["b0"]
        assert np.allclose(np.round(marks * 3), marks * 3)
        assert (not np.allclose(np.round(marks), marks)) == thirds


def test_bids_that_fewer_than_two_marked_are_taken_to_be_marked_as_reliably_and_counted() -> None:
    rng = np.random.default_rng(4)
    by_bid = drawn_panel(rng, np.full((5, 4), 2.5))
    by_bid["b0"] = [one_mark(3, 3), *by_bid["b0"][1:]]
    found = told_of(marked(by_bid), 50, 1)
    assert isinstance(found, OtherPanels)
    assert (found.several, found.fewer) == (19, 1)


def test_too_few_marks_in_common_are_said_and_not_drawn_from() -> None:
    by_bid = {f"b{n}": [one_mark(3, 3, 4)] for n in range(5)}
    assert told_of(marked(by_bid), 50, 1) is TooLittle.FEW_IN_COMMON
    assert told_of(marked({"a": [one_mark(3, 3)], "b": [one_mark(4, 4)]}), 50, 1) is TooLittle.ONE_PERSON


@pytest.mark.slow
def test_what_is_said_of_other_panels_is_about_what_they_do() -> None:
    """Panels of the same people's kind mark the same bids again: as often as was said, others win."""
    rng = np.random.default_rng(11)
    said, came = [], []
    for seed in range(16):
        deserved = rng.normal(3, 0.5, (5, 6))
        scenario = marked(drawn_panel(rng, deserved, agreed=False), marks="mean")
        found = told_of(scenario, 100, seed)
        assert isinstance(found, OtherPanels)
        said.append(found.other)
        again = (marked(drawn_panel(rng, deserved, agreed=False), marks="mean") for _ in range(2))
        came += [set(other.winner) != set(scenario.winner) for other in again]
    assert np.mean(said) == pytest.approx(np.mean(came), abs=0.25)
