"""A small real evaluation and its record, made anew in a folder of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from second_opinion import agree

from tender_eval.audit import verify
from tender_eval.audit.chain import Chain, read_chain
from tender_eval.audit.writing import record
from tender_eval.base import lock
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.source import Source
from tender_eval.plugins.catalogue import Catalogue

SCHEME = """\
format: tender-eval/scheme/1
id: demo
title: Refuge services
currency: GBP
conditions:
  - {id: safeguarding, title: Safeguarding, reads: declarations.safeguarding_policy, must_be: true}
criteria:
  - id: quality
    title: Quality
    weight: 60
    minimum: 50%
    criteria:
      - {id: delivery, title: Delivery, weight: 40, scorer: {name: mark, out_of: 5}}
      - {id: reach, title: Reach, weight: 20, scorer: {name: mark, out_of: 5}}
  - {id: price, title: Price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score, on_rejection: recompute}
abnormally_low: {below_mean_by: 25%}
"""

QUALITY = """\
format: tender-eval/bids/1
tender: {id: T-1, title: Refuge}
bids:
  - id: alder
    supplier: {name: Alder}
    declarations: {safeguarding_policy: true}
    marks:
      delivery: {agreed: 5, individual: {e1: 4, e2: 5}, reason: "Names who does what", agreed_by: [e1, e2]}
      reach: 3
  - id: birch
    supplier: {name: Birch}
    declarations: {safeguarding_policy: true}
    marks: {delivery: 4, reach: 4}
  - id: cedar
    supplier: {name: Cedar}
    declarations: {safeguarding_policy: true}
    marks: {delivery: 1, reach: 2}
"""

AT = "2026-05-02T09:30:00+01:00"
VERIFICATION = verify.Verification
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def whole(text: str = QUALITY, prices: tuple[int, ...] = (12000, 10000, 9000)) -> str:
    """The bids with their prices in one file."""
    for supplier, price in zip(("Alder", "Birch", "Cedar"), prices, strict=True):
        text = text.replace(f"{{name: {supplier}}}\n", f"{{name: {supplier}}}\n    price: {price}\n")
    return text


def source(name: str, text: str) -> Source:
    return Source(name, text.encode())


Make = Callable[..., Path]


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as by default, whatever ran before in this process."""
    monkeypatch.setattr(lock, "PATIENCE", 10.0)


@pytest.fixture(autouse=True)
def _second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever record a test verifies, honest or forged, the second verifier says the same of it."""
    seen: list[bytes] = []

    def reading(data: bytes) -> Chain:
        seen.append(data)
        return read_chain(data)

    def made(*found: Any, **named: Any) -> verify.Verification:
        verification = VERIFICATION(*found, **named)
        agree(seen[-1], verification)
        return verification

    monkeypatch.setattr(verify, "read_chain", reading)
    monkeypatch.setattr(verify, "Verification", made)


@pytest.fixture
def catalogue() -> Catalogue:
    """The built-in plugins alone."""
    return CATALOGUE


@pytest.fixture
def recorded(tmp_path: Path) -> Make:
    """Makes a record; ``stage="quality"`` with bids that hold no price."""

    def made(
        name: str = "record.jsonl", scheme: str = SCHEME, bids: str | None = None, stage: str = "complete"
    ) -> Path:
        text = bids if bids is not None else QUALITY if stage == "quality" else whole()
        path = tmp_path / name
        record(path, source("scheme.yaml", scheme), source("bids.yaml", text), CATALOGUE, AT, stage)
        return path

    return made


@pytest.fixture
def scheme_text() -> str:
    """The scheme that records are made under, unless another is given."""
    return SCHEME


@pytest.fixture
def quality_bids() -> str:
    """The bids without their prices."""
    return QUALITY


@pytest.fixture
def whole_bids() -> str:
    """The bids with their prices."""
    return whole()
