"""The lock keeps writers out, and no reader."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from other_processes import script

from tender_eval.base import lock
from tender_eval.base.lock import Busy, locked


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "record"
    path.write_bytes(b"x" * 100_000)
    return path


def test_a_second_writer_waits_and_gives_up(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    one, two = os.open(file, os.O_RDWR), os.open(file, os.O_RDWR)
    with locked(one), pytest.raises(Busy), locked(two):
        pass
    with locked(two):
        pass
    os.close(one)
    os.close(two)


def test_others_read_while_one_writes(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    code = "import pathlib, sys; print(len(pathlib.Path(sys.argv[1]).read_bytes()))"
    with locked(descriptor):
        done = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True, check=True)
    os.close(descriptor)
    assert done.stdout.strip() == "100000"


def test_the_lock_is_given_back_after_an_error(file: Path) -> None:
    for _ in range(2):
        descriptor = os.open(file, os.O_RDWR)
        with pytest.raises(ZeroDivisionError), locked(descriptor):
            raise ZeroDivisionError
        os.close(descriptor)


def test_other_errors_of_locking_are_not_taken_for_busy(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "x", os.O_CREAT | os.O_RDWR)
    os.close(descriptor)
    with pytest.raises(OSError, match="Bad file") as e, locked(descriptor):
        pass
    assert not isinstance(e.value, Busy)


def test_the_lock_of_a_killed_process_is_free(file: Path) -> None:
    with subprocess.Popen([sys.executable, script("lock_holder"), str(file)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        other.kill()
    descriptor = os.open(file, os.O_RDWR)
    with locked(descriptor):
        pass
    os.close(descriptor)
