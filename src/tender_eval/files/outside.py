"""What people try to say of offers and the format does not have: told as such where they write it, with the way out."""

from __future__ import annotations

import re
from typing import NamedTuple

from tender_eval.base.pattern import Pattern


class Outside(NamedTuple):
    """What cannot be said here, and what can be done instead."""

    what: str
    instead: str


_QUANTITIES = Outside(
    "quantities of which bids offer a part are outside the format: a bid is for all of a lot",
    "take it out; where parts may be awarded to several, let each part be a lot",
)
_ALL_OR_NONE = Outside(
    "an offer that holds only for several lots together is a package, and is written as one",
    "where the scheme takes packages, write packages: [{lots: [...], price: ...}] in the bid; else take it out",
)
_MATCHING = Outside(
    "a right to match the best bid is outside the format: the award follows from the bids as they are made",
    "take it out; whether the law allows it is to be settled before the tender, and not by its evaluation",
)
_PARTS = (
    r"(?:quantit(?:y|ies)|volume|amount|units?|share)_(?:offered|bid|available)"
    r"|(?:offered|partial|part|split|max|maximum|min|minimum)_(?:quantit(?:y|ies)|volumes?|units?)"
    r"|(?:partial|part|split)_(?:bids?|offers?|awards?|tenders?|lots?)|splits?|split_between"
)
_WHOLE = r"all_or_(?:none|nothing)(?:_\w+)?|(?:only_)?all_lots(?:_only)?|aon|indivisible(?:_offer|_bid)?"
_MATCH = (
    r"(?:right|option|rights)_to_match|match(?:ing)?_(?:right|rights|offer|bid|price|best|lowest)"
    r"|(?:price_)?matching|right_of_(?:first_)?refusal|first_refusal|swiss_challenge|last_look"
)
_KNOWN = ((Pattern(_PARTS), _QUANTITIES), (Pattern(_WHOLE), _ALL_OR_NONE), (Pattern(_MATCH), _MATCHING))


def outside_the_format(key: str) -> Outside | None:
    """What a key or a heading tries to say that the format does not have; None for any other.

    >>> [outside_the_format(key) is not None for key in ("quantity_offered", "All or none", "rightToMatch", "quantity")]
    [True, True, True, False]
    """
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key.rpartition(".")[2])
    plain = re.sub(r"[^a-z0-9]+", "_", apart.lower()).strip("_")
    return next((said for pattern, said in _KNOWN if pattern.fullmatch(plain)), None)
