from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.fairness.findings import Acceptability, EffectiveWeight, PriceCurve, Tipping
from tender_eval.report.fairness_voice import terminal_voice
from tender_eval.report.page.fairness_charts import (
    CURVE_HEIGHT,
    curve_chart,
    ranks_chart,
    tipping_chart,
    weights_chart,
)

VOICE = terminal_voice("GBP")
TRACE = 0.01  # per cent, lost where lengths are printed


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_places_fill_the_bar_from_left_to_right(counts: list[int]) -> None:
    total = sum(counts) or 1
    ranks = tuple(n / total for n in counts)
    chart = ranks_chart(Acceptability(total, "", {"a": ranks}, {}, {}, 0.0), VOICE, str, ())
    segments = chart.bars[0].segments
    ends = [(float(s.x), float(s.x) + float(s.width)) for s in segments]
    assert all(abs(end - start) < TRACE for (_, end), (start, _) in pairwise(ends))
    if sum(counts):
        assert abs(ends[0][0]) < TRACE
        assert abs(ends[-1][1] - 100) < TRACE
    assert all(0 <= s.part < len(chart.parts) <= 7 for s in segments)


@pytest.mark.slow
@given(st.fractions(0, 100), st.none() | st.fractions(0, 100))
def test_the_band_ends_where_the_winner_changes(weight: Fraction, flips_at: Fraction | None) -> None:
    row = tipping_chart([Tipping("c", weight, flips_at, ("b",))], Fraction(100), VOICE, str)[0]
    start, end = float(row.start), float(row.start) + float(row.width)
    assert start - TRACE <= float(row.now) <= end + TRACE
    assert 0 <= start <= end <= 100 + TRACE
    if flips_at is None:
        assert (row.flips, start, end) == ("", 0.0, 100.0)
    else:
        assert min(abs(float(row.flips) - start), abs(float(row.flips) - end)) < TRACE


@given(st.floats(0, 1), st.floats(-4, 4))
def test_bars_of_weights_begin_or_end_at_zero(nominal: float, effective: float) -> None:
    row = weights_chart([EffectiveWeight("c", "C", nominal, effective)], VOICE, str)[0]
    zero, start, width = float(row.zero), float(row.start), float(row.effective)
    assert abs((start if effective >= 0 else start + width) - zero) < TRACE
    assert max(start + width, zero + float(row.nominal)) <= 100 + TRACE


def test_dots_lie_on_the_curve_of_their_figures() -> None:
    curve = PriceCurve("p", "P", (50.0, 100.0), (1.0, 0.5), {"a": (50.0, 1.0), "b": (100.0, 0.5), "c": (100.0, 0.5)})
    found = curve_chart(curve, {"a": 1, "b": 2, "c": 3}, VOICE)
    assert found.points == "0.0,0.0 1000.0,500.0"
    assert [(dot.x, dot.y, dot.label) for dot in found.dots] == [
        ("0.00", "0.0", "1"), ("100.00", f"{CURVE_HEIGHT / 2:.1f}", "2, 3"), ("100.00", f"{CURVE_HEIGHT / 2:.1f}", ""),
    ]  # fmt: skip
    assert (found.low, found.high) == ("£50", "£100")
    assert found.dots[0].dy > 0  # a dot at the top has its number below it


def test_scores_below_zero_make_room() -> None:
    found = curve_chart(PriceCurve("p", "P", (50.0, 100.0), (1.0, -1.0), {"a": (100.0, -1.0)}), {"a": 1}, VOICE)
    assert found.points == "0.0,0.0 1000.0,1000.0"
    assert [told for _, told in found.ticks] == ["-100%", "0%", "50%", "100%"]


def test_one_price_alone_makes_a_chart() -> None:
    found = curve_chart(PriceCurve("p", "P", (50.0,), (1.0,), {}), {}, VOICE)
    assert found.points == "0.0,0.0"
