from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from analysed import analysis
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.documents.charts import Bar, BarChart, Dot, Mark, Plot, Tick
from tender_eval.documents.layout import labelled
from tender_eval.documents.model import Block
from tender_eval.fairness.findings.results import Acceptability, EffectiveWeight, PriceCurve, Tipping
from tender_eval.report.fairness import price_curves, robustness, tipping, weights
from tender_eval.report.fairness.lot_report import LotReport
from tender_eval.report.fairness.names import Names

NEAR = 1e-9


@cache
def full() -> LotReport:
    stated = analysis()
    (lot_analysis,) = stated.lots.values()
    return LotReport(lot_analysis, Names.of(stated, lot_analysis), Fraction(100))


def blocks(section: Any, **found: Any) -> list[Block]:
    report = full()
    changed = replace(report.lot_analysis, findings=replace(report.findings, **found))
    return list(section(replace(report, lot_analysis=changed)))


def bars(section: Any, **found: Any) -> BarChart:
    return next(block for block in blocks(section, **found) if isinstance(block, BarChart))


def plot(curve: PriceCurve) -> Plot:
    return next(block for block in blocks(price_curves.section, curves=(curve,)) if isinstance(block, Plot))


def only(kind: type, marks: tuple[Mark, ...]) -> Any:
    (found,) = (mark for mark in marks if isinstance(mark, kind))
    return found


@pytest.mark.slow
@given(st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_places_fill_the_bar_from_left_to_right(counts: list[int]) -> None:
    total = sum(counts) or 1
    ranks = tuple(n / total for n in counts)
    chart = bars(robustness.section, acceptability=Acceptability(total, {}, {"a": ranks}, {}, {}, 0.0))
    parts = [mark for mark in chart.rows[0].lanes[0].marks if isinstance(mark, Bar)]
    assert all(abs(right.start - left.end) < NEAR for left, right in pairwise(parts))
    if sum(counts):
        assert abs(parts[0].start) < NEAR
        assert abs(parts[-1].end - 1) < NEAR
    assert all(isinstance(part.colour, int) and 0 <= part.colour < len(chart.key) <= 7 for part in parts)


@pytest.mark.slow
@given(st.fractions(0, 100), st.none() | st.fractions(0, 100))
def test_the_band_ends_where_the_winner_changes(weight: Fraction, flips_at: Fraction | None) -> None:
    chart = bars(tipping.section, tipping=(Tipping("quality", weight, flips_at, ("b",)),))
    marks = chart.rows[0].lanes[0].marks
    band, now = only(Bar, marks), only(Dot, marks)
    assert band.start - NEAR <= now.at <= band.end + NEAR
    assert 0 <= band.start <= band.end <= 1 + NEAR
    if flips_at is None:
        assert (band.start, band.end) == (0, 1)
        assert not any(isinstance(mark, Tick) for mark in marks)
    else:
        flips = only(Tick, marks)
        assert min(abs(flips.at - band.start), abs(flips.at - band.end)) < NEAR


@pytest.mark.slow
@given(st.floats(0, 1), st.floats(-4, 4))
def test_bars_of_weights_begin_or_end_at_zero(nominal: float, effective: float) -> None:
    chart = bars(weights.section, effective_weights=(EffectiveWeight("quality", "Quality", nominal, effective),))
    published, acts = (only(Bar, lane.marks) for lane in chart.rows[0].lanes)
    assert chart.zero is not None
    assert abs((acts.start if effective >= 0 else acts.end) - chart.zero) < NEAR
    assert abs(published.start - chart.zero) < NEAR
    assert max(acts.end, published.end) <= 1 + NEAR


def test_dots_lie_on_the_curve_of_their_figures() -> None:
    bids = {"a": (50.0, 1.0), "b": (100.0, 0.5), "c": (100.0, 0.5)}
    found = plot(PriceCurve("p", "P", (50.0, 100.0), (1.0, 0.5), bids))
    assert found.lines == (((0.0, 1.0), (1.0, 0.5)),)
    assert [(point.x, point.y) for point in found.points] == [(0.0, 1.0), (1.0, 0.5), (1.0, 0.5)]
    labels = labelled(found.points)
    assert [label for _, label, _ in labels] == ["1", "2, 3"]
    assert labels[0][2] > 0  # a dot at the top has its number below it
    assert [says for _, says in found.across] == ["£60", "£80", "£100"]


def test_scores_below_zero_make_room() -> None:
    found = plot(PriceCurve("p", "P", (50.0, 100.0), (1.0, -1.0), {"a": (100.0, -1.0)}))
    assert found.lines == (((0.0, 1.0), (1.0, 0.0)),)
    assert [told for _, told in found.up] == ["-100%", "0%", "50%", "100%"]


def test_one_price_alone_makes_a_chart() -> None:
    assert plot(PriceCurve("p", "P", (50.0,), (1.0,), {})).lines == (((0.0, 1.0),),)
