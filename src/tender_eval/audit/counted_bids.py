"""Records of versions that counted bids where suppliers count now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tender_eval.audit.difference import first_difference
from tender_eval.audit.entries import drafts_of
from tender_eval.case.acts import Entry
from tender_eval.case.evaluating import again
from tender_eval.case.state import State
from tender_eval.model.suppliers import apart_from_others

COUNTED_BIDS = ("0.1.0",)
"""The versions that counted bids where suppliers count now."""

BY_BID = {
    "across_lots": "its limits counted bids, and a limit is on suppliers",
    "award": "its places counted bids, and a supplier has one",
    "ranking": "its places counted bids, and a supplier has one",
}
"""By the kinds of entries that are otherwise where bids were counted, how so."""


def counted_by_bid(entry: Entry, state: State, versions: Mapping[str, object]) -> bool:
    """Whether an entry is what its inputs come to where each bid counts by itself.

    Args:
        versions: those that the record says it was made with.
    """
    if entry.kind not in BY_BID or state.received is None:
        return False
    apart = replace(state.received, bids=tuple(map(apart_from_others, state.received.bids)))
    made = drafts_of(again(replace(state, received=apart)))
    alike = (d for d in made if d.kind == entry.kind and d.body.get("lot") == entry.body.get("lot"))
    return any(first_difference(entry.body, d.body, "body", versions) is None for d in alike)
