"""A record as it may be given to anybody who asks: what happened and when, without names, prices and words of people.

Only what is listed here leaves the record, so that nothing new in it ever does by itself. Winners are named once the
award is decided, for they are published then; other bidders are numbered in the order of their ids. Personal data and
commercial interests are withheld (Freedom of Information Act 2000 ss.40 and 43): whether more may be given is for the
authority to weigh.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tender_eval.audit.commitments.outline import outlines
from tender_eval.case.acts import Entry
from tender_eval.case.case import Case
from tender_eval.case.state import WHOLE
from tender_eval.languages.inert import json_text
from tender_eval.model.bids import bid_of
from tender_eval.model.digits import fixed
from tender_eval.model.evaluation import BidResult, Evaluation

FORMAT = "tender-eval/redacted-record/1"
WITHHELD = (
    "names and ids of bidders that are not awarded",
    "names of evaluators and of whoever made an entry",
    "prices, and what is worked out from them",
    "what people wrote: reasons, questions, answers",
    "the files that were read; their digests are given",
)


GUESSED = "hashes of entries: they are not salted in a record of format 1, so that what an entry says could be guessed"


def redacted_json(case: Case) -> str:
    """The redacted record as JSON."""
    return json_text(redacted_data(case))


def redacted_data(case: Case) -> dict[str, Any]:
    """The same as data: every entry by its outline; per lot how each bid stands and its quality.

    The outlines prove the chain up to the head. Hashes of entries without a salt are withheld: whoever has the one
    before could try out what an entry says, until its hash fits.
    """
    scheme, names = case.state.whole.scheme, _names(case)
    salted = all(entry.salt for entry in case.entries)
    proof = list(outlines(case.entries)) if salted else []
    return {
        "format": FORMAT,
        "head": case.head,
        "phase": str(case.phase()),
        "scheme": {"id": scheme.id, "title": scheme.title, "sha256": scheme.sha256},
        "lots": [_lot(case, lot, names) for lot in case.state.lots],
        "entries": [
            _entry(entry, names) | ({"hash": entry.hash, "outline": proof[entry.number]} if salted else {})
            for entry in case.entries
        ],
        "withheld": [*WITHHELD, *(() if salted else (GUESSED,))],
    }


def _names(case: Case) -> Mapping[str, str]:
    """What each bid is called: by its supplier where it is awarded and that is decided, else by a number."""
    won = {bid_of(offer) for lot in case.state.lots for offer in case.announced(lot)}
    bids = sorted(case.bids.bids, key=lambda bid: bid.id)
    return {bid.id: bid.name if bid.id in won else f"bidder {n}" for n, bid in enumerate(bids, 1)}


def _lot(case: Case, lot: str, names: Mapping[str, str]) -> dict[str, Any]:
    found = case.evaluations.get(lot)
    ids = sorted(b.id for b in case.bids.bids if lot == WHOLE or lot in b.lots)
    return {
        "id": lot,
        "phase": str(case.phase(lot)),
        "winner": [names[bid_of(offer)] for offer in case.announced(lot)],
        "bids": [_bid(case, found, bid, lot, names) for bid in ids],
    }


def _bid(case: Case, found: Evaluation | None, bid: str, lot: str, names: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {"bid": names[bid], "standing": case.bid_status(bid, lot)}
    result = found.find(bid) if found else None
    if found is None or result is None or not case.evaluated(lot):
        return data
    data |= {"rank": result.rank} if result.rank is not None else {}
    return data | {"quality": _quality(case, found, result)}


def _quality(case: Case, found: Evaluation, result: BidResult) -> list[dict[str, Any]]:
    """The points at each criterion that reads no price, and nothing that is sealed with it."""
    unpriced = {leaf.id for leaf in case.compiled.plan.leaves if not leaf.sealed}
    return [
        {
            "criterion": c.id,
            "points": fixed(c.points, found.places, found.rounding_mode),
            "available": fixed(c.available, found.places, found.rounding_mode),
        }
        for c in result.criteria
        if c.id in unpriced
    ]


def _entry(entry: Entry, names: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {"n": entry.number, "kind": entry.kind, "at": entry.at}
    bid, clause = entry.body.get("bid"), entry.body.get("clause")
    data |= {"bid": names[bid]} if isinstance(bid, str) and bid in names else {}
    return data | ({"clause": clause} if isinstance(clause, str) and clause else {})
