"""The exact award across the lots of a tender: each lot evaluated, then awarded under the scheme's limits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.lots.better import Better, Unproved, better_award
from tender_eval.lots.contest import capacities_of, value_of
from tender_eval.lots.policy import LotPolicy, check_bids_against_limits, check_values, policy_of
from tender_eval.lots.qualified import NOBODY_LEFT_OUT, Qualified, qualified_of
from tender_eval.lots.questions import keeps_to_limits, why_passed_over
from tender_eval.lots.reasons import ByMechanism, CannotBeKept, LimitReached, OfferPassedOver, Reason
from tender_eval.lots.rules import Contested, Terms, smallest_conflict
from tender_eval.lots.why import PassedOver, reasons_why
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.location import Location
from tender_eval.model.suppliers import suppliers_of
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.mechanism import Contest, LotAwards


class Awarded(NamedTuple):
    """A lot and a bid that is awarded it; ``value`` is the lot's annual value, where it is stated."""

    lot: str
    evaluation: Evaluation
    bid: BidResult
    value: Fraction | None


@dataclass(frozen=True)
class AcrossLots:
    """The award across the lots of a tender.

    Attributes:
        awards: in the order of the tender's lots.
        undecided: lots that a tie leaves open.
        unawarded: lots that nobody is awarded, the undecided ones among them.
        order: the lots in the order in which the mechanism awarded them, where it has one.
        capacities: what limits each ranked bid's annual value, by bid.
        given_up: lots of which it was decided that nobody is awarded them; the others are awarded as without them.
        reasons: why each bid for a lot that is not awarded it is not, by lot.
        qualified: the bids that stand at reserved lots, and those that quotas are on.
        conflict: the fewest limits that no award keeps to together, where nothing is awarded for that.
        compared: looks for an award of all lots that is better; None where figures of several lots do not add up, or
            the mechanism is one that adds them up itself.
    """

    policy: LotPolicy
    awards: tuple[Awarded, ...]
    undecided: tuple[str, ...]
    unawarded: tuple[str, ...]
    order: tuple[str, ...]
    capacities: Mapping[str, Step]
    reasons: Mapping[str, tuple[Reason, ...]]
    given_up: tuple[str, ...] = ()
    qualified: Qualified = NOBODY_LEFT_OUT
    conflict: tuple[str, ...] = ()
    compared: Callable[[], Better | Unproved | None] | None = field(default=None, compare=False, repr=False)

    @cached_property
    def better(self) -> Better | Unproved | None:
        """The best award of all lots within the same limits, where it is better than this one and no tie is open."""
        return self.compared() if self.compared and not self.tied and not self.independent else None

    @property
    def terms(self) -> Terms:
        """What the lots were awarded by."""
        return Terms(self.policy, self.capacities, self.given_up, self.qualified)

    @property
    def tied(self) -> bool:
        """Whether a tie leaves any lot undecided."""
        return bool(self.undecided)

    @property
    def independent(self) -> bool:
        """Whether each lot was decided by itself."""
        return not keeps_to_limits(self.policy)

    def winners(self, lot: str) -> tuple[str, ...]:
        """The bids that are awarded a lot, in rank order."""
        return tuple(award.bid.id for award in self.awards if award.lot == lot)

    def reason(self, lot: str, bid: str) -> Reason | None:
        """Why a bid for a lot is not awarded it; None where it is."""
        return self._by_bid.get((lot, bid))

    @cached_property
    def _by_bid(self) -> dict[tuple[str, str], Reason]:
        return {(lot, why.bid): why for lot, reasons in self.reasons.items() for why in reversed(reasons)}


def award_together(
    compiled: CompiledScheme, bids: Bids, lots: Mapping[str, Evaluation], given_up: Collection[str] = ()
) -> AcrossLots | None:
    """The award across lots where it is more than the first of each lot: where the mechanism keeps to limits.

    Args:
        given_up: as for `award_lots`.

    Raises:
        Refused: as `award_lots` does.
    """
    if not bids.tender.lots or not keeps_to_limits(policy_of(compiled.scheme, compiled.plan.catalogue)):
        return None
    return award_lots(compiled, bids, lots, given_up)


def award_lots(
    compiled: CompiledScheme,
    bids: Bids,
    lots: Mapping[str, Evaluation] | None = None,
    given_up: Collection[str] = (),
) -> AcrossLots:
    """Award the lots of a tender as the scheme says.

    Args:
        lots: the evaluation of each lot, where it is known already.
        given_up: the lots of which it was decided that nobody is awarded them: no bid stands for them any more.

    Raises:
        Refused: with every problem of the scheme's limits and of the bids, or naming the plugin at fault.
    """
    terms, found, contested = _contested(compiled, bids, lots, given_up)
    policy = terms.policy
    if contested is None:
        return _each_by_itself(policy, bids, found)
    contest, awards = contested.award(policy.limits)
    told = _told(terms, bids, found, contest, awards)
    if (contest.fewest_suppliers or any(q.fewest for q in contest.quotas)) and not (told.awards or told.tied):
        return _nothing_kept(compiled, bids, found, told)
    if not contested.adds_up or compiled.scheme.award.near_tie or policy.mechanism.item.totals:
        return told
    return replace(told, compared=lambda: better_award(contest, awards, tuple(found), tuple(b.id for b in bids.offers)))


