"""A record gone through from its first entry: every digest checked, every evaluation made again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from tender_eval.audit.case import Case, Entry
from tender_eval.audit.chain import START, Draft, Fault
from tender_eval.audit.entries import CLOSING, FINDINGS
from tender_eval.audit.kinds import KINDS, check_body
from tender_eval.audit.marks import marks_digest
from tender_eval.audit.state import COMPLETE, QUALITY, State, begin, correction_of, file_of, priced, put_right
from tender_eval.audit.times import instant
from tender_eval.base.canonical import Data, NotCanonical
from tender_eval.base.environment import differences, environment
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Catalogue

RECORD_FORMAT = "tender-eval/record/1"
BY = re.compile(r" \(\S+ \S+\)$")


@dataclass(slots=True)
class Replay:
    """What going through a record found; ``unproved`` says why the recomputation could not be made."""

    state: State | None = None
    fault: Fault | None = None
    recomputed: int = 0
    evaluations: int = 0
    notes: list[str] = field(default_factory=list)
    unproved: tuple[str, ...] = ()

    def case(self, entries: tuple[Entry, ...]) -> Case:
        """The case of a record without fault."""
        if self.state is None:
            raise AssertionError("a record without fault has a state")
        state = self.state
        head = entries[-1].hash if entries else START
        return Case(state.compiled, state.bids, state.evaluations, entries, head, state.stage, state.across)


def replay(entries: tuple[Entry, ...], catalogue: Catalogue) -> Replay:
    """Go through the entries of a sound chain; stops at the first fault."""
    going = _Going(entries, catalogue)
    try:
        going.through()
    except _Stop as e:
        going.found.fault = e.fault
    return going.found


class _Stop(Exception):
    """Ends the way through a record at its first fault."""

    def __init__(self, number: int, where: str, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(number, where, message)


class _Going:
    def __init__(self, entries: tuple[Entry, ...], catalogue: Catalogue) -> None:
        self.entries = entries
        self.catalogue = catalogue
        self.found = Replay()
        self.same_versions = True
        self.opened = False

    def through(self) -> None:
        self._times()
        stage = self._genesis()
        at = self._inputs(stage)
        while at < len(self.entries):
            at = self._next(at)

    def _times(self) -> None:
        last = None
        for entry in self.entries:
            now = instant(entry.at)
            if now is None:
                raise _Stop(entry.number, "at", f'"{entry.at[:40]}" is no RFC 3339 time')
            if last is not None and now < last:
                raise _Stop(entry.number, "at", f"{entry.at} is before the entry that it follows")
            last = now

    def _entry(self, number: int, kind: str) -> Entry:
        if number >= len(self.entries):
            raise _Stop(number, "line", f"the record ends where the entry {kind} is due")
        entry = self.entries[number]
        if entry.kind != kind:
            raise _Stop(number, "kind", f'it is "{entry.kind}" where {kind} is due')
        return entry

    def _genesis(self) -> str:
        body = self._entry(0, "genesis").body
        if body.get("format") != RECORD_FORMAT:
            raise _Stop(0, "body.format", f"the format is not {RECORD_FORMAT}")
        stage = body.get("stage")
        if stage not in (QUALITY, COMPLETE):
            raise _Stop(0, "body.stage", f"the stage is neither {QUALITY} nor {COMPLETE}")
        stated = body.get("environment")
        if not isinstance(stated, Mapping):
            raise _Stop(0, "body.environment", "it says no versions")
        now = environment(self.catalogue)
        self.found.notes.extend(differences(stated, now))
        self.same_versions = _versions(stated) == _versions(now)
        return str(stage)

    def _inputs(self, stage: str) -> int:
        entry, body = self._entry(1, "inputs"), self.entries[0].body
        sources = []
        for name in ("scheme", "bids"):
            try:
                source = file_of(_body(entry).get(name))
            except NotCanonical as e:
                raise _Stop(1, f"body.{name}", str(e)) from None
            if body.get(f"{name}_sha256") != source.sha256:
                raise _Stop(0, f"body.{name}_sha256", f"it is not the digest of the {name} in entry 1")
            sources.append(source)
        after = self._made(1, lambda: begin(sources[0], sources[1], self.catalogue, stage))
        if self.found.state and body.get("marks_sha256") != marks_digest(self.found.state.bids):
            raise _Stop(0, "body.marks_sha256", "it is not the digest of the marks in entry 1")
        return after

    def _next(self, at: int) -> int:
        entry = self.entries[at]
        state = self.found.state
        if entry.kind == "correction":
            self._check(entry)
            self.opened = False  # the marks are locked anew
            return self._made(at, lambda: put_right(_known(state), correction_of(_body(entry)), at))
        if entry.kind == "prices":
            return self._prices(entry)
        if entry.kind == "price_opened":
            self._price_opened(entry)
        elif entry.kind in KINDS:
            self._check(entry)
        elif entry.kind in (*FINDINGS, *CLOSING, "genesis", "inputs"):
            raise _Stop(at, "kind", f"an entry of kind {entry.kind} does not belong here")
        elif entry.kind not in ("signature", "repaired"):
            raise _Stop(at, "kind", f'there is no kind "{entry.kind[:40]}"')
        return at + 1

    def _check(self, entry: Entry) -> None:
        state = self.found.state
        if state is None:
            return
        problems = Problems()
        where = Location("record", entry.number + 1)
        check_body(entry.kind, _body(entry), where, state.bids, self.entries[: entry.number], problems)
        for problem in problems:
            raise _Stop(entry.number, "body", problem.message)

    def _price_opened(self, entry: Entry) -> None:
        if self.found.state and self.found.state.stage != QUALITY:
            raise _Stop(entry.number, "kind", "prices are opened where none are awaited")
        locks = [e.hash for e in self.entries[: entry.number] if e.kind == "marks_locked"]
        file = entry.body.get("file")
        if set(entry.body) != {"file", "lock"} or not isinstance(file, str) or entry.body["lock"] != locks[-1]:
            raise _Stop(entry.number, "body", "it must name the file, and the lock of the marks by its hash")
        self.opened = True

    def _prices(self, entry: Entry) -> int:
        if not self.opened:
            raise _Stop(entry.number, "kind", "prices stand here without an entry price_opened before")
        try:
            source = file_of(_body(entry))
        except NotCanonical as e:
            raise _Stop(entry.number, "body", str(e)) from None
        return self._made(entry.number, lambda: priced(_known(self.found.state), source, self.catalogue))

    def _made(self, number: int, make: Callable[[], State]) -> int:
        """Make the state that an entry leads to, and hold the entries that follow against it."""
        if self.found.unproved:
            return self._passed(number + 1)
        try:
            self.found.state = make()
            drafts = self.found.state.drafts()
        except NotCanonical as e:
            raise _Stop(number, "body", str(e)) from None
        except Refused as e:
            told = tuple(str(d) for d in e.diagnostics)
            if self.same_versions and not any(d.code in ("TE030", "TE044") for d in e.diagnostics):
                raise _Stop(number, "body", f"what it holds cannot be evaluated: {told[0]}") from None
            self.found.unproved, self.found.state = told, None
            return self._passed(number + 1)
        self.found.evaluations += len(self.found.state.evaluations)
        for n, draft in enumerate(drafts, start=number + 1):
            self._compare(self._entry(n, draft.kind), draft)
        return number + 1 + len(drafts)

    def _passed(self, number: int) -> int:
        """The number after the entry that closes an evaluation."""
        for entry in self.entries[number:]:
            if entry.kind in CLOSING:
                return entry.number + 1
        raise _Stop(len(self.entries), "line", "the record ends in the middle of an evaluation")

    def _compare(self, entry: Entry, draft: Draft) -> None:
        if entry.body != draft.body:
            differs = first_difference(entry.body, draft.body, "body", self.same_versions)
            if differs:
                raise _Stop(entry.number, *differs)
        self.found.recomputed += 1


def first_difference(said: object, found: object, path: str, same_versions: bool) -> tuple[str, str] | None:
    """Where a recorded value is not the recomputed one, and what the two are.

    Args:
        same_versions: whether the names of scorers and rules must have the same versions.
    """
    if isinstance(said, Mapping) and isinstance(found, Mapping):
        for name in [*found, *(n for n in said if n not in found)]:
            inner = first_difference(said.get(name), found.get(name), f"{path}.{name}", same_versions)
            if inner:
                return inner
        return None
    if isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        for n, (old, new) in enumerate(zip(said, found, strict=True)):
            inner = first_difference(old, new, f"{path}[{n}]", same_versions)
            if inner:
                return inner
        return None
    if said == found:
        return None
    if not same_versions and path.endswith(".by") and BY.sub("", str(said)) == BY.sub("", str(found)):
        return None
    return path, f"it says {_short(said)}, but recomputing gives {_short(found)}"


def _short(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _body(entry: Entry) -> Mapping[str, Data]:
    """The body of an entry that was parsed from a line, which holds nothing but such data."""
    return cast(Mapping[str, Data], entry.body)


def _known(state: State | None) -> State:
    if state is None:
        raise AssertionError("a state is asked for only where there is one")
    return state


def _versions(stated: Mapping[str, object]) -> dict[str, object]:
    found = stated.get("distributions")
    if not isinstance(found, Mapping):
        return {}
    return {name: one.get("version") for name, one in found.items() if isinstance(one, Mapping)}
