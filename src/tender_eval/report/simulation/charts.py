"""The charts of a simulation: levels with error bars, shares of a whole, what assumptions move, and the frontier."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from tender_eval.documents.charts import Bar, BarChart, BarRow, Colour, Dot, Lane, Mark, Plot, Point, Whisker
from tender_eval.languages.inert import cut
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import at_places, money, shortest
from tender_eval.languages.runs import capital
from tender_eval.report.simulation.figure_format import (
    LONGEST_NAME,
    FigureFormat,
    assumption,
    kind_of,
    title,
    whole_percent,
)
from tender_eval.simulation.results.outcome import (
    FUNNEL,
    DesignOutcome,
    Estimate,
    FrontierPoint,
    Joint,
    ParameterEffect,
    SimulationOutcome,
)
from tender_eval.simulation.spec.labels import texts

LONGEST_LABEL = 34  # columns beside a value that still fit on a phone
LONGEST_ASSUMPTION = 46
LONGEST_AT_POINT = 7  # columns of a name that stands beside its point
SPAN = 2.0  # standard errors to each side of a mean
TICKS = 4
NUMBERED, SHARED = 0.03, 0.15  # of the width, from which a part has its number below it, and its share
MOST_MOVED = 8  # bars of a chart; the table has them all
NEAR = 0.04  # of the axis of prices and of quality at the least: half a point would else look like all or nothing


def levels_chart(
    fmt: FigureFormat,
    designs: Sequence[DesignOutcome],
    name: str,
    *,
    most: float | None = None,
    near: float | None = None,
    joint: Joint | None = None,
) -> BarChart:
    """A figure of every design with its range, or where none is known with its error.

    Args:
        most: where the axis ends at the least, for figures that have a natural end.
        near: at least so much is shown of the axis around the figures, in place of all from nought.
    """
    ranges = {d.label: d.figures[name] for d in (joint.designs if joint else ()) if name in d.figures}
    found: list[tuple[str, Estimate, str, tuple[float, ...]]] = []
    for d in designs:
        if d.label in ranges and d[name].mean is not None:
            values = {"level": fmt.written(name, d[name].mean), "range": fmt.between(name, ranges[d.label])}
            found.append((d.label, d[name], fmt.t("joint.bar", **values), (ranges[d.label].low, ranges[d.label].high)))
        else:
            found.append((d.label, d[name], fmt.level(name, d[name]), ends_of(d[name])))
    ends = [end for _, e, _, span in found for end in (*span, *ends_of(e))]
    if near is None:
        low, high = 0.0, most or ticks(0.0, max(ends, default=0.0) or 1.0)[-1]
    else:
        least, largest = min(ends, default=0.0), max(ends, default=0.0)
        wide = max(near - (largest - least), 0.0) / 2
        low, *_, high = ticks(least - wide, largest + wide)
    at = (rounded(fmt, name, low), rounded(fmt, name, high))
    return _levels(f"{name}-chart", title(name), found, (low, high), at, near is not None)


def weeks_chart(fmt: FigureFormat, designs: Sequence[DesignOutcome], weeks: Mapping[str, float]) -> BarChart:
    """The weeks that each design takes a team of one."""
    most = ticks(0.0, max(weeks.values(), default=0.0) or 1.0)[-1]
    found = [(d.label, weeks.get(d.label)) for d in designs]
    unknown = fmt.t("figure.not known")
    levels = [(label, Estimate(w, None, 0), unknown if w is None else at_places(w, 1), ()) for label, w in found]
    return _levels("weeks-chart", fmt.t("teams.chart"), levels, (0.0, most), ("0", rounded(fmt, "weeks", most)), False)


def rounded(fmt: FigureFormat, name: str, value: float) -> str:
    """A round figure of an axis in its unit.

    >>> pounds = FigureFormat("GBP")
    >>> [rounded(pounds, *at) for at in (("quality", 0.25), ("small_bidders", 5.0), ("cost", 80000.0))]
    ['25%', '5', '£80,000']
    """
    match kind_of(name):
        case "share":
            return fmt.t("figure.share", n=_round(100 * value))
        case "money":
            return money(Fraction(str(round(value, 2))), fmt.currency)
        case _:
            return _round(value)


def funnel_chart(fmt: FigureFormat, designs: Sequence[DesignOutcome]) -> BarChart:
    """Where the small providers of every design end, each a part of a bar with the number of its key below it."""
    t = fmt.t
    ends = [t(f"end.{end}") for end in FUNNEL]
    rows, said = [], []
    for design in designs:
        marks: list[Bar] = []
        x = 0.0
        for part, end in enumerate(FUNNEL):
            estimate = design.figures.get(f"funnel.{end}")
            share = (estimate.mean if estimate else None) or 0.0
            if share > 0:
                says = t("funnel.part", end=ends[part], share=_whole_percent(share))
                marks.append(Bar(x, x + share, part, says, _below(part, share)))
            x += share
        label = cut(design.label, LONGEST_LABEL)
        rows.append(BarRow(label, (Lane(tuple(marks)),)))
        parts = in_a_row(m.says for m in marks) or t("figure.not known")
        said.append(t("chart.of", label=label, says=parts))
    key = tuple(enumerate(ends))
    return BarChart("funnel-chart", t("funnel.chart"), ". ".join(said), tuple(rows), key, numbered=True)


def effect_charts(fmt: FigureFormat, outcome: SimulationOutcome) -> tuple[BarChart, ...]:
    """What the assumptions do to the answer in each of its figures, the strongest first."""
    found = outcome.sensitivity
    charts = []
    for name, stands in found.differences.items():
        strongest = sorted(found.parameters, key=lambda m: -m.effects[name].size)[:MOST_MOVED]
        if strongest:
            level = fmt.written(name, stands.mean) if not outcome.paired else _difference(fmt, name, stands)
            turning = [assumption(m.name) for m in found.parameters if name in m.reverses]
            turned = [fmt.t("moved.turning", assumptions="; ".join(turning))] if turning else []
            note = " ".join([fmt.t("moved.middle", level=level), *turned])
            charts.append(effect_chart(fmt, strongest, name, note))
    return tuple(charts)


def effect_chart(fmt: FigureFormat, effects: Sequence[ParameterEffect], name: str, note: str = "") -> BarChart:
    """What each assumption does to the answer in one figure: to the left of the middle less, to the right more."""
    t = fmt.t
    ends = [abs(end) for m in effects for e in (m.effects[name].low, m.effects[name].high) if e for end in ends_of(e)]
    scale = max(ends, default=0.0) or 1.0
    rows, said = [], []
    for m in effects:
        effect = m.effects[name]
        lanes = tuple(_push(fmt, e, name, scale, end) for end, e in (("low", effect.low), ("high", effect.high)))
        label = cut(capital(assumption(m.name)), LONGEST_ASSUMPTION)
        rows.append(BarRow(label, lanes))
        said.append(t("chart.of", label=label, says=in_a_row(lane.value for lane in lanes)))
    key: tuple[tuple[Colour, str], ...] = (("low", t("moved.key low")), ("high", t("moved.key high")))
    heading = t("moved.chart", figure=title(name))
    return BarChart(f"moved-{name}", heading, "; ".join(said), tuple(rows), key, zero=0.5, note=note)


def frontier_plot(fmt: FigureFormat, found: Sequence[FrontierPoint]) -> Plot | None:
    """The designs by price and by what small providers win; None where one of the two is not known of any."""
    placed = [
        (n, p, share, price)
        for n, p in enumerate(found, 1)
        if (share := p.figures["small_win_share"]).mean is not None
        and (price := p.figures["price_ratio"]).mean is not None
    ]
    if not placed:
        return None
    across = ticks(0.0, max(end for _, _, share, _ in placed for end in ends_of(share)) or 1.0)
    prices = [end for _, _, _, price in placed for end in ends_of(price)]
    up = ticks(min(prices) - 0.01, max(prices) + 0.01)

    def x(value: float) -> float:
        return max(value, 0.0) / across[-1]

    def y(value: float) -> float:
        return (value - up[0]) / (up[-1] - up[0])

    numbered = any(len(p.label) > LONGEST_AT_POINT for p in found)
    points = tuple(
        Point(
            x(share.mean or 0.0), y(price.mean or 0.0), str(n) if numbered else p.label,
            Whisker(*map(x, ends_of(share))), Whisker(*map(y, ends_of(price))), bool(p.dominated_by),
        )
        for n, p, share, price in placed
    )  # fmt: skip
    t = fmt.t
    said = []
    for p in found:
        at = {"share": "small_win_share", "price": "price_ratio"}
        levels = {gap: fmt.level(name, p.figures[name]) for gap, name in at.items()}
        said.append(t("frontier.point", label=cut(p.label, LONGEST_NAME), **levels))
    return Plot(
        "frontier-chart", t("frontier.chart"), t("frontier.says", points="; ".join(said)), points,
        across=tuple((x(v), rounded(fmt, "small_win_share", v)) for v in across),
        up=tuple((y(v), rounded(fmt, "price_ratio", v)) for v in up),
        axes=t("frontier.axes"), key=tuple(cut(p.label, LONGEST_NAME) for p in found) if numbered else (),
        note=t("frontier.note"),
    )  # fmt: skip


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Round figures from the last below ``low`` to the first above ``high``.

    >>> ticks(0.0, 4.5), ticks(0.907, 0.928)
    ((0.0, 2.0, 4.0, 6.0), (0.9, 0.91, 0.92, 0.93))
    """
    raw = (high - low) / TICKS or 1.0
    tens = 10.0 ** math.floor(math.log10(raw))
    step = next(s for s in (1, 2, 5, 10) if s * tens >= raw * 0.999) * tens
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, max(last, first + 1) + 1))


