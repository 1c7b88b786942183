"""Two envelopes: quality is marked and locked before any price is opened.

At the quality stage the criteria that read no price, and nothing else that is sealed with the prices, are scored, out
of the same points as in the whole scheme. At the price stage a file of prices is merged with the bids whose marks are
locked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from tender_eval.base.canonical import Data
from tender_eval.engine.compiled import CompiledScheme, compile_scheme
from tender_eval.engine.plan import Plan
from tender_eval.files.bids.lots import check_prices_by_lot
from tender_eval.model.bids import CAN_BE_SEALED, NO_CONTACT, Bid, BidForLot, Bids, Figure, Mark, reads_price
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused, did_you_mean
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.location import Location, place
from tender_eval.model.pricing.offers import name_of
from tender_eval.model.scheme import Award, Call, Criterion, Scheme

MOST_SEARCHED = 20  # bids that are in the file of prices alone, of which each is told the id that may be meant


def quality_part(compiled: CompiledScheme) -> CompiledScheme:
    """The scheme without whatever reads the price or is sealed with it; each criterion keeps its points.

    A minimum over a group of which a part is sealed waits for the price stage, and so does a shortlist
    that goes by such a group. Bids are not ranked at this stage, so rule and tie breaks do not matter.

    Raises:
        Refused: TE083 where every criterion reads the price.
    """
    plan, scheme = compiled.plan, compiled.scheme
    points = {lot: {leaf.id: leaf.points for leaf in own.leaves} for lot, own in plan.by_lot.items()}
    priced = {leaf.id for leaf in plan.leaves if leaf.sealed}
    criteria = tuple(part for c in scheme.criteria if (part := _without(c, priced, plan)))
    if not criteria:
        message = "every criterion of the scheme reads what is sealed: there is nothing to score at the quality stage"
        raise Refused([Diagnostic("TE083", message, scheme.where, "evaluate without --stage")])
    whole = {node.id for node in plan.nodes if not priced & set(node.leaves)}
    reduced = Scheme(
        id=scheme.id, title=scheme.title, criteria=criteria, weights="points", requires=scheme.requires,
        award=Award(
            Call("highest_score"), on_rejection=scheme.award.on_rejection, variants=scheme.award.variants,
            where=scheme.award.where,
        ),
        source=scheme.source, notes=scheme.notes, illustrative=scheme.illustrative, currency=scheme.currency,
        deadline=scheme.deadline, regime=scheme.regime,
        scales=scheme.scales, conditions=tuple(c for c in scheme.conditions if not any(map(plan.is_sealed, c.needs))),
        shortlist=scheme.shortlist if set(plan.shortlist_by) <= whole else None,
        lots=scheme.lots, weights_by_lot=_of_these(points, criteria),
        rounding=scheme.rounding, panel=scheme.panel, sha256=scheme.sha256, where=scheme.where,
    )  # fmt: skip
    if reduced.shortlist:
        reduced = replace(reduced, shortlist=replace(reduced.shortlist, by=plan.shortlist_by))
    return compile_scheme(reduced, plan.catalogue)


def _of_these(
    points: Mapping[str, Mapping[str, Fraction]], criteria: tuple[Criterion, ...]
) -> dict[str, dict[str, Fraction]]:
    """The points by lot at these criteria."""
    here = {c.id for root in criteria for c in root.walk()}
    return {lot: {name: own[name] for name in own if name in here} for lot, own in points.items()}


def _without(criterion: Criterion, priced: set[str], plan: Plan) -> Criterion | None:
    if criterion.id in priced:
        return None
    if not criterion.criteria:
        return replace(criterion, weight=plan.node(criterion.id).points)
    parts = tuple(part for c in criterion.criteria if (part := _without(c, priced, plan)))
    trimmed = priced & set(plan.node(criterion.id).leaves)
    minimum, scaled = criterion.minimum, criterion.scale_to_best
    if trimmed:  # of what is scored of it so far, neither a share nor the best bid says anything
        minimum, scaled = (None if minimum and minimum.share is not None else minimum), ""
    return replace(criterion, weight=None, criteria=parts, minimum=minimum, scale_to_best=scaled) if parts else None


def check_envelopes(plan: Plan, where: Location, problems: Problems) -> None:
    """Note that prices are to be sealed under a scheme that compares none: all that it reads would be seen."""
    if any(plan.is_sealed(column) for column in plan.named()):
        return
    message = "the scheme compares no price and seals no other figure: in two envelopes nothing would stay closed"
    hint = "name in the scheme what tells the cost of a bid, such as sealed: [values.annual_cost]; or use one envelope"
    problems.add("TE083", where, message, hint)


def prices_alone_sealed(compiled: CompiledScheme) -> CompiledScheme:
    """The scheme as versions before 0.2.0 had it: nothing is sealed but what is a price by its name."""
    by_lot = {lot: plan.with_sealed(frozenset()) for lot, plan in compiled.plan.by_lot.items()}
    return CompiledScheme(compiled.plan.with_sealed(frozenset())._replace(by_lot=by_lot))


def refuse_prices(
    bids: Bids, plan: Plan | None, problems: Problems, go: str = "they go into a file for --stage price"
) -> None:
    """Note every price in the bids, and whatever is sealed with it: at the quality stage nobody may have seen one.

    Args:
        plan: of the scheme in whole, where it is sound.
        go: where they go instead.
    """
    for bid, lot, figures, _ in _parts(bids):
        for name, figure in figures.items():
            if reads_price(name) or (plan and _tells(name, plan)):
                of_lot = f' for lot "{lot}"' if lot else ""
                sealed = "" if reads_price(name) else ", which is sealed with the prices"
                message = f'bid "{bid.id}" gives {name}{of_lot}{sealed}, but the marks are not locked yet'
                what = f"take {name} out" if sealed else "take prices out"
                problems.add("TE082", figure.where, message, f"{what}; {go}")


def awaits_prices(bids: Bids, plan: Plan) -> bool:
    """Whether the scheme compares prices, or what is sealed with them, and no bid states any: they come in a file.

    Where it compares prices, what else is sealed tells nothing: that alone is in the wrong file.
    """
    asked = {reads.column for _, reads in plan.reads() if plan.is_sealed(reads.column)}
    prices = any(map(reads_price, asked))
    stated = {name for _, _, figures, _ in _parts(bids) for name in figures}
    return bool(asked) and not any(reads_price(name) if prices else name in asked for name in stated)


def offered(bid: Bid, plan: Plan) -> frozenset[tuple[str, str]]:
    """What a bid is for, lot by lot, and by lot the prices that it states, and what is sealed with them."""
    found = {(lot, "") for lot in bid.lots}
    for _, lot, figures, _ in _parts(Bids((bid,))):
        found |= {(lot, name) for name in figures if plan.is_sealed(name)}
    return frozenset(found)


def sealed_figures(bids: Bids, plan: Plan) -> dict[tuple[str, str, str], str]:
    """Every price, and what is sealed with it, by bid, lot and name."""
    return {
        (bid.id, lot, name): shown(figure.value)
        for bid, lot, figures, _ in _parts(bids)
        for name, figure in figures.items()
        if plan.is_sealed(name)
    }


def _tells(name: str, plan: Plan) -> bool:
    """Whether a figure is sealed, or is of a sealed one's name, as where a published bid answers in words."""
    bare = name.partition(".")[2]
    if plan.is_sealed(name) or name in plan.named():
        return plan.is_sealed(name)
    return any(plan.is_sealed(f"{kind}.{bare}") for kind in CAN_BE_SEALED)


