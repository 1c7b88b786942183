"""What a mark and a quality point are worth in money, for each bid."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.documents.charts import Plot, Point
from tender_eval.documents.model import Block
from tender_eval.fairness.findings.worth import MarkWorth, Worth
from tender_eval.languages.numbers import at_places, number
from tender_eval.languages.runs import Inline, Runs
from tender_eval.report.fairness.axes import AMOUNTS, ticks
from tender_eval.report.fairness.lot_report import NONE, LotReport
from tender_eval.report.fairness.numbers import percent_of

PENCE_BELOW = 100  # amounts from here on are whole


def about(money: float, report: LotReport) -> str:
    """An amount that was found in floats: whole, with pence where it is small."""
    per = 100 if abs(money) < PENCE_BELOW else 1
    return report.names.money(Fraction(round(money * per), per))


def sentences(report: LotReport) -> Iterator[Runs]:
    """What a quality point is worth to the leading bid, and from least to most over all."""
    found = report.findings.worth
    told = {} if found is None else {p.bid: p.money for p in found.points if p.money is not None}
    if not told:
        return
    first = next((bid for bid in report.findings.order if bid in told), "")
    values = {"name": report.names.bid(first), "money": about(told[first], report)}
    if len(told) == 1:
        yield report.messages.say("answer.worth one", **values)
        return
    ends = {"least": about(min(told.values()), report), "most": about(max(told.values()), report)}
    yield report.messages.say("answer.worth", **values, **ends)


def section(report: LotReport) -> Iterator[Block]:
    """A quality point for each bid, the curve along which each stands as it does, and every mark."""
    found = report.findings.worth
    if found is None or not found.points:
        return
    yield from report.opening("worth", report.messages("worth.lead"))
    if found.curves and not report.brief:
        yield _chart(found, report)
    yield from _points(found, report)
    yield from _marks(found, report)


def _points(found: Worth, report: LotReport) -> Iterator[Block]:
    rows: list[tuple[Inline, ...]] = []
    for n, one in enumerate(found.points, 1):
        money = NONE if one.money is None else about(one.money, report)
        share = NONE if one.money is None else percent_of(one.money / float(one.price))
        nth = () if report.brief else (str(n),)
        price = report.names.money(one.price)
        rows.append((report.names.bid(one.bid), *nth, at_places(one.quality, 2), price, money, share))
    nth = () if report.brief else ("curves.number",)
    keys = ("bid", *nth, "worth.quality", "price", "worth.point", "worth.share")
    yield from report.table("worth", keys, rows, range(1, len(keys)))


def _marks(found: Worth, report: LotReport) -> Iterator[Block]:
    """Criteria down, bids across on a page; one line each where there is little room."""
    names = report.names
    if report.brief:
        rows = [
            (names.bid(m.bid), names.criterion(m.criterion), number(m.mark), number(m.to),
             NONE if m.money is None else about(m.money, report))
            for m in sorted(found.marks, key=lambda m: -(m.money or 0))
        ]  # fmt: skip
        keys = ("bid", "criterion", "marks.mark", "marks.to", "worth.step")
        yield from report.table("worth marks", keys, rows, (2, 3, 4))
        return
    bids = list(dict.fromkeys(m.bid for m in found.marks))
    told = {(m.criterion, m.bid): _cell(m, report) for m in found.marks}
    wide: list[tuple[Inline, ...]] = [
        (names.criterion(c), *(told.get((c, bid), NONE) for bid in bids))
        for c in dict.fromkeys(m.criterion for m in found.marks)
    ]
    heads = [names.bid(bid).text for bid in bids]
    yield from report.table("worth marks", ("criterion",), wide, range(1, len(heads) + 1), heads)


def _cell(mark: MarkWorth, report: LotReport) -> str:
    if mark.money is None:
        return NONE
    money = about(mark.money, report)
    return report.messages("worth.cell", money=money, mark=number(mark.mark), to=number(mark.to))


def _chart(found: Worth, report: LotReport) -> Plot:
    """Price across and quality up: every bid is a dot, and on the line through it it stands as it does."""
    names, messages = report.names, report.messages
    x = [*(p for curve in found.curves for p in curve.prices), *(float(one.price) for one in found.points)]
    y = [*(q for curve in found.curves for q in curve.quality), *(one.quality for one in found.points)]
    low, high, least, most = min(x), max(x), min(y), max(y)
    across, up = (high - low) or 1.0, (most - least) or 1.0
    told = [
        messages("worth.dot", number=n, name=names.bid_label(one.bid), quality=at_places(one.quality, 1),
                 price=names.money(one.price))
        for n, one in enumerate(found.points, 1)
    ]  # fmt: skip
    return Plot(
        f"{report.anchor}-worth-chart",
        messages("worth.chart"),
        messages("worth.chart says", bids=messages("enumeration.long").join(told)),
        tuple(
            Point((float(one.price) - low) / across, (one.quality - least) / up, str(n))
            for n, one in enumerate(found.points, 1)
        ),
        tuple(
            tuple(((p - low) / across, (q - least) / up) for q, p in zip(curve.quality, curve.prices, strict=True))
            for curve in found.curves
        ),
        across=tuple((float(n - Fraction(low)) / across, names.money(n)) for n in ticks(low, high, AMOUNTS)),
        up=tuple((float(n - Fraction(least)) / up, number(n)) for n in ticks(least, most)),
        axes=messages("worth.axes", name=names.bid_label(found.curves[0].bid)),
        name_across=messages("price"),
        name_up=messages("worth.quality"),
    )
