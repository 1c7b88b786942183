"""The lock keeps writers out, and no reader."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