def with_prices(bids: Bids, prices: Bids, plan: Plan, out: frozenset[str], problems: Problems) -> Bids:
    """The bids with the prices of the other file and what is sealed with them, joined by id; every misfit is noted.

    Args:
        plan: of the scheme in whole.
        out: bids that are rejected already, whose envelopes may stay closed.
    """
    _check_tender(bids, prices, problems)
    known = {bid.id: bid for bid in bids.bids}
    found = {bid.id: bid for bid in prices.bids}
    strangers = 0
    for bid in prices.bids:
        if bid.id not in known:
            strangers += 1
            hint = did_you_mean(bid.id, known) if strangers <= MOST_SEARCHED else "use the ids of the record"
            message = f'prices are given for bid "{bid.id}", whose marks are not in the record'
            problems.add("TE084", place(bid.id, bid.where), message, hint)
        elif bid.name not in (bid.id, known[bid.id].name):
            message = f'bid "{bid.id}" is of "{bid.name}" here and of "{known[bid.id].name}" in the record'
            problems.add("TE084", bid.where, message, "see whose price this is")
    for name in known:
        if name not in found and name not in out:
            message = f'there is no price for bid "{name}", whose marks are locked'
            problems.add("TE084", prices.where, message, "add its price")
    _refuse_other_facts(prices, plan, problems)
    merged = tuple(_merged(bid, found[bid.id], plan, problems) if bid.id in found else bid for bid in bids.bids)
    told = (*bids.notices, *prices.notices)
    return replace(bids, bids=merged, currency=bids.currency or prices.currency, notices=told)


