"""The frontier keeps every design that is not worse beyond doubt, and names no best."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.simulation.results.frontier import SCALES, frontier
from tender_eval.simulation.results.outcome import DesignOutcome, Estimate

NAMES = ("price_ratio", "quality", "small_win_share", "authority_cost", "bidder_cost")


def design(label: str, values: tuple[float | None, ...], se: float = 0.01) -> DesignOutcome:
    figures = {name: Estimate(v, None if v is None else se, 100) for name, v in zip(NAMES, values, strict=True)}
    return DesignOutcome(label, 1, "s", figures, 0.0, True)


def test_a_design_that_is_worse_on_one_scale_and_better_on_none_is_dominated() -> None:
    one, two = frontier([design("a", (0.9, 0.7, 0.5, 10, 10)), design("b", (0.95, 0.7, 0.5, 10, 10))])
    assert (one.dominated_by, two.dominated_by) == ((), ("a",))


def test_a_difference_within_twice_its_error_dominates_nobody() -> None:
    near = frontier([design("a", (0.9, 0.7, 0.5, 10, 10)), design("b", (0.92, 0.7, 0.5, 10, 10))])
    assert [p.dominated_by for p in near] == [(), ()]


def test_a_design_that_is_better_on_one_scale_stays() -> None:
    both = frontier([design("a", (0.9, 0.7, 0.5, 10, 10)), design("b", (1.2, 0.3, 0.51, 99, 99))])
    assert [p.dominated_by for p in both] == [(), ()]


def test_costs_of_the_authority_and_of_bidders_are_one_scale() -> None:
    (only,) = frontier([design("a", (0.9, 0.7, 0.5, 10, 32))])
    assert only.figures["cost"] == Estimate(42, 0.02, 100)
    assert tuple(only.figures) == tuple(SCALES)


def test_what_is_not_known_is_not_compared() -> None:
    unknown = frontier([design("a", (0.9, 0.7, None, 10, 10)), design("b", (0.95, 0.7, 0.1, None, 10))])
    assert [p.dominated_by for p in unknown] == [(), ()]


@pytest.mark.slow
@given(st.lists(st.tuples(*[st.floats(0, 1)] * 5), min_size=1, max_size=6), st.sampled_from([0.0, 0.05]))
def test_somebody_is_on_the_frontier_and_dominance_runs_in_no_circle(values: list[tuple], se: float) -> None:
    placed = frontier([design(str(n), v, se) for n, v in enumerate(values)])
    assert any(not p.dominated_by for p in placed)
    beaten = {p.label: set(p.dominated_by) for p in placed}
    assert all(label not in beaten[other] for label, by in beaten.items() for other in by)
