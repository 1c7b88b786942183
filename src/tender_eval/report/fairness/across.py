"""The award across the lots of a tender, and what moves it: before anything that is told of a lot by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tender_eval.documents.model import Block, Notice, heading, items, paragraph, row, table
from tender_eval.fairness.findings.across import AcrossFindings, Award, AwardChange, AwardShares
from tender_eval.fairness.findings.analysis import Analysis
from tender_eval.languages.inert import cut
from tender_eval.languages.numbers import number
from tender_eval.languages.runs import Inline, Run, Runs, joined
from tender_eval.model.bids import bid_of
from tender_eval.report.fairness import groups
from tender_eval.report.fairness.lot_report import NONE, LotReport
from tender_eval.report.fairness.names import FAIRNESS, LONGEST_NAME, Names, count
from tender_eval.report.fairness.numbers import distinct, percent_of

ANCHOR = "across"
KINDS = ("mark", "price", "weight", "removed")


def lot_title(analysis: Analysis, lot: str, to: str = "") -> Runs:
    """A lot with its title, and the way to it."""
    title = next((x.title for x in analysis.bids.tender.lots if x.id == lot), "")
    said = FAIRNESS("lot titled" if title else "lot", id=lot, title=cut(title, LONGEST_NAME))
    return (Run(said, "name" if title else "", to=to),)


def headline(found: AcrossFindings, lot: str, names: Names) -> Runs:
    """To whom a lot is awarded under the limits across lots."""
    return names.messages.say("across.awarded", names=_holder(found, lot, names))


def _holder(found: AcrossFindings, lot: str, names: Names) -> Runs:
    """Who is awarded a lot, or that nobody is."""
    if found.award[lot]:
        return names.bids(found.award[lot])
    return names.messages.say("across.undecided" if lot in found.undecided else "across.to nobody")


def by_itself(found: AcrossFindings, lot: str, names: Names) -> Runs:
    """Who would win a lot were there no other."""
    first = names.bids(found.first[lot]) or names.messages.say("across.to nobody")
    return names.messages.say("across.by itself", names=first)


def lot_notice(found: AcrossFindings, lot: str, because: tuple[Runs, ...], names: Names) -> Notice:
    """The award of a lot, and beneath it who would win were there no other lot, and why."""
    told = paragraph(by_itself(found, lot, names), *because)
    return Notice(headline(found, lot, names), (told,), "won" if found.award[lot] else "tied", large=True)


def blocks(analysis: Analysis, found: AcrossFindings, report: LotReport) -> Iterator[Block]:
    """The award, how firm it is, what moves it, and how groups fare over all lots.

    Args:
        report: of any lot, for its names and the room that there is.
    """
    told = _AcrossReport(analysis, found, replace(report, anchor=ANCHOR))
    if report.brief:
        yield heading(FAIRNESS.say("across.heading"))
    yield told.awards()
    yield items(told.sentences(), tone="" if report.brief else "lead")
    yield from told.tables()


class _AcrossReport:
    def __init__(self, analysis: Analysis, found: AcrossFindings, report: LotReport) -> None:
        self.analysis, self.found, self.report = analysis, found, report
        self.names, self.messages = report.names, report.messages
        own = report.lot_analysis
        self.pooled = replace(report, lot_analysis=replace(own, findings=replace(own.findings, groups=found.groups)))

    def awards(self) -> Block:
        """Each lot, with whom it is awarded to, and who comes first by itself."""
        found, brief = self.found, self.report.brief
        rows = []
        for lot in found.award:
            title: Inline = Run(lot, "code") if brief else lot_title(self.analysis, lot, f"lot-{lot}")
            rows.append(row((title, _holder(found, lot, self.names), self.names.bids(found.first[lot]) or NONE)))
        heads = [self.messages(f"across.{key}") for key in ("lot", "goes", "first")]
        return table(self.messages("across.caption"), heads, rows)

    def sentences(self) -> Iterator[Runs]:
        """How often the award stays, and the nearest changes of each kind."""
        found, messages = self.found, self.messages
        for name, shares in self._shares():
            share = self.names.share(shares.same)
            yield messages.say("across.same", over=self._over(name, shares), share=share)

        for kind in KINDS:
            of_kind = [change for change in found.changes if change.kind == kind]
            if kind == "removed":
                of_kind = [change for change in of_kind if self._elsewhere(change)]
            if of_kind:
                example = self._in_words(min(of_kind, key=_far))
                yield messages.say_count(f"across.{kind}s", len(of_kind), says=example)
        asked, made = self.analysis.options.draws, max((one.draws for _, one in self._shares()), default=0)
        if 0 < made < asked:
            yield messages.say("across.fewer", draws=count(made), asked=count(asked))
        if not found.independent and "price" not in found.sought:
            yield messages.say("across.not sought")
        if not found.independent and not any(change.kind == "mark" for change in found.changes):
            yield messages.say("across.no marks")
        yield from groups.sentences(self.pooled)

    def tables(self) -> Iterator[Block]:
        shares = self._shares()
        rows: list[tuple[Inline, ...]] = []
        for lot in self.found.award:
            bids = dict.fromkeys(bid for _, one in shares for bid in one.awarded[lot])
            rows += [
                (lot, self.names.bid(bid), *(percent_of(one.awarded[lot].get(bid, 0.0)) for _, one in shares))
                for bid in bids
            ]
        more = [self.messages(f"across.head {name}") for name, _ in shares]
        yield from self.report.table("across shares", ("across.lot", "bid"), rows, range(2, 2 + len(more)), more)
        changes = [self._row(change) for change in self.found.changes]
        heads = ("across.what", "across.in", "across.was", "across.to", "across.moves")
        yield from self.report.table("across changes", heads, changes, (2, 3))
        yield from groups.section(self.pooled)

    def _over(self, name: str, shares: AwardShares) -> str:
        return self.messages(f"across.over {name}", draws=count(shares.draws))

    def _shares(self) -> list[tuple[str, AwardShares]]:
        found = self.found
        whole = "bands" if self.analysis.options.bands else "whole"
        named = (("near", found.near), (whole, found.whole), ("marks", found.marks))
        return [(name, shares) for name, shares in named if shares is not None]

    def _elsewhere(self, change: AwardChange) -> bool:
        """Whether lots move that the bid which goes does not hold."""
        return any(change.bid not in map(bid_of, self.found.award[lot]) for lot in change.award)

    def _moves(self, award: Award) -> Runs:
        """``south to alder, west to nobody``."""
        told = []
        for lot, won in award.items():
            to = self.names.bids(won) or self.messages.say("across.to nobody")
            told.append(self.messages.say("across.move", lot=lot, to=to))
        return self.messages.listed(told)

    def _in_words(self, change: AwardChange) -> Runs:
        values = {"bid": self.names.bid(change.bid), "moves": self._moves(change.award), "lot": change.lot}
        if change.was is not None and change.to is not None:
            if change.kind == "price":
                values |= {"was": self.names.money(change.was), "to": self.names.below(change.to)}
            else:
                values |= {"was": number(change.was), "to": distinct(change.to, change.was)}
                values |= {"to": number(change.to)} if change.kind == "mark" else {}
        if change.criterion:
            values["title"] = self.names.title(change.criterion)
        return self.messages.say(f"across.says {change.kind}", **values)

    def _row(self, change: AwardChange) -> tuple[Inline, ...]:
        bid = self.names.bid(change.bid) if change.bid else ""
        what: Inline = self.messages.say("across.goes away", bid=bid)
        was, to = NONE, NONE
        if change.kind == "price" and change.was is not None and change.to is not None:
            what = self.messages.say("across.price of", bid=bid)
            was, to = self.names.money(change.was), self.names.below(change.to)
        elif change.was is not None and change.to is not None:
            title = self.names.criterion(change.criterion)
            what = joined([text for text in (bid, title) if text], self.messages("enumeration"))
            was = number(change.was)
            to = number(change.to) if change.kind == "mark" else distinct(change.to, change.was)
        return what, change.lot or self.messages("across.all lots"), was, to, self._moves(change.award)


def _far(change: AwardChange) -> Fraction:
    """How far a change goes, of its kind: of prices as a share, of weights in points."""
    if change.was is None or change.to is None:
        return Fraction(0)
    away = abs(change.to - change.was)
    return away / change.was if change.kind == "price" and change.was else away
