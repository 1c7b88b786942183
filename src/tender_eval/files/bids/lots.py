"""What must hold between the lots of a bid and those of the tender."""

from __future__ import annotations

from tender_eval.files import mends
from tender_eval.model.bids import Bid, Bids, reads_price
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import place


def check_lots_of(bid: Bid, bids: Bids, problems: Problems) -> None:
    """Note lots that a bid names and the tender does not list, and a bid that names none of a tender in lots."""
    lots = [lot.id for lot in bids.tender.lots]
    for lot in bid.lots:
        if lot not in lots:
            message = f'bid "{bid.id}" is for lot "{lot}", which the tender does not list'
            named = dict.fromkeys(str(name) for other in bids.bids for name in other.lots)
            hint = mends.lots_of_tender(named, bids.tender, bids.where)
            if lots:
                hint = f"the tender's lots: {', '.join(lots)}"
            problems.add("TE056", place(lot, bid.where), message, hint)
    _check_preference(bid, problems)
    if lots and not bid.lots:
        message = f'bid "{bid.id}" does not say which lots it is for'
        problems.add("TE056", bid.where, message, mends.lots_of_bid(lots, bid.where))


def _check_preference(bid: Bid, problems: Problems) -> None:
    """Note a lot in the order of a bid that it is not for, or that stands twice."""
    for n, lot in enumerate(bid.preference):
        where = place(lot, bid.where)
        if lot not in bid.lots:
            message = f'bid "{bid.id}" prefers lot "{lot}", which it is not for'
            problems.add("TE056", where, message, did_you_mean(lot, bid.lots) or "remove it, or bid for the lot")
        elif lot in bid.preference[:n]:
            message = f'bid "{bid.id}" names lot "{lot}" twice in its order'
            problems.add("TE020", where, message, "name each lot once")


def _states(name: str, other: str) -> bool:
    """Whether another figure states the price that this one does; costs state none."""
    kinds = {name.partition(".")[0], other.partition(".")[0]}
    return name == other or ("price" in (name, other) and reads_price(other) and "costs" not in kinds)


def check_prices_by_lot(bid: Bid, problems: Problems) -> None:
    """Note each price that a bid states for all its lots together: which of them it is for is not known.

    A bid for one lot may state it either way, once.
    """
    lots = list(bid.lots)
    common = [name for name in bid.figures if reads_price(name)]
    if len(lots) > 1:
        for name in common:
            where = bid.figures[name].where
            message = f'bid "{bid.id}" states {name} once for {len(lots)} lots: {", ".join(lots)}'
            without = [lot for lot, part in bid.lots.items() if name not in part.figures]
            hint = mends.price_by_lot(name, without, where) if without else "remove it: each lot states its own"
            problems.add("TE501", where, message, hint)
        return
    for name in common if lots else ():
        own = [n for n in bid.lots[lots[0]].figures if _states(name, n)]
        if own:
            message = f'bid "{bid.id}" states its price twice: as {name} of the bid and as {own[0]} of its only lot'
            problems.add("TE501", bid.figures[name].where, message, "keep one of the two")
