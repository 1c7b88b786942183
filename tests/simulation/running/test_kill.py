"""A run is killed, again and again: what is in its checkpoint is not computed twice, and nothing is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import synthetic_tenders
from other_processes import SUPPORT, finding, script
from synthetic_tenders import CHUNK, Market, computed

from tender_eval.simulation.running import checkpoint
from tender_eval.simulation.running.engines import run

ENVIRONMENT = finding(SUPPORT)


def kept(path: Path, draws: int) -> set[int]:
    """The chunks that the checkpoint holds."""
    if not path.exists():
        return set()
    job = synthetic_tenders.job(draws)
    return set(range(job.chunks)) - set(checkpoint._read(path, job).finished.missing(job))


@pytest.mark.slow
def test_killed_at_every_call(tmp_path: Path) -> None:
    path, log, draws = tmp_path / "checkpoint", tmp_path / "log", 11 * CHUNK + 5
    held: set[int] = set()
    for last in range(1, 60):
        begun = len(computed(log))
        arguments = [str(path), str(log), str(draws), str(last), str(last * 37 % 101)]
        command = [sys.executable, script("ended_at_a_call"), *arguments]
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False)
        assert done.returncode in (0, 9), done.stderr.decode()
        assert not held & set(computed(log)[begun:])  # nothing that was kept is computed again
        assert held <= kept(path, draws)  # and nothing of it is lost
        held = kept(path, draws)
        assert len(set(computed(log)[begun:]) - held) <= 1  # but the one that was being written
        if done.returncode == 0:
            break
    assert last > 8
    assert held == set(range(12))
    begun = len(computed(log))
    whole = run(synthetic_tenders.job(draws, Market(log=log)), workers=1, checkpoint=path)
    assert whole == run(synthetic_tenders.job(draws), workers=1)
    assert len(computed(log)) == begun


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path) -> None:
    path, log, draws = tmp_path / "checkpoint", tmp_path / "log", 80 * CHUNK + 5
    command = [sys.executable, script("slow_run"), str(path), str(log), str(draws)]
    chance, moment, held = random.Random(1), random.Random(2), set()
    for _ in range(5):
        begun = len(computed(log))
        until = begun + chance.randrange(1, 8)
        # However late this sees it, no more than a few chunks are done: they wait to be killed.
        with subprocess.Popen([*command, str(until + 4)], env=ENVIRONMENT) as process:
            while len(computed(log)) < until or not kept(path, draws):
                assert process.poll() is None
                time.sleep(moment.random() * 0.005)
            os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        assert held <= kept(path, draws)
        assert not held & set(computed(log)[begun:])
        held = kept(path, draws)
    assert 0 < len(held) < 81
    begun = len(computed(log))
    whole = run(synthetic_tenders.job(draws, Market(log=log)), workers=2, checkpoint=path)
    assert whole == run(synthetic_tenders.job(draws), workers=1)
    assert not held & set(computed(log)[begun:])
