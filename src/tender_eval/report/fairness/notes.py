"""What must be known beside the figures, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tender_eval.documents.model import Block, items
from tender_eval.fairness.findings import notes
from tender_eval.languages.numbers import grouped, percentage
from tender_eval.languages.results import reasons
from tender_eval.languages.runs import Inline, Runs, joined, name, runs
from tender_eval.model.digits import fixed
from tender_eval.model.evaluation import BidResult
from tender_eval.report.fairness.lot_report import LotReport
from tender_eval.report.fairness.names import Names, count

_KEYS: dict[type, str] = {
    notes.TooFew: "note.too few", notes.Unranked: "note.unranked", notes.UnrankedToo: "note.unranked too",
    notes.WithoutFigures: "note.without figures", notes.NotRemoved: "note.not removed",
    notes.NoNearest: "note.no nearest", notes.NoPossible: "note.no possible",
    notes.Unseen: "note.unseen", notes.TurnedAwayBySome: "note.turned away",
    notes.NobodyInSome: "note.nobody", notes.NotCompared: "note.not compared",
    notes.NobodyRanked: "note.nobody ranked", notes.NotPlayed: "note.not played",
    notes.NoMadeUpBidWins: "note.no made-up bid wins", notes.Stopped: "note.stopped",
    notes.ZeroNotAdmitted: "note.zero not admitted", notes.ZeroRefused: "note.zero refused",
    notes.ScoredAlone: "note.scored alone", notes.NoLossLeader: "note.no loss leader",
    notes.FlagsStopNothing: "note.flags",
}  # fmt: skip


def section(report: LotReport) -> Iterator[Block]:
    """All notes, last."""
    found = report.findings.notes
    if not found:
        return
    yield report.heading("notes")
    yield items([note(one, report.names) for one in found], tone="out" if report.brief else "")


def note(found: notes.Note, names: Names) -> Runs:
    """One note."""
    return names.messages.say(_KEYS[type(found)], **_values(found, names))


def _values(found: notes.Note, names: Names) -> Mapping[str, Inline]:
    """What fills the gaps of its message."""
    match found:
        case notes.Unranked(bids, like):
            return {"bids": _bids(bids, names), "reasons": _reasons(like, names)}
        case notes.UnrankedToo(bids) | notes.WithoutFigures(bids) | notes.NotRemoved(bids):
            return {"bids": _bids(bids, names)}
        case notes.NoNearest(because, rule, said):
            return {"why": names.messages.say(f"nearest.{because.value}", rule=rule, said=said)}
        case notes.NoPossible(like):
            return _values(like, names)
        case notes.NobodyInSome(nobody, draws):
            return {"nobody": count(nobody), "draws": count(draws)}
        case notes.NotCompared(titles, why):
            return {"titles": _enumerated(list(map(name, titles)), names), "why": why}
        case notes.NobodyRanked(title, unranked):
            return {"title": name(title), "unranked": note(unranked, names)}
        case notes.Stopped(share, result):
            return {"share": percentage(share), "reasons": _reasons(result, names)}
        case notes.ZeroNotAdmitted(price) | notes.ZeroRefused(price):
            return {"price": names.made_up(price)}
        case notes.ScoredAlone(criterion):
            return {"criterion": names.criterion(criterion)}
        case notes.NoLossLeader(price, below, mean):
            return {"price": names.made_up(price), "below": percentage(below), "mean": grouped(fixed(mean, 2))}
        case _:
            return {}


def _bids(bids: Sequence[str], names: Names) -> Runs:
    return _enumerated([names.bid(bid) for bid in bids], names)


def _enumerated(texts: Sequence[Inline], names: Names) -> Runs:
    return joined(texts, names.messages("enumeration"))


def _reasons(result: BidResult, names: Names) -> Runs:
    return joined(map(runs, reasons(result)), names.messages("enumeration.long"))
