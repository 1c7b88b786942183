"""Why each bid for a lot that is not awarded it is not, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.scheme import LotLimits
from tender_eval.model.wording import fixed, shown


class Reason(NamedTuple):
    """Why a bid is not awarded a lot.

    ``kind`` is ``rejected`` or ``not_shortlisted`` (it was never ranked), ``not_funded``, ``outscored`` (``by``
    a bid, by the ``margin``), ``tie_broken`` (level with ``by``, behind it after the tie break), ``capped`` (it
    ``holds`` as many lots as it may), ``capacity`` (with what it holds the lot would be too much), ``undecided``
    (a tie is open), or ``mechanism`` (it had room, but the mechanism gave the lot to ``by``).
    """

    bid: str
    kind: str
    text: str
    by: str = ""
    margin: Fraction | None = None
    holds: tuple[str, ...] = ()


def reasons_why(
    limits: LotLimits,
    lots: Mapping[str, Evaluation],
    won: Mapping[str, tuple[str, ...]],
    undecided: tuple[str, ...],
    order: tuple[str, ...],
    values: Mapping[str, Fraction | None],
    capacities: Mapping[str, Step],
) -> dict[str, tuple[Reason, ...]]:
    """By lot, every bid for it that is not awarded it, in rank order, with why."""
    found = _Finder(limits, won, undecided, order, values, capacities)
    return {name: tuple(found.of(name, evaluation)) for name, evaluation in lots.items()}


class _Finder:
    def __init__(
        self,
        limits: LotLimits,
        won: Mapping[str, tuple[str, ...]],
        undecided: tuple[str, ...],
        order: tuple[str, ...],
        values: Mapping[str, Fraction | None],
        capacities: Mapping[str, Step],
    ) -> None:
        self.limits, self.won, self.undecided, self.order = limits, won, undecided, order
        self.values, self.capacities = values, capacities
        self._with_room: dict[str, list[BidResult]] = {}

    def of(self, lot: str, evaluation: Evaluation) -> Iterator[Reason]:
        """The reasons at one lot."""
        won = frozenset(self.won[lot])
        winners = [bid for bid in evaluation.bids if bid.id in won]
        for bid in evaluation.bids:
            if bid.id not in won:
                yield self._reason(lot, evaluation, bid, winners)

    def _reason(self, lot: str, evaluation: Evaluation, bid: BidResult, winners: list[BidResult]) -> Reason:
        if bid.rank is None or bid.figure is None:
            return Reason(bid.id, bid.status, "; ".join(bid.reasons))
        if bid.award is not None and lot not in self.undecided:
            return Reason(bid.id, "not_funded", "; ".join(bid.reasons))
        last = winners[-1] if winners else None
        if last is not None and (last.rank or 0) < bid.rank:
            return _behind(evaluation, bid, bid.figure, last, last.figure or Fraction(0))
        if full := self._full(lot, bid):
            return full
        if lot in self.undecided:
            return self._open(lot, evaluation, bid)
        by = last.id if last else ""
        text = f"ranked {bid.rank}, and no limit is reached; the mechanism awards the lot to {by or 'nobody'}"
        return Reason(bid.id, "mechanism", text, by)

    def _holds(self, bid: str, lot: str) -> tuple[str, ...]:
        """What a bid was awarded before a lot; all that it is awarded, where the lots have no order."""
        holds = (name for name, winners in self.won.items() if bid in winners)
        if lot not in self.order:
            return tuple(holds)
        before = self.order[: self.order.index(lot)]
        return tuple(name for name in holds if name in before)

    def _full(self, lot: str, bid: BidResult) -> Reason | None:
        """The limit that keeps a lot from a bid."""
        holds = self._holds(bid.id, lot)
        most = self.limits.most_awarded
        if most and len(holds) >= most:
            is_most = "is the most lots" if most == 1 else "are the most lots"
            text = f"ranked {bid.rank}, but is awarded {', '.join(holds)}: {most} {is_most} that one bid is awarded"
            return Reason(bid.id, "capped", text, holds=holds)
        if bid.id not in self.capacities:
            return None
        held = sum((self.values[name] or Fraction(0) for name in holds), Fraction(0))
        more, step = self.values[lot] or Fraction(0), self.capacities[bid.id]
        if isinstance(step.value, Fraction) and held + more > step.value:
            how = f" ({step.formula})" if step.formula else ""
            beside = f" beside {shown(held)} for {', '.join(holds)}" if holds else ""
            text = f"ranked {bid.rank}, but the lot's annual value {shown(more)}{beside} is above its capacity "
            return Reason(bid.id, "capacity", f"{text}{shown(step.value)}{how}", holds=holds)
        return None

    def _open(self, lot: str, evaluation: Evaluation, bid: BidResult) -> Reason:
        if lot not in self._with_room:
            self._with_room[lot] = [b for b in evaluation.bids if b.rank is not None and not self._full(lot, b)]
        with_room = self._with_room[lot]
        level = [b.id for b in with_room if b.rank == bid.rank and b.id != bid.id]
        if level and with_room[0].rank == bid.rank:
            text = f"shares rank {bid.rank} with {', '.join(level)}: the scheme does not separate them"
        else:
            others = [name for name in self.undecided if name != lot]
            of = f" (lots {', '.join(others)} are open as well)" if len(others) > 1 else ""
            of = f" (lot {others[0]} is open as well)" if len(others) == 1 else of
            text = f"ranked {bid.rank}; the lot is open until a tie is resolved{of}"
        return Reason(bid.id, "undecided", text)


def _behind(evaluation: Evaluation, bid: BidResult, figure: Fraction, last: BidResult, best: Fraction) -> Reason:
    margin = abs(best - figure)
    if margin == 0:
        level = _shown(evaluation, figure)
        text = f"level with {last.id} at {level} {evaluation.figure}; the published tie break puts {last.id} first"
        return Reason(bid.id, "tie_broken", text, last.id, margin)
    text = f"{last.id} is ahead by {_shown(evaluation, margin)} {evaluation.figure} "
    text += f"({_shown(evaluation, best)} against {_shown(evaluation, figure)})"
    return Reason(bid.id, "outscored", text, last.id, margin)


def _shown(evaluation: Evaluation, value: Fraction) -> str:
    """A figure at the places at which this lot's figures are told apart, in full where these show nothing of it."""
    text = fixed(value, evaluation.figure_places, evaluation.rounding_mode)
    return shown(value) if value and not text.strip("-0.") else text
