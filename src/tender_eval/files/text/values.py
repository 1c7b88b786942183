"""YAML and JSON text to located values, straight from the parser's events.

Scalars stay text; nothing is resolved, so `NO`, `012` and `12:30` cannot turn into something else unseen:
where YAML readers disagree on a plain scalar it is an error. The text is read for faults and held to its bounds
before the parser has it, and aliases are refused, so no small file can unfold into a large one.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from tender_eval.base.bounds import Fault, line_around, place, strange_character
from tender_eval.base.json_scan import first_json_fault
from tender_eval.base.pattern import Pattern
from tender_eval.files.source import Source
from tender_eval.files.text import parser
from tender_eval.files.text.faults import shortened, unreadable
from tender_eval.files.text.scan import first_fault
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Location, Table, Text

# YAML 1.1 booleans other than true and false, octal numbers, sexagesimal numbers, underscored numbers.
_DISPUTED = Pattern(
    r"(?i:y|yes|n|no|on|off)|[-+]?0\d+|[-+]?0[xXbBoO][0-9a-fA-F_]+|[-+]?\d+(:[0-5]?\d)+(\.\d*)?|[-+]?\d+(_\d+)+"
)
_THOUSANDS = Pattern(r"\d{3}(\.\d+)?")  # what {price: 1,000} leaves as a key
_MONEY = Pattern(r"(?:[£$€₴¥]|[A-Z]{3})\s?\d{1,3}(?:,\d{3})*")  # what {price: £1,000} leaves of the value
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BREAKS_OF_YAML = {"\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P"}  # line breaks there, characters of a text in JSON
_SURROGATES = Pattern(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def parse_yaml(source: Source, problems: Problems) -> object:
    """The document as nested `Table`, `Items` and `Text`; None where it is empty or broken."""
    text = source.text
    fault = strange_character(text)
    if fault is None and (fault := first_fault(text)) and fault.code == "TE003":
        before = text[: line_around(text, fault.at)[0]]
        _build(before, source, problems, broken=True)  # what is wrong in the lines before is told with it
    if fault is not None:
        _broken(source, fault, problems)
        return None
    return _build(text, source, problems)


def _build(text: str, source: Source, problems: Problems, broken: bool = False) -> object:
    """The values of a text in which no fault was found, or of the lines before one."""
    builder = _Builder(source.name, problems)
    try:
        for event in yaml.parse(text, Loader=parser.Loader):
            if not builder.take(event):
                return None
    except yaml.YAMLError as e:
        if not broken:
            mark = getattr(e, "problem_mark", None)
            _broken(source, unreadable(mark.index if mark else 0), problems)
        return None
    return builder.root


def parse_json(source: Source, problems: Problems) -> object:
    """A JSON document as located values: strict JSON, read by the YAML parser."""
    if (fault := first_json_fault(source.text)) is not None:
        _broken(source, fault, problems)
        return None
    joined = _SURROGATES.sub(_one_character, source.text)  # YAML has no surrogate pairs
    for sign, escape in _BREAKS_OF_YAML.items():
        joined = joined.replace(sign, escape)
    lead = len(joined) - len(joined.lstrip())
    joined = joined[:lead].replace("\t", " ") + joined[lead:]  # nor a tab before the first value of a line
    return parse_yaml(Source(source.name, joined.encode()), problems)


def _one_character(found: re.Match[str]) -> str:
    pair = bytes.fromhex(found[2] + found[3]).decode("utf-16-be")
    return found[1] + pair


def _broken(source: Source, fault: Fault, problems: Problems) -> None:
    where = Location(source.name, *place(source.text, fault.at))
    problems.add(fault.code, where, fault.message, fault.hint)


class _Builder:
    """Builds the values from parser events without recursion."""

    def __init__(self, name: str, problems: Problems) -> None:
        self.root: object = None
        self._name = name
        self._problems = problems
        self._open: list[tuple[Table | Items, Text | None]] = []
        self._key: Text | None = None
        self._documents = 0

    def take(self, event: Any) -> bool:
        """Take one event; False stops the reading."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            return self._begin(Table(self._where(event)), event)
        elif kind is yaml.SequenceStartEvent:
            return self._begin(Items(self._where(event)), event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            value, self._key = self._open.pop()
            self._put(value)
        elif kind is yaml.AliasEvent:
            message = f'the alias "*{shortened(event.anchor)}" is not read'
            self._problems.add("TE008", self._where(event), message, "write the value out in full")
            self._put(Text(f"*{event.anchor}", self._where(event), plain=True))
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                message = "a second document begins here"
                self._problems.add("TE003", self._where(event), message, "keep one document a file")
                return False
        return True

    def _where(self, event: Any) -> Location:
        mark = event.start_mark
        return Location(self._name, mark.line + 1, mark.column + 1)

    def _begin(self, value: Table | Items, event: Any) -> bool:
        if event.tag or event.anchor:
            self._refuse_marks(event)
        if self._in_key():
            self._problems.add("TE012", value.where, "a key must be plain text", "write key: value")
            return False
        self._open.append((value, self._key))
        self._key = None
        return True

    def _refuse_marks(self, event: Any) -> None:
        """Tags, and names for aliases that are not read either: a text that begins with & would lose its first word."""
        if event.anchor:
            message = f'"&{shortened(event.anchor)}" is read as a mark of YAML, not as text'
            self._problems.add(
                "TE008", self._where(event), message, "put text that begins with & in quotes; or remove it"
            )
        if event.tag and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._problems.add("TE008", self._where(event), f'the tag "{shortened(tag)}" is not read', "remove it")

    def _in_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][0], Table) and self._key is None

    def _scalar(self, event: Any) -> None:
        where = self._where(event)
        if event.tag is not None or event.anchor is not None:
            self._refuse_marks(event)
        plain = event.style is None or event.style == ""
        text = Text(event.value, where, plain)
        if self._in_key():
            self._take_key(text)
        elif plain and event.value in _NULLS:
            self._put(None)
        else:
            if plain and _DISPUTED.fullmatch(event.value):
                message = f"YAML readers disagree on what {event.value} is without quotes"
                self._problems.add("TE009", where, message, _likely_value(event.value))
            self._put(text)

    def _take_key(self, key: Text) -> None:
        self._key = key
        if key == "<<" and key.plain:
            self._problems.add("TE008", key.where, 'the merge key "<<" is not read', "write the keys out in full")
        table = self._open[-1][0]
        if isinstance(table, Table) and key in table:
            first = table.place_of_key(key)
            message = f'the key "{shortened(key)}" stands twice; first in line {first.line}'
            self._problems.add("TE007", key.where, message, "keep one of the two")

    def _put(self, value: object) -> None:
        if not self._open:
            self.root = value
            return
        into = self._open[-1][0]
        if isinstance(into, Items):
            into.append(value)
        elif self._key is not None:
            if value is None and self._key.plain and _THOUSANDS.fullmatch(self._key):
                message = f'",{self._key}" is read as an entry of its own: a comma ends an entry inside braces'
                self._problems.add("TE014", self._key.where, message, "write numbers without thousands separators")
                _rejoin(into, self._key)
            else:
                into.setdefault(self._key, value)
            self._key = None


def _rejoin(into: Table, rest: Text) -> None:
    """Give an amount of money back what a comma cut off it, so that its own message tells the whole."""
    before = next(reversed(into), None)
    amount = into[before] if before is not None else None
    if before is not None and isinstance(amount, Text) and amount.plain and _MONEY.fullmatch(amount):
        into[before] = Text(f"{amount},{rest}", amount.where, plain=True)


def _likely_value(value: str) -> str:
    low = value.lower()
    if low in ("y", "yes", "on", "n", "no", "off"):
        truth = "true" if low in ("y", "yes", "on") else "false"
        return f'write {truth}, or "{value}" in quotes where text is meant'
    return f'write "{value}" in quotes where text is meant, or a plain number'
