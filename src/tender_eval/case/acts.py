"""What people enter in a case: the kinds of acts, what each must say, and in which phases it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tender_eval.base.canonical import Data
from tender_eval.base.look_alike import alike
from tender_eval.case.phases import Phase
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a record: its number, kind, time (RFC 3339, as it was given) and body, and its hash.

    ``parts`` are what it commits of each bid, by bid; ``salt`` is empty in a record of format 1, which has neither.
    """

    number: int
    kind: str
    at: str
    body: Mapping[str, object]
    hash: str
    parts: Mapping[str, Data] | None = None
    salt: str = ""


class Act(NamedTuple):
    """An act: the number that its entry has, its kind, what it says, and when it was entered (RFC 3339)."""

    number: int
    kind: str
    body: Mapping[str, Data]
    at: str = ""

    def said(self, name: str) -> str:
        """What it says of something, as text; nothing where it says nothing of it."""
        found = self.body.get(name, "")
        return found if isinstance(found, str) else ""

    def listed(self, name: str) -> tuple[str, ...]:
        """What it lists; see `listed`."""
        return listed(self.body, name)


def listed(body: Mapping[str, object], name: str) -> tuple[str, ...]:
    """What an entry lists under a name; a single text, as tender-eval 0.1.0 wrote who made one, is a list of one.

    >>> listed({"made_by": "Ann"}, "made_by"), listed({"made_by": ["Ann", "Bob"]}, "made_by"), listed({}, "made_by")
    (('Ann',), ('Ann', 'Bob'), ())
    """
    found = body.get(name)
    if isinstance(found, str):
        return (found,) if found else ()
    return tuple(map(str, found)) if isinstance(found, list | tuple) else ()


