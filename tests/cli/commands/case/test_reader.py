"""``--reader`` where a case receives bids: whose reading counts is asked, entered, and holds at every later one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
AT = ("--at", "2026-05-02T09:30:00Z")
PLUGIN = Path(__file__).parents[3] / "errors" / "TE049" / "3-not-asked" / "site" / "te049_plugin.py"
SCHEME = """\
format: tender-eval/scheme/1
id: s
title: S
criteria:
  - {id: price, title: Price, weight: 100, scorer: ratio_to_lowest}
award: {rule: highest_score, on_rejection: recompute}
"""
BIDS = "format: tender-eval/bids/1\nbids:\n  - {id: a, supplier: {name: Alder}, price: 200}\n"


@pytest.fixture(autouse=True)
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin, as pip would have left it, whose reader recognises every .yaml file of bids."""
    info = tmp_path / "site" / "portal_reader-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: portal-reader\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[tender_eval]\nportal = portal_reader\n", encoding="utf-8")
    (info / "RECORD").write_text("portal_reader.py,,\n", encoding="utf-8")
    (tmp_path / "site" / "portal_reader.py").write_text(PLUGIN.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "portal-reader")
    Path("scheme.yaml").write_text(SCHEME, encoding="utf-8")
    Path("bids.yaml").write_text(BIDS, encoding="utf-8")


def bodies(kind: str) -> list[dict[str, object]]:
    """What stands in the record of the entries of a kind."""
    entries = map(json.loads, Path("r.jsonl").read_text(encoding="utf-8").splitlines())
    return [entry["body"] for entry in entries if entry["kind"] == kind]


def sound(run: Run) -> None:
    found = run("audit", "verify", "r.jsonl")
    assert found.exit_code == 0, found.stdout + found.stderr


@pytest.mark.slow
def test_bids_are_received_by_the_reader_that_is_asked_for(run: Run) -> None:
    assert run("case", "open", "r.jsonl", "scheme.yaml", *AT).exit_code == 0
    refused = run("case", "receive", "r.jsonl", "bids.yaml", *AT)
    assert (refused.exit_code, "--reader portal" in refused.stderr) == (1, True)
    obeyed = run("case", "receive", "r.jsonl", "bids.yaml", "--reader", "portal", *AT)
    assert obeyed.exit_code == 0, obeyed.stderr
    (received,) = bodies("receive")
    assert isinstance(received["file"], dict)
    assert received["file"]["reader"] == "portal"
    sound(run)


@pytest.mark.slow
def test_an_evaluation_is_made_again_by_the_reader_that_it_was_made_with(run: Run) -> None:
    made = run("evaluate", "scheme.yaml", "bids.yaml", "--reader", "portal", "--record", "r.jsonl", *AT)
    assert made.exit_code == 0, made.stderr
    (inputs,) = bodies("inputs")
    assert isinstance(inputs["bids"], dict)
    assert inputs["bids"]["reader"] == "portal"
    assert isinstance(inputs["scheme"], dict)
    assert "reader" not in inputs["scheme"]
    sound(run)
