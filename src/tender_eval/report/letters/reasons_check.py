"""Whether the panel's reasons can be sent: each there, and none that compares bids."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tender_eval.case.case import Case
from tender_eval.model.bids import Bid, Bids, Mark
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import NOWHERE, Location
from tender_eval.report.letters.comparisons import BidderNames, comparison_in

_SAYS_NOTHING = frozenset(
    ("", "na", "none", "no reason", "tbc", "tba", "todo", "see above", "as above", "ditto", "not applicable", "nil")
)


def bids_of_lot(case: Case, lot: str) -> Bids:
    """The bids as they stand for a lot, or as they stand where there are none."""
    return case.bids.for_lot(lot) if lot else case.bids


def check_reasons(case: Case, wanted: Collection[str], problems: Problems) -> None:
    """Note every mark of the wanted bids whose reason is missing (TE095) or compares bids (TE096)."""
    names, ids = BidderNames(_parties(case.bids.bids)), BidderNames(bid.id for bid in case.bids.bids)
    for lot, evaluation in case.evaluations.items():
        bids = bids_of_lot(case, lot).bids
        for bid in (b for b in bids if b.id in wanted):
            result = evaluation.bid(bid.id)
            for leaf in case.plan(lot).leaves if result else ():
                if result and result.criterion(leaf.id):
                    _check(bid, leaf.marks, names, ids, problems)


def _check(bid: Bid, read: Iterable[str], names: BidderNames, ids: BidderNames, problems: Problems) -> None:
    for name in read:
        mark = bid.marks.get(name)
        if mark is None:
            continue
        where = _place(bid, mark)
        if says_nothing(mark.reason):
            message = f'the mark of bid "{bid.id}" for "{name}" has no reason'
            hint = f"record the panel's reason under marks: {{{name}: {{agreed: ..., reason: ...}}}}"
            problems.add("TE095", where, message, hint)
            continue
        own = {name.casefold() for name in _parties((bid,))}
        strangers = (n for n in names.perhaps_in(mark.reason) if n.casefold() not in own)
        found = comparison_in(mark.reason, strangers, (i for i in ids.perhaps_in(mark.reason) if i != bid.id))
        if found:
            message = f'the reason for the mark of bid "{bid.id}" for "{name}" compares bids: "{found}"'
            hint = "say what this tender offers against the criterion and its scale, and nothing of other bids"
            problems.add("TE096", where, message, hint)


def _place(bid: Bid, mark: Mark) -> Location | None:
    return next((w for w in (mark.where, mark.agreed.where, bid.where) if w != NOWHERE), None)


def says_nothing(reason: str) -> bool:
    said = " ".join("".join(c if c.isalnum() else " " for c in reason).casefold().split())
    return said.replace("n a", "na") in _SAYS_NOTHING or not any(c.isalpha() for c in said)


def _parties(bids: Iterable[Bid]) -> tuple[str, ...]:
    return tuple(name for bid in bids for name in (bid.name, *(m.name for m in bid.members)) if name)
