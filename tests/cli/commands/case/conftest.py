"""The files of the cases that were found at fault, to be taken through the command line."""

from pathlib import Path

import pytest
from decided_cases import LOW, LOW_BIDS, TIE, TIE_BIDS

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
