"""The files of the cases that were found at fault, to be taken through the command line."""

from pathlib import Path

import pytest

SEALED = """\
format: tender-eval/scheme/1
id: s5
title: Out of five
source: {document: ITT, date: 2026-01-01, section: "4"}
currency: GBP
criteria:
  - {id: q, title: Quality, weight: 60, scorer: {name: mark, out_of: 5}}
  - {id: price, title: Price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score, ties: [{highest: q}]}
"""
LOW = """\
format: tender-eval/scheme/1
id: alt
title: Price and quality
criteria:
  - {id: q, title: Quality, weight: 70, scorer: {name: formula, expression: values.q / 70}}
  - {id: price, title: Price, weight: 30, scorer: ratio_to_lowest}
award: {rule: highest_score, on_rejection: recompute}
abnormally_low: {below_mean_by: 25%}
"""
LOW_BIDS = """\
format: tender-eval/bids/1
tender: {id: t, title: t}
bids:
  - {id: low, supplier: {name: Alder}, price: 100000, values: {q: 30}}
  - {id: mid, supplier: {name: Birch}, price: 300000, values: {q: 60}}
  - {id: top, supplier: {name: Cedar}, price: 400000, values: {q: 63}}
"""
TIE = """\
format: tender-eval/scheme/1
id: tie
title: Lowest price
criteria:
  - {id: price, title: Price, weight: 100, scorer: ratio_to_lowest}
award: {rule: lowest_price}
"""
TIE_BIDS = """\
format: tender-eval/bids/1
tender: {id: t, title: t}
bids:
  - {id: a, supplier: {name: Alder}, price: 100}
  - {id: b, supplier: {name: Birch}, price: 100}
  - {id: c, supplier: {name: Cedar}, price: 120}
"""
FILES = {
    "sealed.scheme.yaml": SEALED,
    "marks.csv": "id,supplier.name,marks.q.agreed,marks.q.reason\na,Alder,4,ok\nb,Birch,3,ok\n",
    "prices.csv": "id,price\na,200\nb,100\n",
    "low.scheme.yaml": LOW,
    "low.bids.yaml": LOW_BIDS,
    "tie.scheme.yaml": TIE,
    "tie.bids.yaml": TIE_BIDS,
}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")