def _check_tender(bids: Bids, prices: Bids, problems: Problems) -> None:
    if bids.currency and prices.currency and bids.currency != prices.currency:
        message = f"the prices are in {prices.currency}, the bids in {bids.currency}"
        problems.add("TE064", place(prices.currency, prices.where), message, f"give all prices in {bids.currency}")
    stated, recorded = prices.tender, bids.tender
    if stated.id and recorded.id and stated.id != recorded.id:
        message = f'the prices are for tender "{stated.id}", the record is of "{recorded.id}"'
        problems.add("TE084", prices.where, message, "see which tender these prices are for")
    facts = {**stated.figures, **{f"lots.{lot.id}.{k}": v for lot in stated.lots for k, v in lot.figures.items()}}
    for name, figure in facts.items():
        message = f"the file of prices states tender.{name}"
        problems.add("TE084", figure.where, message, "the tender stands in the record: leave it out here")


def _refuse_other_facts(prices: Bids, plan: Plan, problems: Problems) -> None:
    """A file of prices holds ids and what is sealed: a mark or any other fact in it could change what is locked."""
    only = f"take it out: only {', '.join(('prices', *sorted(plan.sealed)))} go here"
    for bid, _, figures, marks in _parts(prices):
        for name, mark in marks.items():
            message = f'bid "{bid.id}" has a mark for "{name}" in the file of prices'
            hint = "take it out; a locked mark changes only by case correct, with a reason"
            problems.add("TE084", mark.where, message, hint)
        for name, figure in figures.items():
            if not plan.is_sealed(name):
                message = f'bid "{bid.id}" gives {name} in the file of prices'
                problems.add("TE084", figure.where, message, only)
        for given, what in ((bid.members, "its consortium"), (bid.contact != NO_CONTACT, "how it is written to")):
            if given:
                message = f'bid "{bid.id}" gives {what} in the file of prices'
                problems.add("TE084", bid.where, message, only)


