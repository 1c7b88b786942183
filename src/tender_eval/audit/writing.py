"""What writes a record: the first evaluation, the prices of a second envelope, and what is entered later.

Whatever is entered after, the record is proved first: nothing is added to one that does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tender_eval.audit.case import Entry
from tender_eval.audit.chain import Draft, Link
from tender_eval.audit.kinds import check_body
from tender_eval.audit.marks import marks_digest
from tender_eval.audit.replay import RECORD_FORMAT, replay
from tender_eval.audit.state import COMPLETE, QUALITY, State, begin, correction_of, file_data, priced, put_right
from tender_eval.audit.store import Written, append, create
from tender_eval.audit.verify import unproved
from tender_eval.base.canonical import Data, NotCanonical
from tender_eval.base.environment import environment
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused, Severity
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Catalogue

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def record(
    path: Path, scheme: Source, bids: Source, catalogue: Catalogue, at: str, stage: str = COMPLETE
) -> tuple[State, Written]:
    """Evaluate and write a new record; at the quality stage the marks are locked with it.

    Raises:
        Refused: with every problem of the files, TE091 where the record exists, TE090 or TE094.
    """
    state = begin(scheme, bids, catalogue, stage)
    return state, create(path, first_entries(scheme, bids, catalogue, state), at)


def first_entries(scheme: Source, bids: Source, catalogue: Catalogue, state: State) -> list[Draft]:
    """The entries of a new record.

    Raises:
        Refused: TE085 for text that cannot stand in one.
    """
    try:
        marks, found = marks_digest(state.bids), state.drafts()
    except NotCanonical as e:
        message = f"text that cannot stand in a record: {e}"
        raise Refused([Diagnostic("TE085", message, Location(bids.name), "write it in Unicode")]) from None
    genesis: dict[str, Data] = {
        "format": RECORD_FORMAT,
        "stage": state.stage,
        "environment": environment(catalogue),
        "scheme_sha256": scheme.sha256,
        "bids_sha256": bids.sha256,
        "marks_sha256": marks,
    }
    inputs: dict[str, Data] = {"scheme": file_data(scheme), "bids": file_data(bids)}
    return [Draft("genesis", genesis), Draft("inputs", inputs), *found]


def record_prices(
    path: Path, scheme: Source, name: str, read: Callable[[], Source], catalogue: Catalogue, at: str
) -> tuple[State, Written]:
    """Open the second envelope: enter that it is opened, only then read it, and evaluate with its prices.

    Args:
        name: the file of prices, as it is entered.
        read: opens the file; not called before the lock of the marks was found and the opening is on record.

    Raises:
        Refused: TE083 where no marks are locked or the scheme is another, and every problem of the prices.
    """

    def opened(entries: tuple[Entry, ...]) -> list[Draft]:
        state = _proved(path, entries, catalogue)
        _check_open(path, state, scheme)
        lock = next(e for e in reversed(entries) if e.kind == "marks_locked")
        return [Draft("price_opened", {"file": name, "lock": lock.hash})]

    opening = append(path, at, opened)
    states: list[State] = []

    def merged(entries: tuple[Entry, ...]) -> list[Draft]:
        if max(e.number for e in entries if e.kind == "marks_locked") > opening.entries - 1:
            message = "a mark was corrected while the prices were read"
            raise Refused([Diagnostic("TE083", message, Location(path.as_posix()), "give the prices again")])
        states.append(priced(_proved(path, entries, catalogue), prices, catalogue))
        return [Draft("prices", file_data(prices)), *states[-1].drafts()]

    try:
        prices = read()
        written = append(path, at, merged)
    except Refused as e:
        message = f"that prices were opened is on record: {opening.entries} entries, head {opening.head}"
        note = Diagnostic("TE084", message, None, "mend the file and give it again", Severity.NOTE)
        raise Refused([*e.diagnostics, note]) from None
    return states[-1], written


def enter(path: Path, kind: str, body: Mapping[str, Data], catalogue: Catalogue, at: str) -> Written:
    """Append an entry of one of `kinds.KINDS`; after a correction, the evaluation made again.

    Raises:
        Refused: TE092 or TE081 where the record does not hold, and what is wrong with the entry.
    """

    def made(entries: tuple[Entry, ...]) -> list[Draft]:
        state = _proved(path, entries, catalogue)
        problems = Problems()
        where = Location(path.as_posix())
        check_body(kind, body, where, state.bids, entries, problems)
        problems.refuse()
        entry = Draft(kind, body)
        if kind != "correction":
            return [entry]
        return [entry, *put_right(state, correction_of(body), len(entries)).drafts()]

    return append(path, at, made)


def sign(path: Path, key: Ed25519PrivateKey, signer: str, catalogue: Catalogue, at: str) -> Written:
    """Append a signature over the head of a record that holds.

    Raises:
        Refused: TE092 or TE081 where the record does not hold.
    """
    from tender_eval.audit.signatures import signature

    def made(entries: tuple[Entry, ...]) -> list[Draft]:
        _proved(path, entries, catalogue)
        return [signature(key, signer, at, Link(len(entries), entries[-1].hash))]

    return append(path, at, made)


def repair(path: Path, at: str) -> Written:
    """Cut off what a crash left behind, and enter that; a whole record is left as it is.

    Raises:
        Refused: TE092 where the chain is broken, which is no crash.
    """
    return append(path, at, lambda _: ())


def _proved(path: Path, entries: tuple[Entry, ...], catalogue: Catalogue) -> State:
    found = replay(entries, catalogue)
    if found.fault:
        raise unproved(path.as_posix(), found)
    if found.state is None:
        message = "the evaluation cannot be made again: " + found.unproved[0]
        hint = "install what the record was made with: see audit show"
        raise Refused([Diagnostic("TE081", message, Location(path.as_posix()), hint)])
    return found.state


def _check_open(path: Path, state: State, scheme: Source) -> None:
    where = Location(path.as_posix())
    if state.stage != QUALITY:
        message = "no prices are awaited: the record has no quality stage, or holds the prices already"
        hint = "begin with evaluate --stage quality in a new record"
        raise Refused([Diagnostic("TE083", message, where, hint)])
    if scheme.sha256 != state.whole.scheme.sha256:
        message = f"{scheme.name} is not the scheme of the record: its digest is another"
        raise Refused([Diagnostic("TE083", message, where, "prices are scored under the scheme that was recorded")])
