"""Tipping points: how far a weight, a mark or a price must move before another bid wins."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.documents.charts import Bar, BarChart, BarRow, Colour, Dot, Lane, Tick
from tender_eval.documents.model import Block
from tender_eval.fairness.findings.analyses import NearestWeights, PriceTipping, Tipping
from tender_eval.languages.numbers import number
from tender_eval.languages.runs import Inline, Runs
from tender_eval.report.fairness.names import Names
from tender_eval.report.fairness.numbers import apart, percent_of, signed
from tender_eval.report.fairness.view import NONE, View

ZERO = Fraction(0)


def weights_told(view: View) -> Iterator[Runs]:
    """The nearest weight that changes the winner, by itself and over all weights."""
    found, names, words = view.found, view.names, view.words
    flips = [(abs(t.flips_at - t.weight), t.flips_at, t) for t in found.tipping if t.flips_at is not None]
    if flips:
        _, at, nearest = min(flips, key=lambda flip: flip[0])
        key = "level" if at == nearest.weight else "rises" if at > nearest.weight else "falls"
        yield words.say(
            f"answer.{key}",
            title=names.title(nearest.criterion),
            weight=number(nearest.weight),
            flips=apart(at, nearest.weight),
            winner=names.wins(nearest.winner),
        )
    elif found.tipping:
        yield words.say("answer.no tipping")
    if found.nearest and found.nearest.moved and len(found.nearest.weights) > 2:
        yield _nearest_told(found.nearest, names)


def _nearest_told(nearest: NearestWeights, names: Names) -> Runs:
    key = "answer.nearest" if nearest.exact else "answer.nearest about"
    return names.words.say(key, moved=apart(nearest.moved, ZERO), names=names.bids(nearest.winner))


def marks_told(view: View) -> Iterator[Runs]:
    """The marks that decide by one step."""
    found, names = view.found, view.names
    if not found.marks:
        if found.marking:  # there are marks
            yield view.words.say("answer.no marks")
        return
    first = found.marks[0]
    yield view.words.say_count(
        "answer.marks",
        len(found.marks),
        bid=names.bid(first.bid),
        title=names.title(first.criterion),
        mark=number(first.mark),
        to=number(first.to),
        winner=names.wins(first.winner),
    )


def prices_told(view: View) -> Iterator[Runs]:
    """The bid that needs the smallest discount to win."""
    can = [(t, t.wins_at) for t in view.found.prices if t.wins_at is not None]
    if can:
        nearest, wins_at = max(can, key=lambda pair: _less(*pair))
        name = view.names.bid(nearest.bid)
        if wins_at >= nearest.price:
            yield view.words.say("answer.price level", name=name)
        else:
            share = percent_of(-_less(nearest, wins_at))
            yield view.words.say("answer.price", name=name, wins=view.names.below(wins_at), share=share)
    elif view.found.prices:
        yield view.words.say("answer.no price")


def _less(tipping: PriceTipping, wins_at: Fraction) -> Fraction:
    """The change of the price, as a share of it; below zero where it must fall."""
    return (wins_at - tipping.price) / tipping.price if tipping.price else ZERO


def section(view: View) -> Iterator[Block]:
    """Weights with their chart, the nearest weights, marks and prices."""
    found = view.found
    if not (found.tipping or found.marks or found.prices):
        return
    yield from view.opening("tipping")
    if found.tipping:
        yield from view.lead(view.words("tipping.lead"))
        yield from () if view.brief else (_chart(view),)
        yield from _weights(view)
    if found.nearest and found.nearest.moved:
        yield from view.lead(_nearest_told(found.nearest, view.names))
        yield from _nearest(view, found.nearest)
    if found.marks:
        yield from view.lead(view.words("marks.lead"))
        yield from _marks(view)
    yield from _prices(view)


def _chart(view: View) -> BarChart:
    """A row for each criterion. The winner stays at least as far on the other side as on the nearest."""
    words = view.words
    total = view.total or Fraction(1)
    rows = tuple(_chart_row(tip, total, view) for tip in view.found.tipping)
    key: tuple[Colour, ...] = ("now", "stays", "flips", "track")
    return BarChart(
        f"{view.anchor}-tipping-chart",
        words("tipping.chart"),
        words("tipping.chart says", total=number(total)),
        rows,
        key=tuple((colour, words(f"tipping.key {colour}")) for colour in key),
        ends=("0", number(total)),
    )


def _chart_row(tip: Tipping, total: Fraction, view: View) -> BarRow:
    reach = total if tip.flips_at is None else abs(tip.flips_at - tip.weight)
    low, high = max(ZERO, tip.weight - reach), min(total, tip.weight + reach)
    band, now = Bar(float(low / total), float(high / total), "stays"), Dot(float(tip.weight / total), "now")
    label, weight = view.names.title_label(tip.criterion), number(tip.weight)
    if tip.flips_at is None:
        return BarRow(label, (Lane((band, now)),), view.words("tipping.row never", weight=weight))
    flips = view.words("tipping.row", weight=weight, flips=apart(tip.flips_at, tip.weight))
    return BarRow(label, (Lane((band, Tick(float(tip.flips_at / total)), now)),), flips)


def _weights(view: View) -> Iterator[Block]:
    names, words = view.names, view.words
    rows: list[tuple[Inline, ...]] = []
    for tip in view.found.tipping:
        first = names.criterion(tip.criterion), number(tip.weight)
        if tip.flips_at is None:
            rows.append((*first, words("tipping.never"), NONE, NONE))
            continue
        at = apart(tip.flips_at, tip.weight)
        flips = at if tip.exact else words("tipping.about", value=at)
        rows.append((*first, flips, signed(tip.flips_at - tip.weight), names.bids(tip.winner)))
    keys = ("criterion", "tipping.weight", "tipping.flips", "tipping.moves", "tipping.beyond")
    yield from view.table("tipping", keys, rows, (1, 2, 3))


def _nearest(view: View, nearest: NearestWeights) -> Iterator[Block]:
    """Beside the scheme's weights, those that move."""
    now = {tip.criterion: tip.weight for tip in view.found.tipping}
    rows: list[tuple[Inline, ...]] = []
    for criterion, there in nearest.weights.items():
        weight, title = now.get(criterion), view.names.criterion(criterion)
        if weight is None:
            rows.append((title, NONE, apart(there, there), NONE))
        elif weight != there:
            rows.append((title, number(weight), apart(there, weight), signed(there - weight)))
    keys = ("criterion", "tipping.weight", "nearest.there", "nearest.change")
    yield from view.table("nearest", keys, rows, (1, 2, 3))


def _marks(view: View) -> Iterator[Block]:
    names = view.names
    rows = [
        (names.bid(m.bid), names.criterion(m.criterion), number(m.mark), number(m.to), names.bids(m.winner) or NONE)
        for m in view.found.marks
    ]
    yield from view.table("marks", ("bid", "criterion", "marks.mark", "marks.to", "winner"), rows, (2, 3))


def _prices(view: View) -> Iterator[Block]:
    names, words, rows = view.names, view.words, []
    for tip in view.found.prices:
        first = names.bid(tip.bid), names.money(tip.price)
        if tip.wins_at is None:
            rows.append((*first, words("prices.never"), NONE))
            continue
        at = names.below(tip.wins_at)
        rows.append(
            (*first, at if tip.exact else words("tipping.about", value=at), percent_of(_less(tip, tip.wins_at)))
        )
    yield from view.table("prices", ("bid", "price", "prices.wins", "prices.change"), rows, (1, 2, 3))
