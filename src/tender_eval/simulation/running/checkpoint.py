"""The checkpoint of a simulation: a file from which it goes on after a kill at any point.

Lines of JSON, each with the SHA-256 of its entry. The first names the format and the job; each solved task and each
finished chunk is one more, on the disk before the next is waited for. From time to time the file is written anew
with all whole chunks added up in one line, beside it and then renamed, so that it stays small. A kill can only tear
the last line, which is dropped: its task or chunk is computed again, no other is. A checkpoint goes on with more
draws too; fewer than it holds cannot be taken out of sums. Two runs cannot share one: a lock file beside it
(``.NAME.lock``) is held while one runs. It is left there: on a network drive, whoever waits for a lock can be given
that of a file that is gone, and the next one would make another.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from tender_eval.base.canonical import digest
from tender_eval.base.environment import differences
from tender_eval.base.lock import Busy, locked
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location
from tender_eval.simulation.results.tally import Tallies
from tender_eval.simulation.running.chunks import Job, P, versions
from tender_eval.simulation.running.finished import FinishedChunks
from tender_eval.simulation.running.saved import from_json, to_json

FORMAT = "tender-eval/checkpoint/1"
COMPACTED_AFTER = 64  # chunks

_OPENING, _BETWEEN = b'{"sha256":"', b'","entry":'
_LONGEST_LINE = 1 << 28


class CheckpointContents(NamedTuple):
    """What a checkpoint holds: the finished chunks, and of each solved task what it gave, by its key."""

    finished: FinishedChunks
    solved: dict[str, Any]


class Checkpoint:
    """The open file of a run that holds its lock; made by `opened`."""

    def __init__(self, path: Path, job: Job[P], held: CheckpointContents) -> None:
        self.finished, self._solved = held
        self._path, self._chunk, self._header = path, job.chunk, _header(job)
        self._file = self._rewritten()

    def add(self, index: int, tallies: Tallies) -> None:
        """Keep a chunk: it is on the disk when this returns.

        Raises:
            Refused: TE090 where it cannot be written.
        """
        try:
            _write(self._file, _line({"chunk": index, "tallies": to_json(tallies)}))
            self.finished.add(index, tallies, self._chunk)
            self._chunks += 1
            if self._chunks >= COMPACTED_AFTER:
                self._file.close()  # Windows renames onto no open file
                self._file = self._rewritten()
        except OSError as e:
            raise _unwritten(self._path, e) from None

    @property
    def solved(self) -> Mapping[str, Any]:
        """What the tasks gave that are solved, as JSON values by their keys."""
        return self._solved

    def keep(self, key: str, result: Any) -> None:
        """Keep a solved task: it is on the disk when this returns.

        Args:
            key: says what the task is, the same in every run.
            result: as JSON values.

        Raises:
            Refused: TE090 where it cannot be written.
        """
        try:
            _write(self._file, _line({"task": key, "result": result}))
        except OSError as e:
            raise _unwritten(self._path, e) from None
        self._solved[key] = result

    def refused(self, error: ValueError) -> Refused:
        """TE521, for a solved task that cannot be taken up again."""
        return _broken(self._path, error)

    def close(self) -> None:
        self._file.close()

    def _rewritten(self) -> BinaryIO:
        done = self.finished
        entries: list[dict[str, Any]] = [self._header]
        entries += [{"task": key, "result": result} for key, result in self._solved.items()]
        if done.whole.draws:
            merged = {"below": done.below, "beyond": sorted(done.beyond), "tallies": to_json(done.whole)}
            entries.append(merged)
        if done.part is not None:
            entries.append({"chunk": done.part[0], "tallies": to_json(done.part[1])})
        target = self._path.resolve()
        beside = target.with_name(f".{target.name}.tmp")  # one name: only the holder of the lock writes it
        try:
            with beside.open("wb") as file:
                for entry in entries:
                    file.write(_line(entry))
                _write(file, b"")
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
        self._chunks = 0  # since it was written anew
        return target.open("ab", buffering=0)


@contextmanager
def open_checkpoint(path: Path, job: Job[P]) -> Iterator[Checkpoint]:
    """Begin a checkpoint, or go on with the one that is there.

    Raises:
        Refused: TE001 or TE090 where the file cannot be read or written, TE093 where another run holds it, TE520
            where it is of another simulation, TE521 where it is no checkpoint or was changed.
    """
    target = path.resolve()
    try:
        lock = os.open(target.with_name(f".{target.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as e:
        raise _unwritten(path, e) from None
    try:
        with locked(lock):
            held = _read(path, job) if path.exists() else CheckpointContents(FinishedChunks(), {})
            try:
                checkpoint = Checkpoint(path, job, held)
            except OSError as e:
                raise _unwritten(path, e) from None
            try:
                yield checkpoint
            finally:
                checkpoint.close()
    except Busy:
        raise _refused("TE093", path, "is used by another run", "name another file, or wait for that run") from None
    finally:
        os.close(lock)


def check_resumable(path: Path, job: Job[P]) -> None:
    """See whether a run could go on from a file, before work is done for it; `prepared` of the job is not looked at.

    Raises:
        Refused: TE001, TE520 or TE521, as `opened` would.
    """
    if path.exists():
        _read(path, job)


def _header(job: Job[P]) -> dict[str, Any]:
    return {
        "format": FORMAT, "inputs": job.fingerprint, "seed": job.seed, "chunk": job.chunk,
        "versions": versions(), "environment": dict(job.environment),
    }  # fmt: skip


def _line(entry: dict[str, Any]) -> bytes:
    text = json.dumps(entry, separators=(",", ":")).encode()
    return _OPENING + digest(text).encode() + _BETWEEN + text + b"}\n"


def _write(file: BinaryIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
    file.flush()
    os.fsync(file.fileno())


def _read(path: Path, job: Job[P]) -> CheckpointContents:
    """What a file holds that is of this job."""
    if not path.is_file():
        raise _refused("TE521", path, "is not a file", "name another")
    try:
        with path.open("rb") as file:
            entries = _entries(path, file)
            _check_job(path, next(entries, {}), job)
            held = CheckpointContents(FinishedChunks(), {})
            for entry in entries:
                _take(path, held, entry, job.chunk)
    except OSError as e:
        raise _refused("TE001", path, f"cannot be read: {e.strerror or type(e).__name__}", "check the path") from None
    if held.finished.last >= job.draws // job.chunk:
        message = f"holds {held.finished.whole.draws} tenders already, and the run asks for {job.draws}"
        raise _refused("TE520", path, message, "ask for at least as many draws, or name another file")
    return held


def _entries(path: Path, file: BinaryIO) -> Iterator[dict[str, Any]]:
    """The entry of each line, but of a torn one at the end."""
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        start = len(_OPENING)
        text = line[start + 64 + len(_BETWEEN) : -2]
        if line == _OPENING + line[start : start + 64] + _BETWEEN + text + b"}\n" and (
            digest(text).encode() == line[start : start + 64]
        ):
            yield _mapping(path, text)
        elif number == 1:
            raise _foreign(path)
        elif line.endswith(b"\n"):
            message = f"was changed: line {number} is not what was written"
            raise _refused("TE521", path, message, "take a copy that was not changed, or begin anew with another file")


def _check_job(path: Path, header: dict[str, Any], job: Job[P]) -> None:
    """Refuse a checkpoint of another job, with everything in which it differs."""
    mine = _header(job)
    if header.get("format") != FORMAT:
        raise _foreign(path)
    told = []
    if header.get("inputs") != mine["inputs"]:
        told.append("the spec, its schemes or its providers are not those the checkpoint was begun with")
    for key, name in (("seed", "seed"), ("chunk", "number of tenders a chunk")):
        if header.get(key) != mine[key]:
            told.append(f"the {name} of the checkpoint is {header.get(key)}, that of the run {mine[key]}")
    told = told or _installed_otherwise(header, mine)
    where, hint = Location(path.as_posix()), "name another file, or run what it was begun with"
    if told:
        raise Refused(Diagnostic("TE520", text, where, hint) for text in told)


def _installed_otherwise(header: dict[str, Any], mine: dict[str, Any]) -> list[str]:
    """In what the software differs that a checkpoint was begun with."""
    stated, now = header.get("versions"), mine["versions"]
    before = stated if isinstance(stated, dict) else {}
    told = [
        f"the checkpoint was begun with {name} {before.get(name)}, and {now.get(name)} is installed"
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]
    was, is_ = header.get("environment"), mine["environment"]
    if told or was == is_:
        return told
    words = differences(was if isinstance(was, dict) else {}, is_)
    return [f"other software is installed than the checkpoint was begun with: {w}" for w in words or ("not known",)]


def _mapping(path: Path, text: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(text))
    except (RecursionError, TypeError, ValueError):
        raise _foreign(path) from None


def _take(path: Path, held: CheckpointContents, entry: dict[str, Any], chunk: int) -> None:
    finished = held.finished
    try:
        if "task" in entry:
            held.solved[str(entry["task"])] = entry["result"]
            return
        tallies = from_json(Tallies, entry["tallies"])
        if "chunk" in entry:
            finished.add(entry["chunk"], tallies, chunk)
        else:
            finished.take(entry["below"], set(entry["beyond"]), tallies, chunk)
    except (KeyError, TypeError, ValueError) as e:
        raise _broken(path, e) from None


def _broken(path: Path, error: Exception) -> Refused:
    return _refused("TE521", path, f"does not add up: {error}", "begin anew with another file")


def _foreign(path: Path) -> Refused:
    return _refused("TE521", path, "is not of a simulation", "name another file; this one was left as it is")


def _refused(code: str, path: Path, what: str, hint: str = "") -> Refused:
    return Refused([Diagnostic(code, f"the checkpoint {what}", Location(path.as_posix()), hint)])


def _unwritten(path: Path, error: OSError) -> Refused:
    return _refused("TE090", path, f"cannot be written: {error.strerror or type(error).__name__}")
