"""How firm the ranking is: over all weights, over the marks that a panel might have given, without an evaluator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tender_eval.documents.charts import Bar, BarChart, BarRow, Lane
from tender_eval.documents.model import Block, items, paragraph
from tender_eval.fairness.findings.results import Acceptability, Order, PanelDisagreement
from tender_eval.languages.catalogue import Catalogue
from tender_eval.languages.numbers import at_places
from tender_eval.languages.runs import Inline, Runs, name
from tender_eval.report.evaluation import reliability
from tender_eval.report.fairness.lot_report import NONE, LotReport
from tender_eval.report.fairness.names import count
from tender_eval.report.fairness.numbers import percent_of
from tender_eval.report.fairness.samples import bands_in_words, mark_spread, weight_sampling

SHARES = tuple((n / 4, percent_of(n / 4)) for n in range(5))
"""The ticks of an axis of shares."""
NAMED = 3  # bids that are told in a sentence
PLACES = 6  # places in the ranking that have a column of their own; the last holds all later ones


def weight_sentences(report: LotReport) -> Iterator[Runs]:
    """How often the winner comes first near the published weights and over all; who can win within bands, who never."""
    found = report.findings
    if not found.winner:
        return
    if found.near:
        yield _firsts(found.near, "near", report)
    yield from _within_bands(report)
    if found.acceptability:
        yield _firsts(found.acceptability, "bands" if found.acceptability.bands else "whole", report)
    yield from _never(report)


def _firsts(smaa: Acceptability, where: str, report: LotReport) -> Runs:
    found, names, messages = report.findings, report.names, report.messages
    over = {"over": messages(f"over.{where}", draws=count(smaa.draws))}
    firsts = {bid: ranks[0] for bid, ranks in smaa.ranks.items() if ranks}
    if len(found.winner) > 1:
        best = [bid for bid in sorted(firsts, key=lambda bid: -firsts[bid]) if firsts[bid]]
        shares = [
            messages.say("answer.share of", name=names.bid(b), share=names.share(firsts[b])) for b in best[:NAMED]
        ]
        key = "answer.first several" if len(best) <= NAMED else "answer.first most"
        return messages.say(key, **over, shares=messages.listed(shares))
    own, most = firsts.get(found.winner[0], 0.0), max(firsts, key=lambda bid: firsts[bid])
    values = {**over, "name": names.bid(found.winner[0]), "share": names.share(own)}
    if firsts[most] > own:
        more = {"other": names.bid(most), "more": names.share(firsts[most])}
        alike = values["share"] == more["more"]
        return messages.say("answer.first alike" if alike else "answer.first less", **values, **more)
    return messages.say("answer.first", **values)


def _within_bands(report: LotReport) -> Iterator[Runs]:
    """Whether the winner wins throughout, or who else can."""
    found, names, messages = report.findings.winners, report.names, report.messages
    if found is None or not found.possible:
        return
    bands = messages("bands.stated" if found.stated else "bands.usual")
    if len(found.necessary) == len(found.possible) == 1:
        yield messages.say("answer.necessary", bands=bands, name=names.bid(found.necessary[0]))
    elif len(found.possible) == len(report.findings.order) > NAMED - 1:
        yield messages.say("answer.possible all", bands=bands, n=len(found.possible))
    else:
        yield messages.say("answer.possible", bands=bands, names=names.bids(found.possible))


def _never(report: LotReport) -> Iterator[Runs]:
    """Who is first at no weights at all, or where that cannot be told exactly, at none that were drawn."""
    smaa, exact = report.findings.acceptability, report.findings.winners
    if exact is not None:
        never = [bid for bid in report.findings.order if bid not in exact.anywhere]
    else:
        never = [bid for bid, ranks in smaa.ranks.items() if ranks and not ranks[0]] if smaa else []
    if 0 < len(never) <= NAMED:
        key = "answer.never first" if exact is None else "answer.never at all"
        yield report.messages.say(key, names=report.names.bids(never, style="or"))


def mark_sentences(report: LotReport) -> Iterator[Runs]:
    """How often the winner wins when marks are drawn anew, and who wins without an evaluator."""
    found, names, messages = report.findings, report.names, report.messages
    if not found.panel_disagreement or not found.winner:
        return
    wins = [found.panel_disagreement.wins[bid] for bid in found.winner if bid in found.panel_disagreement.wins]
    if wins and found.panel_disagreement.draws:
        key = "" if len(found.winner) == 1 else " several" if names.several else " tied"
        yield messages.say(
            f"answer.marking{key}",
            spread=mark_spread(found.panel_disagreement.spread, messages),
            name=names.bid(found.winner[0]),
            share=names.share(min(wins)),
            draws=count(found.panel_disagreement.draws),
        )
    others: dict[Order, list[str]] = {}
    for who, winner in found.panel_disagreement.winner_without.items():
        if winner is not None and set(winner) != set(found.winner):
            others.setdefault(winner, []).append(who)
    for winner, deciding in others.items():
        told = {"evaluators": messages.listed([name(who) for who in deciding]), "winner": names.wins(winner)}
        yield messages.say_count("answer.evaluators", len(deciding), **told)


def section(report: LotReport) -> Iterator[Block]:
    """Near the published weights, over all of them, within bands; marks drawn anew, evaluators left out."""
    found = report.findings
    near, smaa, marking = found.near, found.acceptability, found.panel_disagreement
    if not (near or smaa or found.winners or (marking and (marking.wins or marking.winner_without))):
        return
    yield from report.opening("ranks")
    for one in (near, smaa):
        if one:
            yield from _places(one, report)
    yield from _winners(report)
    if smaa and not report.brief:
        yield from _central(smaa, report)
    if marking:
        yield from _marking(marking, report)
    yield from _reliability(report)


def _places(smaa: Acceptability, report: LotReport) -> Iterator[Block]:
    """How weights are drawn, a chart and a table of places."""
    lead = {"draws": count(smaa.draws), "sampling": weight_sampling(smaa, report.messages)}
    yield from report.lead(report.messages("ranks.lead", **lead, error=percent_of(smaa.standard_error)))
    if not report.brief:
        yield _chart(smaa, report)
    yield from _ranks(smaa, report)


def _marking(marking: PanelDisagreement, report: LotReport) -> Iterator[Block]:
    wins = [(report.names.bid(bid), percent_of(share)) for bid, share in marking.wins.items()]
    yield from report.table("marking", ("bid", "marking.wins"), wins, (1,))
    left_out = marking.winner_without
    without = [(name(who), report.names.bids(won) or NONE) for who, won in left_out.items() if won is not None]
    notes = (report.messages("without.note"),)
    yield from report.table("without", ("without.evaluator", "winner"), without, (), notes=notes)
    if agreed := [name(who) for who, won in left_out.items() if won is None]:
        people = report.messages.listed(agreed, "or")
        yield from report.lead(report.messages.say("without.agreed", people=people))


def _winners(report: LotReport) -> Iterator[Block]:
    """Of each bid, whether it can win within the bands, wins throughout, and can win at all."""
    found, messages = report.findings.winners, report.messages
    if found is None:
        return
    told = {True: messages("winners.yes"), False: messages("winners.no")}
    rows = [
        (report.names.bid(bid), told[bid in found.possible], told[bid in found.necessary], told[bid in found.anywhere])
        for bid in report.findings.order
    ]
    bands = messages("bands.listed", bands=bands_in_words(found.bands, messages)) if found.stated else ""
    keys = ("bid", "winners.possible", "winners.necessary", "winners.anywhere")
    yield from report.table("winners", keys, rows, (), notes=(bands or messages("winners.usual"),))


def _reliability(report: LotReport) -> Iterator[Block]:
    """How reliably the panel marked: in sentences where there is little room, and in full on a page."""
    found = report.findings.reliability
    if found is None:
        return
    if report.brief:
        yield items(reliability.sentences(found))
        return
    yield from report.opening("reliability")
    yield from (paragraph(sentence) for sentence in reliability.sentences(found))
    yield from reliability.tables(found, name, report.names.bid)


def _chart(smaa: Acceptability, report: LotReport) -> BarChart:
    """A bar for each bid, made of the shares of the places from the first to the last."""
    places = place_names(smaa.ranks.values(), report.messages)
    rows = []
    for bid, ranks in smaa.ranks.items():
        bars, start = [], 0.0
        for part, share in enumerate(grouped_places(ranks)):
            if share > 0:
                says = report.messages("ranks.part", place=places[part], share=percent_of(share))
                bars.append(Bar(start, start + share, part, says))
            start += share
        first = percent_of(ranks[0] if ranks else 0)
        rows.append(BarRow(report.names.bid_label(bid), (Lane(tuple(bars)),), first, bid in report.findings.winner))
    firsts = {bid: ranks[0] for bid, ranks in smaa.ranks.items() if ranks}
    best = report.names.bid_label(max(firsts, key=lambda bid: firsts[bid])) if firsts else ""
    return BarChart(
        f"{report.anchor}-{_table(smaa).replace(' ', '')}-chart",
        report.messages(f"{_table(smaa)}.chart"),
        report.messages("ranks.chart says", best=best),
        tuple(rows),
        key=tuple(enumerate(places)),
        ticks=SHARES,
    )


def _ranks(smaa: Acceptability, report: LotReport) -> Iterator[Block]:
    firm = smaa.confidence
    rows: list[tuple[Inline, ...]] = []
    for bid, ranks in smaa.ranks.items():
        confidence = (percent_of(firm[bid]) if bid in firm else NONE,) if firm else ()
        rows.append((report.names.bid(bid), *map(percent_of, grouped_places(ranks)), *confidence))
    heads = place_names(smaa.ranks.values(), report.messages)
    more = (*heads, *((report.messages("ranks.confidence"),) if firm else ()))
    notes = (report.messages("ranks.note"),) if firm else ()
    yield from report.table(_table(smaa), ("bid",), rows, range(1, len(more) + 1), more, notes)


def _table(smaa: Acceptability) -> str:
    """What the table of ranks is called, over all weights and over those around the published ones."""
    return "ranks" if smaa.concentration is None else "near ranks"


def grouped_places(ranks: Sequence[float]) -> tuple[float, ...]:
    """The shares of the places that have a column, the last with all later ones."""
    if len(ranks) <= PLACES + 1:
        return tuple(ranks)
    return (*ranks[:PLACES], sum(ranks[PLACES:]))


def place_names(ranks: Iterable[Sequence[float]], messages: Catalogue) -> tuple[str, ...]:
    """The heads of those columns."""
    most = max((len(r) for r in ranks), default=0)
    names = [
        messages.or_else(f"ranks.place.{n}", "") or messages("ranks.place", n=n)
        for n in range(1, min(most, PLACES + 1) + 1)
    ]
    if most > PLACES + 1:
        names[-1] = messages("ranks.later", n=PLACES + 1)
    return tuple(names)


def _central(smaa: Acceptability, report: LotReport) -> Iterator[Block]:
    """The average weights with which each bid wins; as wide as there are bids."""
    central = smaa.central_weights
    criteria = tuple(dict.fromkeys(c for weights in central.values() for c in weights))
    rows: list[tuple[Inline, ...]] = [
        (
            report.names.criterion(c),
            *(at_places(weights[c], 2) if c in weights else NONE for weights in central.values()),
        )
        for c in criteria
    ]
    heads = [report.names.bid(bid).text for bid in central]
    yield from report.table("central", ("criterion",), rows, range(1, len(heads) + 1), heads)
