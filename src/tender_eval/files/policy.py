"""Whose signatures the acts of a case need (``tender-eval/policy/1``): persons by their keys, and how many."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from tender_eval.files.fields import Ident, Located, ReadBy, Some, Whole, Words, fault, kind
from tender_eval.files.kinds import parse_as
from tender_eval.files.source import Source
from tender_eval.files.validate import validate
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location, place

FORMAT = "tender-eval/policy/1"
TITLE = "tender-eval policy"  # of its JSON Schema
SIGNED_ACTS = (
    "receive", "offer", "withdraw", "exclude", "disregard", "readmit", "correct", "correct_file", "query", "answer",
    "clarify", "close_matter", "settle", "lock", "open_prices", "evaluate", "decide", "set_aside", "amend_scheme",
    "close",
    "declare_interest", "recuse", "submit_marks", "agree", "change_panel",
)  # fmt: skip
"""The kinds of acts, which are those of ``tender_eval.case.acts``."""

_OF_ED25519 = bytes.fromhex("302a300506032b6570032100")  # what stands before the key in its SubjectPublicKeyInfo
_PRIME = 2**255 - 19
_OF_ORDER_8 = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
_SMALL = frozenset((0, 1, _PRIME - 1, _OF_ORDER_8, _PRIME - _OF_ORDER_8))  # y of the eight points of small order
_MEND = "copy the line between BEGIN and END of the signer's public key file (PEM)"


@dataclass(frozen=True, slots=True)
class Person:
    """Who may sign, known by a raw Ed25519 public key."""

    id: str
    name: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Signers:
    """The persons whose signatures an act needs, and how many of them."""

    by: tuple[str, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may sign a record, and by kind whose signatures its acts need."""

    people: tuple[Person, ...]
    acts: Mapping[str, Signers]

    def person(self, key: bytes) -> Person | None:
        """Whose key it is."""
        return next((person for person in self.people if person.key == key), None)


def is_weak(key: bytes) -> bool:
    """Whether anybody can sign in the name of a raw Ed25519 public key, or it is written as none may be (RFC 8032)."""
    y = int.from_bytes(key, "little") & (1 << 255) - 1
    return y >= _PRIME or y in _SMALL


def _key(value: object) -> str:
    """An Ed25519 public key as the line of its PEM file."""
    try:
        data = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except (binascii.Error, ValueError):
        data = b""
    if not isinstance(value, str) or not data.startswith(_OF_ED25519) or len(data) != len(_OF_ED25519) + 32:
        raise fault("TE086", "this is no public key of Ed25519", _MEND)
    if is_weak(data[len(_OF_ED25519) :]):
        raise fault("TE086", "anybody can sign in the name of this key", _MEND)
    return value


def _act(value: object) -> str:
    """A kind of act, as it stands in records."""
    if not isinstance(value, str) or value not in SIGNED_ACTS:
        message = f"{kind(value)} is no kind of act"
        raise fault("TE010", message, did_you_mean(str(value), SIGNED_ACTS) or f"write one of {', '.join(SIGNED_ACTS)}")
    return value


SignedAct = Annotated[str, ReadBy(_act, {"enum": list(SIGNED_ACTS)})]
PublicKey = Annotated[str, ReadBy(_key, {"type": "string", "pattern": "^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$"})]


class PersonFile(Located):
    """A person who signs: the name, and the public key as the line of its PEM file."""

    name: Words = ""
    key: PublicKey


class SignersFile(Located):
    """Whose signatures an act needs; without ``least`` all of them."""

    by: Some[Ident]
    least: Whole | None = None


class PolicyFile(Located):
    """The whole file."""

    format: Literal["tender-eval/policy/1"]
    people: dict[Ident, PersonFile] = Field(min_length=1)
    acts: dict[SignedAct, SignersFile] = Field(
        min_length=1, json_schema_extra={"propertyNames": {"enum": list(SIGNED_ACTS)}}
    )


def policy_of(source: Source) -> Policy:
    """The policy that a file states.

    Raises:
        Refused: with every problem of the file, each at its place.
    """
    problems = Problems()
    data = parse_as(FORMAT, source, problems)
    problems.refuse()
    found: Any = validate(PolicyFile, data, Location(source.name), problems)
    problems.refuse()
    people = tuple(_people(found, problems))
    acts = {act: _signers(found, asked, problems) for act, asked in found.acts.items()}
    problems.refuse()
    return Policy(people, acts)


def _people(found: PolicyFile, problems: Problems) -> list[Person]:
    whose: dict[bytes, str] = {}
    people = []
    for named, person in found.people.items():
        raw = base64.b64decode(person.key)[len(_OF_ED25519) :]
        if raw in whose:
            message = f'"{named}" has the key of "{whose[raw]}": one signature would count for two people'
            problems.add("TE086", place(person.key, person.where), message, "give each person a key of their own")
        whose.setdefault(raw, named)
        people.append(Person(named, person.name or named, raw))
    return people


def _signers(found: PolicyFile, asked: SignersFile, problems: Problems) -> Signers:
    by = tuple(dict.fromkeys(asked.by))
    for named in asked.by:
        if named not in found.people:
            message = f'no person "{named}" stands under people'
            problems.add("TE072", place(named, asked.where), message, did_you_mean(named, found.people))
    least = asked.least or len(by)
    if least > len(by):
        message = f"{least} must sign, of {len(by)} who can"
        problems.add("TE015", asked.where, message, f"name more people, or write least: {len(by)}")
    return Signers(by, least)
