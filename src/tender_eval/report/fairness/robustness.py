"""How firm the ranking is: over all weights, over the marks that a panel might have given, without an evaluator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tender_eval.documents.charts import Bar, BarChart, BarRow, Lane
from tender_eval.documents.model import Block
from tender_eval.fairness.findings.analyses import Acceptability, Order
from tender_eval.languages.catalogue import Catalogue
from tender_eval.languages.runs import Inline, Runs, name
from tender_eval.report.fairness.bases import sampling, spread
from tender_eval.report.fairness.names import count
from tender_eval.report.fairness.numbers import percent_of
from tender_eval.report.fairness.view import NONE, View

NAMED = 3  # bids that are told in a sentence
PLACES = 6  # places in the ranking that have a column of their own; the last holds all later ones


def weights_told(view: View) -> Iterator[Runs]:
    """How often the winner comes first over random weights, and who never does."""
    smaa, found, names, words = view.found.acceptability, view.found, view.names, view.words
    if not smaa or not found.winner:
        return
    where = {"draws": count(smaa.draws), "bands": words("answer.bands") if smaa.bands else ""}
    firsts = {bid: ranks[0] for bid, ranks in smaa.ranks.items() if ranks}
    if len(found.winner) > 1:
        best = [bid for bid in sorted(firsts, key=lambda bid: -firsts[bid]) if firsts[bid]]
        shares = [words.say("answer.share of", name=names.bid(b), share=names.share(firsts[b])) for b in best[:NAMED]]
        key = "answer.first several" if len(best) <= NAMED else "answer.first most"
        yield words.say(key, **where, shares=words.listed(shares))
        yield from _never(firsts, view)
        return
    own, most = firsts.get(found.winner[0], 0.0), max(firsts, key=lambda bid: firsts[bid])
    values = {**where, "name": names.bid(found.winner[0]), "share": names.share(own)}
    if firsts[most] > own:
        more = {"other": names.bid(most), "more": names.share(firsts[most])}
        alike = values["share"] == more["more"]
        yield words.say("answer.first alike" if alike else "answer.first less", **values, **more)
    else:
        yield words.say("answer.first", **values)
    yield from _never(firsts, view)


def _never(firsts: Mapping[str, float], view: View) -> Iterator[Runs]:
    never = [bid for bid, share in firsts.items() if not share]
    if 0 < len(never) <= NAMED:
        yield view.words.say("answer.never first", names=view.names.bids(never, style="or"))


def marks_told(view: View) -> Iterator[Runs]:
    """How often the winner wins when marks are drawn anew, and who wins without an evaluator."""
    found, names, words = view.found, view.names, view.words
    if not found.marking or not found.winner:
        return
    wins = [found.marking.wins[bid] for bid in found.winner if bid in found.marking.wins]
    if wins and found.marking.draws:
        key = "" if len(found.winner) == 1 else " several" if names.several else " tied"
        yield words.say(
            f"answer.marking{key}",
            spread=spread(found.marking.spread, words),
            name=names.bid(found.winner[0]),
            share=names.share(min(wins)),
            draws=count(found.marking.draws),
        )
    others: dict[Order, list[str]] = {}
    for who, winner in found.marking.without.items():
        if set(winner) != set(found.winner):
            others.setdefault(winner, []).append(who)
    for winner, deciding in others.items():
        told = {"evaluators": words.listed([name(who) for who in deciding]), "winner": names.wins(winner)}
        yield words.say_count("answer.evaluators", len(deciding), **told)


def section(view: View) -> Iterator[Block]:
    """The places over random weights with their chart, central weights, marks drawn anew, evaluators left out."""
    smaa, marking = view.found.acceptability, view.found.marking
    if not (smaa or (marking and (marking.wins or marking.without))):
        return
    yield from view.opening("ranks")
    if smaa:
        lead = {"draws": count(smaa.draws), "sampling": sampling(smaa.bands, view.words)}
        yield from view.lead(view.words("ranks.lead", **lead, error=percent_of(smaa.standard_error)))
        if not view.brief:
            yield _chart(smaa, view)
        yield from _ranks(smaa, view)
        if not view.brief:
            yield from _central(smaa, view)
    if marking:
        wins = [(view.names.bid(bid), percent_of(share)) for bid, share in marking.wins.items()]
        yield from view.table("marking", ("bid", "marking.wins"), wins, (1,))
        without = [(name(who), view.names.bids(winner) or NONE) for who, winner in marking.without.items()]
        notes = (view.words("without.note"),)
        yield from view.table("without", ("without.evaluator", "winner"), without, (), notes=notes)


def _chart(smaa: Acceptability, view: View) -> BarChart:
    """A bar for each bid, made of the shares of the places from the first to the last."""
    places = place_names(smaa.ranks.values(), view.words)
    rows = []
    for bid, ranks in smaa.ranks.items():
        bars, start = [], 0.0
        for part, share in enumerate(grouped_places(ranks)):
            if share > 0:
                says = view.words("ranks.part", place=places[part], share=percent_of(share))
                bars.append(Bar(start, start + share, part, says))
            start += share
        first = percent_of(ranks[0] if ranks else 0)
        rows.append(BarRow(view.names.bid_label(bid), (Lane(tuple(bars)),), first, bid in view.found.winner))
    firsts = {bid: ranks[0] for bid, ranks in smaa.ranks.items() if ranks}
    best = view.names.bid_label(max(firsts, key=lambda bid: firsts[bid])) if firsts else ""
    return BarChart(
        f"{view.anchor}-ranks-chart",
        view.words("ranks.chart"),
        view.words("ranks.chart says", best=best),
        tuple(rows),
        key=tuple(enumerate(places)),
    )


def _ranks(smaa: Acceptability, view: View) -> Iterator[Block]:
    firm = smaa.confidence
    rows: list[tuple[Inline, ...]] = []
    for bid, ranks in smaa.ranks.items():
        confidence = (percent_of(firm[bid]) if bid in firm else NONE,) if firm else ()
        rows.append((view.names.bid(bid), *map(percent_of, grouped_places(ranks)), *confidence))
    heads = place_names(smaa.ranks.values(), view.words)
    more = (*heads, *((view.words("ranks.confidence"),) if firm else ()))
    notes = (view.words("ranks.note"),) if firm else ()
    yield from view.table("ranks", ("bid",), rows, range(1, len(more) + 1), more, notes)


def grouped_places(ranks: Sequence[float]) -> tuple[float, ...]:
    """The shares of the places that have a column, the last with all later ones."""
    if len(ranks) <= PLACES + 1:
        return tuple(ranks)
    return (*ranks[:PLACES], sum(ranks[PLACES:]))


def place_names(ranks: Iterable[Sequence[float]], words: Catalogue) -> tuple[str, ...]:
    """The heads of those columns."""
    most = max((len(r) for r in ranks), default=0)
    names = [
        words.or_else(f"ranks.place.{n}", "") or words("ranks.place", n=n) for n in range(1, min(most, PLACES + 1) + 1)
    ]
    if most > PLACES + 1:
        names[-1] = words("ranks.later", n=PLACES + 1)
    return tuple(names)


def _central(smaa: Acceptability, view: View) -> Iterator[Block]:
    """The average weights with which each bid wins; as wide as there are bids."""
    central = smaa.central_weights
    criteria = tuple(dict.fromkeys(c for weights in central.values() for c in weights))
    rows: list[tuple[Inline, ...]] = [
        (view.names.criterion(c), *(f"{weights[c]:.2f}" if c in weights else NONE for weights in central.values()))
        for c in criteria
    ]
    heads = [view.names.bid(bid).text for bid in central]
    yield from view.table("central", ("criterion",), rows, range(1, len(heads) + 1), heads)
