"""What bids may offer for several lots together under a scheme, and what that asks of it."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.engine.plan import Plan
from tender_eval.files import mends
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.diagnostics import Diagnostic, Problems
from tender_eval.model.pricing.low import MIDDLES, RUNNER_UP
from tender_eval.model.pricing.offers_taken import OffersTaken, taken_with
from tender_eval.model.scheme import Scheme


def check_offers(plan: Plan, problems: Problems) -> None:
    """Refuse a scheme that takes offers for several lots and leaves open how these count at each lot."""
    scheme, limits = plan.scheme, plan.scheme.award.lots
    if limits is None or not limits.offers.any:
        return
    if scheme.shortlist is not None and scheme.shortlist.top is not None:
        message = "offers for several lots would take places of the shortlist, which is of bids"
        problems.add("TE028", scheme.shortlist.where, message, "write at_least: in place of top:, or take no packages")
    compared = list(_compared(plan))
    if compared and not limits.offers.compare:
        message = f"at {', '.join(compared)} bids are compared, and it is not said whether with offers for several lots"
        hint = "state compare: all_offers (each counts at each of its lots as a bid does), or compare no bids"
        problems.add("TE027", limits.where, message, hint)


def _compared(plan: Plan) -> Iterator[str]:
    """Where a bid's result at a lot depends on the other bids there."""
    yield from (f'"{leaf.id}"' for leaf in plan.leaves if not leaf.independent)
    yield from (f'"{node.id}"' for node in plan.scaled)
    if plan.compares_prices:
        yield "the adjustments of the price"
    if plan.rule.rule.item.relative(plan.rule.params):
        yield f'the rule "{plan.rule.rule.item.name}"'
    low = plan.scheme.abnormally_low
    if any(test.of in (*MIDDLES, RUNNER_UP) for test in (low.tests if low else ())):
        yield "abnormally_low"


def offers_not_taken(scheme: Scheme, bids: Bids) -> list[Diagnostic]:
    """What bids offer for several lots and the scheme does not take, or takes otherwise."""
    return [found for bid in bids.bids for found in _not_taken(taken_with(scheme.award.lots), bid)]


def _not_taken(scheme: OffersTaken, bid: Bid) -> Iterator[Diagnostic]:
    taken = scheme.packages
    for package in bid.packages:
        where = package.where
        if not taken:
            message = f'bid "{bid.id}" offers a package, and the scheme takes none'
            how = "in_one" if package.in_one else "by_lot"
            hint = f"take it out, and tell the bidder; or state packages: {how} in the scheme's award, under lots:"
            yield Diagnostic("TE504", message, where, hint)
        elif taken == "by_lot" and package.in_one:
            message = "the package states one price, and the scheme takes the price of each lot in it"
            yield Diagnostic("TE504", message, where, mends.packages_by_lot(package.lots, where))
        elif taken == "in_one" and not package.in_one:
            message = "the package states the price of each lot, and the scheme takes one price for all"
            yield Diagnostic("TE504", message, where, mends.package_in_one(package.lots, where))
        for lot in package.lots if scheme.alone else ():
            if lot in bid.lots and not bid.lots[lot].alone:
                message = f'the package is for lot "{lot}", for which bid "{bid.id}" does not bid alone, as it must'
                hint = mends.for_lot_alone(lot, "price", bid, where)
                yield Diagnostic("TE504", message, where, hint)
    for discount in bid.discounts if not scheme.discounts else ():
        message = f'bid "{bid.id}" states a discount for several lots, and the scheme takes none'
        hint = "take it out, and tell the bidder; or state discounts: where_awarded in the scheme's award, under lots:"
        yield Diagnostic("TE504", message, discount.where, hint)
