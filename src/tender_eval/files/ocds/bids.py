"""Bids as OCDS and Prozorro publish them, restated in the shape of a bids file.

Sources: the OCDS bids, lots and requirements extensions (`bids.details`, `relatedLots`,
`requirementResponses`); the Prozorro API documentation, "Bid", "LotValue", "Parameter" and "Lot".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tender_eval.files import mends
from tender_eval.files.bids.file import BIDS_FORMAT
from tender_eval.files.nodes import as_id, items, table, table_at, tables_at, text_at, texts_at
from tender_eval.files.ocds.answers import add_answers
from tender_eval.files.ocds.release import Published, moment
from tender_eval.files.ocds.suppliers import Suppliers
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location, PublishedAt, Table, Text

STANDING = ("valid", "active")  # OCDS and Prozorro; a bid without status stands too
LEFT_OUT = (
    "invited", "pending", "disqualified", "withdrawn",  # OCDS: codelist bidStatus
    "draft", "invalid", "invalid.pre-qualification", "deleted", "unsuccessful",  # Prozorro
)  # fmt: skip
LOT_LEFT_OUT = ("cancelled", "withdrawn")


class Part(NamedTuple):
    """What a bid offers for one lot, or for the whole tender where ``lot`` is empty."""

    lot: str
    value: Table | None
    date: Text | None
    where: Location


class Offer(NamedTuple):
    """A bid that stands."""

    id: Text
    source: Table
    parts: list[Part]


def restate(published: Published, problems: Problems) -> Table | None:
    """The bids that stand as a bids file, or None with the reason noted.

    What is left out (bids that do not stand, lots that were cancelled) is said in the file's notes. A tender
    with one lot only is restated without lots.
    """
    restating = _Restating(published, problems)
    offers = [offer for bid in published.bids if (offer := restating.offer(bid))]
    where = PublishedAt(*published.where)
    if not offers and not problems:
        message = f"none of the {len(published.bids)} bids stands: {'; '.join(restating.left_out)}"
        hint = "a bid stands that has the status valid (OCDS), active (Prozorro) or none"
        problems.add("TE063", where, message, hint)
    if not offers:
        return None
    _refuse_mixed_tax(offers, problems)
    bids = restating.bids(offers)
    left_out = f"Left out: {'; '.join(restating.left_out)}." if restating.left_out else ""
    notes = " ".join(filter(None, (published.note, left_out)))
    tender = table(where, id=published.id, title=published.title)
    if restating.by_lot:
        tender[Text("lots", where)] = items(where, restating.lots.values())
    return table(
        where,
        format=Text(BIDS_FORMAT, where),
        tender=tender or None,
        currency=_currency(published, offers, problems),
        notes=Text(notes, where) if notes else None,
        bids=items(where, bids),
    )


class _Restating:
    """The bids of one tender on their way into the file's shape."""

    def __init__(self, published: Published, problems: Problems) -> None:
        self.left_out: list[str] = []
        self._problems = problems
        self._ids: dict[str, Text] = {}
        self._suppliers = Suppliers(published.parties, problems)
        self._cancelled: set[str] = set()
        self.lots = self._lots(published)
        self.by_lot = len(self.lots) > 1

    def _lots(self, published: Published) -> dict[str, Table]:
        """The lots that stand, by their published id; where the tender lists none, those that bids name."""
        found: dict[str, Table] = {}
        names: dict[str, Text] = {}
        for lot in published.lots or self._named_lots(published.bids):
            given = text_at(lot, "id", self._problems)
            if given is None:
                self._problems.add("TE011", lot.where, '"id" is missing in this lot', "add its id")
                continue
            if (status := text_at(lot, "status", self._problems)) in LOT_LEFT_OUT:
                self.left_out.append(f'lot "{given}" ({status})')
                self._cancelled.add(given)
                continue
            name = as_id(given, self._problems)
            if name in names:
                message = f'the lots "{names[name]}" and "{given}" both become "{name}"'
                self._problems.add("TE020", given.where, message, "give each lot its own id")
                continue
            names[name] = given
            found[given] = table(lot.where, id=name, title=text_at(lot, "title", self._problems))
        return found

    def _named_lots(self, bids: Sequence[Table]) -> list[Table]:
        named = [lot for bid in bids for lot in texts_at(bid, "relatedLots", self._problems)]
        for bid in bids:
            for value in tables_at(bid, "lotValues", self._problems):
                if lot := text_at(value, "relatedLot", self._problems):
                    named.append(lot)
        return [table(lot.where, id=lot) for lot in dict.fromkeys(named)]

    def offer(self, bid: Table) -> Offer | None:
        """The bid if it stands."""
        given = text_at(bid, "id", self._problems)
        if given is None:
            self._problems.add("TE011", bid.where, '"id" is missing in this bid', "give every bid its id")
            return None
        if not self._stands(bid, f'"{given}"'):
            return None
        parts = [part for part in self._parts(bid) if part.lot not in self._cancelled]
        if not parts:
            self.left_out.append(f'"{given}" (for no lot that stands)')
            return None
        if not self._lots_known(parts, given):
            return None
        name = as_id(given, self._problems)
        if self._ids.setdefault(name, given) != given:
            message = f'the bids "{self._ids[name]}" and "{given}" both become "{name}"'
            self._problems.add("TE050", given.where, message, "give each bid its own id")
            return None
        return Offer(name, bid, parts)

    def _stands(self, source: Table, what: str) -> bool:
        status = text_at(source, "status", self._problems)
        if status in LEFT_OUT:
            self.left_out.append(f"{what} ({status})")
            return False
        if status is not None and status not in STANDING:
            message = f'"{status}" is not a status of a bid that is known here'
            hint = did_you_mean(status, (*STANDING, *LEFT_OUT))
            self._problems.add("TE016", status.where, message, hint)
        return True

    def _parts(self, bid: Table) -> list[Part]:
        date = text_at(bid, "date", self._problems)
        value = table_at(bid, "value", self._problems)
        parts = []
        if values := tables_at(bid, "lotValues", self._problems):
            for one in values:
                lot = text_at(one, "relatedLot", self._problems) or ""
                if self._stands(one, f'"{bid["id"]}" for lot "{lot}"'):
                    own = text_at(one, "date", self._problems) or date
                    parts.append(Part(lot, table_at(one, "value", self._problems), own, one.where))
            return parts
        lots = texts_at(bid, "relatedLots", self._problems)
        if len(lots) > 1 and value:
            message = f"one value for {len(lots)} lots: {', '.join(lots)}"
            self._problems.add("TE501", value.where, message, f"state it in {mends.VALUE_OF_LOTS}")
        return [Part(lot, value, date, lot.where) for lot in lots] or [Part("", value, date, bid.where)]

    def _lots_known(self, parts: Sequence[Part], bid: str) -> bool:
        seen: set[str] = set()
        before = len(self._problems)
        for part in parts:
            if part.lot and part.lot not in self.lots:
                message = f'bid "{bid}" is for lot "{part.lot}", which the tender does not list'
                hint = f"the tender's lots: {', '.join(self.lots) or 'none'}"
                self._problems.add("TE056", part.where, message, hint)
            if part.lot in seen:
                message = f'bid "{bid}" gives two values for lot "{part.lot}"'
                self._problems.add("TE056", part.where, message, "keep the one that counts")
            seen.add(part.lot)
        return len(self._problems) == before

    def bids(self, offers: Sequence[Offer]) -> list[Table]:
        """The offers in the file's shape."""
        orders: dict[str, dict[Text, Text]] = {}
        for lot in self.lots if self.by_lot else [""]:
            orders[lot] = _order({o.id: p for o in offers for p in o.parts if not self.by_lot or p.lot == lot})
        return [self._bid(offer, orders) for offer in offers]

    def _bid(self, offer: Offer, orders: Mapping[str, Mapping[Text, Text]]) -> Table:
        bid = table(PublishedAt(*offer.source.where), id=offer.id)
        self._suppliers.add(bid, tables_at(offer.source, "tenderers", self._problems))
        lots = Table(bid.where)
        for part in offer.parts:
            by_lot = self.by_lot and part.lot in self.lots
            figures = table(part.where) if by_lot else bid
            order = orders.get(part.lot if by_lot else "", {}).get(offer.id)
            price = text_at(part.value, "amount", self._problems) if part.value else None
            figures.update(table(part.where, price=price))
            if order:
                figures[Text("values", order.where)] = table(order.where, submitted_order=order)
            if by_lot:
                name = self.lots[part.lot]["id"]
                lots[Text(str(name), part.where)] = figures
        add_answers(bid, offer.source, self._problems)
        bid.update(table(bid.where, lots=lots or None))
        return bid


