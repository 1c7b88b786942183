"""The exact award across the lots of a tender: each lot evaluated, then awarded under the scheme's limits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.facts.reading import read
from tender_eval.engine.questions import over_lots
from tender_eval.files.bids.missing import note_for_capacity
from tender_eval.lots.better import Better, Unproved, better_award
from tender_eval.lots.policy import LotPolicy, check_bids_against_limits, check_values, figure_of, policy_of
from tender_eval.lots.questions import keeps_to_limits, why_passed_over
from tender_eval.lots.reasons import Reason
from tender_eval.lots.run import run_mechanism
from tender_eval.lots.why import PassedOver, reasons_why
from tender_eval.model import numeric
from tender_eval.model.bids import Bid, Bids, Lot
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.explanation.formulas import ShareOf
from tender_eval.model.explanation.labels import CommonFigure
from tender_eval.model.location import Location
from tender_eval.model.missing import Missing
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.scheme import Bound
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
    compared: Callable[[], Better | Unproved | None] | None = field(default=None, compare=False, repr=False)

    @cached_property
    def better(self) -> Better | Unproved | None:
        """The best award of all lots within the same limits, where it is better than this one and no tie is open."""
        return self.compared() if self.compared and not self.tied and not self.independent else None

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
    if not bids.tender.lots:
        where = Location(bids.where.source)
        raise Refused([Diagnostic("TE056", "the tender has no lots to award", where, "evaluate it as a whole")])
    policy = policy_of(compiled.scheme, compiled.plan.catalogue)
    problems = Problems()
    check_bids_against_limits(policy.limits, bids, problems)
    check_values(policy, bids, problems)
    problems.refuse()
    found = compiled.evaluate_lots(bids) if lots is None else lots
    capacities = capacities_of(policy.limits.capacity, bids, found)
    if _several(found) or compiled.scheme.award.suppliers > 1:
        return _each_by_itself(policy, bids, found)
    contest = contest_of(policy, bids, found, capacities, given_up)
    adding = divisors_of(compiled, contest, bids, found)
    if not isinstance(adding, Unsupported):
        contest = contest._replace(divisors=adding)
    awards = run_mechanism(policy.mechanism, policy.params, contest, policy.limits.mechanism.where)
    told = _told(policy, bids, found, capacities, contest, awards, tuple(name for name in found if name in given_up))
    if isinstance(adding, Unsupported) or compiled.scheme.award.near_tie or policy.mechanism.item.totals:
        return told
    return replace(told, compared=lambda: better_award(contest, awards, tuple(found), tuple(b.id for b in bids.bids)))


def contest_of(
    policy: LotPolicy,
    bids: Bids,
    lots: Mapping[str, Evaluation],
    capacities: Mapping[str, Step],
    given_up: Collection[str] = (),
) -> Contest:
    """The contest of exact evaluations: a row a bid and a column a lot, in the order of the bids file."""
    rows = {bid.id: row for row, bid in enumerate(bids.bids)}
    figures = np.empty((len(rows), len(lots)), dtype=object)
    ranks = np.zeros(figures.shape, dtype=np.int64)
    figures[:] = Fraction(0)
    for column, (name, evaluation) in enumerate(lots.items()):
        for bid in evaluation.bids if name not in given_up else ():
            if bid.rank is not None and bid.figure is not None:
                figures[rows[bid.id], column] = bid.figure
                ranks[rows[bid.id], column] = bid.rank
    limits, names = policy.limits, list(lots)
    nothing = Step(CommonFigure.CAPACITY, Fraction(0))
    capacity = numeric.exact_array(_number(capacities.get(r, nothing)) for r in rows) if limits.capacity else None
    return Contest(
        figures, ranks > 0, ranks, "highest" if _best(lots) == "highest" else "lowest", _values(bids),
        limits.most_awarded or 0, capacity, tuple(names.index(name) for name in limits.order), behind(bids),
        preferences=preferences_of(bids),
    )  # fmt: skip


def divisors_of(
    compiled: CompiledScheme, contest: Contest, bids: Bids, lots: Mapping[str, Evaluation]
) -> Array | Unsupported | None:
    """What the figures of a contest are divided by, where those of several lots do not add up; see `Contest`.

    Raises:
        Refused: TE045 or TE046, naming the plugin.
    """
    rows = {bid.id: row for row, bid in enumerate(bids.bids)}
    found = np.empty(contest.figures.shape, dtype=object)
    found[:] = Fraction(1)
    for column, (name, evaluation) in enumerate(lots.items()):
        below = over_lots(compiled.for_lot(name).plan.rule)
        if isinstance(below, Unsupported):
            return below
        if not below:
            return None
        for bid in evaluation.ranked:
            points = (bid.criterion(criterion) for criterion in below)
            found[rows[bid.id], column] = sum((one.points for one in points if one is not None), Fraction(0))
    return found


def preferences_of(bids: Bids) -> Array | None:
    """The place of each lot in the order that a bid states, ``(bids, lots)``; None where no bid states any."""
    if not any(bid.preference for bid in bids.bids):
        return None
    places = [
        [bid.preference.index(lot.id) + 1 if lot.id in bid.preference else 0 for lot in bids.tender.lots]
        for bid in bids.bids
    ]
    return np.array(places, dtype=np.int64)


def behind(bids: Bids) -> Mask | None:
    """Which suppliers stand behind which bid, ``(bids, suppliers)``; None where no two bids share one."""
    suppliers = suppliers_of(bids.bids)
    if not suppliers.shared:
        return None
    found = np.zeros((len(bids.bids), suppliers.count), dtype=np.bool_)
    for row, bid in enumerate(bids.bids):
        found[row, list(suppliers.behind[bid.id])] = True
    return found


def _best(lots: Mapping[str, Evaluation]) -> str:
    return next(iter(lots.values())).best


def _values(bids: Bids) -> Array:
    return numeric.exact_array(value_of(lot) or 0 for lot in bids.tender.lots)


def value_of(lot: Lot) -> Fraction | None:
    """The annual value that a lot states."""
    stated = lot.figures.get("annual_value")
    return stated.value if stated is not None and isinstance(stated.value, Fraction) else None


def _number(step: Step) -> Fraction:
    return step.value if isinstance(step.value, Fraction) else Fraction(0)


def capacities_of(capacity: Bound | None, bids: Bids, lots: Mapping[str, Evaluation]) -> dict[str, Step]:
    """The capacity of each bid that is ranked for any lot.

    Raises:
        Refused: for every figure that is missing (TE052), is no number (TE013) or below zero (TE054).
    """
    if capacity is None:
        return {}
    ranked = {bid.id for found in lots.values() for bid in found.ranked}
    problems = Problems()
    found = {bid.id: _capacity(capacity, bid, bids, problems) for bid in bids.bids if bid.id in ranked}
    problems.refuse()
    return {name: step for name, step in found.items() if step is not None}


def _capacity(capacity: Bound, bid: Bid, bids: Bids, problems: Problems) -> Step | None:
    if not capacity.of:
        return Step(CommonFigure.CAPACITY, capacity.amount, where=capacity.where)
    figure = read(bid, figure_of(capacity), bids.tender)
    if isinstance(figure, Missing):
        note_for_capacity(figure, figure_of(capacity), problems)
        return None
    number = figure.number
    if number is None:
        message = f'{capacity.of} of bid "{bid.id}" is "{shown(figure.value)}", of which no share can be taken'
        problems.add("TE013", figure.where or bid.where, message, "write plain digits, such as 35 or 12.50")
        return None
    if number < 0:
        message = f'{capacity.of} of bid "{bid.id}" is {shown(number)}, and a capacity is a share of at least 0'
        problems.add("TE054", figure.where or bid.where, message, "correct it")
        return None
    how = ShareOf(capacity.amount, figure_of(capacity), number)
    return Step(CommonFigure.CAPACITY, capacity.amount * number, how, capacity.where, inputs=(figure,))


def _several(lots: Mapping[str, Evaluation]) -> bool:
    """Whether the rule shares out money, so that several bids can be awarded one lot."""
    return any(bid.award is not None for found in lots.values() for bid in found.bids)


def _each_by_itself(policy: LotPolicy, bids: Bids, lots: Mapping[str, Evaluation]) -> AcrossLots:
    """Several bids a lot, as each evaluation says; a scheme with limits is refused before it comes to this."""
    won = {name: () if found.tied else found.winner for name, found in lots.items()}
    undecided = tuple(name for name, found in lots.items() if found.tied)
    return _result(policy, bids, lots, {}, won, undecided, (), lambda lot, bid: Unsupported("nobody is passed over"))


def _told(
    policy: LotPolicy,
    bids: Bids,
    lots: Mapping[str, Evaluation],
    capacities: Mapping[str, Step],
    contest: Contest,
    found: LotAwards,
    given_up: tuple[str, ...],
) -> AcrossLots:
    names, rows = list(lots), [bid.id for bid in bids.bids]
    won = {name: (rows[row],) if row >= 0 else () for name, row in zip(names, found.winner.tolist(), strict=True)}
    undecided = tuple(name for name, tied in zip(names, found.undecided.tolist(), strict=True) if tied)
    order = tuple(names[n] for n in found.order if won[names[n]])

    def passed_over(lot: str, bid: str) -> str | Unsupported:
        return why_passed_over(policy, contest, found, names.index(lot), rows.index(bid))

    return _result(policy, bids, lots, capacities, won, undecided, order, passed_over, given_up)


def _result(
    policy: LotPolicy,
    bids: Bids,
    lots: Mapping[str, Evaluation],
    capacities: Mapping[str, Step],
    won: Mapping[str, tuple[str, ...]],
    undecided: tuple[str, ...],
    order: tuple[str, ...],
    passed_over: PassedOver,
    given_up: tuple[str, ...] = (),
) -> AcrossLots:
    values = {lot.id: value_of(lot) for lot in bids.tender.lots}
    awards = tuple(
        Awarded(name, found, bid, values[name])
        for name, found in lots.items()
        for bid in found.bids
        if bid.id in won[name]
    )
    unawarded = tuple(name for name in lots if not won[name])
    suppliers = suppliers_of(bids.bids)
    reasons = reasons_why(
        policy.limits, lots, won, undecided, order, values, capacities, suppliers, passed_over, given_up
    )
    return AcrossLots(policy, awards, undecided, unawarded, order, capacities, reasons, given_up)
