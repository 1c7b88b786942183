"""What it costs to hold a third party's scorer to its promises: `evaluate` as a whole process, and batches.

    python benchmarks/guarded.py

Unguarded is the same code told that the scorer is one of ours. Pairs run in turn, ten times; medians and the median of
the pairwise ratios are printed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from process import BIDS, CRITERIA, RUNS, files

PLUGIN = '''
from tender_eval import Reads, Scorer, Trait, hookimpl
from tender_eval.model import numeric


class TheirRatio(Scorer):
    """Lowest price over price. Source: this benchmark."""

    name = "their_ratio"
    traits = frozenset({Trait.MONOTONE, Trait.SCALE_FREE})

    def reads(self, params):
        return (Reads("price", better="lower"),)

    def score(self, bids, params, steps):
        prices = bids.column("price")
        lowest = numeric.lowest(prices, bids.present)
        steps.working("lowest / price", lowest=lowest, price=prices)
        return numeric.divide(lowest, prices)


@hookimpl
def tender_eval_scorers():
    return [TheirRatio]
'''
UNGUARDED = """
import tender_eval.engine.scoring.arithmetic as a
a.of_third_party.__code__ = (lambda method: False).__code__
"""
EVALUATE = """
import sys
from tender_eval.cli import main
sys.argv[1:] = ["evaluate", *sys.argv[1:]]
main()
"""
BATCH = """
import time
import numpy as np
from tender_eval import compile_scheme, load_catalogue, load_scheme
import sys
of = compile_scheme(load_scheme(sys.argv[1]), load_catalogue())
generator = np.random.default_rng(1)
columns = {f"marks.q{n}": generator.integers(0, 6, (8, 200_000)).astype(float) for n in range(19)}
columns["price"] = generator.uniform(10_000, 12_000, (8, 200_000))
start = time.process_time()
of.evaluate_batch(columns)
print(time.process_time() - start)
"""


def site(folder: Path) -> dict[str, str]:
    """The environment of a process that has the plugin installed."""
    (folder / "their_plugin.py").write_text(PLUGIN, encoding="utf-8")
    about = folder / "their_plugin-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: their-plugin\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[tender_eval]\ntheirs = their_plugin\n", encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    return os.environ | {"PYTHONPATH": path, "TENDER_EVAL_LOAD_PLUGINS": "their-plugin"}


def compare(name: str, seconds: Callable[[str], float]) -> None:
    seconds(""), seconds(UNGUARDED)  # once for the file cache
    pairs = [(seconds(""), seconds(UNGUARDED)) for _ in range(RUNS)]
    guarded, unguarded = (statistics.median(p) for p in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name}: {guarded:.3f} s guarded, {unguarded:.3f} s unguarded; ratio {ratio:.2f}")


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        scheme, bids = files(folder)
        text = Path(scheme).read_text(encoding="utf-8").replace("ratio_to_lowest", "their_ratio")
        Path(scheme).write_text(text, encoding="utf-8")
        environment = site(folder)

        def process(before: str) -> float:
            at = os.times()
            command = [sys.executable, "-c", before + EVALUATE, scheme, bids]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
            now = os.times()
            return now.children_user + now.children_system - at.children_user - at.children_system

        def batch(before: str) -> float:
            command = [sys.executable, "-c", before + BATCH, scheme]
            return float(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)

        compare(f"evaluate, {BIDS} bids x {CRITERIA} criteria, CPU time of the process", process)
        compare(f"evaluate_batch, 200,000 draws x 8 bids x {CRITERIA} criteria, CPU time", batch)


if __name__ == "__main__":
    main()
