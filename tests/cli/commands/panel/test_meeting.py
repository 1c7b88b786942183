"""``tender-eval panel status``, ``compare``, ``meeting`` and ``agree``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from desks import BIDS, PANEL, SCHEME

Run = Callable[..., Result]
AT = ("--at", "2026-05-02T09:30:00Z")
ONE = ("--bid", "alder", "--criterion", "care", "--mark")


@pytest.mark.slow
def test_one_mark_is_agreed_by_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("scheme.yaml", SCHEME), ("bids.csv", BIDS), ("panel.yaml", PANEL)):
        Path(name).write_text(text, encoding="utf-8")
    assert "the case has no panel" in _opened(run, "n.jsonl").stderr
    _opened(run, "r.jsonl", "--panel", "panel.yaml")
    assert "0 of 6" in run("panel", "status", "r.jsonl").stdout
    assert '"tender-eval/panel-comparison/1"' in run("panel", "compare", "r.jsonl", "--format", "json").stdout
    assert (
        run("panel", "meeting", "r.jsonl", "--out", "m.xlsx").stdout
        == "m.xlsx: 6 marks to agree, 0 of them far apart\n"
    )
    said = run("panel", "agree", "r.jsonl", *ONE, "4", "--reason", "Named leads", "--present", "ann", *AT)
    assert said.exit_code == 0, said.stderr
    other = run("panel", "agree", "r.jsonl", *ONE, "5", "--reason", "Proven", "--present", "ann", *AT)
    assert (other.exit_code, "was agreed as 4 (Named leads), and is 5 (Proven) here" in other.stderr) == (1, True)
    assert run("panel", "agree", "r.jsonl", *ONE, "5", *AT).exit_code == 2
    assert run("panel", "agree", "r.jsonl", *ONE, "5", "--reason", "x", *AT).exit_code == 2
    assert run("panel", "agree", "r.jsonl", "m.xlsx", "--mark", "4", *AT).exit_code == 2


def _opened(run: Run, record: str, *more: str) -> Result:
    assert run("case", "open", record, "scheme.yaml", "bids.csv", *more, *AT).exit_code == 0
    return run("panel", "status", record)
