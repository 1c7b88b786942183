"""A record gone through from its first entry: every digest checked, every act taken, every evaluation made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from tender_eval.audit.chain import Draft, Fault
from tender_eval.audit.commitments.format_checks import format_due, misplaced, salted_alike, unlike
from tender_eval.audit.commitments.parts import parts_of_act, received_parts
from tender_eval.audit.counted_bids import BY_BID, COUNTED_BIDS, counted_by_bid
from tender_eval.audit.difference import first_difference
from tender_eval.audit.earlier import CORRECTION, KINDS, PRICE_OPENED, PRICES, as_act, check_body
from tender_eval.audit.entries import CLOSING, FINDINGS, drafts_of
from tender_eval.audit.replayed import Replay
from tender_eval.audit.schema import misfit
from tender_eval.base import OWN_DISTRIBUTION
from tender_eval.base.canonical import Data, NotCanonical
from tender_eval.base.environment import differences, environment, versions_of
from tender_eval.base.times import instant
from tender_eval.case.acts import ACTS, Act, Entry
from tender_eval.case.corrections import of_mark
from tender_eval.case.fold import Told, at_one_sitting, opened, put_right, take
from tender_eval.case.inputs import file_of
from tender_eval.case.marks import marks_digest
from tender_eval.case.outcome import outcome
from tender_eval.case.receiving import announce_prices, commit_prices, priced
from tender_eval.case.state import COMPLETE, QUALITY, State
from tender_eval.case.step import Step
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Catalogue

OPEN = "open"
"""The stage of a record that begins with its scheme alone; the others begin with bids too."""
STATED = ("before", "after", "changes", "marks_set_aside")
"""What the entry of an act says of its effect, which is worked out again."""
ENVIRONMENT = "environment"
"""The kind that says by what a record is continued, where that is not what the entries before were made with."""
PRICE_READ = "price_read"
"""The kind that commits a file of prices which was read and refused."""
RECORDED = ("lock", "evaluate")
"""The acts after which everything that was found follows."""


def replay(entries: tuple[Entry, ...], catalogue: Catalogue, *, compares: bool = True) -> Replay:
    """Go through the entries of a sound chain; stops at the first fault.

    Args:
        compares: whether what was recorded of evaluations is held against what they come to. What acts say of their
            effect always is; the state never hangs on either.
    """
    going = _Going(entries, catalogue, compares)
    try:
        going.through()
    except _Stop as e:
        going.found.fault = e.fault
    going.found.fault = going.found.fault or going.found.by_bid
    return going.found


class _Stop(Exception):
    """Ends the way through a record at its first fault."""

    def __init__(self, number: int, where: str, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(number, where, message)


class _Going:
    def __init__(self, entries: tuple[Entry, ...], catalogue: Catalogue, compares: bool) -> None:
        self.entries = entries
        self.catalogue = catalogue
        self.compares = compares
        self.found = Replay()
        self.same_versions = True
        self.now = environment(catalogue)
        self.stated: Mapping[str, Data] = {}  # what the entries from here on were made with
        self.versions: Mapping[str, object] = {}
        self.lock = ""  # the hash of the last lock of the marks

    def through(self) -> None:
        self._times()
        stage = self._genesis()
        at = self._scheme() if stage == OPEN else self._inputs(stage)
        while at < len(self.entries):
            at = self._next(self.entries[at])
        for entry in self.entries:
            if found := misfit(entry) or misplaced(entry):
                raise _Stop(entry.number, *found)
        if (number := salted_alike(self.entries)) is not None:
            raise _Stop(number, "salt", "it is that of an entry before")

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
        if body.get("format") != (due := format_due(self.entries[0])):
            raise _Stop(0, "body.format", f"the format is not {due}")
        stage = body.get("stage")
        if stage not in (OPEN, QUALITY, COMPLETE):
            raise _Stop(0, "body.stage", f"the stage is none of {OPEN}, {QUALITY} and {COMPLETE}")
        stated = body.get("environment")
        if not isinstance(stated, Mapping):
            raise _Stop(0, "body.environment", "it says no versions")
        self.found.notes.extend(differences(stated, self.now))
        self._made_with(stated)
        if not self.same_versions:
            words = "what is put in words was not compared, for other versions say it otherwise; every figure was"
            self.found.notes.append(words)
        return str(stage)

    def _made_with(self, stated: Mapping[str, Data]) -> None:
        self.stated, self.versions = stated, versions_of(stated)
        # Plugins are loaded with the files that they had, or not at all: words can be otherwise by our version alone.
        self.same_versions = self.versions.get(OWN_DISTRIBUTION) == versions_of(self.now).get(OWN_DISTRIBUTION)

    def _continued(self, entry: Entry) -> None:
        """What the entries from here on were made with: others than those before, which is told."""
        stated = _body(entry).get("environment")
        if not isinstance(stated, Mapping):
            raise _Stop(entry.number, "body.environment", "it says no versions")
        changes = differences(self.stated, stated)
        if not changes:
            raise _Stop(entry.number, "body.environment", "it says nothing else than what was said before")
        self.found.notes.append(f"from entry {entry.number} on it was continued by others: {'; '.join(changes)}")
        self._made_with(stated)
        if not self.same_versions:
            self.found.notes.append(f"what is put in words from entry {entry.number} on was not compared")

    def _file(self, entry: Entry, name: str) -> Source:
        try:
            source = file_of(entry.body.get(name))
        except NotCanonical as e:
            raise _Stop(entry.number, f"body.{name}", str(e)) from None
        if self.entries[0].body.get(f"{name}_sha256") != source.sha256:
            raise _Stop(0, f"body.{name}_sha256", f"it is not the digest of the {name} in entry {entry.number}")
        return replace(source, recorded=True)

    def _scheme(self) -> int:
        entry = self._entry(1, "scheme")
        scheme = self._file(entry, "scheme")
        with_panel = "panel" in entry.body or "panel_sha256" in self.entries[0].body
        panel = self._file(entry, "panel") if with_panel else None
        self._begin(1, lambda: opened(scheme, self.catalogue, panel))
        return 2

    def _inputs(self, stage: str) -> int:
        entry = self._entry(1, "inputs")
        scheme, bids = self._file(entry, "scheme"), self._file(entry, "bids")
        bids = replace(bids, second_bids=self.versions.get(OWN_DISTRIBUTION) in COUNTED_BIDS)
        self._begin(1, lambda: at_one_sitting(scheme, bids, self.catalogue, stage))
        if self.found.state:
            self._commits(entry, received_parts(self.found.state.received))
        after = self._findings(2)
        if self.found.state and self.entries[0].body.get("marks_sha256") != marks_digest(self.found.state.bids):
            raise _Stop(0, "body.marks_sha256", "it is not the digest of the marks in entry 1")
        return after

    def _next(self, entry: Entry) -> int:
        """Take one entry, and those of the evaluation that follows it; the number of the one after."""
        if entry.kind in ACTS:
            return self._act(entry)
        if entry.kind == CORRECTION:
            return self._correction(entry)
        if entry.kind == PRICES:
            return self._prices(entry)
        if entry.kind == PRICE_OPENED:
            self._price_opened(entry)
        elif entry.kind == PRICE_READ:
            self._price_read(entry)
        elif entry.kind == ENVIRONMENT:
            self._continued(entry)
        elif entry.kind in KINDS:
            self._check(entry)
        elif entry.kind in (*FINDINGS, *CLOSING, "genesis", "inputs", "scheme"):
            raise _Stop(entry.number, "kind", f"an entry of kind {entry.kind} does not belong here")
        elif entry.kind not in ("signature", "anchor", "repaired"):
            raise _Stop(entry.number, "kind", f'there is no kind "{entry.kind[:40]}"')
        return entry.number + 1

    def _act(self, entry: Entry) -> int:
        number, said = entry.number, {k: v for k, v in _body(entry).items() if k not in STATED}
        act = Act(number, entry.kind, said, entry.at)

        def made(before: State) -> State:
            after, told = take(before, act, self.catalogue, _place(entry))
            self._same(entry, {**said, **told.states}, "body")
            self._commits(entry, parts_of_act(entry.kind, after))
            self.found.acts.append(told)
            return after

        if entry.kind in RECORDED:
            return self._evaluated(number, made)
        self._led_to(number, made)
        return number + 1

    def _correction(self, entry: Entry) -> int:
        self._check(entry)
        act = as_act(entry.number, _body(entry), entry.at)

        def made(before: State) -> State:
            step = Step(act, self.catalogue, _place(entry))
            after = put_right(step, before, of_mark(Act(entry.number, CORRECTION, _body(entry)))).state
            self.found.acts.append(Told(act, outcome(before), outcome(after)))
            return replace(after, opened=None, recorded=True)  # the marks are locked anew

        return self._evaluated(entry.number, made)

    def _check(self, entry: Entry) -> None:
        state = self.found.state
        if state is None:
            return
        problems = Problems()
        check_body(entry.kind, _body(entry), _place(entry), state.bids, self.entries[: entry.number], problems)
        for problem in problems:
            raise _Stop(entry.number, "body", problem.message)

    def _price_opened(self, entry: Entry) -> None:
        state = self.found.state
        if state and (state.quality is None or "open_prices" in state.reached):
            raise _Stop(entry.number, "kind", "prices are opened where none are awaited")
        named = {"file", "lock"} <= set(entry.body) <= {"file", "lock", "made_by"}
        if not named or not isinstance(entry.body["file"], str) or entry.body["lock"] != self.lock:
            raise _Stop(entry.number, "body", "it must name the file, and the lock of the marks by its hash")
        step = Step(Act(entry.number, entry.kind, _body(entry)), self.catalogue, _place(entry))
        self._led_to(entry.number, lambda before: announce_prices(step, before).state)

    def _price_read(self, entry: Entry) -> None:
        step = Step(Act(entry.number, entry.kind, _body(entry)), self.catalogue, _place(entry))
        self._led_to(entry.number, lambda before: commit_prices(step, before).state)

    def _prices(self, entry: Entry) -> int:
        if self.found.state and self.found.state.opened is None:
            raise _Stop(entry.number, "kind", "prices stand here without an entry price_opened before")
        step = Step(Act(entry.number, entry.kind, {"file": _body(entry)}), self.catalogue, _place(entry))

        def made(before: State) -> State:
            after = priced(step, before)
            self._commits(entry, received_parts(after.received))
            return after

        return self._evaluated(entry.number, made)

    def _led_to(self, number: int, make: Callable[[State], State]) -> None:
        """The state that an entry leads to from the one before it, where there is one."""
        before = self.found.state
        if before is not None:
            self._begin(number, lambda: make(before))

    def _begin(self, number: int, make: Callable[[], State]) -> None:
        """The state that an entry leads to, where it can be made."""
        try:
            self.found.state = make()
        except NotCanonical as e:
            raise _Stop(number, "body", str(e)) from None
        except Refused as e:
            if self.same_versions and not any(d.code in ("TE030", "TE044") for d in e.diagnostics):
                raise _Stop(number, "body", f"what it holds cannot be evaluated: {e.diagnostics[0].message}") from None
            self.found.not_made, self.found.state = tuple(map(str, e.diagnostics)), None

    def _evaluated(self, number: int, make: Callable[[State], State]) -> int:
        """Make the state that an entry leads to, and hold the entries that follow against it."""
        self._led_to(number, make)
        return self._findings(number + 1)

    def _findings(self, number: int) -> int:
        """Hold what was found of the state against the entries from here on; the number of the one after."""
        state = self.found.state
        if state is None or not self.compares:
            after = self._passed(number)
        else:
            after = self._compared(number, drafts_of(state), state)
            self.found.evaluations += len(state.evaluations)
        if state is not None:
            self.found.state = replace(state, recorded=True)
        if self.entries[after - 1].kind == "marks_locked":
            self.lock = self.entries[after - 1].hash
        return after

    def _passed(self, number: int) -> int:
        """The number after the entry that closes an evaluation."""
        for entry in self.entries[number:]:
            if entry.kind in CLOSING:
                return entry.number + 1
        raise _Stop(len(self.entries), "line", "the record ends in the middle of an evaluation")

    def _compared(self, number: int, drafts: tuple[Draft, ...], state: State) -> int:
        at = number
        for draft in drafts:
            if not self.same_versions:  # what is told of files hangs on the version that reads them
                if draft.kind == "notices":
                    continue
                at += at < len(self.entries) and self.entries[at].kind == "notices"
            entry, body = self._entry(at, draft.kind), draft.body
            self._commits(entry, draft.parts)
            if draft.kind == "evaluated" and not self.same_versions:
                body = {**body, "entries": str(at - number)}
            try:
                self._same(entry, body, "body")
            except _Stop as e:
                if self.same_versions or not counted_by_bid(entry, state, self.versions):
                    raise
                mend = "the figures stand; award the recorded files anew, into another record"
                message = f"{e.fault.message}: {BY_BID[draft.kind]}"
                self.found.by_bid = self.found.by_bid or e.fault._replace(message=message, mend=mend)
            else:
                self.found.recomputed += 1
            at += 1
        return at

    def _same(self, entry: Entry, found: Mapping[str, Data], path: str) -> None:
        versions = None if self.same_versions else self.versions
        # Of another version it is looked at also where it is the same, for it must name that version.
        if (versions or entry.body != found) and (differs := first_difference(entry.body, found, path, versions)):
            raise _Stop(entry.number, *differs)

    def _commits(self, entry: Entry, parts: Mapping[str, Data] | None) -> None:
        if differs := unlike(entry, parts):
            raise _Stop(entry.number, *differs)


def _body(entry: Entry) -> Mapping[str, Data]:
    """The body of an entry that was parsed from a line, which holds nothing but such data."""
    return cast(Mapping[str, Data], entry.body)


def _place(entry: Entry) -> Location:
    return Location("record", entry.number + 1)
