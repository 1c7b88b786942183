"""Validating a 5,000-bid YAML file beside PyYAML's C `compose` of the same text, in one run.

python benchmarks/validate.py
"""

from __future__ import annotations

import statistics
import time

import yaml

from tender_eval.files.load import read_bids
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems

BID = """  - id: b{n}
    supplier: {{name: Supplier {n}, legal_form: charity, annual_income: {n}000, size: small, by_and_for: true}}
    declarations: {{safeguarding_policy: true}}
    price: {price}
    marks:
      delivery: 4
      social: {{agreed: 4, individual: {{e1: 3, e2: 5}}, reason: Clear plan, agreed_by: [e1, e2], on: 2026-05-02}}
    values: {{accepted: 120}}
"""


def main() -> None:
    bids = "".join(BID.format(n=n, price=10000 + n) for n in range(1, 5001))
    text = "format: tender-eval/bids/1\nbids:\n" + bids
    source = Source("bids.yaml", text.encode())
    ours, theirs = [], []
    for _ in range(5):
        start = time.perf_counter()
        yaml.compose(text, Loader=yaml.CSafeLoader)
        middle = time.perf_counter()
        problems = Problems()
        read_bids(source, {}, problems)
        assert not len(problems)
        theirs.append(middle - start)
        ours.append(time.perf_counter() - middle)
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(f"5,000 bids, {len(text) / 1e6:.1f} MB: read and checked in {statistics.median(ours):.2f} s, ", end="")
    print(f"C compose alone {statistics.median(theirs):.2f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
