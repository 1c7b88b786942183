"""Any fact of a bid by its name, with the steps that lead to it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from tender_eval.engine.facts.beside import benefit_of
from tender_eval.engine.facts.days import in_days
from tender_eval.engine.facts.derived import DERIVED, pooled, share_of
from tender_eval.engine.facts.names import column_of_share, groups_in
from tender_eval.engine.facts.panel_marks import Scales, mark_that_counts
from tender_eval.engine.facts.price import evaluated_price, money
from tender_eval.engine.facts.statements import mark_of, of_tender, stated
from tender_eval.model.bids import Bid, Tender, reads_price
from tender_eval.model.evaluation import Step
from tender_eval.model.missing import Missing
from tender_eval.model.pricing.beside import BENEFITS
from tender_eval.model.scheme import Scheme


def read(bid: Bid, column: str, tender: Tender) -> Step | Missing:
    """A figure of a bid with the steps that lead to it, or what is missing for it.

    ``price`` is the bid's own: where a scheme has a price model, `Facts` gives the evaluated price in its place.
    """
    kind, _, name = column.partition(".")
    if (groups := groups_in(column)) is not None:
        return share_of(bid, column, groups, tender)
    if column in DERIVED:
        return DERIVED[column](bid, column, tender)
    match kind:
        case "marks":
            return mark_of(bid, name)
        case "tender":
            return of_tender(tender, name, bid)
        case "pooled":
            return pooled(bid, column)
        case _:
            return stated(bid, column)


NO_SCALES: Scales = MappingProxyType({})
NO_ROLES: Mapping[str, str] = MappingProxyType({})


class Facts:
    """The facts of the bids of one tender or lot as a scheme has them, each read once.

    ``scales`` are those that marks are on, and ``roles`` those of the people who mark, where the scheme computes marks.
    """

    def __init__(
        self, scheme: Scheme, tender: Tender, scales: Scales = NO_SCALES, roles: Mapping[str, str] = NO_ROLES
    ) -> None:
        self.scheme, self.tender, self.scales, self.roles = scheme, tender, scales, roles
        self._read: dict[tuple[str, str], Step | Missing] = {}

    def of(self, bid: Bid, column: str) -> Step | Missing:
        """A figure of a bid; its price is the evaluated one, where the scheme makes it of components."""
        key = bid.id, str(column)
        if key not in self._read:
            self._read[key] = self._find(bid, column)
        return self._read[key]

    def whole(self, bid: Bid, name: str) -> Step | Missing:
        """The figure of which a limit is a share: a fact of the tender goes by its bare name."""
        return self.of(bid, column_of_share(name))

    def put(self, bid: Bid, column: str, found: Step) -> None:
        """Let this be the figure of a bid from now on: of its price, once that is adjusted."""
        self._read[bid.id, column] = found

    def _find(self, bid: Bid, column: str) -> Step | Missing:
        if column == "price":
            return evaluated_price(bid, self.scheme)
        if reads_price(column):
            return money(bid, column, self.scheme)
        kind, _, name = column.partition(".")
        if kind == BENEFITS:
            return benefit_of(bid, column, self.scheme, self.of)
        if kind == "values" and name in self.scheme.days:
            return in_days(read(bid, column, self.tender), self.scheme.days[name])
        if kind == "marks":
            return mark_that_counts(bid, name, self.scheme.panel, self.scales, self.roles)
        return read(bid, column, self.tender)


def number_of(bid: Bid, column: str, scheme: Scheme, tender: Tender) -> Fraction | None:
    """A figure of a bid by itself, its price before it is adjusted; None where it states none, or no number."""
    found = Facts(scheme, tender).of(bid, column)
    return None if isinstance(found, Missing) else found.number
