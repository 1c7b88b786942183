"""Who bids, by OCDS and Prozorro: one tenderer leads, further ones are members of a consortium.

The lead is the tenderer whose party has the role `leadTenderer` (codelist `partyRole` as the OCDS European Union
extension adds to it, from the GroupLeadIndicator of eForms); where none has it, the one that is listed first.
"""

from __future__ import annotations

from collections.abc import Sequence

from tender_eval.files.nodes import items, table, table_at, text_at, texts_at
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Table, Text

LEAD = "leadTenderer"


class Suppliers:
    """Names the tenderers of bids, where need be from the release's `parties`."""

    def __init__(self, parties: Sequence[Table], problems: Problems) -> None:
        self._problems = problems
        self._names: dict[str, Text] = {}
        self._registered: dict[str, Text] = {}
        self._leading: set[str] = set()
        self._contacts: dict[str, dict[str, object]] = {}
        for party in parties:
            identifier, name = text_at(party, "id", problems), text_at(party, "name", problems)
            if identifier and name:
                self._names.setdefault(identifier, name)
            if identifier and (number := self._number(party)):
                self._registered.setdefault(identifier, number)
            if identifier:
                self._contacts.setdefault(identifier, _contact_of(party, problems))
            if identifier and LEAD in texts_at(party, "roles", problems):
                self._leading.add(identifier)

    def add(self, bid: Table, tenderers: Sequence[Table]) -> None:
        """Add the supplier, and a consortium where several tender together.

        Their shares are not published, so none is given. A tenderer without any name is anonymous: the bid
        then goes by its id.
        """
        if not tenderers:
            return
        first = self._lead(tenderers)
        lead = self._organisation(first)
        if "name" in lead:
            lead.update({Text(key, lead.where): value for key, value in self._contact(first).items()})
            bid[Text("supplier", lead.where)] = lead
        if members := [self._organisation(tenderer) for tenderer in tenderers if tenderer is not first]:
            for member in members:
                member[Text("confirmed", member.where)] = Text("true", member.where, plain=True)
            listed = items(members[0].where, members)
            bid[Text("consortium", listed.where)] = table(listed.where, lead=lead.get("name"), members=listed)

    def name(self, tenderers: Sequence[Table]) -> Text | None:
        """What the one that leads is called."""
        found = self._organisation(self._lead(tenderers)).get("name") if tenderers else None
        return found if isinstance(found, Text) else None

    def _lead(self, tenderers: Sequence[Table]) -> Table:
        leading = [t for t in tenderers if LEAD in texts_at(t, "roles", self._problems)]
        leading = leading or [t for t in tenderers if text_at(t, "id", self._problems) in self._leading]
        if len(tenderers) > 1 and len(leading) != 1:
            said = f"{len(leading)} of these tenderers have" if leading else "none of these tenderers has"
            message = f"{said} the role {LEAD}: the first counts as the lead"
            self._problems.tell("TE066", tenderers[0].where, message, f"give the role to the party that leads ({LEAD})")
        return (leading or tenderers)[0]

    def _number(self, organisation: Table) -> Text | None:
        """What it is registered by, with the register's scheme where that is stated."""
        if registered := table_at(organisation, "identifier", self._problems):
            number = text_at(registered, "id", self._problems)
            scheme = text_at(registered, "scheme", self._problems)
            return Text(f"{scheme}-{number}", number.where) if number and scheme else number
        return None

    def _organisation(self, tenderer: Table) -> Table:
        own = text_at(tenderer, "id", self._problems)
        number = self._number(tenderer) or self._registered.get(own or "") or own
        name = text_at(tenderer, "name", self._problems) or self._names.get(own or "") or own or number
        return table(tenderer.where, name=name, identifier=number)

    def _contact(self, tenderer: Table) -> dict[str, object]:
        """How it is written to, from its party where it states nothing itself."""
        own = text_at(tenderer, "id", self._problems)
        found = _contact_of(tenderer, self._problems)
        return self._contacts.get(own or "", {}) | found


ADDRESS = ("streetAddress", "locality", "region", "postalCode", "countryName")
"""The parts of an address in OCDS, in the order of their lines."""


def _contact_of(organisation: Table, problems: Problems) -> dict[str, object]:
    """The address and the e-mail address that an organisation states; one that is none is left out."""
    found: dict[str, object] = {}
    if stated := table_at(organisation, "address", problems):
        lines = [line for part in ADDRESS if (line := text_at(stated, part, problems)) and line.strip()]
        found |= {"address": items(stated.where, lines)} if lines else {}
    if point := table_at(organisation, "contactPoint", problems):
        email = text_at(point, "email", problems)
        found |= {"email": email} if email and email.strip() else {}
    return found
