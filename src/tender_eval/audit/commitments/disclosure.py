"""What a bidder is given of a record: its own part wherever one is committed, and what proves that it stands there."""

from __future__ import annotations

from typing import NamedTuple

from tender_eval.audit.commitments.commitment import prove
from tender_eval.audit.commitments.outline import outlines
from tender_eval.audit.commitments.parts import RESULTS
from tender_eval.base.canonical import Data, canonical
from tender_eval.case.acts import Entry
from tender_eval.case.case import Case
from tender_eval.model.diagnostics import Diagnostic, Refused, did_you_mean
from tender_eval.model.location import Location

FORMAT = "tender-eval/disclosure/1"


class Disclosure(NamedTuple):
    """The file for a bidder; how many parts it holds, and whether results are kept back until all is decided."""

    data: bytes
    head: str
    parts: int
    kept_back: bool


def disclose(case: Case, bid: str, name: str) -> Disclosure:
    """The part of one bid with its proofs, for the bidder alone.

    How the bid came out is left out until every lot that it is for is decided.

    Args:
        name: the file of the record, in what is said of problems.

    Raises:
        Refused: TE070 for a bid that the record does not have; TE099 where its entries are not salted.
    """
    known = {one.id: one for one in case.bids.bids}
    if bid not in known:
        message = f'there is no bid "{bid}" in the record'
        raise Refused([Diagnostic("TE070", message, Location(name), did_you_mean(bid, known))])
    if not case.entries[0].salt:
        message = f"{name} is a record of format 1, which does not commit the parts of bids"
        hint = "give the bidder a letter (report --format summaries), or the whole record to whoever may read it"
        raise Refused([Diagnostic("TE099", message, Location(name), hint)])
    decided = all(case.decided(lot) for lot in known[bid].lots or ("",))
    committed = [e for e in case.entries if e.parts is not None and bid in e.parts]
    told = [e for e in committed if decided or e.kind not in RESULTS]
    data: dict[str, Data] = {
        "format": FORMAT,
        "bid": bid,
        "head": case.head,
        "outlines": list(outlines(case.entries)),
        "parts": [_proved(entry, bid) for entry in told],
    }
    return Disclosure(canonical(data) + b"\n", case.head, len(told), len(told) < len(committed))


def _proved(entry: Entry, bid: str) -> dict[str, Data]:
    parts = entry.parts or {}
    proof = prove(bytes.fromhex(entry.salt), parts, bid)
    return {
        "n": str(entry.number),
        "part": parts[bid],
        "path": [one.hex() for one in proof.path],
        "position": str(proof.position),
        "salt": proof.salt.hex(),
        "size": str(proof.size),
    }
