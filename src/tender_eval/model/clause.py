"""What a rule, a figure or a duty rests on: a place in a document."""

from __future__ import annotations

from typing import NamedTuple


class Clause(NamedTuple):
    """What a rule rests on: a document and its section, and whether the wording was read there by us."""

    document: str
    section: str
    verified: bool

    def __str__(self) -> str:
        return f"{self.document}, {self.section}" if self.section else self.document
