"""Each bid by itself: where it came, why, its points criterion by criterion, and its marks."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block, Details, Notice, Row, heading, items, paragraph, row, table
from tender_eval.languages.inert import cut
from tender_eval.languages.numbers import percentage
from tender_eval.languages.runs import Inline, Run, Runs, joined, name, runs, strong
from tender_eval.model.bids import Member, bid_of
from tender_eval.model.evaluation import BidResult, CriterionResult, first_offers
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot
from tender_eval.report.evaluation.figures import LONGEST_NAME, WORDS, short_name
from tender_eval.report.evaluation.marks import MarkCards
from tender_eval.report.evaluation.points import DEEPEST, LONGEST_HEAD
from tender_eval.report.evaluation.prices import price_working
from tender_eval.report.evaluation.ranking import linked, with_id
from tender_eval.report.terms.results import rank_of


def bids_section(evaluated: EvaluatedLot) -> Iterator[Block]:
    """All bids, one after the other."""
    yield heading(WORDS.say("bids.heading"), evaluated.level, evaluated.at("bids"))
    marker = MarkCards(evaluated)
    groups = {node.id for node in evaluated.plan.nodes if node.parts}
    first = first_offers(evaluated.bids)
    for bid in evaluated.bids:
        yield from _bid(evaluated, bid, marker, groups, first[bid_of(bid.id)])


def _bid(
    evaluated: EvaluatedLot, bid: BidResult, marker: MarkCards, groups: set[str], same: BidResult
) -> Iterator[Block]:
    """One bid, or what it offers for several lots; ``same`` is the first of these, under which their marks stand."""
    level, short = evaluated.level + 1, short_name(bid, LONGEST_HEAD)
    yield heading(_titled(evaluated, bid), level, evaluated.anchor_of(bid))
    yield paragraph(joined(_facts(evaluated, bid), " · "))
    if cut(bid.name, LONGEST_NAME) != bid.name:
        yield paragraph(name(bid.name), tone="soft")
    if bid.reasons:
        why = WORDS.say("bids.why" if bid.rank is None else "out.why")
        yield Notice(why, (items(evaluated.reasons(bid)),), "bad")
    if bid.flags:
        yield Notice(WORDS.say("bids.looked at"), (items(evaluated.flags(bid)),), "heed")
    stated = evaluated.stated[bid.id]
    if stated.members:
        yield paragraph(strong(WORDS.say("bids.members")))
        yield items(map(_member, stated.members))
    if bid.criteria:
        caption = WORDS("bids.caption", name=short)
        heads = [WORDS(f"points.{head}") for head in ("criterion", "available", "score", "points")]
        rows = [_points(evaluated, c, groups) for c in bid.criteria]
        yield Details(caption, (table(caption, heads, rows, (1, 2, 3), heard=True),))
    else:
        yield paragraph(WORDS.say("bids.no marks"))
    if not evaluated.closed:
        yield from price_working(evaluated, bid)
    if bid is not same and bid.criteria:
        yield paragraph(WORDS.say("bids.marks as", name=linked(evaluated, same)))
    elif cards := tuple(marker.cards(stated, {c.id: c for c in bid.criteria}, level + 1)):
        yield Details(WORDS("bids.marks of", name=short), cards, open=True)


def _titled(evaluated: EvaluatedLot, bid: BidResult) -> Inline:
    """A bid by name and id; of an offer for several lots the contents name the id too."""
    called = evaluated.figures.called(bid)
    if bid_of(bid.id) == bid.id:
        return with_id(called, bid)
    return joined((called, Run(WORDS("aside", text=bid.id))), " ")


def _facts(evaluated: EvaluatedLot, bid: BidResult) -> Iterator[Runs]:
    """How it came out in a line, with the way back to the list of all bids."""
    yield runs(Run(evaluated.status_of(bid), "strong"))
    if bid.figure is not None and not evaluated.closed:
        yield runs(Run(WORDS("bids.rank", rank=rank_of(bid)), to=evaluated.at("ranking")))
        yield runs(evaluated.figures.as_stated(bid.figure))
    if evaluated.evaluation.shares_money and bid.award is not None:
        yield WORDS.say("bids.award", amount=evaluated.figures.money(bid.award))


def _points(evaluated: EvaluatedLot, found: CriterionResult, groups: set[str]) -> Row:
    figures = evaluated.figures
    cells: tuple[Inline, ...] = (
        found.title or found.id,
        figures.available(found.available),
        figures.score(found.score),
        figures.points(found.points),
    )
    return row(cells, "group" if found.id in groups else "", min(found.depth, DEEPEST))


def _member(member: Member) -> Inline:
    facts: list[Inline] = [name(member.role)] if member.role else []
    facts += [WORDS("bids.share", share=percentage(member.share))] if member.share else []
    facts.append(WORDS("bids.confirmed" if member.confirmed else "bids.unconfirmed"))
    return WORDS.say("bids.member", name=name(cut(member.name, LONGEST_NAME)), facts=joined(facts, ", "))
