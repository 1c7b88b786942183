"""Of which bids the tests of limits hold: of a reserved lot, of a quota."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from tender_eval.engine.facts.reading import read
from tender_eval.files.bids.missing import note_for_limit
from tender_eval.model.bids import Bid, Bids, Tender
from tender_eval.model.diagnostics import Problems
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Evaluation, bids_of
from tender_eval.model.missing import Missing
from tender_eval.model.pricing.adjust import Test
from tender_eval.model.scheme import LotLimits


class Qualified(NamedTuple):
    """The bids that stand at each reserved lot, by lot, and those that each quota is on, by its id."""

    reserved: Mapping[str, frozenset[str]] = MappingProxyType({})
    quotas: Mapping[str, frozenset[str]] = MappingProxyType({})

    def stands(self, lot: str, bid: str) -> bool:
        """Whether a bid may be awarded a lot as far as that is reserved."""
        return lot not in self.reserved or bid in self.reserved[lot]


NOBODY_LEFT_OUT = Qualified()


def qualified_of(limits: LotLimits, bids: Bids, lots: Mapping[str, Evaluation]) -> Qualified:
    """The bids, of those that are ranked, of which every test holds.

    Raises:
        Refused: for every figure that is missing (TE052), or is of another kind than is asked for (TE013, TE017).
    """
    problems = Problems()
    reserved: dict[str, frozenset[str]] = {}
    for one in limits.reserved:
        for lot in one.lots:
            if lot in lots:
                rows = {bid.id for bid in lots[lot].ranked}
                there = [bid for bid in bids.for_lot(lot).bids if bid.id in rows]
                found = _hold(one.when, there, bids.tender.for_lot(lot), f'lot "{lot}", which is reserved,', problems)
                reserved[lot] = reserved.get(lot, found) & found
    ranked = bids_of(bid for found in lots.values() for bid in found.ranked)
    there = [bid for bid in bids.bids if bid.id in ranked]
    quotas = {q.id: _hold(q.when, there, bids.tender, f'the quota "{q.id}"', problems) for q in limits.quotas}
    problems.refuse()
    return Qualified(reserved, quotas)


def _hold(tests: Sequence[Test], bids: Iterable[Bid], tender: Tender, whose: str, problems: Problems) -> frozenset[str]:
    found = [(bid.id, [_holds(test, bid, tender, whose, problems) for test in tests]) for bid in bids]
    return frozenset(bid for bid, told in found if all(told))


def _holds(test: Test, bid: Bid, tender: Tender, whose: str, problems: Problems) -> bool:
    step = read(bid, test.reads, tender)
    if isinstance(step, Missing):
        note_for_limit(step, test.reads, whose, problems)
        return False
    told = None if step.value is None else test.holds(step.value)
    if told is None:
        wanted = "true or false" if test.values else "a number"
        message = f'{test.reads} of bid "{bid.id}" is "{shown(step.value)}", where {whose} asks for {wanted}'
        problems.add("TE017" if test.values else "TE013", step.where or bid.where, message, f"write {wanted}")
    return bool(told)