def ends_of(estimate: Estimate) -> tuple[float, ...]:
    """The ends of the line of an estimate's error; none where it has no mean."""
    if estimate.mean is None:
        return ()
    return estimate.mean - SPAN * (estimate.se or 0.0), estimate.mean + SPAN * (estimate.se or 0.0)


def _levels(
    anchor: str, heading: str, found: Sequence[tuple[str, Estimate, str, tuple[float, ...]]], axis: tuple[float, float],
    ends: tuple[str, str], dots: bool,
) -> BarChart:  # fmt: skip
    """Rows of means by label, each with its text and the ends of its line. Where the axis does not begin at nought
    lengths say nothing: dots."""
    low, high = axis

    def at(value: float) -> float:
        return min(max((value - low) / (high - low), 0.0), 1.0)

    rows, said = [], []
    for design, estimate, value, span in found:
        marks: list[Mark] = []
        if estimate.mean is not None:
            marks = [] if dots else [Bar(0.0, at(estimate.mean))]
            marks += [Whisker(*map(at, span))] if len(span) == 2 and span[0] < span[1] else []
            marks += [Dot(at(estimate.mean))] if dots else []
        label = cut(design, LONGEST_LABEL)
        rows.append(BarRow(label, (Lane(tuple(marks)),), value))
        said.append(texts()("chart.of", label=label, says=value))
    note = texts()("chart.axis", least=ends[0], most=ends[1]) if dots else ""
    return BarChart(anchor, heading, "; ".join(said), tuple(rows), ends=ends, note=note)


