"""A simulation of lots whose beliefs are rough, and which waits at a chunk, to be killed there.

Arguments: the spec, the checkpoint, where the JSON goes, the chunk to wait at, the workers. The other processes of the
run read this too.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.report.json.simulation import lots_json
from tender_eval.simulation import run
from tender_eval.simulation.bidding import equilibrium, game
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.results import hurdles, sensitivity
from tender_eval.simulation.results.tally import Tallies
from tender_eval.simulation.run import RunOptions, simulate_lots
from tender_eval.simulation.running import chunks, preparation
from tender_eval.simulation.spec import variations

every, whole = variations.variations, chunks.Job.compute


def waiting(job: chunks.Job[Any], index: int) -> Tallies:
    while index >= int(sys.argv[4]):
        time.sleep(0.01)
    return whole(job, index)


for module, name, value in (
    (sensitivity, "variations", lambda spec: every(spec)[-2:]),
    (hurdles, "HURDLES", {"time": hurdles.HURDLES["time"]}),
    (hurdles, "SOLVES", 1),
    (sensitivity, "SOLVES", 1),
    (run, "SOLVES", 2),
    (preparation, "SOLVES", 2),
    (game, "MOST", 256),
    (equilibrium, "MOST_ROUNDS", 4),
    (run, "environment", lambda catalogue: {}),
    (run, "chunk_size", lambda cells: 32),
    (chunks.Job, "compute", waiting),
):
    assert hasattr(module, name), name
    setattr(module, name, value)

if __name__ == "__main__":
    catalogue = load_catalogue()
    spec = load_spec(Source("spec.yaml", Path(sys.argv[1]).read_bytes()), catalogue)
    options = RunOptions(workers=int(sys.argv[5]), checkpoint=Path(sys.argv[2]))
    Path(sys.argv[3]).write_text(lots_json(simulate_lots(spec, catalogue, options, 64, 6)), encoding="utf-8")
