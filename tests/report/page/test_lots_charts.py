from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lot_outcomes import figures

from tender_eval.report.page.lots_charts import (
    funnel_chart,
    levels_chart,
    moved_chart,
    percent,
    ticks,
    weeks_chart,
)
from tender_eval.report.page.lots_frontier import FRONTIER_HEIGHT, frontier_chart
from tender_eval.simulation.frontier import frontier
from tender_eval.simulation.outcome import FUNNEL, DesignOutcome, Effect, Estimate, Moved

TRACE = 0.01  # per cent, lost where lengths are printed
MEANS = st.floats(0, 1e7, allow_nan=False)
SHARES = st.floats(0, 1, allow_nan=False)


def designs(name: str, means: Sequence[float | None], se: float = 0.01) -> tuple[DesignOutcome, ...]:
    of = ({**figures(), name: Estimate(m, None if m is None else se, 100)} for m in means)
    return tuple(DesignOutcome(f"design {n}", n + 1, "scheme", found, 0.0, True) for n, found in enumerate(of))


@pytest.mark.slow
@given(MEANS, MEANS)
def test_ticks_are_even_and_reach_beyond_both_ends(one: float, two: float) -> None:
    low, high = sorted((one, two))
    assume(high - low > 1e-6 * max(high, 1))
    marks = ticks(low, high)
    steps = [b - a for a, b in pairwise(marks)]
    assert marks[0] <= low + 1e-9 * high
    assert marks[-1] >= high - 1e-9 * high
    assert 2 <= len(marks) <= 7
    assert max(steps) - min(steps) < 1e-6 * max(steps) + 1e-9


@given(st.lists(MEANS, min_size=1, max_size=9))
def test_bars_from_nought_are_in_proportion(means: list[float]) -> None:
    chart = levels_chart(designs("authority_cost", means), "authority_cost")
    widths = [float(row.width) for row in chart.rows]
    assert all(0 <= w <= 100 for w in widths)
    for (a, wide), (b, other) in pairwise(zip(means, widths, strict=True)):
        assert abs(wide * b - other * a) <= TRACE * max(a, b, 1)


@given(st.lists(SHARES, min_size=1, max_size=9), st.floats(0, 0.1))
def test_dots_keep_their_order_and_lie_within_their_errors(means: list[float], se: float) -> None:
    chart = levels_chart(designs("price_ratio", means, se), "price_ratio", near=0.04)
    places = [float(row.width) for row in chart.rows]
    for (a, first), (b, second) in pairwise(zip(means, places, strict=True)):
        assert (a - b) * (first - second) >= -TRACE
    assert all(float(r.low) <= float(r.width) + TRACE and float(r.width) <= float(r.high) + TRACE for r in chart.rows)
    assert all(0 <= float(p) <= 100 for r in chart.rows for p in (r.low, r.width, r.high))


def test_a_figure_that_is_not_known_has_no_place() -> None:
    row = levels_chart(designs("quality", [None, 0.7]), "quality", near=0.04).rows[0]
    assert (row.known, row.value) == (False, "not known")
    assert not weeks_chart(designs("quality", [0.7]), {}).rows[0].known


def test_weeks_are_told_as_in_the_table() -> None:
    chart = weeks_chart(designs("quality", [0.7, 0.7]), {"design 0": 8.49, "design 1": 57.25})
    assert [row.value for row in chart.rows] == ["8.5", "57.2"]
    assert (chart.least, chart.most) == ("0", "60")


@pytest.mark.slow
@given(st.lists(st.integers(0, 1000), min_size=6, max_size=6))
def test_the_ends_of_small_providers_fill_the_bar_from_left_to_right(counts: list[int]) -> None:
    assume(sum(counts))
    shares = {f"funnel.{end}": Estimate(n / sum(counts), 0.0, 100) for end, n in zip(FUNNEL, counts, strict=True)}
    design = DesignOutcome("one", 1, "scheme", {**figures(), **shares}, 0.0, True)
    segments = funnel_chart([design]).bars[0].segments
    ends = [(float(s.x), float(s.x) + float(s.width)) for s in segments]
    assert abs(ends[0][0]) < TRACE
    assert abs(ends[-1][1] - 100) < TRACE
    assert all(abs(end - start) < TRACE for (_, end), (start, _) in pairwise(ends))
    assert [s.part for s in segments] == [n for n, count in enumerate(counts) if count]


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1)), min_size=1, max_size=8))
def test_what_moves_the_answer_up_is_to_the_right(found: list[tuple[float, float, float]]) -> None:
    moved = [
        Moved("years", 4.0, 2.0, 6.0, {"price_ratio": Effect(Estimate(a, se, 9), Estimate(b, se, 9))}, ())
        for a, b, se in found
    ]
    for (low, high, _), row in zip(found, moved_chart(moved, "price_ratio"), strict=True):
        for mean, push in ((low, row.low), (high, row.high)):
            assert push is not None
            start, end = float(push.start), float(push.start) + float(push.width)
            assert abs((start if mean >= 0 else end) - 50) < TRACE
            assert -TRACE <= float(push.low) <= float(push.high) + TRACE <= 100 + 2 * TRACE


def test_an_end_that_is_the_value_itself_has_no_bar() -> None:
    moved = Moved("tupe_cost", 0.0, 0.0, 0.05, {"price_ratio": Effect(None, Estimate(0.01, 0.001, 9))}, ())
    (row,) = moved_chart([moved], "price_ratio")
    assert row.low is None
    assert row.high is not None
    assert row.high.value == "+1.0"


@pytest.mark.slow
@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=12))
def test_each_design_has_one_label_on_the_frontier_chart(places: list[tuple[float, float]]) -> None:
    found = tuple(
        DesignOutcome(f"design {n}", 1, "scheme", figures(small_win_share=share, price_ratio=price), 0.0, True)
        for n, (share, price) in enumerate(places)
    )
    chart = frontier_chart(frontier(found))
    assert chart is not None
    numbers = [int(n) for point in chart.points if point.label for n in point.label.split(", ")]
    assert sorted(numbers) == list(range(1, len(places) + 1))
    assert all(0 <= float(p.x) <= 100 and 0 <= float(p.y) <= FRONTIER_HEIGHT for p in chart.points)


def test_short_names_stand_beside_their_points() -> None:
    named = [DesignOutcome(f"{n} lots", n, "scheme", figures(small_win_share=n / 10), 0.0, True) for n in (2, 8)]
    chart = frontier_chart(frontier(named))
    assert chart is not None
    assert not chart.numbered
    assert [p.label for p in chart.points] == ["2 lots", "8 lots"]


def test_a_frontier_of_nothing_known_has_no_chart() -> None:
    assert frontier_chart(frontier(designs("price_ratio", [None, None]))) is None
    assert percent(0.5) == "50"
