"""Why a tender was or was not awarded a lot, where the lots are awarded together under published limits.

What a supplier is told of other tenders is no more than elsewhere in its summary: the name and the figures of the
one that is awarded the lot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from tender_eval.languages import steps
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import money, percentage
from tender_eval.languages.runs import Inline, name
from tender_eval.lots.award import AcrossLots
from tender_eval.lots.contest import value_of
from tender_eval.lots.reasons import (
    BeyondShare,
    ByMechanism,
    CannotBeKept,
    EnoughSuppliers,
    IsReserved,
    OfferBroken,
    OfferPassedOver,
    OverCapacity,
    OwnOffer,
    QuotaReached,
    Reason,
)
from tender_eval.model.bids import bid_of
from tender_eval.report.letters.scores import AssessedBid
from tender_eval.report.terms.adjustments import tests_in_words
from tender_eval.report.terms.formulas import formula
from tender_eval.report.terms.scheme import ties_in_words

t = catalogue("letters", "terms")


def decided_across(found: AcrossLots, part: AssessedBid) -> str:
    """What was decided about a ranked tender at one lot."""
    why = found.reason(part.lot, part.result.id)
    if why is None:
        return t("outcome.won")
    if why.kind == "undecided":
        return t("outcome.tied") if _level(found, part) else t("across.open")
    return t("outcome.lost")


def why_across(found: AcrossLots, part: AssessedBid) -> Iterator[Inline]:
    """The limit, the better tender or the mechanism that decided."""
    yield t("across.together")
    why = found.reason(part.lot, part.result.id)
    if why is not None:
        yield from _told(found, part, why)
        for other in why.also:
            yield from _told(found, part, other)


def _told(found: AcrossLots, part: AssessedBid, why: Reason) -> Iterator[Inline]:
    """One reason; what would have been enough by itself is told after it."""
    if why.kind == "capped":
        yield t("across.capped", lots=_lots(part, why), most=found.policy.limits.most_awarded)
    elif isinstance(why, OverCapacity):
        yield _beyond(found, part, why)
    elif isinstance(why, CannotBeKept):
        yield t("across.conflict", limits=t.listing(list(why.limits)))
    elif isinstance(why, BeyondShare | EnoughSuppliers | QuotaReached | IsReserved):
        yield _at_limit(part, why)
    elif why.kind == "undecided":
        yield from () if _level(found, part) else (t("across.hangs"),)
    elif why.kind in ("outscored", "tie_broken"):
        yield from _better(part, why)
    elif isinstance(why, OwnOffer | OfferBroken | OfferPassedOver):
        yield from _of_offer(part, why)
    else:
        other = part.evaluation.find(why.by)
        yield t.say("across.mechanism", name=name(other.name) if other else t("across.nobody"))
        if isinstance(why, ByMechanism) and (why.said or why.unsaid):
            yield t("across.said", why=why.said) if why.said else t("across.unsaid", why=why.unsaid)


def _of_offer(part: AssessedBid, why: OwnOffer | OfferBroken | OfferPassedOver) -> Iterator[Inline]:
    if isinstance(why, OwnOffer):
        yield t("across.own")
    elif isinstance(why, OfferBroken):
        yield t("across.broken", lots=_titles(part, why.missing))
    else:
        yield t("across.other_offers")
        if why.said or why.unsaid:
            yield t("across.said", why=why.said) if why.said else t("across.unsaid", why=why.unsaid)


def _at_limit(part: AssessedBid, why: BeyondShare | EnoughSuppliers | QuotaReached | IsReserved) -> str:
    match why:
        case BeyondShare():
            currency, key = part.case.compiled.scheme.currency, "across.share_beside" if why.holds else "across.share"
            value, most = money(why.value, currency), money(why.most, currency)
            return t(key, value=value, share=percentage(why.share), most=most, lots=_lots(part, why))
        case EnoughSuppliers():
            return t("across.suppliers", most=why.most)
        case QuotaReached():
            return t("across.quota", quota=why.quota, most=why.most)
        case IsReserved():
            return t("across.reserved", whom=tests_in_words(why.tests))


def _better(part: AssessedBid, why: Reason) -> Iterator[Inline]:
    other = part.evaluation.find(why.by)
    if other is None:
        return
    yield t.say("why.their_figure", name=name(other.name), figure=part.named(other.figure))
    if why.kind == "tie_broken":
        yield t("why.broken_tie", ties=t("list.then").join(ties_in_words(part.case.plan(part.lot))))


def _beyond(found: AcrossLots, part: AssessedBid, why: OverCapacity) -> str:
    currency = part.case.compiled.scheme.currency
    values = {lot.id: value_of(lot) or Fraction(0) for lot in part.case.bids.tender.lots}
    step = found.capacities[why.whose or bid_of(part.result.id)]
    capacity = step.value if isinstance(step.value, Fraction) else Fraction(0)
    worked = steps.working(step)
    how = t("across.how", formula=formula(steps.formula(step)), working=formula(worked)) if worked else ""
    told = {
        "value": money(values[part.lot], currency),
        "capacity": money(capacity, currency),
        "how": how,
    }
    if not why.holds:
        return t("across.beyond", **told)
    held = money(sum((values[lot] for lot in why.holds), Fraction(0)), currency)
    return t("across.beyond_beside", held=held, lots=_lots(part, why), **told)


def _lots(part: AssessedBid, why: Reason) -> str:
    return _titles(part, why.holds)


def _titles(part: AssessedBid, lots: Iterable[str]) -> str:
    titles = {lot.id: lot.title or lot.id for lot in part.case.bids.tender.lots}
    return t.listing([t("quoted", text=titles[lot]) for lot in lots])


def _level(found: AcrossLots, part: AssessedBid) -> bool:
    """Whether the tender is level with another at the head of those that may still be awarded this lot."""
    waiting = {why.bid for why in found.reasons[part.lot] if why.kind == "undecided"}
    ranks = [bid.rank for bid in part.evaluation.bids if bid.id in waiting]
    return ranks.count(part.result.rank) > 1 and ranks[0] == part.result.rank
