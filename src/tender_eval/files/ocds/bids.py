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
from tender_eval.files.ocds.answers import Features, add_answers
from tender_eval.files.ocds.release import Published, moment
from tender_eval.files.ocds.statuses import AWARD_STATUSES, LOT_STATUSES, TENDER_STATUSES, Status, bid_statuses
from tender_eval.files.ocds.suppliers import Suppliers
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location, PublishedAt, Table, Text, place

NO_LOT = Status("", "left out", "it is for no lot that stands")


class LotOffer(NamedTuple):
    """What a bid offers for one lot, or the whole tender where ``lot`` is empty; ``out`` if it is not considered."""

    lot: str
    value: Table | None
    date: Text | None
    where: Location
    out: Status | None = None


class Offer(NamedTuple):
    """A bid that stands, or one that is not considered and stays listed: ``out`` says why."""

    id: Text
    source: Table
    parts: list[LotOffer]
    out: Status | None = None

    @property
    def considered(self) -> list[LotOffer]:
        """What is evaluated of it."""
        return [] if self.out else [part for part in self.parts if not part.out]


def restate(published: Published, problems: Problems) -> Table | None:
    """The bids as a bids file, or None with the reason noted.

    What is not evaluated (bids that do not stand, lots that were cancelled) is told, and listed with the reason. A
    tender with one lot only is restated without lots.
    """
    where = PublishedAt(*published.where)
    if published.status in TENDER_STATUSES:
        message = f"the tender is {published.status}: nothing is to be awarded"
        problems.add("TE063", place(published.status, where), message, "evaluate the tender that was let in its place")
        return None
    restating = _Restating(published, problems)
    offers = [offer for bid in published.bids if (offer := restating.offer(bid))]
    if not any(offer.considered for offer in offers):
        if not problems:
            said = "; ".join(dict.fromkeys(restating.said))
            message = f"none of the {len(published.bids)} bids stands: {said}"
            hint = "a bid stands that has the status valid or pending (OCDS), active (Prozorro) or none"
            problems.add("TE063", where, message, hint)
        return None
    _refuse_mixed_tax(offers, problems)
    _tell_rejected(published, problems)
    tender = table(where, id=published.id, title=published.title)
    if restating.by_lot:
        tender[Text("lots", where)] = items(where, restating.lots.values())
    return table(
        where,
        format=Text(BIDS_FORMAT, where),
        tender=tender or None,
        currency=_currency(published, offers, problems),
        notes=Text(published.note, where) if published.note else None,
        bids=items(where, restating.bids(offers)),
        left_out=items(where, restating.left_out) if restating.left_out else None,
    )


def _tell_rejected(published: Published, problems: Problems) -> None:
    """Tell which bids an award says came to nothing: their own status does not say so."""
    for award in published.awards:
        code = text_at(award, "status", problems)
        status, own = AWARD_STATUSES.get(code or ""), text_at(award, "bid_id", problems)
        for bid in [own] if own else texts_at(award, "relatedBids", problems):
            if code and status and status.tell:
                message = f'bid "{bid}" is evaluated, though {status.why}'
                problems.tell("TE066", code.where, message, "take it out of the bids if that stands")


