"""Why an offer for several lots is not awarded them, in words."""

from __future__ import annotations

from tender_eval.languages.messages import Each, Id, Message, Theirs, say
from tender_eval.lots import reasons as lots


def with_said(told: Message, said: str, unsaid: str) -> Message | Each:
    """A reason, and what the mechanism says beside it."""
    if not (said or unsaid):
        return told
    return Each((told, say("lot.said", why=Theirs(said)) if said else say("lot.unsaid", why=unsaid)), "; ")


def of_offer(reason: lots.OwnOffer | lots.OfferBroken | lots.OfferPassedOver) -> Message | Each:
    if isinstance(reason, lots.OwnOffer):
        return say("lot.own offer", by=Id("bids", reason.by))
    whole = reason.least == len(reason.lots)
    asked = say("lot.together" if whole else "lot.so many", least=reason.least, lots=_named(reason.lots))
    if isinstance(reason, lots.OfferBroken):
        return say("lot.offer broken", asked=asked, missing=_named(reason.missing))
    return with_said(say("lot.offer passed over", asked=asked), reason.said, reason.unsaid)


def _named(names: tuple[str, ...]) -> Each:
    return Each(tuple(map(Theirs, names)))