class ActKind(NamedTuple):
    """What an act must say and may say too, and the phases in which it is due.

    ``first`` says what comes first where it is too early though bids are in, ``over`` why it cannot come any more where
    it is too late.
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    due: frozenset[Phase] = frozenset()
    first: str = ""
    over: str = ""


COMMON = ("made_by",)
_BEFORE = frozenset((Phase.PUBLISHED, Phase.RECEIVED, Phase.MARKING))
_IN = frozenset((Phase.RECEIVED, Phase.MARKING, Phase.MARKS_LOCKED, Phase.PRICES_OPEN))
_OPEN = frozenset((Phase.EVALUATED, Phase.UNDECIDED, Phase.SET_ASIDE))
_ANY = frozenset(Phase)
_GIVEN = frozenset((Phase.RECEIVED, Phase.MARKING))
_LOCKED = "the marks are locked: case correct changes one, with its reason"
_AFTER = _ANY - {Phase.PUBLISHED}
_OF_BIDS = _AFTER - {Phase.CLOSED}
_UNDECIDED = _ANY - {Phase.DECIDED, Phase.CLOSED}

ACTS: Mapping[str, ActKind] = {
    "receive": ActKind(("file",), ("sealed",), due=_BEFORE, over="bids come in before the marks are locked"),
    "offer": ActKind(
        ("file", "round"), ("sealed",), due=_GIVEN, over="offers come in before the marks are locked"
    ),
    "withdraw": ActKind(("bid",), ("lot", "clause", "reason"), due=_IN | _OPEN),
    "exclude": ActKind(("bid", "clause", "reason"), ("lot",), due=_IN | _OPEN),
    "disregard": ActKind(("bid", "clause", "reason"), ("lot",), due=_IN | _OPEN),
    "readmit": ActKind(("bid", "reason"), ("lot", "clause"), due=_IN | _OPEN),
    "correct": ActKind(("bid", "field", "new", "reason"), ("lot", "old", "panel_reason"), due=_IN | _OPEN),
    "correct_file": ActKind(
        ("file", "reason"), ("of",), due=_OPEN | {Phase.PRICES_OPEN},
        first="case open-prices comes first, or case evaluate where no prices are sealed",
    ),
    "query": ActKind(("text", "about"), ("bid", "lot"), due=_IN | _OPEN),
    "answer": ActKind(("text", "matter"), ("outcome",), due=_ANY),
    "clarify": ActKind(("text",), ("bid", "lot", "matter"), due=_ANY),
    "close_matter": ActKind(("matter", "reason"), due=_ANY),
    "settle": ActKind(("procedure",), ("lot", "order", "witnesses"), due=_ANY),
    "declare_interest": ActKind(("person",), ("supplier", "none", "nature", "outcome", "reason"), due=_OF_BIDS),
    "recuse": ActKind(("person", "supplier", "reason"), due=_OF_BIDS),
    "submit_marks": ActKind(("person", "marks"), ("sheet", "replaces"), due=_GIVEN, over=_LOCKED),
    "agree": ActKind(("marks", "present"), ("sheet", "replaces"), due=_GIVEN, over=_LOCKED),
    "change_panel": ActKind(("file", "reason"), due=_BEFORE, over="the panel changes before the marks are locked"),
    "lock": ActKind(due=frozenset((Phase.RECEIVED, Phase.MARKING)), over="the marks are locked once"),
    "open_prices": ActKind(
        ("file",), due=frozenset((Phase.MARKS_LOCKED,)), first="case lock comes first", over="prices are opened once",
    ),
    "evaluate": ActKind(due=frozenset((Phase.MARKS_LOCKED, Phase.PRICES_OPEN)) | _OPEN, first="case lock comes first"),
    "decide": ActKind((), ("lot", "no_award", "reason", "notice_on", "forced"), due=_UNDECIDED),
    "set_aside": ActKind(("reason",), ("lot", "clause"), due=_AFTER),
    "amend_scheme": ActKind(("file", "reason"), ("clause", "forced"), due=_BEFORE | _IN | _OPEN),
    "close": ActKind((), ("reason",), due=frozenset((Phase.DECIDED, Phase.CLOSED)), first="case decide comes first"),
}  # fmt: skip
"""Every kind of act. A lot that it does not name are all of them."""

REMOVES: Mapping[str, Literal["withdrawn", "excluded", "disregarded"]] = {
    "withdraw": "withdrawn",
    "exclude": "excluded",
    "disregard": "disregarded",
}
"""The acts that take a bid out, and what the bid is then."""

CHANGES = frozenset((
    *REMOVES, "readmit", "correct", "correct_file", "settle", "evaluate", "amend_scheme", "declare_interest", "recuse",
))  # fmt: skip
"""The acts that can change a result, which state what it was before and what it is after; where lots are awarded
together so does ``decide`` or ``set_aside`` of a lot that nobody is awarded."""


def check_said(act: Act, where: Location, problems: Problems) -> None:
    """Note what an act does not say though it must, and what it says though its kind does not."""
    kind = ACTS[act.kind]
    for name in kind.required:
        value = act.body.get(name)
        if not value or (isinstance(value, str) and not value.strip()):
            problems.add("TE085", where, f"{act.kind.replace('_', ' ')}: it does not say its {name}", option(name))
    if found := alike(act.listed("made_by")):
        message = f'"{found[0]}" and "{found[1]}" look like one name, and would count as two people'
        problems.add("TE085", where, message, "name each person once, with --by, in full and in one script")
    known = {*kind.required, *kind.optional, *COMMON}
    for name in act.body:
        if name not in known:
            message = f"an act of kind {act.kind} does not say {name}"
            problems.add("TE085", where, message, "leave it out")


def option(name: str) -> str:
    """How it is given on the command line.

    >>> option("panel_reason")
    'give --panel-reason'
    """
    return "give the file" if name == "file" else f"give --{name.replace('_', '-')}"


def due(kind: str, phase: Phase, undone: Phase) -> str:
    """What to do first where an act is not due in a phase, or why it cannot be done any more; nothing where it is due.

    Args:
        undone: the phase as it would be if what is decided were set aside.
    """
    found, order = ACTS[kind], list(Phase)
    if phase in found.due:
        return ""
    if order.index(undone) > max(map(order.index, found.due)):
        return found.over
    if phase.decided:
        return f"it is {phase}: case set-aside comes first"
    return "there are no bids yet: case receive comes first" if phase == Phase.PUBLISHED else found.first