def _merged(bid: Bid, priced: Bid, plan: Plan, problems: Problems) -> Bid:
    for lot in priced.lots:
        if lot not in bid.lots:
            message = f'bid "{bid.id}" gives a price for lot "{lot}", for which it has no marks in the record'
            problems.add("TE056", place(lot, priced.where), message, f"it is for {', '.join(bid.lots) or 'no lot'}")
    lots = {
        name: replace(
            part,
            figures={**part.figures, **_sealed(priced.lots[name].figures, plan)},
            alone=part.alone and priced.lots[name].alone,
        )
        if name in priced.lots
        else part
        for name, part in bid.lots.items()
    }
    if bid.currency and priced.currency and bid.currency != priced.currency:
        message = f'the prices of bid "{bid.id}" are in {priced.currency} here, in {bid.currency} in the record'
        problems.add("TE064", place(priced.currency, priced.where), message, "see in which currency they are")
    figures, currency = {**bid.figures, **_sealed(priced.figures, plan)}, priced.currency or bid.currency
    whole = replace(
        bid, figures=figures, lots=lots, priced=priced.where, sealed=plan.sealed, currency=currency,
        packages=priced.packages, discounts=priced.discounts,
    )  # fmt: skip
    check_prices_by_lot(whole, problems)
    return whole


def _sealed(figures: Mapping[str, Figure], plan: Plan) -> dict[str, Figure]:
    return {name: figure for name, figure in figures.items() if plan.is_sealed(name)}


def _parts(bids: Bids) -> Iterator[tuple[Bid, str, Mapping[str, Figure], Mapping[str, Mark]]]:
    """Each bid, and each lot of it, with its figures and marks."""
    for bid in bids.bids:
        yield bid, "", bid.figures, bid.marks
        parts: Mapping[str, BidForLot] = bid.lots
        for lot, part in parts.items():
            yield bid, lot, part.figures, part.marks
        for package in bid.packages:
            called = name_of(bid.id, package, bid.lots)
            yield bid, called, package.in_one, {}
            yield from ((bid, f"{lot} in {called}", figures, {}) for lot, figures in package.figures.items())
        for discount in bid.discounts:
            yield bid, name_of(bid.id, discount, bid.lots), discount.stated, {}


def priced_evaluation(whole: CompiledScheme, quality: CompiledScheme, bids: Bids, lot: str) -> Evaluation:
    """The evaluation with prices, in which bids that the quality stage turned away stay as they were then.

    They no longer count in the scores of the others, so their prices are not looked at. Under ``on_rejection:
    keep_order`` they do count, and everything is evaluated.
    """
    before = quality.evaluate(_each_lot_alone(bids), lot)
    if not whole.plan.recomputes:
        return whole.evaluate(bids, lot)
    out = [bid for bid in before.bids if bid.status != "ranked"]
    names = {bid.id for bid in out}
    # Left out of this evaluation alone, which is of one lot.
    found = whole.evaluate(replace(bids, bids=tuple(bid for bid in bids.bids if bid.id not in names)), lot)
    plan = whole.for_lot(lot).plan
    return replace(found, bids=(*found.bids, *(_as_it_was(bid, plan) for bid in out)))


def _each_lot_alone(bids: Bids) -> Bids:
    """The bids as they were while prices were closed: what they offer for several lots came with these."""
    return replace(bids, bids=tuple(replace(bid, packages=(), discounts=()) for bid in bids.bids))


def turned_away(evaluations: Mapping[str, Evaluation], whole: CompiledScheme, bids: Bids) -> frozenset[str]:
    """The bids that are out of every lot that they are for by the quality stage, so that no price is needed."""
    if not whole.plan.recomputes:
        return frozenset()
    still_in = {bid.id for found in evaluations.values() for bid in found.bids if bid.status == "ranked"}
    return frozenset(bid.id for bid in bids.bids if bid.id not in still_in)


def _as_it_was(bid: BidResult, plan: Plan) -> BidResult:
    """A bid of the quality stage, without the groups of which the price stage scores a part."""
    points = {node.id: node.points for node in plan.nodes}
    return replace(bid, criteria=tuple(c for c in bid.criteria if c.available == points[c.id]))


def locked(bids: Bids, marks_sha256: str) -> dict[str, Data]:
    """The body of the entry that locks the marks."""
    return {"marks_sha256": marks_sha256, "bids": [bid.id for bid in bids.bids]}
