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
from python_path import finding
from synthetic_tenders import CHUNK, Market, computed

from tender_eval.simulation.running import checkpoint
from tender_eval.simulation.running.engines import run

ENVIRONMENT = finding(Path(synthetic_tenders.__file__).parent)

# A run that ends at its n-th call to the system: without a word to Python, as if the power had gone.
AT_A_CALL = """
import os, sys
from pathlib import Path
import synthetic_tenders
from tender_eval.simulation.running import checkpoint
from tender_eval.simulation.running.engines import run

path, log, draws, last, share = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:6])
calls = 0

def ends():
    global calls
    calls += 1
    return calls == last

def hooked(real):
    def call(*args, **kwargs):
        if ends():
            os._exit(9)
        return real(*args, **kwargs)
    return call

os.fsync, os.replace, os.unlink = hooked(os.fsync), hooked(os.replace), hooked(os.unlink)
whole = checkpoint._write

def write(file, data):
    if ends():  # some of it reaches the file
        file.write(data[: len(data) * share // 100])
        file.flush()
        os._exit(9)
    whole(file, data)

checkpoint._write, checkpoint.COMPACTED_AFTER = write, 3
run(synthetic_tenders.job(draws, synthetic_tenders.Market(log=log)), workers=1, checkpoint=path)
"""

AT_RANDOM = """
import sys
from pathlib import Path
import synthetic_tenders
from tender_eval.simulation.running.engines import run

if __name__ == "__main__":
    market = synthetic_tenders.Market(log=Path(sys.argv[2]), pause=0.01, most=int(sys.argv[4]))
    job = synthetic_tenders.job(int(sys.argv[3]), market)
    run(job, workers=2, checkpoint=Path(sys.argv[1]))
"""


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
        command = [sys.executable, "-c", AT_A_CALL, *arguments]
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
    script = tmp_path / "script.py"
    script.write_text(AT_RANDOM, encoding="utf-8")
    command = [sys.executable, str(script), str(path), str(log), str(draws)]
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
