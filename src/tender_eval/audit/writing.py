"""What writes a record: its beginning, the acts of people, and what is entered of the file itself.

Whatever is entered after, the record is checked first: nothing is added to one that does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tender_eval.audit.anchors import Reply
from tender_eval.audit.anchors import drafts as anchors
from tender_eval.audit.chain import Draft, Link
from tender_eval.audit.commitments.format_checks import RECORD_FORMAT
from tender_eval.audit.commitments.parts import parts_of_act, received_parts
from tender_eval.audit.earlier import PRICE_OPENED
from tender_eval.audit.entries import drafts_of
from tender_eval.audit.replay import ENVIRONMENT, OPEN, PRICE_READ, RECORDED, replay
from tender_eval.audit.store import Written, append, create
from tender_eval.audit.verify import not_followed
from tender_eval.base.canonical import Data, NotCanonical
from tender_eval.base.environment import environment
from tender_eval.case.acts import ACTS, Act, Entry
from tender_eval.case.fold import Told, at_one_sitting, opened, take
from tender_eval.case.inputs import bids_data, file_data
from tender_eval.case.marks import marks_digest
from tender_eval.case.next import quoted
from tender_eval.case.receiving import announce_prices, priced
from tender_eval.case.state import COMPLETE, State
from tender_eval.case.step import Step
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Diagnostic, Refused, Severity
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Catalogue

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Entered(NamedTuple):
    """A record after acts were entered, where the case stands then, and what the last of them did."""

    written: Written
    state: State
    told: Told


def record(
    path: Path, scheme: Source, bids: Source, catalogue: Catalogue, at: str, stage: str = COMPLETE
) -> tuple[State, Written]:
    """Open a case, take its bids and evaluate them at one sitting; at the quality stage the marks are locked with it.

    Raises:
        Refused: with every problem of the files, TE091 where the record exists, TE090 or TE094.
    """
    state = at_one_sitting(scheme, bids, catalogue, stage)
    return state, create(path, first_entries(scheme, bids, catalogue, state), at)


def first_entries(scheme: Source, bids: Source, catalogue: Catalogue, state: State) -> list[Draft]:
    """The entries of a new record that is evaluated at one sitting.

    Raises:
        Refused: TE085 for text that cannot stand in one.
    """
    try:
        marks, found = marks_digest(state.bids), drafts_of(state)
    except NotCanonical as e:
        message = f"text that cannot stand in a record: {e}"
        raise Refused([Diagnostic("TE085", message, Location(bids.name), "write it in Unicode")]) from None
    genesis = _genesis(scheme, catalogue, state.stage) | {"bids_sha256": bids.sha256, "marks_sha256": marks}
    inputs: dict[str, Data] = {"scheme": file_data(scheme), "bids": bids_data(bids)}
    return [Draft("genesis", genesis), Draft("inputs", inputs, received_parts(state.received)), *found]


def _genesis(scheme: Source, catalogue: Catalogue, stage: str) -> dict[str, Data]:
    return {
        "format": RECORD_FORMAT,
        "stage": stage,
        "environment": environment(catalogue),
        "scheme_sha256": scheme.sha256,
    }


def renewed(entries: tuple[Entry, ...], catalogue: Catalogue) -> list[Draft]:
    """The entry that says by what a record is continued, where that is not what was said last."""
    said = next(entry.body["environment"] for entry in reversed(entries) if entry.kind in ("genesis", ENVIRONMENT))
    now = environment(catalogue)
    return [Draft(ENVIRONMENT, {"environment": now})] if said != now else []


def open_case(
    path: Path,
    scheme: Source,
    bids: Source | None,
    catalogue: Catalogue,
    at: str,
    panel: Source | None = None,
    by: Sequence[str] = (),
) -> tuple[State, Written]:
    """Open a case with its scheme, as it is published, and its panel, and receive bids that are there already.

    Args:
        by: who opens it.

    Raises:
        Refused: with every problem of the files, TE091 where the record exists, TE090 or TE094.
    """
    state, told = opened(scheme, catalogue, panel), list[tuple[State, Told]]()
    genesis, files = _genesis(scheme, catalogue, OPEN), {"scheme": file_data(scheme)}
    if panel is not None:
        genesis, files = genesis | {"panel_sha256": panel.sha256}, files | {"panel": file_data(panel)}
    made_by: dict[str, Data] = {"made_by": list(by)} if by else {}
    drafts = [Draft("genesis", genesis), Draft("scheme", {**files, **made_by})]
    if bids is not None:
        received = Act(len(drafts), "receive", {"file": bids_data(bids), **made_by}, at)
        state, more = drafts_of_act(state, received, catalogue, Location(bids.name), told)
        drafts += more
    return state, create(path, drafts, at)


def enter(path: Path, kind: str, said: Mapping[str, Data], catalogue: Catalogue, at: str) -> Entered:
    """Enter an act, with what it does to the result.

    Before a decision the record is made to hold every figure as it stands: where acts changed some since they were
    recorded, they are evaluated and recorded again.

    Raises:
        Refused: TE092 or TE081 where the record does not hold, and what is wrong with the act or stands in its way.
    """
    return enter_as(path, kind, lambda _: said, catalogue, at)


def enter_as(
    path: Path, kind: str, say: Callable[[State], Mapping[str, Data]], catalogue: Catalogue, at: str
) -> Entered:
    """As `enter`, for an act that says what the state gives it to say."""
    made: list[tuple[State, Told]] = []
    where = Location(path.as_posix())

    def drafts(entries: tuple[Entry, ...]) -> list[Draft]:
        state, found = checked_state(path, entries, catalogue), renewed(entries, catalogue)
        said, number = say(state), len(entries) + len(found)
        if kind == "decide" and not state.recorded and state.evaluations and said.get("no_award") != "true":
            take(state, Act(number, kind, said, at), catalogue, where)  # one that is refused records nothing
            state, more = drafts_of_act(state, Act(number, "evaluate", {}, at), catalogue, where, made)
            found += more
        state, more = drafts_of_act(state, Act(len(entries) + len(found), kind, said, at), catalogue, where, made)
        return [*found, *more]

    written = append(path, at, drafts)
    return Entered(written, *made[-1])


def drafts_of_act(
    state: State, act: Act, catalogue: Catalogue, where: Location, made: list[tuple[State, Told]]
) -> tuple[State, list[Draft]]:
    """The entries of an act, and of what is evaluated by it."""
    after, told = take(state, act, catalogue, where)
    made.append((after, told))
    entry = Draft(act.kind, {**act.body, **told.states}, parts_of_act(act.kind, after))
    return after, [entry, *(drafts_of(after) if act.kind in RECORDED else ())]


def open_prices(
    path: Path, name: str, by: tuple[str, ...], read: Callable[[], Source], catalogue: Catalogue, at: str
) -> Entered:
    """Open the second envelope: enter that it is opened, only then read it.

    Args:
        name: the file of prices, as it is entered.
        by: who opens it.
        read: opens the file; not called before the opening is on record.

    Raises:
        Refused: TE087 where no sealed prices are due, and every problem of the prices.
    """
    _announce(path, name, {"made_by": list(by)}, catalogue, at)
    prices = read()
    with _committed(path, prices, catalogue, at):
        return enter(path, "open_prices", {"file": bids_data(prices), "made_by": list(by)}, catalogue, at)


def _announce(path: Path, name: str, said: Mapping[str, Data], catalogue: Catalogue, at: str) -> Written:
    def made(entries: tuple[Entry, ...]) -> list[Draft]:
        state = checked_state(path, entries, catalogue)
        found = renewed(entries, catalogue)
        lock = next((e.hash for e in reversed(entries) if e.kind == "marks_locked"), "")  # without one it is refused
        body: dict[str, Data] = {"file": name, "lock": lock, **said}
        act = Act(len(entries) + len(found), PRICE_OPENED, body)
        announce_prices(Step(act, catalogue, Location(path.as_posix())), state)
        return [*found, Draft(PRICE_OPENED, body)]

    return append(path, at, made)


@contextmanager
def _committed(path: Path, prices: Source, catalogue: Catalogue, at: str) -> Iterator[None]:
    """Commit a file of prices that is refused though it was read: no other can be given in its place.

    That it was opened and read is on record then, which is told with what is wrong with it.
    """
    try:
        yield
    except Refused as e:
        written = _commit(path, prices, catalogue, at)
        message = f"that prices were opened, and which, is on record: {written.entries} entries, head {written.head}"
        mend = (
            "give the very same file again, where it was not at fault; else mend a copy of it and enter that: "
            f"tender-eval case correct {quoted(path.as_posix())} --file FILE --reason TEXT --by NAME --by NAME"
        )
        raise Refused([*e.diagnostics, Diagnostic("TE084", message, None, mend, Severity.NOTE)]) from None


def _commit(path: Path, prices: Source, catalogue: Catalogue, at: str) -> Written:
    """Enter the digest of a file of prices that was read, unless one is committed already."""

    def drafts(entries: tuple[Entry, ...]) -> list[Draft]:
        state = checked_state(path, entries, catalogue)
        if state.sealed or state.opened is None or "open_prices" in state.reached:
            return []
        return [Draft(PRICE_READ, {"file": prices.name, "sha256": prices.sha256})]

    return append(path, at, drafts)


def correct_file(
    path: Path, prices: Source, reason: str, by: tuple[str, ...], catalogue: Catalogue, at: str
) -> Entered:
    """Enter a mended file of prices, with the digest of the one that it takes the place of.

    Raises:
        Refused: with every problem of the file, and as `enter` does.
    """
    said: dict[str, Data] = {"file": bids_data(prices), "reason": reason, "made_by": list(by)}
    return enter_as(
        path, "correct_file", lambda state: {**said, "of": state.sealed} if state.sealed else said, catalogue, at
    )


def record_prices(
    path: Path, scheme: Source, name: str, read: Callable[[], Source], catalogue: Catalogue, at: str
) -> tuple[State, Written]:
    """Open the second envelope and evaluate at one sitting: enter that it is opened, only then read it.

    Args:
        name: the file of prices, as it is entered.
        read: opens the file; not called before the lock of the marks was found and the opening is on record.

    Raises:
        Refused: TE083 where no marks are locked or the scheme is another, TE085 in a case that was begun by acts, whose
            prices two people open, and every problem of the prices.
    """
    _check_scheme(path, scheme, catalogue)
    opening = _announce(path, name, {}, catalogue, at)
    states: list[State] = []

    def merged(entries: tuple[Entry, ...]) -> list[Draft]:
        if any(entry.kind in ACTS for entry in entries[opening.entries :]):
            message = "something was entered while the prices were read"
            raise Refused([Diagnostic("TE083", message, Location(path.as_posix()), "give the prices again")])
        body = bids_data(prices)
        step = Step(Act(len(entries), "prices", {"file": body}), catalogue, Location(path.as_posix()))
        states.append(priced(step, checked_state(path, entries, catalogue)))
        return [Draft("prices", body, received_parts(states[-1].received)), *drafts_of(states[-1])]

    prices = read()
    with _committed(path, prices, catalogue, at):
        written = append(path, at, merged)
    return states[-1], written


def sign(path: Path, key: Ed25519PrivateKey, signer: str, catalogue: Catalogue, at: str) -> Written:
    """Append a signature over the head of a record that holds.

    Raises:
        Refused: TE092 or TE081 where the record does not hold.
    """
    from tender_eval.audit.signatures import signature

    def made(entries: tuple[Entry, ...]) -> list[Draft]:
        checked_state(path, entries, catalogue)
        return [signature(key, signer, at, Link(len(entries), entries[-1].hash))]

    return append(path, at, made)


def anchor(path: Path, replies: Sequence[Reply], catalogue: Catalogue, at: str) -> Written:
    """Append what authorities replied, each a time-stamp over an entry of a record that holds.

    Raises:
        Refused: TE092 or TE081 where the record does not hold; TE098 for what is no time-stamp of it then.
    """

    def made(entries: tuple[Entry, ...]) -> list[Draft]:
        checked_state(path, entries, catalogue)
        return anchors(entries, replies, at)

    return append(path, at, made)


def repair(path: Path, at: str) -> Written:
    """Cut off what a crash left behind, and enter that; a whole record is left as it is.

    Raises:
        Refused: TE092 where the chain is broken, which is no crash.
    """
    return append(path, at, lambda _: ())


def checked_state(path: Path, entries: tuple[Entry, ...], catalogue: Catalogue) -> State:
    """The case as the entries of a record have it.

    Raises:
        Refused: TE092 or TE081 where the record does not hold.
    """
    found = replay(entries, catalogue)
    if found.fault:
        raise not_followed(path.as_posix(), found.fault)
    if found.state is None:
        message = "the evaluation cannot be made again: " + found.not_made[0]
        hint = "install what the record was made with: see audit show"
        raise Refused([Diagnostic("TE081", message, Location(path.as_posix()), hint)])
    return found.state


def _check_scheme(path: Path, scheme: Source, catalogue: Catalogue) -> None:
    """See that prices are awaited under this scheme.

    Raises:
        Refused: TE083 where they are not.
    """
    from tender_eval.audit.store import acknowledged, read_bytes

    state = checked_state(path, acknowledged(path.as_posix(), read_bytes(path)).entries, catalogue)
    where = Location(path.as_posix())
    if state.quality is None or "open_prices" in state.reached:
        message = "no prices are awaited: the record has no quality stage, or holds the prices already"
        hint = "begin with evaluate --stage quality in a new record"
        raise Refused([Diagnostic("TE083", message, where, hint)])
    if scheme.sha256 != state.whole.scheme.sha256:
        message = f"{scheme.name} is not the scheme of the record: its digest is another"
        raise Refused([Diagnostic("TE083", message, where, "prices are scored under the scheme that was recorded")])
