"""The process is killed at every call that writes, flushes, cuts or names: nothing acknowledged is lost."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tender_eval.audit.chain import Draft, read_chain
from tender_eval.audit.store import acknowledged, append

AT = "2026-05-02T09:30:00Z"
MOST = 80

# A writer that ends at its n-th call to the system: without a word to Python, as if the power had gone.
WRITER = """
import os, sys
from pathlib import Path
from tender_eval.audit import store
from tender_eval.audit.chain import Draft

path, last, share = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
calls = 0

def ends(name):
    real = getattr(os, name)
    def call(*args):
        global calls
        calls += 1
        if calls == last:
            if name == "write":  # some of it reaches the file
                real(args[0], bytes(args[1])[: int(len(args[1]) * share)])
            os._exit(9)
        return real(*args)
    setattr(os, name, call)

acknowledge = os.write
for name in ("write", "fsync", "ftruncate", "link", "unlink", "lseek"):
    ends(name)

def said(written):
    acknowledge(1, f"{written.entries} {written.head}\\n".encode())

first = [Draft("genesis", {}), Draft("inputs", {}), Draft("score", {"x": "1"}), Draft("evaluated", {})]
if not path.exists():
    said(store.create(path, first, "2026-05-02T09:30:00Z"))
note = Draft("decision", {"text": "x" * 200})
correction = [Draft("correction", {}), Draft("score", {"x": "2"}), Draft("evaluated", {})]
for drafts in ([note], correction, [note]):
    said(store.append(path, "2026-05-02T09:30:00Z", lambda _: drafts))
"""


def run(path: Path, last: int, share: float) -> tuple[int, list[tuple[int, str]]]:
    command = [sys.executable, "-c", WRITER, str(path), str(last), str(share)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode in (0, 9), done.stderr.decode()
    said = [line.split() for line in done.stdout.decode().splitlines()]
    return done.returncode, [(int(n), head) for n, head in said]


def hold(path: Path, acknowledged: list[tuple[int, str]]) -> None:
    """What was acknowledged is there, and the record can be gone on with."""
    if not acknowledged:
        assert not path.exists() or read_chain(path.read_bytes()).fault is None
        if not path.exists():
            return
    found = acknowledged("record", path.read_bytes())
    for entries, head in acknowledged:
        assert found.entries[entries - 1].hash == head
    append(path, AT, lambda _: [Draft("decision", {"text": "after"})])
    chain = read_chain(path.read_bytes())
    assert (chain.fault, chain.torn) == (None, b"")
    for entries, head in acknowledged:
        assert chain.entries[entries - 1].hash == head


@pytest.mark.slow
def test_killed_at_every_call(tmp_path: Path) -> None:
    """Half of what is written reaches the file; none of it and all of it are what the calls before and after leave."""
    for last in range(1, MOST):
        path = tmp_path / f"{last}.jsonl"
        code, acknowledged = run(path, last, 0.5)
        hold(path, acknowledged)
        if code == 0:
            assert len(acknowledged) == 4
            assert last > 15
            return
    raise AssertionError("the writer never came to its end")


@pytest.mark.slow
def test_killed_again_while_it_mends(tmp_path: Path) -> None:
    """A torn record, and the writer that mends it killed at each of its first calls too."""
    path = tmp_path / "record.jsonl"
    _, acknowledged = run(path, MOST, 0)
    whole = path.read_bytes()
    for last in range(1, 12):
        path.write_bytes(whole + b'{"at":"2026')
        _, more = run(path, last, 0.5)
        hold(path, [*acknowledged, *more])


@pytest.mark.slow
def test_killed_from_outside(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    run(path, MOST, 0)
    writer = (
        "import sys\nfrom pathlib import Path\nfrom tender_eval.audit import store\n"
        "from tender_eval.audit.chain import Draft\n"
        "note = Draft('decision', {'text': 'x' * 9000})\n"
        "while True:\n"
        "    w = store.append(Path(sys.argv[1]), '2026-05-02T09:30:00Z', lambda _: [note])\n"
        "    print(w.entries, w.head, flush=True)\n"
    )
    for wait in (0.02, 0.1):
        with subprocess.Popen([sys.executable, "-c", writer, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(wait)
            process.kill()
            rest = process.stdout.read()
        said = [line.split() for line in (first + rest).decode().splitlines(keepends=True) if line.endswith("\n")]
        hold(path, [(int(n), head) for n, head in said])