class _Restating:
    """The bids of one tender on their way into the file's shape."""

    def __init__(self, published: Published, problems: Problems) -> None:
        self.left_out: list[Table] = []
        self.said: list[str] = []
        self._problems = problems
        self._ids: dict[str, Text] = {}
        self._suppliers = Suppliers(published.parties, problems)
        self._features = Features(published.features, published.items, problems)
        self._statuses = bid_statuses(published.prozorro)
        self._out_of_play: set[str] = set()
        self.lots = self._lots(published)
        self.by_lot = len(self.lots) > 1

    def _leave_out(self, what: str, name: Text, status: Status, where: Location, **more: object) -> None:
        """List what is not evaluated, and tell it."""
        lot = more.get("lot")
        called = f'{what} "{name}"' + (f' for lot "{lot}"' if lot else "")
        message = f"{called} is {status.kind}: {status.why}"
        if status.code:
            self.said.append(f"{called} ({status.code})")
            message = f'{called} has the status "{status.code}" and is {status.kind}: {status.why}'
        else:
            self.said.append(f"{called} ({status.why})")
        self._problems.tell("TE066", where, message, "correct the status where it is not so")
        code = Text(status.code, where) if status.code else None
        listed = table(where, what=Text(what, where), id=name, kind=Text(status.kind, where), status=code, **more)
        listed[Text("reason", where)] = Text(status.why, where)
        self.left_out.append(listed)

    def _lots(self, published: Published) -> dict[str, Table]:
        """The lots that stand, by their published id; where the tender lists none, those that bids name."""
        found: dict[str, Table] = {}
        names: dict[str, Text] = {}
        for lot in published.lots or self._named_lots(published.bids):
            given = text_at(lot, "id", self._problems)
            if given is None:
                self._problems.add("TE011", lot.where, '"id" is missing in this lot', "add its id")
                continue
            status = self._status(lot, LOT_STATUSES, "a lot")
            if status and status.kind == "left out":
                self._leave_out("lot", given, status, place(lot.get("status"), lot.where))
                self._out_of_play.add(given)
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
        """The bid, unless it is left out."""
        given = text_at(bid, "id", self._problems)
        if given is None:
            self._problems.add("TE011", bid.where, '"id" is missing in this bid', "give every bid its id")
            return None
        status, where = self._status(bid, self._statuses, "a bid"), place(bid.get("status"), bid.where)
        supplier = self._suppliers.name(tables_at(bid, "tenderers", Problems()))
        if status and status.kind == "left out":
            self._leave_out("bid", given, status, where, supplier=supplier)
            return None
        out = status if status and status.kind != "read" else None
        name = as_id(given, self._problems)
        if self._ids.setdefault(name, given) != given:
            message = f'the bids "{self._ids[name]}" and "{given}" both become "{name}"'
            self._problems.add("TE050", given.where, message, "give each bid its own id")
            return None
        problems = Problems() if out else self._problems  # nothing is asked of a bid that is out
        parts = [part for part in self._parts(bid, name, supplier, problems) if part.lot not in self._out_of_play]
        nowhere = out and self.by_lot and not any(part.lot for part in parts)
        if not parts or nowhere or (out and not self._lots_known(parts, given, problems)):
            self._leave_out("bid", given, out or NO_LOT, where, supplier=supplier)
            return None
        if out:
            self._leave_out("bid", name, out, where, supplier=supplier)
        elif status and status.tell:
            message = f'bid "{given}" has the status "{status.code}" and is read: {status.why}'
            self._problems.tell("TE066", where, message, "settle that before the award")
        return Offer(name, bid, parts, out) if out or self._lots_known(parts, given, problems) else None

    def _status(self, source: Table, known: Mapping[str, Status], of: str) -> Status | None:
        """What is stated, if anything is; an unknown one is noted."""
        status = text_at(source, "status", self._problems)
        if status is None or status in known:
            return known.get(status or "")
        message = f'"{status}" is not a status of {of} that is known here'
        self._problems.add("TE016", status.where, message, did_you_mean(status, known))
        return None

    def _parts(self, bid: Table, name: Text, supplier: Text | None, problems: Problems) -> list[LotOffer]:
        date = text_at(bid, "date", problems)
        value = table_at(bid, "value", problems)
        if values := tables_at(bid, "lotValues", problems):
            found = (self._part(one, date, name, supplier, problems) for one in values)
            return [part for part in found if part]
        lots = texts_at(bid, "relatedLots", problems)
        if len(lots) > 1 and value:
            message = f"one value for {len(lots)} lots: {', '.join(lots)}"
            problems.add("TE501", value.where, message, f"state it in {mends.VALUE_OF_LOTS}")
        return [LotOffer(lot, value, date, lot.where) for lot in lots] or [LotOffer("", value, date, bid.where)]

    def _part(
        self, one: Table, date: Text | None, name: Text, supplier: Text | None, problems: Problems
    ) -> LotOffer | None:
        """What a bid offers for one lot; None where it is left out there."""
        lot = text_at(one, "relatedLot", problems)
        status, where = self._status(one, self._statuses, "a bid"), place(one.get("status"), one.where)
        if status and status.kind != "read" and lot not in self._out_of_play:
            named = as_id(lot, problems) if lot else None
            self._leave_out("bid", name, status, where, lot=named if self.by_lot else None, supplier=supplier)
        if status and status.kind == "left out":
            return None
        own = text_at(one, "date", problems) or date
        out = status if status and status.kind != "read" else None
        return LotOffer(lot or "", table_at(one, "value", problems), own, one.where, out)

    def _lots_known(self, parts: Sequence[LotOffer], bid: str, problems: Problems) -> bool:
        seen: set[str] = set()
        before = len(problems)
        for part in parts:
            if part.lot and part.lot not in self.lots:
                message = f'bid "{bid}" is for lot "{part.lot}", which the tender does not list'
                hint = f"the tender's lots: {', '.join(self.lots) or 'none'}"
                problems.add("TE056", part.where, message, hint)
            if part.lot in seen:
                message = f'bid "{bid}" gives two values for lot "{part.lot}"'
                problems.add("TE056", part.where, message, "keep the one that counts")
            seen.add(part.lot)
        return len(problems) == before

    def bids(self, offers: Sequence[Offer]) -> list[Table]:
        """The offers in the file's shape."""
        orders: dict[str, dict[Text, Text]] = {}
        for lot in self.lots if self.by_lot else [""]:
            orders[lot] = _order({o.id: p for o in offers for p in o.considered if not self.by_lot or p.lot == lot})
        return [self._bid(offer, orders) for offer in offers]

    def _bid(self, offer: Offer, orders: Mapping[str, Mapping[Text, Text]]) -> Table:
        bid = table(PublishedAt(*offer.source.where), id=offer.id)
        self._suppliers.add(bid, tables_at(offer.source, "tenderers", self._problems))
        if offer.out:
            bid.update(table(bid.where, removed=_removed(offer.out, offer.source.where)))
        lots = Table(bid.where)
        for part in offer.parts:
            by_lot = self.by_lot and part.lot in self.lots
            figures = table(part.where) if by_lot else bid
            if part in offer.considered:
                self._figures(figures, offer, part, orders.get(part.lot if by_lot else "", {}))
            elif part.out:
                figures.update(table(part.where, removed=_removed(part.out, part.where)))
            if by_lot:
                name = self.lots[part.lot]["id"]
                lots[Text(str(name), part.where)] = figures
        if offer.considered:
            add_answers(bid, offer.source, self._features, self._problems)
        bid.update(table(bid.where, lots=lots or None))
        return bid

    def _figures(self, figures: Table, offer: Offer, part: LotOffer, orders: Mapping[Text, Text]) -> None:
        price = text_at(part.value, "amount", self._problems) if part.value else None
        figures.update(table(part.where, price=price))
        if order := orders.get(offer.id):
            figures[Text("values", order.where)] = table(order.where, submitted_order=order)
        self._features.add(figures, offer.source, [part.lot] if self.by_lot else [*self.lots], self._problems)


def _removed(status: Status, where: Location) -> Table:
    said = f'published with the status "{status.code}": {status.why}'
    return table(where, kind=Text(status.kind, where), reason=Text(said, where))


def _order(parts: Mapping[Text, LotOffer]) -> dict[Text, Text]:
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
    return [p.value for o in offers for p in o.considered if p.value is not None and p.value.get("amount") is not None]


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
