"""A simulation of lots is killed while it solves and while it simulates: nothing is done twice, no bit is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from other_processes import script
from rough_play import few_trials, rough_play

from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Refused
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation import run
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.results import hurdles, sensitivity
from tender_eval.simulation.run import RunOptions, simulate_lots
from tender_eval.simulation.running import preparation
from tender_eval.simulation.running.checkpoint import _line
from tender_eval.simulation.spec.records import Spec

SPEC = """\
format: tender-eval/lots-spec/1
lots: [1, 2]
draws: 200
seed: 3
parameters: {areas: 2}
market: {types: {local: {count: 3}, national: {count: 2, quality: 0.6}}}
sweep: {timetable_days: [14]}
"""


ONE = {"time": hurdles.HURDLES["time"]}


def entries(path: Path) -> list[str]:
    """The tasks and the chunks that a checkpoint has been told of, in the order of its lines."""
    found = []
    for line in path.read_bytes().splitlines() if path.exists() else ():
        try:
            entry = json.loads(line)["entry"]
        except ValueError:  # being written
            continue
        found += [str(entry[name]) for name in ("task", "chunk") if name in entry and "format" not in entry]
        found += [str(n) for n in range(entry.get("below", 0))]
    return found


def started(*arguments: object) -> subprocess.Popen[bytes]:
    environment = os.environ | {"TENDER_EVAL_LOAD_PLUGINS": ""}
    return subprocess.Popen([sys.executable, script("rough_lots"), *map(str, arguments)], env=environment)


@pytest.mark.slow
def test_a_kill_at_any_point_loses_nothing(tmp_path: Path) -> None:
    spec, path = tmp_path / "spec.yaml", tmp_path / "kept"
    spec.write_text(SPEC, encoding="utf-8")
    with started(spec, tmp_path / "other", tmp_path / "whole.json", 7, 1) as process:
        assert process.wait() == 0
    held: list[str] = []
    tasks = len([e for e in entries(tmp_path / "other") if len(e) == 64])
    assert tasks > 8
    for killed_at in (2, 6, tasks + 3):
        with started(spec, path, tmp_path / "no.json", 4, 2 if killed_at < tasks else 1) as process:
            while len(entries(path)) < killed_at:
                assert process.poll() is None
                time.sleep(0.005)
            os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        now = entries(path)
        assert set(held) <= set(now)
        assert len(now) == len(set(now))
        held = now
    assert len([e for e in held if len(e) == 64]) == tasks  # killed at last while it simulated
    with started(spec, path, tmp_path / "resumed.json", 7, 1) as process:
        assert process.wait() == 0
    assert (tmp_path / "resumed.json").read_bytes() == (tmp_path / "whole.json").read_bytes()
    assert len(set(entries(path))) == len(entries(path))
    assert sorted(entries(tmp_path / "kept.1")) == [str(n) for n in range(7)]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


@pytest.fixture
def spec(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Spec:
    """Beliefs after a few rounds on few tenders, and one assumption; in this process only."""
    few_trials(monkeypatch)
    rough_play(monkeypatch)
    monkeypatch.setattr(hurdles, "HURDLES", ONE)
    monkeypatch.setattr(hurdles, "SOLVES", 2)
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "")
    monkeypatch.setattr(run, "environment", lambda _: {})
    return load_spec(Source("spec.yaml", SPEC.partition("sweep")[0].encode()), catalogue)


@pytest.mark.slow
def test_a_second_run_solves_nothing(
    spec: Spec, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    how = RunOptions(workers=1, checkpoint=tmp_path / "kept")
    first = simulate_lots(spec, catalogue, how, 64, 4)
    assert first == simulate_lots(spec, catalogue, RunOptions(workers=1), 64, 4)

    def never(*_: object) -> None:
        raise AssertionError("solved twice")

    monkeypatch.setattr(preparation, "solve_design", never)
    monkeypatch.setattr(sensitivity, "prepare", never)
    monkeypatch.setattr(hurdles, "prepare", never)
    assert simulate_lots(spec, catalogue, how, 64, 4) == first


def test_what_is_solved_is_told_apart(spec: Spec) -> None:
    tasks = [*preparation.solving_tasks(spec), *sensitivity.sensitivity_runs(spec, 64), *hurdles.hurdle_runs(spec)]
    assert len({preparation.task_key(task) for task in tasks}) == len(tasks) > 4


@pytest.mark.slow
def test_a_solved_task_that_cannot_be_taken_up_is_refused(spec: Spec, catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "kept"
    simulate_lots(spec, catalogue, RunOptions(workers=1, checkpoint=path), 64, 0)
    lines = path.read_bytes().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if b'"converged"' in line)
    entry = json.loads(lines[at])["entry"]
    entry["result"].popitem()
    path.write_bytes(b"".join([*lines[:at], _line(entry), *lines[at + 1 :]]))
    with pytest.raises(Refused, match="does not add up") as e:
        simulate_lots(spec, catalogue, RunOptions(workers=1, checkpoint=path), 64, 0)
    assert [d.code for d in e.value.diagnostics] == ["TE521"]


def test_a_wrong_checkpoint_and_a_dead_scheduler_are_told_before_anything_is_solved(
    spec: Spec, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "run_tasks", None)
    (tmp_path / "kept").write_text("lots,share\n", encoding="utf-8")
    with pytest.raises(Refused, match="TE521"):
        simulate_lots(spec, catalogue, RunOptions(checkpoint=tmp_path / "kept"), 64, 0)
    pytest.importorskip("distributed")
    with pytest.raises(Refused, match=r"TE522: no scheduler answers at tcp://127\.0\.0\.1:1: nothing listens there"):
        simulate_lots(spec, catalogue, RunOptions("dask", scheduler="tcp://127.0.0.1:1"), 64, 0)
