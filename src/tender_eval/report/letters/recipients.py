"""Who is told what: one letter to each supplier, of the lots of which something may be told."""

from __future__ import annotations

from collections.abc import Sequence

from tender_eval.case.case import Case
from tender_eval.case.state import WHOLE
from tender_eval.model.bids import Bid
from tender_eval.model.diagnostics import Diagnostic, Refused, did_you_mean
from tender_eval.model.suppliers import Key, suppliers_of
from tender_eval.report.case.phase_checks import nobody_to_tell, not_decided


def lots_told(case: Case, draft: bool) -> tuple[str, ...]:
    """The lots that letters tell of: those that are decided, in a draft all that were evaluated at all.

    Lots that are awarded together wait for each other: why one was lost may be told by the award of another.
    """
    if draft:
        return tuple(case.evaluations)
    decided = tuple(lot for lot in case.state.lots if case.decided(lot))
    return decided if case.across is None or len(decided) == len(case.state.lots) else ()


def letters_due(case: Case, bid: str | None, draft: bool, record: str) -> dict[str, list[str]]:
    """The bids of each supplier that is due a letter, by the id of its first bid.

    Args:
        bid: only the letter of this bid's supplier, by this id.
        draft, record: see `summaries`.

    Raises:
        Refused: TE070 for an unknown bid; TE088 where no letter that was asked for is due, or nobody is there.
    """
    known = [b.id for b in case.bids.bids]
    if bid is not None and bid not in known:
        raise Refused([Diagnostic("TE070", f'there is no bid "{bid}"', case.bids.where, did_you_mean(bid, known))])
    everyone = by_supplier(case.bids.bids)
    told = lots_told(case, draft)
    lots = {b.id: (tuple(b.lots) or case.state.lots) for b in case.bids.bids}
    asked = [ids for ids in everyone if bid is None or bid in ids]
    due = [ids for ids in asked if any(lot in told for one in ids for lot in lots[one])]
    if not due:
        waiting = dict.fromkeys(lot for ids in asked for one in ids for lot in lots[one] if lot not in told)
        nobody = not everyone and told
        raise nobody_to_tell(case, record) if nobody else not_decided(case, "letters", waiting or (WHOLE,), record)
    return {bid: due[0]} if bid is not None else {ids[0]: ids for ids in due}


def by_supplier(bids: Sequence[Bid]) -> list[list[str]]:
    """The bids of each supplier, in the order of the file."""
    suppliers = suppliers_of(bids)
    found: list[list[str]] = []
    by_key: dict[Key, list[str]] = {}
    for bid in bids:
        keys = sorted(suppliers.own[bid.id])
        own = next((by_key[key] for key in keys if key in by_key), None)
        if own is None:
            found.append(own := [])
        own.append(bid.id)
        for key in keys:
            by_key.setdefault(key, own)
    return found
