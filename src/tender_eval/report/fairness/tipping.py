"""Tipping points: how far a weight, a mark or a price must move before another bid wins."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.documents.charts import Bar, BarChart, BarRow, Colour, Dot, Lane, Tick
from tender_eval.documents.model import Block
from tender_eval.fairness.findings.results import Findings, NearestWeights, PriceTipping, Tipping
from tender_eval.languages.numbers import number
from tender_eval.languages.runs import Inline, Runs
from tender_eval.report.fairness.axes import ticks
from tender_eval.report.fairness.lot_report import NONE, LotReport
from tender_eval.report.fairness.names import Names
from tender_eval.report.fairness.numbers import distinct, percent_of, signed

ZERO = Fraction(0)


def weight_sentences(report: LotReport) -> Iterator[Runs]:
    """The nearest weight that changes the winner, by itself and over all weights."""
    found, names, messages = report.findings, report.names, report.messages
    flips = [(abs(t.flips_at - t.weight), t.flips_at, t) for t in found.tipping if t.flips_at is not None]
    if flips:
        _, at, nearest = min(flips, key=lambda flip: (flip[2].only_level, flip[0]))
        key = "level" if at == nearest.weight else "rises" if at > nearest.weight else "falls"
        if nearest.only_level:
            key = "all" if at else "nothing"
        yield messages.say(
            f"answer.{key}",
            title=names.title(nearest.criterion),
            weight=number(nearest.weight),
            flips=number(at) if nearest.only_level else distinct(at, nearest.weight),
            winner=names.wins(nearest.winner),
        )
    elif found.tipping:
        yield messages.say("answer.no tipping")
    if found.nearest and found.nearest.moved and len(found.nearest.weights) > 2:
        yield _nearest_in_words(found.nearest, names)


def _nearest_in_words(nearest: NearestWeights, names: Names) -> Runs:
    key = "answer.nearest" if nearest.exact else "answer.nearest about"
    return names.messages.say(key, moved=distinct(nearest.moved, ZERO), names=names.bids(nearest.winner))


def mark_sentences(report: LotReport) -> Iterator[Runs]:
    """The marks that decide by one step."""
    found, names = report.findings, report.names
    if not found.marks:
        if found.panel_disagreement:  # there are marks
            yield report.messages.say("answer.no marks")
        return
    first = found.marks[0]
    yield report.messages.say_count(
        "answer.marks",
        len(found.marks),
        bid=names.bid(first.bid),
        title=names.title(first.criterion),
        mark=number(first.mark),
        to=number(first.to),
        winner=names.wins(first.winner),
    )


def price_sentences(report: LotReport) -> Iterator[Runs]:
    """The bid that needs the smallest discount to win."""
    can = smallest_discount(report.findings)
    if can:
        nearest, wins_at = can
        name = report.names.bid(nearest.bid)
        if wins_at >= nearest.price:
            yield report.messages.say("answer.price level", name=name)
        else:
            share = percent_of(-less(nearest, wins_at))
            yield report.messages.say("answer.price", name=name, wins=report.names.below(wins_at), share=share)
    elif report.findings.prices:
        yield report.messages.say("answer.no price")


def smallest_discount(found: Findings) -> tuple[PriceTipping, Fraction] | None:
    """The bid that needs the smallest discount to win, and where it does; None where none can win by its price."""
    can = [(tip, tip.wins_at) for tip in found.prices if tip.wins_at is not None]
    return max(can, key=lambda pair: less(*pair), default=None)


def less(tipping: PriceTipping, wins_at: Fraction) -> Fraction:
    """The change of the price, as a share of it; below zero where it must fall."""
    return (wins_at - tipping.price) / tipping.price if tipping.price else ZERO


def section(report: LotReport) -> Iterator[Block]:
    """Weights with their chart, the nearest weights, marks and prices."""
    found = report.findings
    if not (found.tipping or found.marks or found.prices or found.rejections):
        return
    yield from report.opening("tipping")
    if found.tipping:
        yield from report.lead(report.messages("tipping.lead"))
        yield from () if report.brief else (_chart(report),)
        yield from _weights(report)
    if found.nearest and found.nearest.moved:
        yield from report.lead(_nearest_in_words(found.nearest, report.names))
        yield from _nearest(report, found.nearest)
    if found.marks:
        yield from report.lead(report.messages("marks.lead"))
        yield from _marks(report)
    yield from _prices(report)
    yield from _rejections(report)


def _chart(report: LotReport) -> BarChart:
    """A row for each criterion. The winner stays at least as far on the other side as on the nearest."""
    messages = report.messages
    total = report.total or Fraction(1)
    rows = tuple(_chart_row(tip, total, report) for tip in report.findings.tipping)
    key: tuple[Colour, ...] = ("now", "stays", "flips", "track")
    return BarChart(
        f"{report.anchor}-tipping-chart",
        messages("tipping.chart"),
        messages("tipping.chart says", total=number(total)),
        rows,
        key=tuple((colour, messages(f"tipping.key {colour}")) for colour in key),
        ticks=tuple((float(n / total), number(n)) for n in ticks(0, float(total))),
    )


def _chart_row(tip: Tipping, total: Fraction, report: LotReport) -> BarRow:
    reach = total if tip.flips_at is None else abs(tip.flips_at - tip.weight)
    low, high = max(ZERO, tip.weight - reach), min(total, tip.weight + reach)
    band, now = Bar(float(low / total), float(high / total), "stays"), Dot(float(tip.weight / total), "now")
    label, weight = report.names.title_label(tip.criterion), number(tip.weight)
    if tip.flips_at is None:
        return BarRow(label, (Lane((band, now)),), report.messages("tipping.row never", weight=weight))
    flips = report.messages("tipping.row", weight=weight, flips=distinct(tip.flips_at, tip.weight))
    return BarRow(label, (Lane((band, Tick(float(tip.flips_at / total)), now)),), flips)


def _weights(report: LotReport) -> Iterator[Block]:
    names, messages = report.names, report.messages
    rows: list[tuple[Inline, ...]] = []
    for tip in report.findings.tipping:
        first = names.criterion(tip.criterion), number(tip.weight)
        if tip.flips_at is None:
            rows.append((*first, messages("tipping.never"), NONE, NONE))
            continue
        at = number(tip.flips_at) if tip.only_level else distinct(tip.flips_at, tip.weight)
        flips = at if tip.exact else messages("tipping.about", value=at)
        flips = messages("tipping.only level", value=at) if tip.only_level else flips
        rows.append((*first, flips, signed(tip.flips_at - tip.weight), names.bids(tip.winner)))
    keys = ("criterion", "tipping.weight", "tipping.flips", "tipping.moves", "tipping.beyond")
    yield from report.table("tipping", keys, rows, (1, 2, 3))


def _nearest(report: LotReport, nearest: NearestWeights) -> Iterator[Block]:
    """Beside the scheme's weights, those that move."""
    now = {tip.criterion: tip.weight for tip in report.findings.tipping}
    rows: list[tuple[Inline, ...]] = []
    for criterion, there in nearest.weights.items():
        weight, title = now.get(criterion), report.names.criterion(criterion)
        if weight is None:
            rows.append((title, NONE, distinct(there, there), NONE))
        elif weight != there:
            rows.append((title, number(weight), distinct(there, weight), signed(there - weight)))
    keys = ("criterion", "tipping.weight", "nearest.there", "nearest.change")
    yield from report.table("nearest", keys, rows, (1, 2, 3))


