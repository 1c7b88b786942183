"""The part of each bid, which an entry commits: what the bid states as it was received, and how it came out.

It holds what its bidder may be given, and nothing of anybody else: no mark of a single evaluator, no name of one. Nor
does it hold words of ours, which another version may put in others. Points and totals are as they are printed: from an
exact score at a price, the lowest price could be worked out to the penny.
"""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.base.canonical import Data
from tender_eval.case.marks import shown_exactly
from tender_eval.case.state import COMPLETE, WHOLE, State
from tender_eval.model.bids import Bid, Bids, Figure, Mark, Member, bid_of
from tender_eval.model.digits import fixed
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation

RECEIVING = ("inputs", "receive", "offer", "open_prices", "prices", "correct_file")
"""The kinds of entries that bring what bids state, and commit that."""

RESULTS = ("evaluated", "marks_locked", "decide")
"""The kinds that say how bids came out, and commit that too."""


def received_parts(bids: Bids | None) -> dict[str, Data]:
    """What each bid states as it stands."""
    return {bid.id: _stated(bid) for bid in bids.bids} if bids else {}


def parts_of(state: State) -> dict[str, Data]:
    """What each bid states, and how it came out so far."""
    return {bid.id: {**_stated(bid), "results": _results(state, bid)} for bid in state.bids.bids}


def parts_of_act(kind: str, state: State) -> dict[str, Data] | None:
    """What the entry of an act commits, by the case after it; nothing for the kinds that commit nothing."""
    if kind in RECEIVING:
        return received_parts(state.received)
    return parts_of(state) if kind in RESULTS else None


def _stated(bid: Bid) -> dict[str, Data]:
    return {
        "bid": bid.id,
        "supplier": bid.name,
        "stated": _figures(bid.figures),
        "members": [_member(member) for member in bid.members],
        "lots": {lot: _figures(part.figures) for lot, part in bid.lots.items()},
        **_for_several(bid),
    }


def _for_several(bid: Bid) -> dict[str, Data]:
    """What it offers for several lots together, where it does."""
    packages: Data = [
        {
            "lots": list(package.lots),
            **({"by_lot": {lot: _figures(part) for lot, part in package.figures.items()}} if package.figures else {}),
            **_figures(package.in_one),
        }
        for package in bid.packages
    ]
    discounts: Data = [
        {
            "lots": list(discount.lots),
            "at_least": str(discount.at_least),
            **({"off": shown_exactly(discount.off)} if discount.off else {}),
            **({"sum_off": shown_exactly(discount.sum_off)} if discount.sum_off else {}),
        }
        for discount in bid.discounts
    ]
    return {name: found for name, found in (("packages", packages), ("discounts", discounts)) if found}


def _figures(figures: Mapping[str, Figure]) -> dict[str, Data]:
    return {name: shown_exactly(figure) for name, figure in figures.items()}


def _member(member: Member) -> dict[str, Data]:
    return {
        "name": member.name,
        "role": member.role,
        "share": str(member.share),
        "confirmed": member.confirmed,
        "pathways": list(member.pathways),
        "facts": _figures(member.facts),
    }


def _results(state: State, bid: Bid) -> dict[str, Data]:
    """By lot, with the one key "" where there are none."""
    return {lot: _result(state, bid, lot) for lot in state.lots if lot == WHOLE or lot in bid.lots}


def _result(state: State, bid: Bid, lot: str) -> dict[str, Data]:
    of = state.evaluations.get(lot)
    found = of.find(bid.id) if of else None
    removal = state.removal(bid.id, lot)
    standing = removal.removed.kind if removal else found.status if found else "received"
    data: dict[str, Data] = {"standing": standing}
    if "lock" in state.reached:
        data["marks"] = {name: _mark(mark) for name, mark in _marks(bid, lot).items()}
    if of and found:
        data["criteria"] = {criterion.id: _criterion(criterion, of) for criterion in found.criteria}
    if of and found and state.stage == COMPLETE:
        data |= _place(found, of)
    if decision := state.decided.get(lot):
        data["awarded"] = bid.id in map(bid_of, decision.winners)
    if offers := _offers(state, bid, lot):
        data["offers"] = offers
    return data


def _offers(state: State, bid: Bid, lot: str) -> dict[str, Data]:
    """How its offers for several lots came out at one of them, by their ids."""
    of, decision = state.evaluations.get(lot), state.decided.get(lot)
    found: dict[str, Data] = {}
    if of is None or state.stage != COMPLETE:
        return found
    for result in of.offers(bid.id):
        if result.id != bid.id:
            data = {"standing": result.status, **_place(result, of)}
            found[result.id] = data | ({"awarded": result.id in decision.winners} if decision else {})
    return found


def _marks(bid: Bid, lot: str) -> Mapping[str, Mark]:
    return {**bid.marks, **bid.lots[lot].marks} if lot in bid.lots else bid.marks


def _mark(mark: Mark) -> dict[str, Data]:
    agreed: dict[str, Data] = {"agreed": shown_exactly(mark.agreed)} if mark.agreed else {}
    return agreed | {"reason": mark.reason}


def _criterion(found: CriterionResult, of: Evaluation) -> dict[str, Data]:
    points, available = (fixed(value, of.places, of.rounding_mode) for value in (found.points, found.available))
    return {"points": points, "available": available}


def _place(found: BidResult, of: Evaluation) -> dict[str, Data]:
    """Its rank and what it is ranked by, where it has any, and the money that it is given."""
    data: dict[str, Data] = {} if found.rank is None else {"rank": str(found.rank), "tied": found.tied}
    data |= {} if found.figure is None else {"total": fixed(found.figure, of.figure_places, of.rounding_mode)}
    return data | ({} if found.award is None else {"money": str(found.award)})
