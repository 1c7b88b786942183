"""The charts of a fairness report, in per cent of their width: places, tipping points, weights, price curves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tender_eval.fairness.findings import Acceptability, EffectiveWeight, PriceCurve, Tipping
from tender_eval.model.wording import shown
from tender_eval.report.fairness_tables import grouped_places, place_names
from tender_eval.report.fairness_voice import Voice, apart, percent_of
from tender_eval.report.fairness_words import acts_alike
from tender_eval.report.page.charts import ROW, Bar, Chart, Segment, percent

LABEL_ROW = 78
PAIR_ROW = 68
CURVE_HEIGHT = 260  # pixels
LABEL_NEEDS = 24  # pixels above a dot; where there are fewer, its label stands below
NEAR_X, NEAR_Y = 3.0, 16.0  # per cent and pixels within which two dots share a label


@dataclass(frozen=True, slots=True)
class TippingRow:
    """One criterion: where the band begins and how wide it is, the weight now, and where the winner changes."""

    label: str
    value: str
    start: str
    width: str
    now: str
    flips: str  # empty where nothing changes the winner
    y: int


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One criterion: the lengths of its two bars, which begin at ``zero`` or end there, and what stands beside them."""

    label: str
    zero: str
    nominal: str
    start: str
    effective: str
    says_nominal: str
    says_effective: str
    y: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A bid on a curve; ``label`` holds the numbers of all bids there, and is empty for all but the first."""

    x: str
    y: str
    label: str
    anchor: str
    dy: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through ``points`` in a box of 1000 by 1000, and the bids on it."""

    points: str
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[str, str], ...]  # y in pixels, and the score there
    low: str
    high: str


def ranks_chart(found: Acceptability, voice: Voice, label: Callable[[str], str], winner: Sequence[str]) -> Chart:
    """A bar for each bid, made of the shares of the places from the first to the last."""
    names = place_names(found.ranks.values(), voice)
    bars = []
    for n, (bid, ranks) in enumerate(found.ranks.items()):
        segments, x = [], 0.0
        for part, share in enumerate(grouped_places(ranks)):
            if share > 0:
                says = voice.say("ranks.part", place=names[part], share=percent_of(share))
                segments.append(Segment(percent(x), percent(share), part, says))
            x += share
        first = percent_of(ranks[0]) if ranks else percent_of(0)
        bars.append(Bar(label(bid), first, tuple(segments), bid in winner, n * ROW))
    return Chart(tuple(bars), names, len(bars) * ROW)


def tipping_chart(
    found: Sequence[Tipping], total: Fraction, voice: Voice, label: Callable[[str], str]
) -> tuple[TippingRow, ...]:
    """A row for each criterion. The winner stays at least as far on the other side as on the nearest."""
    rows = []
    for n, tip in enumerate(found):
        reach = total if tip.flips_at is None else abs(tip.flips_at - tip.weight)
        low, high = max(Fraction(0), tip.weight - reach), min(total, tip.weight + reach)
        weight = shown(tip.weight)
        if tip.flips_at is None:
            value = voice.say("tipping.row never", weight=weight)
        else:
            value = voice.say("tipping.row", weight=weight, flips=apart(tip.flips_at, tip.weight))
        flips = "" if tip.flips_at is None else percent(float(tip.flips_at / total))
        rows.append(
            TippingRow(
                label(tip.criterion), value, percent(float(low / total)), percent(float((high - low) / total)),
                percent(float(tip.weight / total)), flips, n * LABEL_ROW,
            )
        )  # fmt: skip
    return tuple(rows)


def weights_chart(found: Sequence[EffectiveWeight], voice: Voice, label: Callable[[str], str]) -> tuple[WeightRow, ...]:
    """Two bars for each criterion; that of a share below none ends at zero."""
    least = min((0.0, *(w.effective for w in found)))
    says = "effective.bar effective" if acts_alike(found) else "effective.bar share"
    span = max((1.0, *(w.effective for w in found))) - least
    return tuple(
        WeightRow(
            label(weight.criterion),
            percent(-least / span),
            percent(weight.nominal / span),
            percent((min(0.0, weight.effective) - least) / span),
            percent(abs(weight.effective) / span),
            voice.say("effective.bar nominal", share=percent_of(weight.nominal)),
            voice.say(says, share=percent_of(weight.effective)),
            n * PAIR_ROW,
        )
        for n, weight in enumerate(found)
    )


def curve_chart(found: PriceCurve, numbers: Mapping[str, int], voice: Voice) -> Curve:
    """The line of a price formula, from the lowest price to the highest, and each bid as a numbered dot."""
    prices = [*found.prices, *(price for price, _ in found.bids.values())]
    scores = [0.0, 1.0, *found.scores, *(score for _, score in found.bids.values())]
    low, high, least, most = min(prices), max(prices), min(scores), max(scores)
    across, up = (high - low) or 1.0, (most - least) or 1.0
    line = " ".join(
        f"{1000 * (p - low) / across:.1f},{1000 * (most - s) / up:.1f}"
        for p, s in zip(found.prices, found.scores, strict=True)
    )
    spots = [(100 * (price - low) / across, CURVE_HEIGHT * (most - score) / up) for price, score in found.bids.values()]
    ticks = tuple(
        (f"{CURVE_HEIGHT * (most - score) / up:.1f}", percent_of(score))
        for score in sorted({least, 0.0, 0.5, 1.0, most})
    )
    return Curve(
        line,
        _dots(spots, [numbers[bid] for bid in found.bids]),
        ticks,
        voice.money(Fraction(round(low))),
        voice.money(Fraction(round(high))),
    )


def _dots(spots: Sequence[tuple[float, float]], numbers: Sequence[int]) -> tuple[Dot, ...]:
    """The bids by number; those that lie on each other have one label."""
    labels: list[list[int]] = []
    for n, (x, y) in enumerate(spots):
        near = next((ls for ls in labels if _near(spots[ls[0]], (x, y))), None)
        if near is None:
            labels.append([n])
        else:
            near.append(n)
    leaders = {group[0]: ", ".join(str(numbers[n]) for n in group) for group in labels}
    return tuple(
        Dot(f"{x:.2f}", f"{y:.1f}", leaders.get(n, ""), _anchor(x), -12 if y > LABEL_NEEDS else LABEL_NEEDS)
        for n, (x, y) in enumerate(spots)
    )


def _anchor(x: float) -> str:
    return "end" if x > 90 else "start" if x < 10 else "middle"


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < NEAR_X and abs(one[1] - other[1]) < NEAR_Y
