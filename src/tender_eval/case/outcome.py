"""What a case comes to at one moment, as an act states it before and after: winner, ranks and totals."""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.base.canonical import Data
from tender_eval.case.state import WHOLE, State


def outcome(state: State) -> dict[str, Data]:
    """Winner, ranks and totals, by lot where there are lots; nothing before all is evaluated.

    A tie that is open has no winner. Figures are exact.
    """
    if "evaluate" not in state.reached:
        return {}
    found = {lot: _of(state, lot) for lot in state.evaluations}
    return found[WHOLE] if list(found) == [WHOLE] else {"lots": dict(found)}


def _of(state: State, lot: str) -> dict[str, Data]:
    ranked = [bid for bid in state.evaluations[lot].bids if bid.rank is not None]
    return {
        "winner": [] if state.tied(lot) else list(state.awarded(lot)),
        "ranks": {bid.id: str(bid.rank) for bid in ranked},
        "totals": {bid.id: str(bid.figure) for bid in ranked},
    }


def winners_of(said: Mapping[str, Data]) -> dict[str, tuple[str, ...]]:
    """The winners by lot of what an act states.

    >>> winners_of({"winner": ["a"], "ranks": {}, "totals": {}}), winners_of({})
    ({'': ('a',)}, {})
    """
    return {lot: _names(one.get("winner")) for lot, one in _by_lot(said).items()}


def ranks_of(said: Mapping[str, Data], lot: str) -> dict[str, str]:
    """The ranks at a lot, by bid, of what an act states.

    >>> ranks_of({"winner": ["a"], "ranks": {"a": "1"}, "totals": {}}, ""), ranks_of({}, "")
    ({'a': '1'}, {})
    """
    found = _by_lot(said).get(lot, {}).get("ranks")
    return {bid: str(rank) for bid, rank in found.items()} if isinstance(found, Mapping) else {}


def _by_lot(said: Mapping[str, Data]) -> dict[str, Mapping[str, Data]]:
    lots = said.get("lots")
    found = lots if isinstance(lots, Mapping) else {WHOLE: said} if said else {}
    return {lot: one for lot, one in found.items() if isinstance(one, Mapping)}


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def changed_winner(before: Mapping[str, Data], after: Mapping[str, Data]) -> tuple[str, ...]:
    """The lots of which the winner is another after than before."""
    old, new = winners_of(before), winners_of(after)
    return tuple(lot for lot in new if lot in old and set(new[lot]) != set(old[lot]))
