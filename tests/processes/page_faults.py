"""How often memory is asked for by arrays that come and go: before what is freed is kept, and after."""

from __future__ import annotations

import resource

import numpy as np

from tender_eval.simulation.running.memory import keep_freed


def faults() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(20):
        arrays = [np.zeros(150_000) + n for n in range(10)]
        del arrays
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


if __name__ == "__main__":
    faults()
    before = faults()
    keep_freed()
    faults()
    print(before, faults())
