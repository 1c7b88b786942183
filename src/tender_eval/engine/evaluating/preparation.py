"""What is settled about bids before anything is scored: conditions, prices, and the columns that are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from tender_eval.engine.evaluating.conditions import ConditionResult, check_condition
from tender_eval.engine.facts.adjusting import OfBids, adjust_prices
from tender_eval.engine.facts.beside import NOTHING as NOTHING_SHOWN
from tender_eval.engine.facts.beside import MoneyBeside, money_beside, note_unfit
from tender_eval.engine.facts.columns import Columns, Wanted, columns_of
from tender_eval.engine.facts.reading import Facts
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import scales_of_marks
from tender_eval.engine.scoring.arithmetic import SILENT
from tender_eval.engine.scoring.kernel import below_minimum, shortlisted
from tender_eval.files.bids.missing import note_for_reader
from tender_eval.files.bids.suppliers import refuse_second_bids
from tender_eval.files.bids.unknown_marks import note_unknown_marks
from tender_eval.model.bids import Bid, Bids, reads_price
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import place
from tender_eval.model.missing import Missing
from tender_eval.model.numeric import Mask
from tender_eval.model.scheme import Scheme


class Prepared(NamedTuple):
    """The conditions of each bid, who meets them all, those of them whom people took out once assessed, the columns.

    ``beside`` is what is shown beside the price of each bid: of one that nothing is asked of, nothing.
    """

    conditions: list[list[ConditionResult | None]]
    eligible: Mask
    removed: Mask | None
    columns: Columns
    beside: tuple[MoneyBeside, ...]


def note_misplaced(plan: Plan, bids: Bids, problems: Problems) -> None:
    """Note whatever bids state that has no place in the scheme; what they lack has no part in it."""
    note_unknown_marks(bids, plan.marks_known(), problems)
    for bid in bids.bids:
        note_unfit(bid, plan.scheme, problems)


def prepare(plan: Plan, bids: Bids, problems: Problems, all_there: bool = True) -> Prepared:
    """Check bids against a scheme and read its columns; every problem is noted.

    Args:
        all_there: whether these are all the bids; otherwise it is open whom the shortlist lets through.
    """
    note_misplaced(plan, bids, problems)
    _check_currency(bids, plan.scheme, problems)
    refuse_second_bids(bids, plan.scheme.award.variants or bids.second_bids, problems)
    facts, named = Facts(plan.scheme, bids.tender, scales_of_marks(plan), bids.roles), plan.named()
    conditions = [
        [check_condition(condition, bid, facts, named, problems) for condition in plan.scheme.conditions]
        if _considered(bid)
        else []
        for bid in bids.bids
    ]
    considered = _mask(map(_considered, bids.bids))
    eligible = considered & _mask(all(c is not None and c.met for c in row) for row in conditions)
    rows = considered & _mask(all(c is None or c.met for c in row) for row in conditions)
    removed = rows & _mask(bid.removed is not None for bid in bids.bids)
    wanted = [(reader, reads, rows) for reader, reads in plan.shortlist_reads()]
    if wanted:
        rows = _first_stage(plan, bids, facts, rows, removed, problems) & all_there
    wanted += [(reader, reads, rows) for reader, reads in plan.reads() if (reader, reads) not in plan.shortlist_reads()]
    _note_estimates(plan, bids, facts, problems)
    adjustments = _adjust(plan, bids, facts, rows, removed, problems)
    columns = _columns(bids, facts, plan, wanted, rows, removed, problems)
    for missing, reader in adjustments.unstated:
        note_for_reader(missing, missing.column, reader, bids.where, named, problems)
    columns = columns._replace(arrays={**columns.arrays, **adjustments.columns})
    asked = zip(bids.bids, rows, strict=True)
    beside = tuple(money_beside(b, plan.scheme, facts.of) if row else NOTHING_SHOWN for b, row in asked)
    return Prepared(conditions, eligible, removed if removed.any() else None, columns, beside)


def _considered(bid: Bid) -> bool:
    """Whether anything is asked of a bid: not of one that was taken out before it was assessed."""
    return bid.removed is None or bid.removed.assessed


def _mask(truths: Iterable[bool]) -> Mask:
    return np.array([*truths], dtype=np.bool_)


def _columns(
    bids: Bids, facts: Facts, plan: Plan, wanted: list[Wanted], rows: Mask, removed: Mask, problems: Problems
) -> Columns:
    """The wanted columns. A bid that people removed, or that a minimum rejects by what it states, may lack the rest, as
    where the price envelopes of bids below the minimum stay closed; but not under ``keep_order``, where it counts.

    Args:
        rows: the bids that are evaluated.
    """
    own = Problems()
    columns = columns_of(bids, facts, wanted, own)
    if columns.lacking and plan.recomputes and (removed.any() or any(not gate.relative for gate in plan.gates)):
        out = removed | below_minimum(plan, SILENT, columns.arrays, rows & ~columns.faulty, columns.lacking)
        spared = {name: lacks & out for name, lacks in columns.lacking.items()}
        asked = [(r, reads, who & ~spared.get(reads.column, who & False)) for r, reads, who in wanted]
        own = Problems()
        columns = columns_of(bids, facts, asked, own)._replace(lacking=spared)
    problems.extend(own)
    _note_unstated(columns, bids, plan, problems)
    return columns


def _note_estimates(plan: Plan, bids: Bids, facts: Facts, problems: Problems) -> None:
    """Note that the tender does not state what an estimate is a share of, against which prices are held."""
    low = plan.scheme.abnormally_low
    for column in (test.estimate_column for test in (low.tests if low else ())):
        missing = facts.of(bids.bids[0], column) if column and bids.bids else None
        if isinstance(missing, Missing):
            note_for_reader(missing, column, "abnormally_low", bids.where, plan.named(), problems)


def _adjust(plan: Plan, bids: Bids, facts: Facts, rows: Mask, removed: Mask, problems: Problems) -> OfBids:
    """Adjust the prices of the bids that are evaluated.

    The lowest price is found among those that are still in: under ``recompute`` without those that people removed and
    those that a minimum rejects by their own figures alone, under ``keep_order`` with them.
    """
    out = removed & plan.recomputes
    gates = [gate for gate in plan.gates if not gate.relative]
    if plan.adjusts_prices and plan.recomputes and gates:
        decisive = {leaf for gate in gates for leaf in plan.node(gate.node).leaves}
        wanted = [(leaf.id, r, rows) for leaf in plan.leaves if leaf.id in decisive for r in leaf.reads]
        read = columns_of(bids, facts, [w for w in wanted if not reads_price(w[1].column)], Problems())
        if all(not reads_price(r.column) for _, r, _ in wanted):
            out = out | below_minimum(plan, SILENT, read.arrays, rows & ~read.faulty, read.lacking)
    found = adjust_prices(bids, facts, rows, rows & ~out, problems)
    spared = {bid.id for bid, is_out in zip(bids.bids, out, strict=True) if is_out}
    return found._replace(unstated=[pair for pair in found.unstated if pair[0].bid.id not in spared])


def _note_unstated(columns: Columns, bids: Bids, plan: Plan, problems: Problems) -> None:
    named = plan.named()
    for missing, column, reader in columns.unstated:
        note_for_reader(missing, column, reader, bids.where, named, problems)


def _check_currency(bids: Bids, scheme: Scheme, problems: Problems) -> None:
    """Note each bid whose prices are in a currency of which the scheme states no rate."""
    wanted = scheme.currency
    if wanted and bids.currency and scheme.rate_of(bids.currency) is None:
        message = f"the bids are in {bids.currency}, the scheme in {wanted}"
        problems.add("TE064", place(bids.currency, bids.where), message, _rate_hint(scheme, bids.currency))
        return
    for bid in bids.bids:
        if bid.currency and bid.currency != (wanted or bids.currency) and scheme.rate_of(bid.currency) is None:
            message = f'bid "{bid.id}" is in {bid.currency}, the scheme in {wanted}'
            problems.add("TE064", place(bid.currency, bid.where), message, _rate_hint(scheme, bid.currency))
        elif bid.currency and not wanted and bid.currency != bids.bids[0].currency:
            message = f'bid "{bid.id}" is in {bid.currency}, bid "{bids.bids[0].id}" is not'
            problems.add("TE064", place(bid.currency, bid.where), message, "state the scheme's currency, and rates")


def _rate_hint(scheme: Scheme, currency: str) -> str:
    if scheme.exchange is None:
        return f"give all prices in {scheme.currency}"
    known = ", ".join(scheme.exchange.rates)
    return f"give its prices in {scheme.currency}, or in {known}: the scheme states no rate of {currency}"


def _first_stage(plan: Plan, bids: Bids, facts: Facts, rows: Mask, removed: Mask, problems: Problems) -> Mask:
    """Whom the shortlist lets through: of the others no price or second-stage mark is asked.

    Where that cannot be told for want of figures, it is nobody.
    """
    before = len(problems)
    wanted = [(reader, reads, rows) for reader, reads in plan.shortlist_reads()]
    first = columns_of(bids, facts, wanted, problems)
    _note_unstated(first, bids, plan, problems)
    if len(problems) > before:
        return rows & False
    return shortlisted(plan, SILENT, first.arrays, rows, removed) | (removed & plan.recomputes)
