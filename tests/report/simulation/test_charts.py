from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lot_outcomes import figures

from tender_eval.documents.charts import Bar, BarChart, Dot, Whisker
from tender_eval.documents.layout import labelled
from tender_eval.report.simulation.charts import (
    effect_chart,
    frontier_plot,
    funnel_chart,
    levels_chart,
    ticks,
    weeks_chart,
)
from tender_eval.report.simulation.figure_format import FigureFormat
from tender_eval.simulation.results.frontier import frontier
from tender_eval.simulation.results.outcome import FUNNEL, DesignOutcome, Effect, Estimate, ParameterEffect

POUNDS = FigureFormat("GBP")
MEANS = st.floats(0, 1e7, allow_nan=False)
SHARES = st.floats(0, 1, allow_nan=False)


def designs(name: str, means: Sequence[float | None], se: float = 0.01) -> tuple[DesignOutcome, ...]:
    of = ({**figures(), name: Estimate(m, None if m is None else se, 100)} for m in means)
    return tuple(DesignOutcome(f"design {n}", n + 1, "scheme", found, 0.0, True) for n, found in enumerate(of))


def marks(chart: BarChart) -> list[tuple[Bar | Whisker | Dot | object, ...]]:
    return [lane.marks for row in chart.rows for lane in row.lanes]


@pytest.mark.slow
@given(MEANS, MEANS)
def test_ticks_are_even_and_reach_beyond_both_ends(one: float, two: float) -> None:
    low, high = sorted((one, two))
    assume(high - low > 1e-6 * max(high, 1))
    found = ticks(low, high)
    steps = [b - a for a, b in pairwise(found)]
    assert found[0] <= low + 1e-9 * high
    assert found[-1] >= high - 1e-9 * high
    assert 2 <= len(found) <= 7
    assert max(steps) - min(steps) < 1e-6 * max(steps) + 1e-9


@pytest.mark.slow
@given(st.lists(MEANS, min_size=1, max_size=9))
def test_bars_from_nought_are_in_proportion(means: list[float]) -> None:
    chart = levels_chart(POUNDS, designs("authority_cost", means), "authority_cost")
    widths = [m.end for of in marks(chart) for m in of if isinstance(m, Bar)]
    assert len(widths) == len(means)
    assert all(0 <= w <= 1 for w in widths)
    for (a, wide), (b, other) in pairwise(zip(means, widths, strict=True)):
        assert wide * b == pytest.approx(other * a, abs=1e-9 * max(a, b, 1))


@pytest.mark.slow
@given(st.lists(SHARES, min_size=1, max_size=9), st.floats(0, 0.1))
def test_dots_keep_their_order_and_lie_within_their_errors(means: list[float], se: float) -> None:
    chart = levels_chart(POUNDS, designs("price_ratio", means, se), "price_ratio", near=0.04)
    places = [m.at for of in marks(chart) for m in of if isinstance(m, Dot)]
    for (a, first), (b, second) in pairwise(zip(means, places, strict=True)):
        assert (a - b) * (first - second) >= -1e-9
    for of, at in zip(marks(chart), places, strict=True):
        assert not any(isinstance(m, Bar) for m in of)
        for whisker in (m for m in of if isinstance(m, Whisker)):
            assert 0 <= whisker.low <= at <= whisker.high <= 1


def test_a_figure_that_is_not_known_has_no_place() -> None:
    row = levels_chart(POUNDS, designs("quality", [None, 0.7]), "quality", near=0.04).rows[0]
    assert (row.lanes[0].marks, row.value) == ((), "not known")
    assert weeks_chart(POUNDS, designs("quality", [0.7]), {}).rows[0].lanes[0].marks == ()


def test_weeks_are_told_as_in_the_table() -> None:
    chart = weeks_chart(POUNDS, designs("quality", [0.7, 0.7]), {"design 0": 8.49, "design 1": 57.25})
    assert [row.value for row in chart.rows] == ["8.5", "57.2"]
    assert chart.ends == ("0", "60")


