"""Why each bid for a lot that is not awarded it is not, in figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType

from tender_eval.lots import reasons
from tender_eval.lots.policy import figure_of
from tender_eval.lots.qualified import NOBODY_LEFT_OUT, Qualified
from tender_eval.lots.reasons import Reason
from tender_eval.model.bids import Bid, bid_of
from tender_eval.model.digits import fixed, shown
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.explanation.reasons import SupplierHasPlace
from tender_eval.model.gap import gap_between
from tender_eval.model.pricing.adjust import Test
from tender_eval.model.scheme import LotLimits
from tender_eval.model.suppliers import Suppliers
from tender_eval.plugins.answers import Unsupported

PassedOver = Callable[[str, str], str | Unsupported]
"""Why the mechanism passed over, at a lot, a bid that had room."""
NO_OFFERS: Mapping[str, Bid] = MappingProxyType({})


def reasons_why(
    limits: LotLimits,
    lots: Mapping[str, Evaluation],
    won: Mapping[str, tuple[str, ...]],
    undecided: tuple[str, ...],
    order: tuple[str, ...],
    values: Mapping[str, Fraction | None],
    capacities: Mapping[str, Step],
    suppliers: Suppliers,
    passed_over: PassedOver,
    given_up: tuple[str, ...] = (),
    qualified: Qualified = NOBODY_LEFT_OUT,
    offers: Mapping[str, Bid] = NO_OFFERS,
) -> dict[str, tuple[Reason, ...]]:
    """By lot, every bid for it that is not awarded it, in rank order, with why.

    Args:
        passed_over: asks the mechanism why it passed over a bid that had room.
        given_up: lots of which it was decided that nobody is awarded them.
        qualified: of which bids the tests of the limits hold.
        offers: those for several lots, by their ids.
    """
    found = _Finder(
        limits, lots, won, undecided, order, values, capacities, suppliers, passed_over, given_up, qualified, offers
    )
    return {name: tuple(found.of(name, evaluation)) for name, evaluation in lots.items()}


@dataclass(frozen=True)
class _Finder:
    """Reasons at one lot after the other; what it is given is told at `reasons_why`."""

    limits: LotLimits
    evaluations: Mapping[str, Evaluation]
    won: Mapping[str, tuple[str, ...]]
    undecided: tuple[str, ...]
    order: tuple[str, ...]
    values: Mapping[str, Fraction | None]
    capacities: Mapping[str, Step]
    suppliers: Suppliers
    passed_over: PassedOver
    given_up: tuple[str, ...]
    qualified: Qualified
    offers: Mapping[str, Bid]
    _with_room: dict[str, list[BidResult]] = field(default_factory=dict)
    _asked: dict[tuple[str, str], str | Unsupported] = field(default_factory=dict)

    def of(self, lot: str, evaluation: Evaluation) -> Iterator[Reason]:
        """The reasons at one lot."""
        won = frozenset(self.won[lot])
        winners = [bid for bid in evaluation.bids if bid.id in won]
        for bid in evaluation.bids:
            if bid.id not in won:
                yield self._reason(lot, evaluation, bid, winners)

    def _reason(self, lot: str, evaluation: Evaluation, bid: BidResult, winners: list[BidResult]) -> Reason:
        if bid.rank is None or bid.figure is None:
            kind = reasons.NotShortlisted if bid.status == "not_shortlisted" else reasons.Rejected
            return kind(bid=bid.id, reasons=bid.reasons)
        if lot in self.given_up:
            return reasons.NoAward(bid=bid.id, rank=bid.rank)
        if bid.award is not None and lot not in self.undecided:
            return reasons.NotFunded(bid=bid.id, reasons=bid.reasons)
        if any(isinstance(reason, SupplierHasPlace) for reason in bid.reasons):
            return reasons.PlaceTaken(bid=bid.id, reasons=bid.reasons)
        if not self.qualified.stands(lot, bid.id):
            return reasons.IsReserved(bid=bid.id, rank=bid.rank, tests=self._tests(lot))
        last = winners[-1] if winners else None
        if last is not None and bid_of(last.id) == bid_of(bid.id):
            return reasons.OwnOffer(bid=bid.id, by=last.id, rank=bid.rank)
        if offer := self.offers.get(bid.id):
            return self._of_offer(lot, bid, bid.rank, offer, last)
        if last is not None and (last.rank or 0) < bid.rank:
            return replace(_behind(evaluation, bid, last), also=self._alone(lot, bid, bid.rank))
        if full := list(self._full(lot, bid, bid.rank)):
            return replace(full[0], also=tuple(full[1:]))
        if lot in self.undecided:
            return self._open(lot, evaluation, bid, bid.rank)
        said, unsaid = self._why_passed_over(lot, bid)
        return reasons.ByMechanism(bid=bid.id, by=last.id if last else "", rank=bid.rank, said=said, unsaid=unsaid)

    def _of_offer(self, lot: str, bid: BidResult, rank: int, offer: Bid, last: BidResult | None) -> Reason:
        """Why an offer for several lots is not awarded them: what it comes to at one of them says nothing of that."""
        lots, by = tuple(map(str, offer.lots)), last.id if last else ""
        missing = tuple(name for name in lots if not self._stands(name, bid.id))
        if len(lots) - len(missing) < offer.least:
            return reasons.OfferBroken(bid=bid.id, rank=rank, lots=lots, least=offer.least, missing=missing)
        if lot in self.undecided:
            return self._hangs_on_tie(lot, bid, rank)
        all_or_none = offer.least == len(lots)  # why is then the same at each of its lots
        said, unsaid = self._why_passed_over(lots[0] if all_or_none else lot, bid)
        return reasons.OfferPassedOver(
            bid=bid.id, by=by, rank=rank, lots=lots, least=offer.least, said=said, unsaid=unsaid
        )

    def _stands(self, lot: str, bid: str) -> bool:
        """Whether an offer could be awarded a lot, for all that is known of it there."""
        found = self.evaluations[lot].find(bid)
        ranked = found is not None and found.rank is not None
        return ranked and lot not in self.given_up and self.qualified.stands(lot, bid)

    def _held(self, lot: str) -> Iterator[tuple[str, str]]:
        """What was awarded before a lot, and the bid that holds it; all else where the lots have no order."""
        before = self.order[: self.order.index(lot)] if lot in self.order else tuple(self.won)
        return ((name, bid) for name, winners in self.won.items() if name in before and name != lot for bid in winners)

    def _full(self, lot: str, bid: BidResult, rank: int) -> Iterator[Reason]:
        """The limits that keep a lot from a bid: what its suppliers, or some bids, hold is at each of them."""
        yield from self._too_many(lot, bid, rank)
        if bid_of(bid.id) in self.capacities:
            sharing = [bid_of(other) for _, other in self._held(lot) if self.suppliers.share(bid.id, other)]
            over = (self._over(lot, bid, rank, whose) for whose in dict.fromkeys((bid_of(bid.id), *sharing)))
            yield from [found for found in over if found][:1]
        yield from self._beyond_share(lot, bid, rank, self._held(lot))
        holding = frozenset(s for _, other in self._held(lot) for s in self.suppliers.behind[other])
        most = self.limits.most_suppliers
        if most and len(holding | self.suppliers.behind[bid.id]) > most:
            yield reasons.EnoughSuppliers(bid=bid.id, rank=rank, most=most)
        for quota in self.limits.quotas:
            theirs = self.qualified.quotas.get(quota.id, frozenset())
            holds = tuple(name for name, other in self._held(lot) if bid_of(other) in theirs)
            if quota.most is not None and bid_of(bid.id) in theirs and len(holds) >= quota.most:
                yield reasons.QuotaReached(bid=bid.id, rank=rank, quota=quota.id, most=quota.most, holds=holds)

    def _too_many(self, lot: str, bid: BidResult, rank: int) -> Iterator[Reason]:
        most = self.limits.most_awarded
        for supplier in sorted(self.suppliers.behind[bid.id]) if most else ():
            holds = tuple(name for name, other in self._held(lot) if supplier in self.suppliers.behind[other])
            if most and len(holds) >= most:
                yield reasons.Capped(bid=bid.id, rank=rank, most=most, holds=holds)
                return

    def _beyond_share(self, lot: str, bid: BidResult, rank: int, before: Iterable[tuple[str, str]]) -> Iterator[Reason]:
        """That with the lot, and those that it holds, a supplier would have more than its share of the whole value."""
        share, held_before = self.limits.most_value, tuple(before)
        if share is None:
            return
        most = share * sum((value or Fraction(0) for value in self.values.values()), Fraction(0))
        for supplier in sorted(self.suppliers.behind[bid.id]):
            holds = tuple(name for name, other in held_before if supplier in self.suppliers.behind[other])
            held = sum((self.values[name] or Fraction(0) for name in holds), Fraction(0))
            value = self.values[lot] or Fraction(0)
            if held + value > most:
                yield reasons.BeyondShare(
                    bid=bid.id, rank=rank, holds=holds, value=value, held=held, most=most, share=share
                )
                return

    def _alone(self, lot: str, bid: BidResult, rank: int) -> tuple[Reason, ...]:
        """The limits by which it could not have been awarded the lot even if it had been the best, and held nothing."""
        own = bid_of(bid.id)
        over = self._over(lot, bid, rank, own, held_too=False) if own in self.capacities else None
        return (*((over,) if over else ()), *self._beyond_share(lot, bid, rank, ()))

    def _tests(self, lot: str) -> tuple[Test, ...]:
        return tuple(test for one in self.limits.reserved if lot in one.lots for test in one.when)

    def _over(self, lot: str, bid: BidResult, rank: int, whose: str, held_too: bool = True) -> Reason | None:
        """The capacity of the bid, or of one that shares a supplier with it, where the lot is beyond that."""
        before = self._held(lot) if held_too else ()
        holds = tuple(name for name, other in before if self.suppliers.share(whose, other))
        held = sum((self.values[name] or Fraction(0) for name in holds), Fraction(0))
        more, capacity = self.values[lot] or Fraction(0), self.capacities[whose].value
        if not isinstance(capacity, Fraction) or held + more <= capacity:
            return None
        stated = self.limits.capacity
        share = stated.amount if stated and stated.of else None
        of = figure_of(stated) if stated and stated.of else ""
        return reasons.OverCapacity(
            bid=bid.id, rank=rank, holds=holds, value=more, held=held, capacity=capacity, share=share, of=of,
            whose="" if whose == bid_of(bid.id) else whose,
        )  # fmt: skip

    def _open(self, lot: str, evaluation: Evaluation, bid: BidResult, rank: int) -> Reason:
        if lot not in self._with_room:
            ranked = [(b, b.rank) for b in evaluation.bids if b.rank is not None and b.id not in self.offers]
            self._with_room[lot] = [b for b, place in ranked if not any(True for _ in self._full(lot, b, place))]
        with_room = self._with_room[lot]
        level = tuple(b.id for b in with_room if b.rank == rank and b.id != bid.id)
        if level and with_room[0].rank == rank:
            return reasons.TieOpen(bid=bid.id, rank=rank, level=level)
        return self._hangs_on_tie(lot, bid, rank)

    def _hangs_on_tie(self, lot: str, bid: BidResult, rank: int) -> Reason:
        return reasons.HangsOnTie(bid=bid.id, rank=rank, others=tuple(n for n in self.undecided if n != lot))

    def _why_passed_over(self, lot: str, bid: BidResult) -> tuple[str, str]:
        """What the mechanism says of it, and else why it says nothing."""
        if (lot, bid.id) not in self._asked:
            self._asked[lot, bid.id] = self.passed_over(lot, bid.id)
        why = self._asked[lot, bid.id]
        return ("", why.why) if isinstance(why, Unsupported) else (why, "")


def _behind(evaluation: Evaluation, bid: BidResult, last: BidResult) -> Reason:
    gap, figure = gap_between(evaluation, last, bid), evaluation.figure
    theirs, own = _printed(evaluation, last), _printed(evaluation, bid)
    if gap.exact:
        return reasons.Outscored(bid=bid.id, by=last.id, gap=gap, figure=figure, theirs=theirs, own=own)
    return reasons.TieBroken(bid=bid.id, by=last.id, figure=figure, level=own)


def _printed(evaluation: Evaluation, bid: BidResult) -> str:
    """A figure at the places at which this lot's figures are told apart, in full where these show nothing of it."""
    value = bid.figure or Fraction(0)
    text = fixed(value, evaluation.figure_places, evaluation.rounding_mode)
    return shown(value) if value and not text.strip("-0.") else text
