"""What commands do grows with the bids, not with their square: no function may be called more and more often a bid."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner
from growing import SCHEMES, files, grows_too_fast, lots

from tender_eval.cli import main

AT = ["--at", "2026-05-02T09:30:00Z"]


def run(*args: str) -> None:
    found = CliRunner().invoke(main, [*args])
    assert found.exit_code == 0, found.output


def recorded(folder: Path, bids: int) -> str:
    """A record of so many bids."""
    path = folder / f"{bids}.jsonl"
    if not path.exists():
        run("evaluate", *files(folder, "ties", bids), "--record", str(path), *AT)
    return str(path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", SCHEMES)
def test_evaluate(tmp_path: Path, kind: str) -> None:
    assert grows_too_fast(lambda n: run("evaluate", *files(tmp_path, kind, n))) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "args",
    [
        ("evaluate", "--format", "json"),
        ("evaluate", "--format", "csv"),
        ("evaluate", "--format", "markdown"),
        ("explain", "b7"),
    ],
    ids=" ".join,
)
def test_formats_and_explanations(tmp_path: Path, args: tuple[str, ...]) -> None:
    command, *more = args
    assert grows_too_fast(lambda n: run(command, *files(tmp_path, "ties", n), *more)) == []


@pytest.mark.slow
def test_validate(tmp_path: Path) -> None:
    def work(n: int) -> None:
        scheme, bids = files(tmp_path, "ties", n)
        run("validate", bids, "--scheme", scheme)

    assert grows_too_fast(work) == []


@pytest.mark.slow
def test_record_and_verify(tmp_path: Path) -> None:
    def work(n: int) -> None:
        (tmp_path / f"{n}.jsonl").unlink(missing_ok=True)
        run("audit", "verify", recorded(tmp_path, n))

    assert grows_too_fast(work) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_report(tmp_path: Path, form: str) -> None:
    for n in (12, 48):
        recorded(tmp_path, n)
    out = str(tmp_path / "out")
    assert grows_too_fast(lambda n: run("report", recorded(tmp_path, n), "--format", form, "-o", out), 12) == []


@pytest.mark.slow
def test_summaries(tmp_path: Path) -> None:
    """Each is read through for the names of all others; only those that it may hold are looked for."""
    for n in (6, 24):
        recorded(tmp_path, n)

    folders = count()

    def work(n: int) -> None:
        out = str(tmp_path / f"out-{next(folders)}")
        run("report", recorded(tmp_path, n), "--format", "summaries", "--draft", "--as", "markdown", "-o", out)

    assert grows_too_fast(work, 6) == []


@pytest.mark.slow
def test_awards_of_lots(tmp_path: Path) -> None:
    assert grows_too_fast(lambda n: run("award", *lots(tmp_path, n))) == []
