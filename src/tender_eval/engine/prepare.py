"""What is settled about bids before anything is scored: conditions, prices, and the columns that are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tender_eval.engine.arithmetic import Exact
from tender_eval.engine.columns import Columns, check_bids_against, columns_of, with_prices
from tender_eval.engine.conditions import ConditionResult, check_condition
from tender_eval.engine.kernel import shortlisted
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems
from tender_eval.model.evaluation import Step
from tender_eval.model.numeric import Mask
from tender_eval.plugins.table import Steps


@dataclass(frozen=True, slots=True)
class Prepared:
    """The conditions of each bid, who meets them all, and the columns."""

    conditions: list[list[ConditionResult | None]]
    eligible: Mask
    columns: Columns


def prepare(plan: Plan, bids: Bids, problems: Problems) -> Prepared:
    """Check bids against a scheme and read its columns; every problem is noted."""
    check_bids_against(bids, plan, problems)
    prices = with_prices(bids, plan, problems)
    conditions = [
        [check_condition(c, bid, bids.tender, prices.get(bid.id), problems) for c in plan.scheme.conditions]
        for bid in bids.bids
    ]
    eligible = np.array([all(c is not None and c.met for c in row) for row in conditions], dtype=np.bool_)
    rows = np.array([all(c is None or c.met for c in row) for row in conditions], dtype=np.bool_)
    if plan.shortlist_by:
        rows = _first_stage(plan, bids, rows, prices, problems)
    return Prepared(conditions, eligible, columns_of(bids, plan, plan.reads(), rows, prices, problems))


def _first_stage(
    plan: Plan, bids: Bids, rows: Mask, prices: Mapping[str, Step], problems: Problems
) -> Mask:
    """Whom the shortlist lets through: of the others no price or second-stage mark is asked."""
    before = len(problems)
    first = columns_of(bids, plan, plan.shortlist_reads(), rows, prices, problems)
    if len(problems) > before:
        return rows
    return shortlisted(plan, Exact(lambda _of, _present: Steps()), first.arrays, rows)
