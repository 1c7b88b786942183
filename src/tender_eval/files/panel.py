"""The panel of a case (``tender-eval/panel/1``): who marks what, who chairs and who facilitates; people only."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Literal

from pydantic import Field

from tender_eval.base.look_alike import alike
from tender_eval.files.fields import Ident, Located, Words
from tender_eval.files.kinds import parse_as
from tender_eval.files.sound_parts import validate_sound_parts
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Location, place
from tender_eval.model.panel import CHAIR, FACILITATOR, Panel, Person
from tender_eval.model.suppliers import folded

FORMAT = "tender-eval/panel/1"
TITLE = "tender-eval panel"  # of its JSON Schema
_STAND_INS: Mapping[str, object] = {"members": Items(Location("(stand-in)"))}


class PersonFile(Located):
    """Somebody who does not mark."""

    id: Ident
    name: Words
    contact: Words = Field("", description="how they are reached, such as an email address")


class MemberFile(PersonFile):
    """Somebody who marks."""

    role: Words = Field("", description="what they bring to the panel: commissioner, practitioner, survivor, legal")
    criteria: tuple[Ident, ...] = Field((), description="the criteria, or groups of them, that they mark; else all")
    lots: tuple[Ident, ...] = Field((), description="the lots that they mark; else all")

    def record(self) -> Person:
        criteria, lots = tuple(self.criteria), tuple(self.lots)
        return Person(self.id, self.name, self.role, criteria, lots=lots, contact=self.contact, where=self.where)


class PanelFile(Located):
    """The whole file."""

    format: Literal["tender-eval/panel/1"]
    members: tuple[MemberFile, ...] = Field(description="who marks", json_schema_extra={"minItems": 1})
    chair: PersonFile | None = Field(None, description="who leads the panel, and does not mark")
    facilitator: PersonFile | None = Field(None, description="who helps the panel to agree, and does not mark")


def read_panel(source: Source, problems: Problems) -> Panel | None:
    """The panel that a file states, its problems noted; where there are some, what is left without the faulty parts."""
    before = len(problems)
    data = parse_as(FORMAT, source, problems)
    if data is None:
        return None
    found, _ = validate_sound_parts(PanelFile, data, Location(source.name), problems, _STAND_INS, "the panel")
    if found is None:
        return None
    if not found.members and len(problems) == before:
        problems.add("TE018", place(data.get("members")), "nobody is a member of the panel", "list who marks")
    aside = ((CHAIR, found.chair), (FACILITATOR, found.facilitator))
    others = [
        Person(one.id, one.name, role, marks=False, contact=one.contact, where=one.where) for role, one in aside if one
    ]
    panel = Panel((*(one.record() for one in found.members), *others), source.sha256)
    _check_names(panel, problems)
    return panel


def _check_names(panel: Panel, problems: Problems) -> None:
    """Note whoever has no name, and whoever is called as somebody else is: nobody could tell whose a mark is."""
    first: dict[str, Person] = {}
    for one in panel:
        if not folded(one.name):
            problems.add("TE018", place(one.name, one.where), f'"{one.id}" has no name', "write the name")
        for called in dict.fromkeys((one.id, one.name)):
            other = first.setdefault(folded(called), one)
            if other is not one and folded(called):
                message = f'"{called}" stands for two people of the panel: also at {other.where}'
                problems.add("TE020", place(called, one.where), message, "give each an id and a name of their own")
    for other, one in combinations([one for one in panel if folded(one.name)], 2):
        if folded(one.name) != folded(other.name) and alike((one.name, other.name)):
            message = f'"{one.name}" and "{other.name}" look like one name: also at {other.where}'
            hint = "write each in full and in one script; one person stands once on the panel"
            problems.add("TE020", place(one.name, one.where), message, hint)
