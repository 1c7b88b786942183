"""Flags: what a panel must look at before it decides. A flag never changes a rank.

Abnormally low prices are queried, not rejected: the supplier may prove the price (Procurement Act 2023
s.19(3)-(5)). Individual marks far apart are moderated (Lancashire Care v Lancashire CC [2018] EWHC 1589 (TCC)
shows what an unexplained agreed mark costs).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tender_eval.engine.evaluating.low_prices import low_prices
from tender_eval.engine.facts.beside import MoneyBeside
from tender_eval.engine.facts.columns import Columns
from tender_eval.engine.facts.price import totals_that_differ
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.explanation.flags import FewMarks, Flag, MarksApart, UnconfirmedMembers
from tender_eval.model.numeric import Mask
from tender_eval.model.panel_rule import PanelRule


def flags_of(
    plan: Plan, bids: Bids, columns: Columns, present: Mask, evaluated: Mask, beside: Sequence[MoneyBeside]
) -> list[tuple[Flag, ...]]:
    """The flags of each bid, in the order of the bids.

    Args:
        present: the ranked bids.
        evaluated: those that met the conditions and were shortlisted, rejected ones among them.
        beside: what is shown beside the price of each bid.
    """
    low = low_prices(plan, bids.tender, columns.arrays, present, evaluated)
    return [
        (
            *low.get(row, ()),
            *totals_that_differ(bid, plan.scheme),
            *_divergent(bid, plan.scheme.panel),
            *_few(bid, plan.scheme.panel),
            *_unconfirmed(bid),
            *beside[row].flags,
        )
        for row, bid in enumerate(bids.bids)
    ]


def _few(bid: Bid, panel: PanelRule) -> Iterator[Flag]:
    """Agreed marks with fewer individual ones beside them than the scheme asks for; computed ones are refused."""
    for name, mark in bid.marks.items():
        if panel.least and not panel.computed and not mark.supposed and len(mark.individual) < panel.least:
            yield FewMarks(name, len(mark.individual), panel.least)


def _divergent(bid: Bid, panel: PanelRule) -> tuple[Flag, ...]:
    limit = panel.divergence
    if limit is None:
        return ()
    found = []
    for name, mark in bid.marks.items():
        given = mark.given
        moderated = bool(mark.reason and (mark.agreed_by or panel.computed))
        if given and max(given.values()) - min(given.values()) >= limit:
            found.append(MarksApart(name, limit, tuple(given.items()), moderated))
    return tuple(found)


def _unconfirmed(bid: Bid) -> tuple[Flag, ...]:
    """Home Office VAWG commissioning toolkit 2022, 5.5: sub-contractors must know that they are in the bid."""
    names = tuple(m.name for m in bid.members if not m.confirmed)
    return (UnconfirmedMembers(names),) if names else ()