def _push(fmt: FigureFormat, estimate: Estimate | None, name: str, scale: float, end: str) -> Lane:
    """What one end of an assumption's range does; nothing where that is the value it has."""
    if estimate is None or estimate.mean is None:
        return Lane((), fmt.t(f"moved.{end} at", value=fmt.t("moved.as it is")))

    def at(value: float) -> float:
        return 0.5 + value / scale / 2

    start, stop = sorted((0.5, at(estimate.mean)))
    colour: Colour = "low" if end == "low" else "high"
    marks = (Bar(start, stop, colour), Whisker(*map(at, ends_of(estimate))))
    return Lane(marks, fmt.t(f"moved.{end} by", change=fmt.difference(name, estimate.mean)))


def _difference(fmt: FigureFormat, name: str, found: Estimate) -> str:
    return fmt.t("figure.not known") if found.mean is None else fmt.difference(name, found.mean, points=True)


def _below(part: int, share: float) -> str:
    """What stands below a part of a bar, where there is room."""
    if share < NUMBERED:
        return ""
    values = {"n": part + 1, "share": _whole_percent(share)}
    return texts()("funnel.below", **values) if share >= SHARED else str(part + 1)


def _whole_percent(share: float) -> str:
    """
    >>> _whole_percent(0.791), _whole_percent(0.004)
    ('79%', 'under 1%')
    """
    return whole_percent(share) if share >= 0.01 else texts()("funnel.under")


def _round(value: float) -> str:
    return shortest(value, 10)