def winners_across(compiled: CompiledScheme, bids: Bids, lots: Mapping[str, Evaluation]) -> dict[str, tuple[str, ...]]:
    """Who is awarded each lot, as `award_lots` has it; why others are not, which takes longer, is not asked.

    Raises:
        Refused: as `award_lots` does.
    """
    terms, found, contested = _contested(compiled, bids, lots, ())
    if contested is None:
        return {name: () if one.tied else one.winner for name, one in found.items()}
    _, awards = contested.award(terms.policy.limits)
    return _winners(list(found), bids, awards)


def _contested(
    compiled: CompiledScheme, bids: Bids, lots: Mapping[str, Evaluation] | None, given_up: Collection[str]
) -> tuple[Terms, Mapping[str, Evaluation], Contested | None]:
    """What the lots are awarded by, their evaluations, and what decides; None where each is decided by itself."""
    if not bids.tender.lots:
        where = Location(bids.where.source)
        raise Refused([Diagnostic("TE056", "the tender has no lots to award", where, "evaluate it as a whole")])
    policy = policy_of(compiled.scheme, compiled.plan.catalogue)
    problems = Problems()
    check_bids_against_limits(policy.limits, bids, problems)
    check_values(policy, bids, problems)
    problems.refuse()
    found = compiled.evaluate_lots(bids) if lots is None else lots
    left_out = tuple(name for name in found if name in given_up)
    terms = Terms(
        policy, capacities_of(policy.limits.capacity, bids, found), left_out, qualified_of(policy.limits, bids, found)
    )
    if _several(found) or compiled.scheme.award.suppliers > 1:
        return terms, found, None
    return terms, found, Contested(compiled, bids, found, terms)


def _nothing_kept(compiled: CompiledScheme, bids: Bids, lots: Mapping[str, Evaluation], told: AcrossLots) -> AcrossLots:
    """An award of nothing with the limits that no award keeps to, where that is why."""
    limits = smallest_conflict(compiled, bids, lots, told.terms)
    if not limits:
        return told

    def why(reason: Reason) -> Reason:
        if isinstance(reason, ByMechanism | LimitReached | OfferPassedOver):
            return CannotBeKept(bid=reason.bid, rank=reason.rank, limits=limits)
        return reason

    reasons = {lot: tuple(map(why, found)) for lot, found in told.reasons.items()}
    return replace(told, conflict=limits, reasons=reasons)


def _several(lots: Mapping[str, Evaluation]) -> bool:
    """Whether the rule shares out money, so that several bids can be awarded one lot."""
    return any(bid.award is not None for found in lots.values() for bid in found.bids)


def _each_by_itself(policy: LotPolicy, bids: Bids, lots: Mapping[str, Evaluation]) -> AcrossLots:
    """Several bids a lot, as each evaluation says; a scheme with limits is refused before it comes to this."""
    won = {name: () if found.tied else found.winner for name, found in lots.items()}
    undecided = tuple(name for name, found in lots.items() if found.tied)
    terms = Terms(policy, {}, (), NOBODY_LEFT_OUT)
    return _result(terms, bids, lots, won, undecided, (), lambda lot, bid: Unsupported("nobody is passed over"))


def _told(terms: Terms, bids: Bids, lots: Mapping[str, Evaluation], contest: Contest, found: LotAwards) -> AcrossLots:
    names, rows = list(lots), [bid.id for bid in bids.offers]
    won = _winners(names, bids, found)
    undecided = tuple(name for name, tied in zip(names, found.undecided.tolist(), strict=True) if tied)
    order = tuple(names[n] for n in found.order if won[names[n]])

    def passed_over(lot: str, bid: str) -> str | Unsupported:
        return why_passed_over(terms.policy, contest, found, names.index(lot), rows.index(bid))

    return _result(terms, bids, lots, won, undecided, order, passed_over)


def _winners(names: list[str], bids: Bids, found: LotAwards) -> dict[str, tuple[str, ...]]:
    """The bid that is awarded each lot."""
    rows = [(bid.id,) for bid in bids.offers]
    return {name: rows[row] if row >= 0 else () for name, row in zip(names, found.winner.tolist(), strict=True)}


def _result(
    terms: Terms,
    bids: Bids,
    lots: Mapping[str, Evaluation],
    won: Mapping[str, tuple[str, ...]],
    undecided: tuple[str, ...],
    order: tuple[str, ...],
    passed_over: PassedOver,
) -> AcrossLots:
    policy, capacities, given_up, qualified = terms
    values = {lot.id: value_of(lot) for lot in bids.tender.lots}
    awards = tuple(
        Awarded(name, found, bid, values[name])
        for name, found in lots.items()
        for bid in found.bids
        if bid.id in won[name]
    )
    unawarded = tuple(name for name in lots if not won[name])
    suppliers = suppliers_of(bids.offers)
    reasons = reasons_why(
        policy.limits, lots, won, undecided, order, values, capacities, suppliers, passed_over, given_up, qualified,
        {offer.id: offer for offer in bids.offers if offer.of},
    )  # fmt: skip
    return AcrossLots(policy, awards, undecided, unawarded, order, capacities, reasons, given_up, qualified)