def _order(parts: Mapping[Text, Part]) -> dict[Text, Text]:
    """The place of each bid in the order of their dates, equal ones shared; none where a date is missing."""
    moments = {bid: found for bid, part in parts.items() if (found := moment(part.date))}
    if len(moments) < len(parts):
        return {}
    places = {}
    for bid, own in moments.items():
        earlier = sum(other < own for other in moments.values())
        date = parts[bid].date
        places[bid] = Text(str(earlier + 1), date.where if date else parts[bid].where)
    return places


def _values(offers: Sequence[Offer]) -> list[Table]:
    return [p.value for o in offers for p in o.parts if p.value is not None and p.value.get("amount") is not None]


def _currency(published: Published, offers: Sequence[Offer], problems: Problems) -> Text | None:
    """The one currency of all bids; one that states none is in the tender's."""
    first: Text | None = None
    for n, value in enumerate(_values(offers)):
        own = text_at(value, "currency", problems) or published.currency
        if n and own != first:
            message = f"this bid is in {own or 'no stated currency'}, others in {first or 'none stated'}"
            problems.add("TE064", own.where if own else value.where, message, "give all bids in one currency")
        first = own if not n else first
    return first or published.currency


def _refuse_mixed_tax(offers: Sequence[Offer], problems: Problems) -> None:
    """Prices with and without value added tax cannot be compared."""
    stated = [
        text for value in _values(offers) if (text := text_at(value, "valueAddedTaxIncluded", problems)) is not None
    ]
    for text in stated:
        if text != stated[0]:
            message = "some prices include value added tax, others do not"
            problems.add("TE062", text.where, message, "give all prices on the same footing")
