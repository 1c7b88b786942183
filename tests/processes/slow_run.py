"""A run over two workers that takes its time, so that it can be ended at any moment: of so many draws, with a log of
what it computes; it stops to compute at the most chunks that it may, where they are given."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import synthetic_tenders

from tender_eval.simulation.running.engines import run

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
    path, log = map(Path, sys.argv[1:3])
    draws, most = int(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 10**9
    market = synthetic_tenders.Market(log=log, pause=0.01, most=most)
    run(synthetic_tenders.job(draws, market), workers=2, checkpoint=path)
