"""What a tender offers for several lots together: which offer a letter tells of first, and what became of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tender_eval.case.case import Case
from tender_eval.documents.model import Block, heading, items, paragraph
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import Inline, spaced
from tender_eval.model.bids import Bid, bid_of
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.report.letters.across import decided_across, why_across
from tender_eval.report.letters.scores import AssessedBid

t = catalogue("letters", "terms")


def told_of(case: Case, evaluation: Evaluation, bid: str) -> BidResult | None:
    """Of what a tender offers at a lot what a letter tells in full: that which is awarded it, or else its bid alone."""
    own, awarded = evaluation.offers(bid), case.awarded(evaluation.lot)
    return next((r for r in own if r.id in awarded), evaluation.find(bid) or next(iter(own), None))


def offers_told(part: AssessedBid, bids: Mapping[str, Bid], level: int) -> Iterator[Block]:
    """What else a tender offers at a lot, alone or together with others, and what became of it.

    Args:
        bids: every bid and offer, by its id.
    """
    across = part.case.across
    if said := offer_in_words(part):
        yield paragraph(t("offers.this", offer=said))
    own = part.evaluation.offers(bid_of(part.result.id))
    others = [r for r in own if r.id != part.result.id and r.rank is not None]
    if across is None or not others or not part.told:
        return
    told: list[Inline] = []
    for result in others:
        other = part._replace(bid=bids[result.id].for_lot(part.lot), result=result)
        offer = offer_in_words(other) or t("offers.alone")
        figure = t("offers.figure", offer=offer, figure=other.named(result.figure))
        told.append(spaced(figure, decided_across(across, other), *list(why_across(across, other))[1:]))
    yield heading(t("offers"), level + 1)
    yield items(told)


def offer_in_words(part: AssessedBid) -> str:
    """For which lots together an offer is; nothing for a bid for the lot alone."""
    if bid_of(part.result.id) == part.result.id:
        return ""
    offer = next(o for o in part.case.bids.offers if o.id == part.result.id)
    titles = {lot.id: lot.title or lot.id for lot in part.case.bids.tender.lots}
    lots = t.listing([t("quoted", text=titles[lot]) for lot in offer.lots])
    key = "offers.together" if offer.least == len(offer.lots) else "offers.so many"
    return t(key, lots=lots, least=offer.least)
