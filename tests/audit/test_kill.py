"""The process is killed at every call that writes, flushes, cuts or names: nothing acknowledged is lost."""

import os
import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest
from other_processes import script

from tender_eval.audit.chain import Draft, read_chain
from tender_eval.audit.store import acknowledged, append

AT = "2026-05-02T09:30:00Z"
MOST = 80


def run(path: Path, last: int, share: float) -> tuple[int, list[tuple[int, str]]]:
    """The exit code of the writer, and what it had acknowledged: entries, and the head after them."""
    given = [script("record_writer"), str(path), str(last), str(share)]
    code, told = forked(given) if hasattr(os, "fork") else started(given)
    assert code in (0, 9), told
    said = [line.split() for line in told.splitlines()]
    return code, [(int(n), head) for n, head in said]


def started(given: list[str]) -> tuple[int, str]:
    done = subprocess.run([sys.executable, *given], capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


def forked(given: list[str]) -> tuple[int, str]:
    """As `started`, without the time that it takes to load everything anew."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.dup2(writes, 1)
            sys.argv = given
            runpy.run_path(given[0], run_name="__main__")
            code = 0
        finally:
            os._exit(code)
    os.close(writes)
    with os.fdopen(reads, "rb") as told:
        said = told.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def hold(path: Path, kept: list[tuple[int, str]]) -> None:
    """What was acknowledged is there, and the record can be gone on with."""
    if not kept:
        assert not path.exists() or read_chain(path.read_bytes()).fault is None
        if not path.exists():
            return
    found = acknowledged("record", path.read_bytes())
    for entries, head in kept:
        assert found.entries[entries - 1].hash == head
    append(path, AT, lambda _: [Draft("decision", {"text": "after"})])
    chain = read_chain(path.read_bytes())
    assert (chain.fault, chain.torn) == (None, b"")
    for entries, head in kept:
        assert chain.entries[entries - 1].hash == head


@pytest.mark.slow
def test_killed_at_every_call(tmp_path: Path) -> None:
    """Half of what is written reaches the file; none of it and all of it are what the calls before and after leave."""
    for last in range(1, MOST):
        path = tmp_path / f"{last}.jsonl"
        code, kept = run(path, last, 0.5)
        hold(path, kept)
        if code == 0:
            assert len(kept) == 4
            assert last > 15
            return
    raise AssertionError("the writer never came to its end")


@pytest.mark.slow
def test_killed_again_while_it_mends(tmp_path: Path) -> None:
    """A torn record, and the writer that mends it killed at each of its first calls too."""
    path = tmp_path / "record.jsonl"
    _, kept = run(path, MOST, 0)
    whole = path.read_bytes()
    for last in range(1, 12):
        path.write_bytes(whole + b'{"at":"2026')
        _, more = run(path, last, 0.5)
        hold(path, [*kept, *more])


@pytest.mark.slow
def test_killed_from_outside(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    run(path, MOST, 0)
    command = [sys.executable, script("endless_notes"), str(path)]
    for wait in (0.02, 0.1):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(wait)
            process.kill()
            rest = process.stdout.read()
        said = [line.split() for line in (first + rest).decode().splitlines(keepends=True) if line.endswith("\n")]
        hold(path, [(int(n), head) for n, head in said])
