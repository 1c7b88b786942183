"""What becomes of a bid, a lot and a tender by the status that is published of it: one table for all of them.

Sources: the codelist `bidStatus` of the OCDS bid extension; the codelists `tenderStatus` (of tenders and lots) and
`awardStatus` of OCDS 1.1; the Prozorro API documentation, "Bid", "LotValue", "Lot" and "Tender", with the statuses that
its models name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Kind = Literal["read", "excluded", "withdrawn", "left out", "refused"]
"""``excluded`` and ``withdrawn`` bids stay among the bids, are not assessed, and can be written to; what is left out is
listed alone: it is no bid, or nothing is known of it. A tender that is ``refused`` is not evaluated."""


class Status(NamedTuple):
    """A status of a codelist: what becomes of that which has it, and why."""

    code: str
    kind: Kind
    why: str
    tell: bool = True  # False where there is nothing to say


OCDS_BIDS = (
    Status("invited", "left out", "the tenderer was invited, and no bid was made"),
    Status("pending", "read", "submitted and not yet evaluated: its qualification is still to be settled"),
    Status("valid", "read", "it met the qualification criteria", tell=False),
    Status("disqualified", "excluded", "it did not meet the qualification criteria"),
    Status("withdrawn", "withdrawn", "its tenderers withdrew it"),
)
PROZORRO_BIDS = (
    Status("draft", "left out", "it was begun, and never submitted"),
    Status("pending", "left out", "it awaits pre-qualification, and is still closed"),
    Status("active", "read", "it was submitted and admitted", tell=False),
    Status("unsuccessful", "excluded", "it was turned away at pre-qualification"),
    Status("invalid", "left out", "the tender changed, and its bidder did not confirm it"),
    Status("invalid.pre-qualification", "left out", "the tender or its lots were cancelled during pre-qualification"),
    Status("deleted", "withdrawn", "its bidder withdrew it"),
)
LOTS = (
    Status("planned", "read", "it is to be let", tell=False),
    Status("active", "read", "it is being let", tell=False),
    Status("complete", "read", "it was let", tell=False),
    Status("cancelled", "left out", "it was cancelled, and is not awarded"),
    Status("unsuccessful", "left out", "its procurement was unsuccessful, and it is not awarded"),
    Status("withdrawn", "left out", "it was withdrawn, and is not awarded"),
)
TENDERS = tuple(status._replace(kind="refused") for status in LOTS if status.kind == "left out")
"""Of a tender any other status says how far it has come."""
AWARDS = (
    Status("pending", "read", "an award for it is proposed", tell=False),
    Status("active", "read", "it was awarded", tell=False),
    Status("cancelled", "read", "an award for it was cancelled"),
    Status("unsuccessful", "read", "an award for it is unsuccessful: it was turned away, or its bidder declined"),
)
"""Of the awards for a bid. In Prozorro a bid that is rejected once it was opened keeps its status; its award tells."""


def bid_statuses(prozorro: bool) -> Mapping[str, Status]:
    """Those of bids by code: the publisher's own, failing these the other's."""
    first, second = (PROZORRO_BIDS, OCDS_BIDS) if prozorro else (OCDS_BIDS, PROZORRO_BIDS)
    return {status.code: status for status in (*second, *first)}


LOT_STATUSES: Mapping[str, Status] = {status.code: status for status in LOTS}
TENDER_STATUSES: Mapping[str, Status] = {status.code: status for status in TENDERS}
AWARD_STATUSES: Mapping[str, Status] = {status.code: status for status in AWARDS}
