"""Whether the panel's reasons can be sent: each there, and none that compares bids."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tender_eval.case.case import Case
from tender_eval.case.panel.comparisons import BidderNames, word_that_names
from tender_eval.case.panel.reasons import names_of_others, of_another, parties, says_nothing
from tender_eval.model.bids import Bid, Mark
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import NOWHERE, Location


def check_reasons(case: Case, wanted: Collection[str], problems: Problems) -> None:
    """Note every mark of the wanted bids whose reason is missing (TE095) or compares bids (TE096)."""
    names, ids = BidderNames(parties(case.bids.bids)), BidderNames(bid.id for bid in case.bids.bids)
    for bid, name, mark in _marks_told(case, wanted):
        where = _place(bid, mark)
        if says_nothing(mark.reason):
            message = f'the mark of bid "{bid.id}" for "{name}" has no reason'
            hint = f"record the panel's reason under marks: {{{name}: {{agreed: ..., reason: ...}}}}"
            problems.add("TE095", where, message, hint)
            continue
        if found := of_another(bid, mark, names, ids):
            message = f'the reason for the mark of bid "{bid.id}" for "{name}" compares bids: "{found}"'
            hint = "say what this tender offers against the criterion and its scale, and nothing of other bids"
            problems.add("TE096", where, message, hint)


def words_that_name(case: Case, wanted: Collection[str]) -> Iterator[tuple[Bid, str, str]]:
    """Marks of the wanted bids of which the reason holds a word that is another bidder's name: bid, mark and word."""
    names = BidderNames(parties(case.bids.bids))
    for bid, name, mark in _marks_told(case, wanted):
        if word := word_that_names(mark.reason, names_of_others(names, bid, mark)):
            yield bid, name, word


def _marks_told(case: Case, wanted: Collection[str]) -> Iterator[tuple[Bid, str, Mark]]:
    """Every mark that letters of the wanted bids tell the reason of, as the bid stands for its lot."""
    for lot, evaluation in case.evaluations.items():
        for bid in (b for b in case.bids_for(lot).bids if b.id in wanted and not b.of):
            result = evaluation.find(bid.id)
            for leaf in case.plan(lot).leaves if result else ():
                if result and result.criterion(leaf.id):
                    yield from ((bid, name, bid.marks[name]) for name in leaf.marks if name in bid.marks)


def _place(bid: Bid, mark: Mark) -> Location | None:
    return next((w for w in (mark.where, mark.figure_at, bid.where) if w != NOWHERE), None)
