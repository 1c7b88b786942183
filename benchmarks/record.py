"""Verifying a record of 50 bids, 60 criteria and 5 evaluators, beside evaluating the same files.

    python benchmarks/record.py

Both are timed in one process after a first run of each, in turns. Evaluating is what `evaluate` does: read and
check both files, then evaluate. Verifying reads the record, checks its chain, and does that all again.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tender_eval import load_catalogue
from tender_eval.audit.chain import read_chain
from tender_eval.audit.verify import verify
from tender_eval.audit.writing import record
from tender_eval.case.fold import at_one_sitting as begin
from tender_eval.files.source import Source

BIDS, CRITERIA, EVALUATORS, RUNS = 50, 60, 5, 5
AT = "2026-05-02T09:30:00Z"


def scheme() -> Source:
    """Fifty-nine questions in ten groups, and a price."""
    groups: dict[int, list[str]] = {}
    for n in range(CRITERIA - 1):
        line = f"      - {{id: q{n}, title: Question {n}, weight: 1, scorer: {{name: mark, out_of: 5}}}}\n"
        groups.setdefault(n % 10, []).append(line)
    criteria = "".join(
        f"  - id: g{n}\n    title: Group {n}\n    weight: {len(lines)}\n    criteria:\n{''.join(lines)}"
        for n, lines in groups.items()
    )
    text = (
        "format: tender-eval/scheme/1\nid: large\ntitle: Large\ncriteria:\n" + criteria
        + "  - {id: price, title: Price, weight: 41, scorer: ratio_to_lowest}\n"
        + "award: {rule: highest_score, on_rejection: recompute}\nabnormally_low: {below_mean_by: 25%}\n"
        + "panel: {divergence: 3}\n"
    )  # fmt: skip
    return Source("large.yaml", text.encode())


def bids() -> Source:
    """Every mark with what each evaluator gave, and a reason of some length."""
    reason = "The answer names who does what and by when, with results of the last two years to show for it. " * 2
    lines = ["format: tender-eval/bids/1\nbids:\n"]
    for bid in range(BIDS):
        lines.append(f"  - id: b{bid}\n    supplier: {{name: Supplier {bid}}}\n")
        lines.append(f"    price: {100000 + 777 * bid}\n    marks:\n")
        for n in range(CRITERIA - 1):
            each = ", ".join(f"e{k}: {(bid + n + k) % 6}" for k in range(EVALUATORS))
            names = ", ".join(f"e{k}" for k in range(EVALUATORS))
            agreed = (bid * 7 + n) % 6
            story = f"individual: {{{each}}}, reason: '{reason}', agreed_by: [{names}]"
            lines.append(f"      q{n}: {{agreed: {agreed}, {story}}}\n")
    return Source("large.bids.yaml", "".join(lines).encode())


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    stated, offered = scheme(), bids()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.jsonl"
        record(path, stated, offered, catalogue, AT)
        assert verify(path, catalogue).consistent
        size = path.stat().st_size / 1e6
        data = path.read_bytes()
        ours, theirs, chain = [], [], []
        for _ in range(RUNS):
            theirs.append(timed(lambda: begin(stated, offered, catalogue)))
            ours.append(timed(lambda: verify(path, catalogue)))
            chain.append(timed(lambda: read_chain(data)))
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(f"{BIDS} bids x {CRITERIA} criteria x {EVALUATORS} evaluators, record of {size:.1f} MB: ", end="")
    print(f"evaluated in {statistics.median(theirs):.2f} s, verified in {statistics.median(ours):.2f} s ", end="")
    print(f"(chain alone {statistics.median(chain):.2f} s), ratio {ratio:.2f}")
    assert ratio <= 3, "verifying takes more than three times as long as evaluating"


if __name__ == "__main__":
    main()
