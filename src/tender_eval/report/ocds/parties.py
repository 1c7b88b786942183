"""The organisations that a release names, each once, with the register that its identifier is of.

Source: OCDS 1.1.5, `Identifier`, with the list codes of org-id.guide (``GB-COH``); the extension of the United Kingdom
for whether a party is a voluntary, community or social enterprise.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from tender_eval.model.bids import Bid
from tender_eval.model.suppliers import compared, is_subcontractor
from tender_eval.report.case.assessed import is_vcse

_REGISTERED = re.compile(r"([A-Z]{2}-[A-Z0-9_]{2,})-(\S+)")


class Parties:
    """The parties, collected as they are named."""

    def __init__(self, *, british: bool) -> None:
        self._british = british
        self._found: dict[str, dict[str, Any]] = {}

    @property
    def listed(self) -> list[dict[str, Any]]:
        """All of them, in the order in which they were first named."""
        return list(self._found.values())

    def party(self, identifier: str, name: str, *roles: str) -> dict[str, Any]:
        """A reference to an organisation, which has these roles too from now on."""
        key = identifier or f"org-{digest(compared(name))}"
        party = self._found.setdefault(key, {"id": key, "name": name, "roles": []})
        if identifier:
            party["identifier"] = _identifier(identifier, name)
        self.add_roles(key, *roles)
        return {"id": key, "name": name}

    def add_roles(self, party: str, *roles: str) -> None:
        """Say that a party has these roles too."""
        found = self._found[party]
        found["roles"] = list(dict.fromkeys([*found["roles"], *roles]))

    def tenderers(self, bid: Bid) -> list[dict[str, Any]]:
        """The supplier, and confirmed members that are no sub-contractors; each once."""
        stated = bid.figures.get("supplier.identifier")
        lead = self.party(str(stated.value) if stated else "", bid.name or bid.id, "tenderer")
        if self._british and (vcse := is_vcse(bid)) is not None:
            self._found[lead["id"]]["details"] = {"vcse": vcse}
        found = [lead]
        for member in bid.members:
            if member.confirmed and not is_subcontractor(member.role):
                known = member.facts.get("identifier")
                found.append(self.party(str(known.value) if known else "", member.name, "tenderer"))
        return list({party["id"]: party for party in found}.values())


def _identifier(identifier: str, name: str) -> dict[str, str]:
    """An identifier by its register and number.

    >>> _identifier("GB-COH-01234567", "Alder"), _identifier("17 b", "Alder")
    ({'scheme': 'GB-COH', 'id': '01234567', 'legalName': 'Alder'}, {'id': '17 b', 'legalName': 'Alder'})
    """
    if found := _REGISTERED.fullmatch(identifier):
        return {"scheme": found[1], "id": found[2], "legalName": name}
    return {"id": identifier, "legalName": name}


def digest(*texts: str) -> str:
    """What stands for texts in an id."""
    whole = "\x00".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:12]
