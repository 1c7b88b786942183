"""A checkpoint goes on where it was, refuses what it is not of, and stays small."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import synthetic_tenders
from other_processes import SUPPORT, finding, script
from synthetic_tenders import CHUNK, Market, computed

from tender_eval.base import lock
from tender_eval.model.diagnostics import Refused
from tender_eval.simulation.results.tally import Tallies
from tender_eval.simulation.running import checkpoint as module
from tender_eval.simulation.running.checkpoint import open_checkpoint
from tender_eval.simulation.running.chunks import Job
from tender_eval.simulation.running.engines import check_engine, run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "checkpoint"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def job(draws: int, log: Path | None = None, **changes) -> Job[Market]:
    return synthetic_tenders.job(draws, Market(log=log), **changes)


def bits(draws: int) -> Tallies:
    return run(job(draws), workers=1)


def begin(path: Path, draws: int = 1000, chunks: int = 5) -> None:
    """A run that ended after some chunks."""
    with open_checkpoint(path, job(draws)) as file:
        for index in range(chunks):
            file.add(index, job(draws).compute(index))


def codes(e: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [d.code for d in e.value.diagnostics]


def test_a_run_goes_on_where_it_was(path: Path, log: Path) -> None:
    begin(path, chunks=5)
    told: list[tuple[int, int]] = []
    assert run(job(1000, log), workers=1, checkpoint=path, done=lambda *now: told.append(now)) == bits(1000)
    assert computed(log) == list(range(5, 16))
    assert told[0] == (5, 16)
    assert told[-1] == (16, 16)


def test_a_finished_run_computes_nothing_again(path: Path, log: Path) -> None:
    run(job(1000), workers=1, checkpoint=path)
    assert run(job(1000, log), workers=1, checkpoint=path) == bits(1000)
    assert computed(log) == []


def test_chunks_come_in_any_order(path: Path, log: Path) -> None:
    with open_checkpoint(path, job(1000)) as file:
        for index in (3, 0, 15, 7):
            file.add(index, job(1000).compute(index))
    for _ in range(2):  # once from its lines, once from what they were added up to
        with open_checkpoint(path, job(1000)) as file:
            assert (file.finished.below, file.finished.beyond) == (1, {3, 7})
    assert run(job(1000, log), workers=1, checkpoint=path) == bits(1000)
    assert sorted({0, 3, 7, 15} | set(computed(log))) == list(range(16))
    assert len(computed(log)) == 12


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second", "again"), [(640, 1280, []), (1000, 2000, [15]), (1000, 1024, [15])])
def test_more_draws_go_on_and_compute_only_a_part_chunk_again(
    path: Path, log: Path, first: int, second: int, again: list[int]
) -> None:
    run(job(first), workers=1, checkpoint=path)
    assert run(job(second, log), workers=1, checkpoint=path) == bits(second)
    assert computed(log) == again + list(range(-(-first // CHUNK), -(-second // CHUNK)))
    assert run(job(second, log), workers=1, checkpoint=path) == bits(second)


def test_fewer_draws_than_it_holds_are_refused_and_a_part_is_not(path: Path) -> None:
    run(job(1000), workers=1, checkpoint=path)
    assert run(job(15 * CHUNK), workers=1, checkpoint=path) == bits(15 * CHUNK)
    assert run(job(15 * CHUNK + 3), workers=1, checkpoint=path) == bits(15 * CHUNK + 3)
    with pytest.raises(Refused, match="holds 960 tenders already, and the run asks for 959") as e:
        run(job(959), workers=1, checkpoint=path)
    assert codes(e) == ["TE520"]


def test_a_checkpoint_of_another_job_is_refused_with_all_that_differs(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(path)
    before = path.read_bytes()
    with pytest.raises(Refused) as e:
        run(job(1000, seed=8, chunk=32, fingerprint="other"), workers=1, checkpoint=path)
    assert codes(e) == ["TE520"] * 3
    told = str(e.value)
    for words in ("the spec,", "seed of the checkpoint is 7, that of the run 8", "is 64, that of the run 32"):
        assert words in told
    monkeypatch.setattr(module, "versions", lambda: {"tender-eval": "99", "numpy": np.__version__})
    with pytest.raises(Refused, match=r"TE520: the checkpoint was begun with tender-eval .*, and 99 is installed\n"):
        run(job(1000), workers=1, checkpoint=path)
    assert path.read_bytes() == before


def test_a_checkpoint_of_other_software_is_refused_with_what_is_other(path: Path) -> None:
    def on(sha256: str, **more: object) -> Job[Market]:
        own = {"version": "1.0", "sha256": sha256, "plugins": ["scorers"]}
        python = {"implementation": "CPython", "version": "3.12.1"}
        return replace(job(1000), environment={"python": python, "distributions": {"tender-eval": own, **more}})

    with open_checkpoint(path, on("a")):
        pass
    check_engine(on("a"), checkpoint=path)
    for other, told in (
        (on("b"), "other software is installed than the checkpoint was begun with: tender-eval 1.0 has other files"),
        (on("a", more={"version": "2"}), "more 2 is loaded, then it was not"),
        (job(1000), "tender-eval 1.0 was loaded, now it is not"),
    ):
        with pytest.raises(Refused, match=re.escape(told)) as e:
            check_engine(other, checkpoint=path)
        assert set(codes(e)) == {"TE520"}


def test_solved_tasks_are_kept_when_the_file_is_written_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COMPACTED_AFTER", 2)
    with open_checkpoint(path, job(1000)) as file:
        file.keep("one", {"x": [1, None]})
        for index in range(3):
            file.add(index, job(1000).compute(index))
        file.keep("two", 2)
    path.write_bytes(path.read_bytes() + b'{"sha256":"')
    for _ in range(2):
        with open_checkpoint(path, job(1000)) as file:
            assert dict(file.solved) == {"one": {"x": [1, None]}, "two": 2}
            assert file.finished.below == 3
    assert run(job(1000), workers=1, checkpoint=path) == bits(1000)


def test_a_checkpoint_is_checked_before_any_work_is_done_for_it(path: Path) -> None:
    check_engine(job(1000), checkpoint=path)
    begin(path)
    before = path.read_bytes()
    check_engine(job(1000), checkpoint=path)
    for other in (job(1000, seed=8), job(100)):
        with pytest.raises(Refused) as e:
            check_engine(other, checkpoint=path)
        assert codes(e) == ["TE520"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("torn", [1, 100, -1])
def test_a_torn_last_line_is_dropped(path: Path, log: Path, torn: int) -> None:
    begin(path, chunks=5)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]) + lines[-1][:torn])
    assert run(job(1000, log), workers=1, checkpoint=path) == bits(1000)
    assert computed(log) == list(range(4, 16))


@pytest.mark.parametrize("line", [1, 3, 5])
def test_a_changed_line_is_refused(path: Path, line: int) -> None:
    begin(path, chunks=5)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b'"draws":64', b'"draws":65')
    path.write_bytes(b"".join(lines))
    with pytest.raises(Refused, match=f"was changed: line {line + 1} is not what was written") as e:
        run(job(1000), workers=1, checkpoint=path)
    assert codes(e) == ["TE521"]


@pytest.mark.parametrize("content", [b"", b"\n", b"title: a spec\n", b'{"sha256":"', b"\0" * 5000])
def test_another_file_is_refused_and_left_as_it_was(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Refused, match="is not of a simulation") as e:
        run(job(1000), workers=1, checkpoint=path)
    assert codes(e) == ["TE521"]
    assert path.read_bytes() == content


def sealed(*entries: object) -> bytes:
    return b"".join(module._line(entry) for entry in entries)


@pytest.mark.parametrize(
    "further",
    [
        {"chunk": 0},
        {"task": "key"},
        {"chunk": "0", "tallies": {"draws": 64, "designs": [], "paired": []}},
        {"chunk": 0, "tallies": {"draws": 65, "designs": [], "paired": []}},
        {"chunk": -1, "tallies": {"draws": 64, "designs": [], "paired": []}},
        {"below": 2, "beyond": [], "tallies": {"draws": 64, "designs": [], "paired": []}},
        {"below": 2, "beyond": [1], "tallies": {"draws": 192, "designs": [], "paired": []}},
    ],
)
def test_what_does_not_add_up_is_refused(path: Path, further: dict[str, object]) -> None:
    path.write_bytes(sealed(module._header(job(1000)), further))
    with pytest.raises(Refused, match="does not add up") as e:
        run(job(1000), workers=1, checkpoint=path)
    assert codes(e) == ["TE521"]


@pytest.mark.parametrize("versions", ["numpy", ["numpy"], [["numpy", 1, 2]], 3, {"numpy": {}}])
def test_versions_that_are_none_are_told_as_others(path: Path, versions: object) -> None:
    path.write_bytes(sealed({**module._header(job(1000)), "versions": versions}))
    with pytest.raises(Refused) as e:
        run(job(1000), workers=1, checkpoint=path)
    assert set(codes(e)) == {"TE520"}


def test_nesting_without_end_is_no_checkpoint(path: Path) -> None:
    text = b"[" * 200_000 + b"]" * 200_000
    path.write_bytes(module._OPENING + module.digest(text).encode() + module._BETWEEN + text + b"}\n")
    with pytest.raises(Refused, match="is not of a simulation"):
        run(job(1000), workers=1, checkpoint=path)


@pytest.mark.parametrize("header", [[], 3, {}, {"format": "tender-eval/checkpoint/2"}])
def test_another_format_is_refused(path: Path, header: object) -> None:
    path.write_bytes(sealed(header))
    with pytest.raises(Refused, match="is not of a simulation"):
        run(job(1000), workers=1, checkpoint=path)


def test_a_folder_and_a_place_where_nothing_can_be_written_are_refused(tmp_path: Path) -> None:
    for place, code in ((tmp_path, "TE521"), (tmp_path / "no" / "folder", "TE090")):
        with pytest.raises(Refused) as e:
            run(job(1000), workers=1, checkpoint=place)
        assert codes(e) == [code]


@pytest.mark.slow
def test_the_file_stays_small(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COMPACTED_AFTER", 4)
    sizes, lines = [], []

    def look(_done: int, _total: int) -> None:
        sizes.append(path.stat().st_size)
        lines.append(path.read_bytes().count(b"\n"))

    assert run(job(200 * CHUNK), workers=1, checkpoint=path, done=look) == bits(200 * CHUNK)
    assert max(lines) == 2 + 3
    assert max(sizes[-20:]) < 1.5 * max(sizes[:20])
    assert sorted(p.name for p in path.parent.iterdir()) == [".checkpoint.lock", "checkpoint"]


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere"
    begin(real)
    try:
        path.symlink_to(real)
    except OSError:
        pytest.skip("this system lets us make no links")
    assert run(job(1000), workers=1, checkpoint=path) == bits(1000)
    assert path.is_symlink()
    assert run(job(1000), workers=1, checkpoint=real) == bits(1000)


@pytest.mark.slow
def test_two_runs_cannot_share_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    begin(path)
    command = [sys.executable, script("checkpoint_holder"), str(path)]
    with subprocess.Popen(command, env=finding(SUPPORT), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        with pytest.raises(Refused, match="used by another run") as e:
            run(job(1000), workers=1, checkpoint=path)
        process.communicate(b"")
    assert codes(e) == ["TE093"]
    assert run(job(1000), workers=1, checkpoint=path) == bits(1000)


def test_the_header_says_what_it_is_of(path: Path) -> None:
    begin(path, chunks=0)
    entry = json.loads(path.read_text())["entry"]
    assert entry["format"] == "tender-eval/checkpoint/1"
    assert (entry["seed"], entry["chunk"], entry["inputs"]) == (7, 64, "sha256 of inputs")


def test_a_full_disk_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(path, chunks=2)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with open_checkpoint(path, job(1000)) as file:
        monkeypatch.setattr(module.os, "fsync", full)
        with pytest.raises(Refused, match="cannot be written: No space left") as e:
            file.add(2, job(1000).compute(2))
    assert codes(e) == ["TE090"]
    with pytest.raises(Refused, match="cannot be written: No space left"):
        run(job(1000), workers=1, checkpoint=path)
    monkeypatch.undo()
    assert run(job(1000), workers=1, checkpoint=path) == bits(1000)