def test_an_axis_of_money_is_in_the_currency() -> None:
    found = designs("authority_cost", [60_000.0])
    assert levels_chart(FigureFormat("EUR"), found, "authority_cost").ends == ("€0", "€80,000")
    assert levels_chart(FigureFormat("SEK"), found, "authority_cost").ends == ("SEK 0", "SEK 80,000")
    assert levels_chart(POUNDS, designs("authority_cost", [0.0], se=0.0), "authority_cost").ends == ("£0", "£1")


@pytest.mark.slow
@given(st.lists(st.integers(0, 1000), min_size=6, max_size=6))
def test_the_ends_of_small_providers_fill_the_bar_from_left_to_right(counts: list[int]) -> None:
    assume(sum(counts))
    shares = {f"funnel.{end}": Estimate(n / sum(counts), 0.0, 100) for end, n in zip(FUNNEL, counts, strict=True)}
    design = DesignOutcome("one", 1, "scheme", {**figures(), **shares}, 0.0, True)
    (found,) = marks(funnel_chart(POUNDS, [design]))
    bars = [m for m in found if isinstance(m, Bar)]
    assert bars[0].start == 0
    assert bars[-1].end == pytest.approx(1)
    assert all(one.end == other.start for one, other in pairwise(bars))
    assert [b.colour for b in bars] == [n for n, count in enumerate(counts) if count]


@pytest.mark.slow
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1)), min_size=1, max_size=8))
def test_what_moves_the_answer_up_is_to_the_right(found: list[tuple[float, float, float]]) -> None:
    moved = [
        ParameterEffect("years", 4.0, 2.0, 6.0, {"price_ratio": Effect(Estimate(a, se, 9), Estimate(b, se, 9))}, ())
        for a, b, se in found
    ]
    chart = effect_chart(POUNDS, moved, "price_ratio")
    assert chart.zero == 0.5
    for (low, high, _), row in zip(found, chart.rows, strict=True):
        for mean, lane in zip((low, high), row.lanes, strict=True):
            (bar,) = [m for m in lane.marks if isinstance(m, Bar)]
            (whisker,) = [m for m in lane.marks if isinstance(m, Whisker)]
            assert (bar.start if mean >= 0 else bar.end) == 0.5
            assert -1e-9 <= whisker.low <= whisker.high <= 1 + 1e-9


def test_an_end_that_is_the_value_itself_has_no_bar() -> None:
    moved = ParameterEffect("tupe_cost", 0.0, 0.0, 0.05, {"price_ratio": Effect(None, Estimate(0.01, 0.001, 9))}, ())
    low, high = effect_chart(POUNDS, [moved], "price_ratio").rows[0].lanes
    assert (low.marks, low.value) == ((), "low: as it is")
    assert high.value == "high +1.0"


@pytest.mark.slow
@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=12))
def test_each_design_has_one_label_on_the_frontier_chart(places: list[tuple[float, float]]) -> None:
    found = tuple(
        DesignOutcome(f"design {n}", 1, "scheme", figures(small_win_share=share, price_ratio=price), 0.0, True)
        for n, (share, price) in enumerate(places)
    )
    plot = frontier_plot(POUNDS, frontier(found))
    assert plot is not None
    numbers = [int(n) for _, label, _ in labelled(plot.points) for n in label.split(", ")]
    assert sorted(numbers) == list(range(1, len(places) + 1))
    assert plot.key == tuple(d.label for d in found)
    assert all(0 <= p.x <= 1 and 0 <= p.y <= 1 for p in plot.points)


def test_short_names_stand_beside_their_points() -> None:
    named = [DesignOutcome(f"{n} lots", n, "scheme", figures(small_win_share=n / 10), 0.0, True) for n in (2, 8)]
    plot = frontier_plot(POUNDS, frontier(named))
    assert plot is not None
    assert plot.key == ()
    assert [p.label for p in plot.points] == ["2 lots", "8 lots"]


def test_a_frontier_of_nothing_known_has_no_chart() -> None:
    assert frontier_plot(POUNDS, frontier(designs("price_ratio", [None, None]))) is None
