"""Price curves: the score of a price criterion as one bid's price moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tender_eval.documents.charts import Plot, Point
from tender_eval.documents.model import Block, table
from tender_eval.fairness.findings.results import PriceCurve
from tender_eval.languages.inert import cut
from tender_eval.report.fairness.axes import AMOUNTS, ticks
from tender_eval.report.fairness.lot_report import LotReport
from tender_eval.report.fairness.names import LONGEST_NAME
from tender_eval.report.fairness.numbers import percent_of


def section(report: LotReport) -> Iterator[Block]:
    """A plot and a table for each; nothing where there is little room."""
    if report.brief or not report.findings.curves:
        return
    yield from report.opening("curves")
    for n, curve in enumerate(report.findings.curves):
        yield from _curve(curve, n, report)


def _curve(curve: PriceCurve, nth: int, report: LotReport) -> Iterator[Block]:
    names, messages = report.names, report.messages
    numbers = {bid: n for n, bid in enumerate(report.findings.bids, 1)}
    rows, told = [], []
    for bid, (price, score) in sorted(curve.bids.items(), key=lambda item: numbers[item[0]]):
        amount, n = names.money(Fraction(price).limit_denominator(100)), str(numbers[bid])
        rows.append((names.bid(bid), n, amount, percent_of(score)))
        point = {"number": n, "name": report.names.bid_label(bid), "price": amount, "score": percent_of(score)}
        told.append(messages("curves.point", **point))
    title = cut(curve.title, 2 * LONGEST_NAME)
    yield _plot(curve, nth, title, numbers, messages("enumeration.long").join(told), report)
    heads = [messages(key) for key in ("bid", "curves.number", "price", "curves.score")]
    yield table(messages("curves.caption", title=title), heads, rows, (1, 2, 3))


def _plot(curve: PriceCurve, nth: int, title: str, numbers: Mapping[str, int], bids: str, report: LotReport) -> Plot:
    """The line of a price formula, from the lowest price to the highest, and each bid as a numbered point."""
    messages = report.messages
    prices = [*curve.prices, *(price for price, _ in curve.bids.values())]
    scores = [0.0, 1.0, *curve.scores, *(score for _, score in curve.bids.values())]
    low, high, least, most = min(prices), max(prices), min(scores), max(scores)
    across, up = (high - low) or 1.0, (most - least) or 1.0
    ends = {"low": report.names.money(Fraction(round(low))), "high": report.names.money(Fraction(round(high)))}
    start, end = (percent_of(curve.scores[at]) if curve.scores else "" for at in (0, -1))
    # What the line and the dots are is told with the first chart: where charts are left out, there are none.
    axes = messages("curves.axes") if nth else f"{messages('curves.lead')} {messages('curves.axes')}"
    return Plot(
        f"{report.anchor}-curve-{nth}",
        messages("curves.chart", title=title),
        messages("curves.chart says", **ends, start=start, end=end, bids=bids),
        tuple(
            Point((price - low) / across, (score - least) / up, str(numbers[bid]))
            for bid, (price, score) in curve.bids.items()
        ),
        (tuple(((p - low) / across, (s - least) / up) for p, s in zip(curve.prices, curve.scores, strict=True)),),
        across=tuple((float(n - Fraction(low)) / across, report.names.money(n)) for n in ticks(low, high, AMOUNTS)),
        up=tuple(((s - least) / up, percent_of(s)) for s in sorted({least, 0.0, 0.5, 1.0, most})),
        axes=axes,
        name_across=messages("price"),
        name_up=messages("curves.score"),
    )
