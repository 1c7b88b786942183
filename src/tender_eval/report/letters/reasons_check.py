"""Whether the panel's reasons can be sent: each there, and none that compares bids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tender_eval.case.case import Case
from tender_eval.model.bids import Bid, Mark
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import NOWHERE, Location
from tender_eval.report.letters.comparisons import BidderNames, comparison_in, word_that_names

_SAYS_NOTHING = frozenset(
    ("", "na", "none", "no reason", "tbc", "tba", "todo", "see above", "as above", "ditto", "not applicable", "nil")
)


def check_reasons(case: Case, wanted: Collection[str], problems: Problems) -> None:
    """Note every mark of the wanted bids whose reason is missing (TE095) or compares bids (TE096)."""
    names, ids = BidderNames(_parties(case.bids.bids)), BidderNames(bid.id for bid in case.bids.bids)
    for bid, name, mark in _marks_told(case, wanted):
        where = _place(bid, mark)
        if says_nothing(mark.reason):
            message = f'the mark of bid "{bid.id}" for "{name}" has no reason'
            hint = f"record the panel's reason under marks: {{{name}: {{agreed: ..., reason: ...}}}}"
            problems.add("TE095", where, message, hint)
            continue
        found = comparison_in(
            mark.reason, _strangers(names, bid, mark), (i for i in ids.perhaps_in(mark.reason) if i != bid.id)
        )
        if found:
            message = f'the reason for the mark of bid "{bid.id}" for "{name}" compares bids: "{found}"'
            hint = "say what this tender offers against the criterion and its scale, and nothing of other bids"
            problems.add("TE096", where, message, hint)


def words_that_name(case: Case, wanted: Collection[str]) -> Iterator[tuple[Bid, str, str]]:
    """Marks of the wanted bids of which the reason holds a word that is another bidder's name: bid, mark and word."""
    names = BidderNames(_parties(case.bids.bids))
    for bid, name, mark in _marks_told(case, wanted):
        if word := word_that_names(mark.reason, _strangers(names, bid, mark)):
            yield bid, name, word


def _marks_told(case: Case, wanted: Collection[str]) -> Iterator[tuple[Bid, str, Mark]]:
    """Every mark that letters of the wanted bids tell the reason of, as the bid stands for its lot."""
    for lot, evaluation in case.evaluations.items():
        for bid in (b for b in case.bids_for(lot).bids if b.id in wanted):
            result = evaluation.bid(bid.id)
            for leaf in case.plan(lot).leaves if result else ():
                if result and result.criterion(leaf.id):
                    yield from ((bid, name, bid.marks[name]) for name in leaf.marks if name in bid.marks)


def _strangers(names: BidderNames, bid: Bid, mark: Mark) -> Iterator[str]:
    """The names of others that a reason may hold."""
    own = {name.casefold() for name in _parties((bid,))}
    return (name for name in names.perhaps_in(mark.reason) if name.casefold() not in own)


def _place(bid: Bid, mark: Mark) -> Location | None:
    return next((w for w in (mark.where, mark.figure_at, bid.where) if w != NOWHERE), None)


def says_nothing(reason: str) -> bool:
    said = " ".join("".join(c if c.isalnum() else " " for c in reason).casefold().split())
    return said.replace("n a", "na") in _SAYS_NOTHING or not any(c.isalpha() for c in said)


def _parties(bids: Iterable[Bid]) -> tuple[str, ...]:
    return tuple(name for bid in bids for name in (bid.name, *(m.name for m in bid.members)) if name)
