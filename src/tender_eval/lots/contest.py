"""The contest for lots that a mechanism sees, made of exact evaluations and of what limits read of bids."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

import numpy as np

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.facts.reading import read
from tender_eval.engine.questions import over_lots
from tender_eval.files.bids.missing import note_for_capacity
from tender_eval.lots.policy import LotPolicy, figure_of
from tender_eval.lots.qualified import NOBODY_LEFT_OUT, Qualified
from tender_eval.lots.together import offers_in
from tender_eval.model import numeric
from tender_eval.model.bids import Bid, Bids, Lot, bid_of
from tender_eval.model.diagnostics import Problems
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Evaluation, Step, bids_of
from tender_eval.model.explanation.formulas import ShareOf
from tender_eval.model.explanation.labels import CommonFigure
from tender_eval.model.missing import Missing
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.scheme import Bound
from tender_eval.model.suppliers import suppliers_of
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.mechanism import Contest, Quota


def contest_of(
    policy: LotPolicy,
    bids: Bids,
    lots: Mapping[str, Evaluation],
    capacities: Mapping[str, Step],
    given_up: Collection[str] = (),
    qualified: Qualified = NOBODY_LEFT_OUT,
) -> Contest:
    """The contest of exact evaluations: a row a bid or an offer, and a column a lot, in the order of the bids file.

    Args:
        qualified: of which bids the tests of the limits hold.
    """
    rows = {bid.id: row for row, bid in enumerate(bids.offers)}
    figures = np.empty((len(rows), len(lots)), dtype=object)
    ranks = np.zeros(figures.shape, dtype=np.int64)
    figures[:] = Fraction(0)
    for column, (name, evaluation) in enumerate(lots.items()):
        for bid in evaluation.bids if name not in given_up else ():
            if bid.rank is not None and bid.figure is not None and qualified.stands(name, bid.id):
                figures[rows[bid.id], column] = bid.figure
                ranks[rows[bid.id], column] = bid.rank
    limits, names = policy.limits, list(lots)
    nothing = Step(CommonFigure.CAPACITY, Fraction(0))
    capacity = None
    if limits.capacity:
        capacity = numeric.exact_array(_number(capacities.get(bid_of(row), nothing)) for row in rows)
    return Contest(
        figures, ranks > 0, ranks, "highest" if _best(lots) == "highest" else "lowest", _values(bids),
        limits.most_awarded or 0, capacity, tuple(names.index(name) for name in limits.order), behind(bids),
        preferences=preferences_of(bids),
        most_value=None if limits.most_value is None else limits.most_value * sum(_values(bids), Fraction(0)),
        most_suppliers=limits.most_suppliers or 0,
        fewest_suppliers=limits.fewest_suppliers or 0,
        quotas=tuple(
            Quota(np.array([bid_of(r) in qualified.quotas.get(quota.id, ()) for r in rows]), quota.most, quota.fewest)
            for quota in limits.quotas
        ),
        offers=offers_in(bids),
    )  # fmt: skip


def divisors_of(compiled: CompiledScheme, bids: Bids, lots: Mapping[str, Evaluation]) -> Array | Unsupported | None:
    """What the figures of a contest are divided by, where those of several lots do not add up; see `Contest`.

    Raises:
        Refused: TE045 or TE046, naming the plugin.
    """
    rows = {bid.id: row for row, bid in enumerate(bids.offers)}
    found = np.empty((len(rows), len(lots)), dtype=object)
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
        for bid in bids.offers
    ]
    return np.array(places, dtype=np.int64)


def behind(bids: Bids) -> Mask | None:
    """Which suppliers stand behind which bid, ``(bids, suppliers)``; None where no two bids share one."""
    suppliers = suppliers_of(bids.offers)
    if not suppliers.shared:
        return None
    found = np.zeros((len(bids.offers), suppliers.count), dtype=np.bool_)
    for row, bid in enumerate(bids.offers):
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
    ranked = bids_of(bid for found in lots.values() for bid in found.ranked)
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
