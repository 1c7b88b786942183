"""Why a tender was or was not awarded a lot, where the lots are awarded together under published limits.

What a supplier is told of other tenders is no more than elsewhere in its summary: the name and the figures of the
one that is awarded the lot.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.lots.award import AcrossLots, value_of
from tender_eval.lots.reasons import Reason
from tender_eval.report import in_words
from tender_eval.report import summary_words as words
from tender_eval.report.summary_scores import Assessed


def decided_across(found: AcrossLots, part: Assessed) -> str:
    """What was decided about a ranked tender at one lot."""
    why = found.reason(part.lot, part.result.id)
    if why is None:
        return words.WON
    if why.kind == "undecided":
        return words.TIED if _level(found, part) else words.OPEN
    return words.LOST


def why_across(found: AcrossLots, part: Assessed) -> Iterator[str]:
    """The limit, the better tender or the mechanism that decided."""
    yield words.TOGETHER
    why = found.reason(part.lot, part.result.id)
    if why is None:
        return
    if why.kind == "capped":
        yield words.CAPPED.format(lots=_lots(part, why), most=found.policy.limits.most_awarded)
    elif why.kind == "capacity":
        yield _beyond(found, part, why)
    elif why.kind == "undecided":
        yield from () if _level(found, part) else (words.HANGS,)
    elif why.kind in ("outscored", "tie_broken"):
        yield from _better(part, why)
    else:
        yield words.BY_MECHANISM.format(name=_name(part, why.by) or words.NOBODY)


def _better(part: Assessed, why: Reason) -> Iterator[str]:
    other = part.evaluation.bid(why.by)
    if other is None:
        return
    yield words.THEIR_FIGURE.format(name=other.name, figure=part.named(other.figure))
    if why.kind == "tie_broken":
        yield words.BROKEN_TIE.format(ties="; ".join(in_words.ties_in_words(part.case.compiled.plan)))


def _beyond(found: AcrossLots, part: Assessed, why: Reason) -> str:
    currency = part.case.compiled.scheme.currency
    values = {lot.id: value_of(lot) or Fraction(0) for lot in part.case.bids.tender.lots}
    step = found.capacities[part.result.id]
    capacity = step.value if isinstance(step.value, Fraction) else Fraction(0)
    how = f" ({in_words.formula(step.formula)}: {in_words.formula(step.working)})" if step.working else ""
    told = {
        "value": in_words.money(values[part.lot], currency),
        "capacity": in_words.money(capacity, currency),
        "how": how,
    }
    if not why.holds:
        return words.BEYOND.format(**told)
    held = in_words.money(sum((values[lot] for lot in why.holds), Fraction(0)), currency)
    return words.BEYOND_BESIDE.format(held=held, lots=_lots(part, why), **told)


def _lots(part: Assessed, why: Reason) -> str:
    titles = {lot.id: lot.title or lot.id for lot in part.case.bids.tender.lots}
    return ", ".join(f"“{titles[lot]}”" for lot in why.holds)


def _name(part: Assessed, bid: str) -> str:
    other = part.evaluation.bid(bid)
    return other.name if other else ""


def _level(found: AcrossLots, part: Assessed) -> bool:
    """Whether the tender is level with another at the head of those that may still be awarded this lot."""
    waiting = {why.bid for why in found.reasons[part.lot] if why.kind == "undecided"}
    ranks = [bid.rank for bid in part.evaluation.bids if bid.id in waiting]
    return ranks.count(part.result.rank) > 1 and ranks[0] == part.result.rank
