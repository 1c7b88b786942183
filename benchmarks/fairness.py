"""Whole processes: `tender-eval fairness` beside `tender-eval evaluate`, on 10 bids x 20 criteria.

    python benchmarks/fairness.py

The pair runs in turn, ten times; medians and the median of the pairwise ratios are printed. Everything that
`fairness` does of itself is done, with its 10,000 draws; then the same with every price formula and the page; then
on the same scheme with points rounded at every criterion and in total, where figures leap as weights and prices move.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from process import BIDS, CLI, CRITERIA, RUNS, files, seconds

ROUNDING = "rounding: {places: 2, mode: half_up, at: [criterion, total]}\n"


def main() -> None:
    """Time the pairs."""
    with tempfile.TemporaryDirectory() as folder:
        plain, bids = files(Path(folder))
        rounding = Path(folder) / "rounding.yaml"
        rounding.write_text(Path(plain).read_text(encoding="utf-8") + ROUNDING, encoding="utf-8")
        further = ["--price-formulas", "--html", str(Path(folder) / "page.html")]
        for name, scheme, more in (
            ("fairness", plain, []),
            ("fairness --price-formulas --html", plain, further),
            ("fairness, points rounded", str(rounding), []),
        ):
            ours, evaluate = [*CLI, "fairness", scheme, bids, *more], [*CLI, "evaluate", scheme, bids]
            seconds(ours), seconds(evaluate)  # once for the file cache
            pairs = [(seconds(ours), seconds(evaluate)) for _ in range(RUNS)]
            us, bare = (statistics.median(p) for p in zip(*pairs, strict=True))
            ratio = statistics.median(a / b for a, b in pairs)
            print(f"tender-eval {name}, {BIDS} bids x {CRITERIA} criteria: {us:.2f} s; ", end="")
            print(f"evaluate: {bare:.2f} s; ratio {ratio:.1f}")


if __name__ == "__main__":
    main()
