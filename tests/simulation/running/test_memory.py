"""What is freed is kept, where the C library can be had to."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

FAULTS = """
import resource
import numpy as np
from tender_eval.simulation.running.memory import keep_freed

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(20):
        arrays = [np.zeros(150_000) + n for n in range(10)]
        del arrays
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

faults()
untold = faults()
keep_freed()
faults()
print(untold, faults())
"""


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc adapts")
def test_memory_is_not_asked_for_again_and_again() -> None:
    result = subprocess.run([sys.executable, "-c", FAULTS], capture_output=True, text=True, check=True)
    untold, told = map(int, result.stdout.split())
    if untold < 20 * 10 * 100:  # pages of 4 KiB; each array has 293
        pytest.skip("this machine keeps it anyway")
    assert told < untold / 20
