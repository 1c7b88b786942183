"""What is remarked of an agreed mark, by the plain name under which a scheme may raise it to a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tender_eval.model.bids import Bid, Bids, Mark
from tender_eval.model.diagnostics import Diagnostic, Severity
from tender_eval.model.location import Location
from tender_eval.model.panel_rule import PanelRule, Remarked

CODES: dict[Remarked, str] = {
    "outside": "TE540",
    "majority": "TE540",
    "nobody_gave": "TE540",
    "one_way": "TE547",
    "winner": "TE548",
    "bidder": "TE549",
    "stock": "TE541",
    "spelling": "TE542",
    "missing": "TE543",
    "absent": "TE544",
    "other_bid": "TE545",
    "no_reason": "TE546",
}


class Remark(NamedTuple):
    """One thing that is to be told of agreed marks."""

    name: Remarked
    where: Location
    message: str
    hint: str

    def diagnostic(self, rule: PanelRule) -> Diagnostic:
        """As it is told: an error where the scheme refuses it."""
        severity = Severity.ERROR if self.name in rule.refuse else Severity.WARNING
        return Diagnostic(CODES[self.name], self.message, self.where, self.hint, severity)


class Marked(NamedTuple):
    """A mark of a bid, for a lot where it is of one."""

    bid: Bid
    lot: str
    name: str
    mark: Mark

    @property
    def said(self) -> str:
        """The mark in a message."""
        of_lot = f' for lot "{self.lot}"' if self.lot else ""
        return f'{self.bid.called("marks")}{of_lot} for "{self.name}"'


def marks_of(bids: Bids) -> Iterator[Marked]:
    """Every mark of the bids."""
    for bid in bids.bids:
        for lot, marks in bid.marks_by_lot.items():
            yield from (Marked(bid, lot, name, mark) for name, mark in marks.items())
