"""Processes of this machine: the same bits for any number of them, and for any of them that dies."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import synthetic_tenders
from other_processes import SUPPORT, finding, script
from synthetic_tenders import Market, computed
from synthetic_tenders import processes as taking_part

from tender_eval.model.diagnostics import Refused
from tender_eval.simulation.running.chunks import ChunkFailed
from tender_eval.simulation.running.engines import local, processes, run

DRAWS = 1000  # 16 chunks, the last of which counts in part


@pytest.mark.slow
def test_one_process_and_several_give_the_same_bits(tmp_path: Path) -> None:
    log = tmp_path / "log"
    alone = run(synthetic_tenders.job(DRAWS), workers=1)
    together = run(synthetic_tenders.job(DRAWS, Market(log=log, meet=2)), workers=2)
    assert together == alone
    assert alone.draws == DRAWS
    assert sorted(computed(log)) == list(range(16))
    assert len(taking_part(log)) == 2
    assert os.getpid() not in taking_part(log)


def test_one_worker_and_one_chunk_start_no_process(tmp_path: Path) -> None:
    for job, workers in ((synthetic_tenders.job(200, Market(log=tmp_path / "a")), 1),
                         (synthetic_tenders.job(60, Market(log=tmp_path / "a")), 2)):  # fmt: skip
        run(job, workers=workers)
    assert taking_part(tmp_path / "a") == {os.getpid()}


@pytest.mark.slow
def test_a_killed_process_changes_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log"
    market = Market(log=log, pause=0.01, dies=5, once=tmp_path / "died")
    assert run(synthetic_tenders.job(DRAWS, market), workers=2) == run(synthetic_tenders.job(DRAWS), workers=1)
    assert (tmp_path / "died").exists()
    assert computed(log).count(5) == 2


@pytest.mark.slow
def test_processes_that_always_die_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LOSSES", 1)
    with pytest.raises(Refused, match=r"TE522.*ended 2 times in a row"):
        run(synthetic_tenders.job(DRAWS, Market(dies=0)), workers=2)
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_a_job_that_other_processes_cannot_read_is_a_bug_that_is_told() -> None:
    with pytest.raises(ChunkFailed, match=r"(?s)chunk \d of .*RuntimeError: made of nothing"):
        run(synthetic_tenders.job(DRAWS, synthetic_tenders.Unreadable()), workers=2)


@pytest.mark.slow
def test_an_exception_names_its_chunk_and_leaves_no_process() -> None:
    with pytest.raises(ChunkFailed, match=r"(?s)chunk 3 of the simulation failed:.*one over nothing"):
        run(synthetic_tenders.job(DRAWS, Market(fails=3)), workers=2)
    assert multiprocessing.active_children() == []
    with pytest.raises(ChunkFailed, match="chunk 3 "):
        run(synthetic_tenders.job(DRAWS, Market(fails=3)), workers=1)


@pytest.mark.slow
def test_what_is_refused_comes_as_it_was() -> None:
    with pytest.raises(Refused) as e:
        run(synthetic_tenders.job(DRAWS, Market(refuses=3)), workers=2)
    assert [(d.code, d.hint) for d in e.value.diagnostics] == [("TE045", "mend it")]


def test_every_chunk_is_told() -> None:
    told: list[tuple[int, int]] = []
    run(synthetic_tenders.job(200), workers=1, done=lambda *now: told.append(now))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.slow
def test_no_more_than_two_chunks_a_worker_are_under_way() -> None:
    taken = 0

    def indices():
        nonlocal taken
        for index in range(10**9):  # memory would not hold them
            taken += 1
            yield index

    outcomes = local.computed(synthetic_tenders.job(10**12), indices(), 2)
    for number in range(1, 9):
        next(outcomes)
        assert taken <= number + 4
    outcomes.close()
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    "arguments",
    [{"workers": 0}, {"engine": "dask"}, {"scheduler": "tcp://x:1"}, {"engine": "ray"},
     {"engine": "dask", "scheduler": "tcp://x:1", "workers": 2}],
)  # fmt: skip
def test_arguments_that_do_not_go_together_are_refused(arguments) -> None:
    with pytest.raises(ValueError, match=r"worker"):
        run(synthetic_tenders.job(10), **arguments)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends the signals of POSIX")
@pytest.mark.parametrize("ending", ["SIGINT", "SIGKILL"])
def test_a_run_that_is_ended_leaves_no_process_and_a_checkpoint(tmp_path: Path, ending: str) -> None:
    log, checkpoint = tmp_path / "log", tmp_path / "checkpoint"
    command = [sys.executable, script("slow_run"), str(checkpoint), str(log), str(10**9)]
    with subprocess.Popen(command, env=finding(SUPPORT), stderr=subprocess.PIPE, start_new_session=True) as process:
        while len(computed(log)) < 8:
            assert process.poll() is None
            time.sleep(0.01)
        children = psutil.Process(process.pid).children(recursive=True)
        os.kill(process.pid, getattr(signal, ending))
        _, told = process.communicate()
    assert len(children) >= 2
    assert psutil.wait_procs(children, timeout=600)[1] == []  # at once, but on a busy machine
    if ending == "SIGINT":
        assert told.decode().rstrip().endswith("KeyboardInterrupt")
    assert checkpoint.read_bytes().endswith(b"}\n")