def _marks(report: LotReport) -> Iterator[Block]:
    names = report.names
    rows = [
        (names.bid(m.bid), names.criterion(m.criterion), number(m.mark), number(m.to), names.bids(m.winner) or NONE)
        for m in report.findings.marks
    ]
    yield from report.table("marks", ("bid", "criterion", "marks.mark", "marks.to", "winner"), rows, (2, 3))


def _prices(report: LotReport) -> Iterator[Block]:
    names, messages, rows = report.names, report.messages, []
    for tip in report.findings.prices:
        first = names.bid(tip.bid), names.money(tip.price)
        if tip.wins_at is None:
            rows.append((*first, messages("prices.never"), NONE))
            continue
        at = names.below(tip.wins_at)
        rows.append(
            (*first, at if tip.exact else messages("tipping.about", value=at), percent_of(less(tip, tip.wins_at)))
        )
    yield from report.table("prices", ("bid", "price", "prices.wins", "prices.change"), rows, (1, 2, 3))


def rejection_sentences(report: LotReport) -> Iterator[Runs]:
    """The bid that is turned away and would come nearest to the first place, and how many there are."""
    found, names, messages = report.findings.rejections, report.names, report.messages
    if not found:
        return
    best = min(found, key=lambda one: one.rank)
    told = {"bid": names.bid(best.bid), "rank": best.rank, "winner": names.wins(best.winner)}
    if best.criterion:
        marks = {"title": names.title(best.criterion), "mark": number(best.was), "to": number(best.to)}
        said = messages.say("answer.rejection mark", **told, **marks)
    else:
        said = messages.say("answer.rejection price", **told, price=names.money(best.was), to=names.below(best.to))
    yield messages.say_count("answer.rejections", len({one.bid for one in found}), says=said)


def _rejections(report: LotReport) -> Iterator[Block]:
    names, messages, rows = report.names, report.messages, []
    for one in report.findings.rejections:
        what = names.criterion(one.criterion) if one.criterion else messages("price")
        was, to = (number(one.was), number(one.to)) if one.criterion else (names.money(one.was), names.below(one.to))
        rows.append((names.bid(one.bid), what, was, to, str(one.rank), names.bids(one.winner) or NONE))
    if rows:
        yield from report.lead(messages("rejections.lead"))
    keys = ("bid", "rejections.by", "rejections.was", "rejections.to", "bids.rank", "winner")
    yield from report.table("rejections", keys, rows, (2, 3, 4))
