"""Holds a checkpoint until nothing more can come from its input."""

from __future__ import annotations

import sys
from pathlib import Path

import synthetic_tenders

from tender_eval.simulation.running.checkpoint import open_checkpoint

if __name__ == "__main__":
    with open_checkpoint(Path(sys.argv[1]), synthetic_tenders.job(1000)):
        print("held", flush=True)
        sys.stdin.read()
