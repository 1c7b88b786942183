"""Who bids, by OCDS and Prozorro: the first tenderer leads, further ones are members of a consortium."""

from __future__ import annotations

from collections.abc import Sequence

from tender_eval.files.nodes import items, table, table_at, text_at
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Table, Text


class Suppliers:
    """Names the tenderers of bids, where need be from the release's `parties`."""

    def __init__(self, parties: Sequence[Table], problems: Problems) -> None:
        self._problems = problems
        self._names: dict[str, Text] = {}
        for party in parties:
            identifier, name = text_at(party, "id", problems), text_at(party, "name", problems)
            if identifier and name:
                self._names.setdefault(identifier, name)

    def add(self, bid: Table, tenderers: Sequence[Table]) -> None:
        """Add the supplier, and a consortium where several tender together.

        Their shares are not published, so none is given. A tenderer without any name is anonymous: the bid
        then goes by its id.
        """
        if not tenderers:
            return
        lead = self._organisation(tenderers[0])
        if "name" in lead:
            bid[Text("supplier", lead.where)] = lead
        if members := [self._organisation(tenderer) for tenderer in tenderers[1:]]:
            for member in members:
                member[Text("confirmed", member.where)] = Text("true", member.where, plain=True)
            listed = items(members[0].where, members)
            bid[Text("consortium", listed.where)] = table(listed.where, lead=lead.get("name"), members=listed)

    def _organisation(self, tenderer: Table) -> Table:
        own = text_at(tenderer, "id", self._problems)
        if own is None and (registered := table_at(tenderer, "identifier", self._problems)):
            number = text_at(registered, "id", self._problems)
            scheme = text_at(registered, "scheme", self._problems)
            own = Text(f"{scheme}-{number}", number.where) if number and scheme else number
        name = text_at(tenderer, "name", self._problems) or self._names.get(own or "") or own
        return table(tenderer.where, name=name, identifier=own)
