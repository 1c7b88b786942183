"""What is settled about bids before anything is scored: conditions, prices, and the columns that are read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tender_eval.engine.arithmetic import Exact
from tender_eval.engine.columns import Columns, Prices, check_bids_against, columns_of, price_of, prices_of
from tender_eval.engine.conditions import ConditionResult, check_condition
from tender_eval.engine.kernel import shortlisted
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bid, Bids, Tender
from tender_eval.model.diagnostics import Problems
from tender_eval.model.numeric import Mask
from tender_eval.model.scheme import Condition
from tender_eval.plugins.table import Steps


class Prepared(NamedTuple):
    """The conditions of each bid, who meets them all, and the columns."""

    conditions: list[list[ConditionResult | None]]
    eligible: Mask
    columns: Columns


def prepare(plan: Plan, bids: Bids, problems: Problems, all_there: bool = True) -> Prepared:
    """Check bids against a scheme and read its columns; every problem is noted.

    Args:
        all_there: whether these are all the bids; otherwise it is open whom the shortlist lets through.
    """
    check_bids_against(bids, plan, problems)
    prices, named = prices_of(bids, plan), plan.named()
    conditions = [
        [_condition(c, bid, bids.tender, plan, prices, named, problems) for c in plan.scheme.conditions]
        for bid in bids.bids
    ]
    eligible = np.array([all(c is not None and c.met for c in row) for row in conditions], dtype=np.bool_)
    rows = np.array([all(c is None or c.met for c in row) for row in conditions], dtype=np.bool_)
    wanted = [(reader, reads, rows) for reader, reads in plan.shortlist_reads()]
    if wanted:
        rows = _first_stage(plan, bids, rows, prices, problems) & all_there
    wanted += [(reader, reads, rows) for reader, reads in plan.reads() if (reader, reads) not in plan.shortlist_reads()]
    return Prepared(conditions, eligible, columns_of(bids, plan, wanted, prices, problems))


def _condition(
    condition: Condition,
    bid: Bid,
    tender: Tender,
    plan: Plan,
    prices: Prices,
    named: frozenset[str],
    problems: Problems,
) -> ConditionResult | None:
    price = None
    if "price" in condition.needs and plan.scheme.price is not None:
        price = price_of(bid, plan, prices, problems)
        if price is None:
            return None
    return check_condition(condition, bid, tender, price, named, problems)


def _first_stage(plan: Plan, bids: Bids, rows: Mask, prices: Prices, problems: Problems) -> Mask:
    """Whom the shortlist lets through: of the others no price or second-stage mark is asked.

    Where that cannot be told for want of figures, it is nobody.
    """
    before = len(problems)
    wanted = [(reader, reads, rows) for reader, reads in plan.shortlist_reads()]
    first = columns_of(bids, plan, wanted, prices, problems)
    if len(problems) > before:
        return rows & False
    return shortlisted(plan, Exact(lambda _of, _present: Steps()), first.arrays, rows)
