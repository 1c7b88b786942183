"""``tender-eval case declare-interest`` and ``recuse``: from the file of a panel to the decision paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from acting import MARKED, PANEL, SCHEME
from click.testing import Result

Run = Callable[..., Result]
AT = ("--at", "2026-05-02T09:30:00Z")


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("scheme.yaml", SCHEME), ("bids.yaml", MARKED), ("panel.yaml", PANEL)):
        Path(name).write_text(text, encoding="utf-8")


def case(run: Run, act: str, *arguments: str, code: int = 0) -> str:
    result = run("case", act, "r.jsonl", *arguments)
    assert result.exit_code == code, result.stderr
    return result.stdout or result.stderr


@pytest.mark.slow
def test_a_conflict_from_its_declaration_to_the_decision_paper(run: Run) -> None:
    assert "ok  panel.yaml  a panel of 3 people\n" in run("validate", "panel.yaml").stdout
    said = case(run, "open", "scheme.yaml", "bids.yaml", "--panel", "panel.yaml", *AT)
    assert "Next: the panel: tender-eval case declare-interest r.jsonl --person ann --none\n" in said
    case(run, "declare-interest", "--person", "ann", "--none", *AT)
    fern = ("--person", "bob", "--supplier", "fern trust", "--nature", "on its board")
    said = case(run, "declare-interest", *fern, "--outcome", "open", *AT)
    assert (
        "2 May 2026: Bob Baker declared an interest in fern trust (on its board); until it is decided, Bob Baker may "
        "not mark it. A mark of theirs was set aside.\n"
        "Opened: m1, a mark agreed by somebody who may not mark the bid.\n"
    ) in said
    case(run, "declare-interest", "--person", "Dee Dunn", "--none", *AT)
    assert "the interest of Bob Baker in fern trust, declared by entry 4, is open" in case(run, "lock", *AT, code=1)
    case(run, "recuse", "--person", "bob", "--supplier", "Fern Trust", "--reason", "He sat on its board.", *AT)
    case(run, "lock", *AT)
    case(run, "evaluate", *AT)
    assert "close-matter r.jsonl --matter m1" in case(run, "status")
    case(run, "close-matter", "--matter", "m1", "--reason", "Ann Archer agreed it again by herself", *AT)
    shown = (
        "Bob Baker has an interest in Fern Trust (on its board) and is recused from marking it: He sat on its board "
        "(entry 6)."
    )
    assert shown in " ".join(case(run, "status").split())
    paper = run("report", "r.jsonl", "--format", "decision", "--as", "markdown")
    assert paper.exit_code == 0, paper.stderr
    told = " ".join(paper.stdout.replace("\\", "").split())
    assert shown in told
    assert "Ann Archer and Dee Dunn declared no interest." in told
    assert run("audit", "verify", "r.jsonl").exit_code == 0


def test_what_goes_with_none_and_what_does_not(run: Run) -> None:
    case(run, "open", "scheme.yaml", "bids.yaml", "--panel", "panel.yaml", *AT)
    said = case(run, "declare-interest", "--person", "ann", "--none", "--supplier", "Cedar", *AT, code=1)
    assert "mend: give --supplier with --nature and --outcome, or --none" in said
    assert "nobody of the panel" in case(
        run, "recuse", "--person", "an", "--supplier", "Cedar", "--reason", "x", code=1
    )


def test_the_schema_of_a_panel_is_printed(run: Run) -> None:
    assert '"tender-eval/panel/1"' in run("schema", "panel").stdout
