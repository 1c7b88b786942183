"""The reliability of a tender's marks: what each figure is of, and what is said where too little is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from inline import CATALOGUE, bids, leaf, scheme
from panels import STEPS, drawn_panel, marked, one_mark

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.reliability import Estimate, OtherPanels, Reliability, TooLittle
from tender_eval.fairness.reliability.assess import Draws, reliability
from tender_eval.fairness.scenarios.scenario import Scenario

FEW = Draws(100, 100)


@pytest.fixture(scope="module")
def drawn() -> Scenario:
    rng = np.random.default_rng(3)
    return marked(drawn_panel(rng, rng.normal(3, 1, (12, 4))))


@pytest.fixture(scope="module")
def found(drawn: Scenario) -> Reliability:
    whole = reliability(drawn, FEW)
    assert whole is not None
    return whole


def test_every_figure_of_enough_marks(found: Reliability) -> None:
    assert [one.criterion for one in found.by_criterion] == ["c0", "c1", "c2", "c3"]
    assert (found.overall.people, found.overall.bids, found.overall.marks) == (3, 12, 144)
    for one in (found.overall, *found.by_criterion):
        for estimate in (one.nominal, one.ordinal, one.interval, one.single, one.average, one.concordance):
            assert isinstance(estimate, Estimate)
            assert not isinstance(estimate.interval, TooLittle)
            assert estimate.interval.low <= estimate.value <= estimate.interval.high
    assert not isinstance(found.severity, TooLittle)
    assert [one.person for one in found.severity] == ["p0", "p1", "p2"]
    assert isinstance(found.panels, OtherPanels)


def test_intervals_at_a_criterion_are_by_f_and_over_all_of_whole_bids(found: Reliability) -> None:
    def by(estimate: object) -> str:
        assert isinstance(estimate, Estimate)
        assert not isinstance(estimate.interval, TooLittle)
        return estimate.interval.by

    assert by(found.by_criterion[0].single) == "F"
    assert by(found.overall.single) == "bootstrap"


def test_the_same_seed_gives_the_same(drawn: Scenario, found: Reliability) -> None:
    assert reliability(drawn, FEW) == found
    assert reliability(drawn, replace(FEW, seed=2)) != found


def test_without_individual_marks_there_is_nothing_to_say() -> None:
    assert reliability(marked({"a": [3], "b": [4]}), FEW) is None


def test_other_panels_are_not_asked_for_where_no_award_may_be_told(drawn: Scenario) -> None:
    told = reliability(drawn, Draws(100, 0))
    assert told is not None
    assert told.panels is None


def test_too_little_is_said_figure_by_figure() -> None:
    found = reliability(marked({"a": [one_mark(3, 3, 4)], "b": [one_mark(4, 4, 4)]}), FEW)
    assert found is not None
    assert found.overall.interval is TooLittle.FEW_BIDS
    assert found.overall.single is TooLittle.FEW_ALL_MARKED
    assert found.severity is TooLittle.FEW_PEOPLE
    assert found.panels is TooLittle.FEW_IN_COMMON


def test_marks_on_several_scales_are_compared_in_shares_alone() -> None:
    rng = np.random.default_rng(1)
    parts = [leaf("c0", 50, {"name": "mark", "scale": "five"}), leaf("c1", 50, {"name": "mark", "out_of": 10})]
    given = {
        f"b{n}": {"marks": {"c0": one_mark(3, *rng.integers(0, 6, 3).tolist()), "c1": one_mark(7, 7, 8, 9)}}
        for n in range(6)
    }
    stated = compile_scheme(scheme_from_data(scheme(*parts, scales={"five": STEPS})), CATALOGUE)
    found = reliability(Scenario(stated, bids_from_data(bids(given))), FEW)
    assert found is not None
    assert found.highest is None
    assert found.overall.nominal is found.overall.ordinal is TooLittle.SEVERAL_SCALES
    assert isinstance(found.overall.interval, Estimate)


def test_w_over_all_is_of_the_orders_by_each_ones_own_points() -> None:
    """At single criteria the two order the bids each their own way; by their sums they agree."""
    first, second = [0, 1, 2, 3, 4], [4, 3, 2, 1, 0]
    by_bid = {
        f"b{n}": [one_mark(2, first[n], second[n]), one_mark(2, second[n], first[n]), one_mark(2, n, n)]
        for n in range(5)
    }
    found = reliability(marked(by_bid), FEW)
    assert found is not None
    several, whole = found.by_criterion[0].concordance, found.overall.concordance
    assert isinstance(several, Estimate)
    assert isinstance(whole, Estimate)
    assert (several.value, whole.value) == pytest.approx((0, 1))


def test_individual_marks_that_the_scale_has_not_give_nobody_points() -> None:
    by_bid = {f"b{n}": [one_mark(2, n, 9)] for n in range(5)}
    found = reliability(marked(by_bid), FEW)
    assert found is not None
    assert found.overall.concordance is TooLittle.NOT_SCORED
