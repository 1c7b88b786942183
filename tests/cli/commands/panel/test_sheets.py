"""``tender-eval panel sheets`` and ``collect``."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from desks import BIDS, PANEL, SCHEME, filled

Run = Callable[..., Result]
AT = ("--at", "2026-05-02T09:30:00Z")


@pytest.fixture(autouse=True)
def _case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("scheme.yaml", SCHEME), ("bids.csv", BIDS), ("panel.yaml", PANEL)):
        Path(name).write_text(text, encoding="utf-8")
    done(run("case", "open", "r.jsonl", "scheme.yaml", "bids.csv", "--panel", "panel.yaml", *AT))


def done(result: Result, code: int = 0) -> str:
    assert result.exit_code == code, result.stderr
    return result.stdout


def declared(run: Run) -> None:
    for person in ("ann", "cat", "bob"):
        done(run("case", "declare-interest", "r.jsonl", "--person", person, "--none", *AT))
    done(run("panel", "sheets", "r.jsonl", "--out", "sheets"))


def returned(person: str, marks: dict[tuple[str, str], tuple[object, str]], name: str = "") -> str:
    path = Path(name or f"{person} (2).xlsx")
    path.write_bytes(filled(Path(f"sheets/{person}.xlsx").read_bytes(), marks))
    return str(path)


def test_nobody_gets_a_sheet_before_they_declared(run: Run) -> None:
    result = run("panel", "sheets", "r.jsonl", "--out", "sheets")
    assert result.exit_code == 1
    assert "error TE087: Ann Archer did not declare their interests" in result.stderr
    assert not Path("sheets").exists()
    assert (
        "Dee Dunn is the chair of the panel, who does not mark"
        in run("panel", "sheets", "r.jsonl", "--out", "sheets", "--person", "dee").stderr
    )


@pytest.mark.slow
def test_sheets_go_out_and_come_back_as_acts(run: Run) -> None:
    declared(run)
    ann = returned("ann", {("alder", "care"): (4, "Named leads"), ("birch", "care"): (9, "x")})
    bob = returned("bob", {("alder", "care"): (3, "A plan")})
    result = run("panel", "collect", "r.jsonl", ann, bob, "scheme.yaml", *AT)
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "bob (2).xlsx: one mark of Bob Baker (entry 6)\n5 marks of Bob Baker are still to come.\n"
    )
    assert "ann (2).xlsx!Marks!F4: error TE053" in result.stderr
    assert "scheme.yaml:1:9: error TE005" in result.stderr
    ann = returned("ann", {("alder", "care"): (4, "Named leads")})
    assert done(run("panel", "collect", "r.jsonl", ann, bob, *AT)).startswith(
        "ann (2).xlsx: one mark of Ann Archer (entry 7)\nbob (2).xlsx: nothing new\n"
    )
    ann = returned("ann", {("alder", "care"): (5, "Proven")})
    assert "gave bid" in run("panel", "collect", "r.jsonl", ann, *AT).stderr
    said = done(run("panel", "collect", "r.jsonl", ann, "--replace", "Read again", *AT))
    assert said.startswith("ann (2).xlsx: one mark of Ann Archer takes the place of another (entry 8)\n")
    assert done(run("audit", "verify", "r.jsonl")).startswith("ok ")


@pytest.mark.slow
def test_a_sheet_of_100_megabytes_is_refused_unread_and_keeps_no_other_out(run: Run) -> None:
    declared(run)
    for name in ("big.xlsx", "big.csv", "big.yaml"):
        with Path(name).open("wb") as file:
            file.truncate(100 * 1024 * 1024)
    ann = returned("ann", {("alder", "care"): (4, "Named leads")})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = run("panel", "collect", "r.jsonl", "big.xlsx", "big.csv", "big.yaml", ann, *AT)
    assert (result.exit_code, result.stderr.count("error TE004")) == (1, 3)
    assert "one mark of Ann Archer (entry 6)" in result.stdout
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 90_000  # KiB


@pytest.mark.slow
def test_a_sheet_of_another_case_or_changed_person_is_refused(run: Run) -> None:
    declared(run)
    done(
        run(
            "case",
            "open",
            "other.jsonl",
            "scheme.yaml",
            "bids.csv",
            "--panel",
            "panel.yaml",
            "--at",
            "2026-05-02T10:00:00Z",
        )
    )
    ann = returned("ann", {("alder", "care"): (4, "Named leads")})
    assert "TE533: this is a sheet of another case" in run("panel", "collect", "other.jsonl", ann).stderr
    done(run("panel", "sheets", "r.jsonl", "--out", "sheets", "--format", "csv", "--person", "ann"))
    text = Path("sheets/ann.csv").read_text(encoding="utf-8").replace(",ann,", ",bob,")
    Path("ann.csv").write_text(text, encoding="utf-8")
    assert "TE533: whose sheet this is was changed" in run("panel", "collect", "r.jsonl", "ann.csv", *AT).stderr
