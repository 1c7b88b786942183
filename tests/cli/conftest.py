"""A folder with a sound scheme and bids, and the command line run in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tender_eval.cli import main

SCHEME = """\
format: tender-eval/scheme/1
id: demo
title: Refuge services
source: {document: Guidance, section: 2.3b}
criteria:
  - {id: quality, title: Quality, weight: 60, minimum: 50%, scorer: {name: mark, out_of: 5}}
  - {id: price, title: Price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score, on_rejection: recompute}
"""

BIDS = """\
format: tender-eval/bids/1
bids:
  - {id: a, supplier: {name: Alder}, price: 12000, marks: {quality: 5}}
  - {id: b, supplier: {name: Birch}, price: 10000, marks: {quality: 4}}
  - {id: c, supplier: {name: Cedar}, price: 9000, marks: {quality: 1}}
"""

LOTS = """\
format: tender-eval/bids/1
tender: {lots: [{id: north}, {id: south}]}
bids:
  - {id: a, marks: {quality: 5}, lots: {north: {price: 12000}, south: {price: 9000}}}
  - {id: b, marks: {quality: 4}, lots: {north: {price: 5000}}}
"""

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands run in, without the plugins of others."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "")
    for name, text in (("scheme.yaml", SCHEME), ("bids.yaml", BIDS), ("lots.yaml", LOTS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Run the command line with these arguments."""

    def running(*args: str) -> Result:
        return CliRunner().invoke(main, args)

    return running
