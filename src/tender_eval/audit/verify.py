"""The proof of a record: its chain, its digests, its evaluations made again, its signatures, its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tender_eval.audit.chain import START, Fault, read_chain
from tender_eval.audit.checks import FAILED, HELD, NOT_CHECKED, NOTED, Check
from tender_eval.audit.replay import Replay, replay
from tender_eval.audit.store import acknowledged, read_bytes
from tender_eval.case.acts import Entry
from tender_eval.case.case import Case
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked of a record. ``fault`` is the first entry at fault, where one can be named."""

    entries: int
    head: str
    checks: tuple[Check, ...]
    fault: Fault | None = None
    case: Case | None = None

    @property
    def proved(self) -> bool:
        """Whether everything was checked and held."""
        return all(check.outcome in (HELD, NOTED) for check in self.checks)


def verify(path: Path, catalogue: Catalogue | None = None, head: str = "", keys: Sequence[Path] = ()) -> Verification:
    """Prove a record.

    Args:
        head: the hash that the last entry, or an earlier one, must have: what was printed or signed elsewhere.
        keys: public keys of which each must have signed.

    Raises:
        Refused: TE001 where the record or a key cannot be read; TE086 and TE097 for keys.
    """
    data = read_bytes(path)
    trusted = []
    if keys:
        from tender_eval.audit.signatures import read_public

        trusted = [read_public(key) for key in keys]
    return verify_bytes(data, catalogue or load_catalogue(), head, trusted)


def verify_bytes(data: bytes, catalogue: Catalogue, head: str = "", keys: Sequence[bytes] = ()) -> Verification:
    """Prove the bytes of a record; see `verify`. Keys are raw Ed25519 public keys."""
    chain = read_chain(data)
    entries = chain.entries
    last = entries[-1].hash if entries else START
    fault = chain.fault
    if fault is None and chain.torn:
        message = f"the record ends in the middle of an entry, after {len(chain.torn)} bytes of it"
        fault = Fault(len(entries), "line", message)
    if fault is None and not entries:
        fault = Fault(0, "line", "the file is empty")
    if fault is not None:
        return Verification(len(entries), last, (_failed("chain", fault),), fault)
    checks = [Check(HELD, "chain", f"{len(entries)} entries, each canonical and tied to the one before")]
    found = replay(entries, catalogue)
    checks += _of_replay(found)
    checks += _of_head(entries, head)
    checks += _of_signatures(entries, keys)
    return Verification(len(entries), last, tuple(checks), found.fault, found.case(entries))


def read_case(path: Path, catalogue: Catalogue | None = None) -> Case:
    """A record as reports read it, proved first: its chain, its digests and its evaluations.

    Raises:
        Refused: TE001 where it cannot be read, TE092 where it is broken, TE081 where it does not say what its
            inputs come to.
    """
    return _case_of(path, catalogue or load_catalogue(), compares=True)


def _case_of(path: Path, catalogue: Catalogue, *, compares: bool) -> Case:
    name = path.as_posix()
    found = acknowledged(name, read_bytes(path))
    where = Location(name, len(found.entries) + 1, 1)
    if found.tail:
        hint = "audit repair cuts it off and enters that on the record"
        raise Refused([Diagnostic("TE092", f"the record ends in {found.told}", where, hint)])
    made = replay(found.entries, catalogue, compares=compares)
    if made.fault:
        raise unproved(name, made.fault)
    if (case := made.case(found.entries)) is None:
        hint = "install what it was made with: see audit show"
        raise Refused([Diagnostic("TE081", "the evaluation cannot be made again: " + made.unproved[0], where, hint)])
    return case


def read_state(path: Path, catalogue: Catalogue) -> Case:
    """A record as it stands, folded from what was entered: what it holds of results is not read.

    Raises:
        Refused: as `read_case` does.
    """
    return _case_of(path, catalogue, compares=False)


def unproved(name: str, fault: Fault) -> Refused:
    """What to say of a record whose entries do not follow from its inputs."""
    hint = "audit verify tells what was checked, and what is installed otherwise than it was"
    return Refused([Diagnostic("TE081", fault.told, Location(name, fault.number + 1, 1), hint)])


def _failed(name: str, fault: Fault) -> Check:
    return Check(FAILED, name, f"{fault.told}; {fault.mend}" if fault.mend else fault.told)


def _of_replay(found: Replay) -> list[Check]:
    checks = [Check(NOTED, "versions", note) for note in found.notes]
    if not checks:
        checks = [Check(HELD, "versions", "tender-eval, Python and plugins are those that it was made with")]
    if found.fault:
        return [*checks, _failed("recomputation", found.fault)]
    if found.unproved:
        return [*checks, Check(NOT_CHECKED, "recomputation", "it cannot be made: " + found.unproved[0])]
    many = "evaluation" if found.evaluations == 1 else "evaluations"
    words = f"{found.evaluations} {many} made again from the recorded inputs: {found.recomputed} entries are the same"
    return [*checks, Check(HELD, "digests", "of scheme, bids and marks"), Check(HELD, "recomputation", words)]


def _of_head(entries: tuple[Entry, ...], head: str) -> list[Check]:
    if not head:
        words = "no head was given: that entries at the end are missing could not be seen (use --head)"
        return [Check(NOTED, "head", words)]
    at = next((e.number for e in entries if e.hash == head.strip().lower()), None)
    if at is None:
        return [Check(FAILED, "head", "no entry has this hash: the record was cut short or made anew")]
    since = len(entries) - 1 - at
    return [Check(HELD, "head", f"it is entry {at}; entered since: {since}" if since else "it is the last entry")]


def _of_signatures(entries: tuple[Entry, ...], keys: Sequence[bytes]) -> list[Check]:
    if not keys and not any(e.kind == "signature" for e in entries):
        return []
    from tender_eval.audit.signatures import check_signatures

    return check_signatures(entries, keys)
