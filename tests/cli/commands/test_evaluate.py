import csv
import io
import json
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tender_eval.cli import output

Run = Callable[..., Result]


def test_the_table_is_the_default(run: Run) -> None:
    result = run("evaluate", "scheme.yaml", "bids.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Winner: a\na wins with 93.33 points, 5.33 more than b.\n" in result.stdout
    assert 'c (Cedar): "quality" (Quality): 12 of 60 points is below the minimum 50% = 30' in result.stdout


def test_json_names_the_files_by_their_digests(run: Run) -> None:
    import hashlib

    data = json.loads(run("evaluate", "scheme.yaml", "bids.yaml", "--format", "json").stdout)
    assert data["scheme"]["sha256"] == hashlib.sha256(Path("scheme.yaml").read_bytes()).hexdigest()
    assert data["bids_sha256"] == hashlib.sha256(Path("bids.yaml").read_bytes()).hexdigest()
    assert [b["id"] for b in data["bids"]] == ["a", "b", "c"]


def test_markdown_and_csv(run: Run) -> None:
    markdown = run("evaluate", "scheme.yaml", "bids.yaml", "--format", "markdown").stdout
    assert "| 1 | a | Alder | 93.33 | 60.00 | 33.33 | ranked |" in markdown
    result = run("evaluate", "scheme.yaml", "bids.yaml", "--format", "csv")
    rows = list(csv.reader(io.StringIO(result.stdout_bytes.decode(), newline="")))
    assert rows[1][:6] == ["1", "a", "Alder", "ranked", "93.33", "280/3"]
    assert b"\r\n" in result.stdout_bytes
    assert b"\r\r" not in result.stdout_bytes


def test_bids_from_a_spreadsheet_export(run: Run) -> None:
    Path("bids.csv").write_text("id,price,marks.quality\na,12000,5\nb,10000,4\n", encoding="utf-8")
    assert "Winner: a\n" in run("evaluate", "scheme.yaml", "bids.csv").stdout


def test_problems_of_scheme_and_bids_come_in_one_run(run: Run) -> None:
    for name, old, new in (("scheme.yaml", "weight: 60", "weight: 61"), ("bids.yaml", "price: 9000", "price: 9,000")):
        text = Path(name).read_text(encoding="utf-8")
        Path(name).write_text(text.replace(old, new), encoding="utf-8")
    result = run("evaluate", "scheme.yaml", "bids.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "scheme.yaml:6:5: error TE022" in result.stderr
    assert "bids.yaml:5:" in result.stderr
    assert "     |     ^\n" in result.stderr


def test_missing_files_are_both_named(run: Run) -> None:
    result = run("evaluate", "no.yaml", "nothing.csv")
    assert result.exit_code == 1
    assert result.stderr.count("TE001") == 2
    assert result.stderr.endswith("2 errors\n")


def test_a_missing_scheme_does_not_hide_what_is_wrong_with_the_bids(run: Run) -> None:
    Path("bids.yaml").write_text("format: tender-eval/bids/1\nbids: []\n", encoding="utf-8")
    result = run("evaluate", "no.yaml", "bids.yaml")
    assert "TE001" in result.stderr
    assert "TE063" in result.stderr


def test_lots_are_evaluated_each_by_itself(run: Run) -> None:
    data = json.loads(run("evaluate", "scheme.yaml", "lots.yaml", "--format", "json").stdout)
    assert list(data["lots"]) == ["north", "south"]
    assert [(a["lot"], a["bid"]) for a in data["award"]["awards"]] == [("north", "b"), ("south", "a")]
    assert "Lot south" in run("evaluate", "scheme.yaml", "lots.yaml").stdout
    assert "## Lot south" in run("evaluate", "scheme.yaml", "lots.yaml", "--format", "markdown").stdout
    assert run("evaluate", "scheme.yaml", "lots.yaml", "--format", "csv").stdout.startswith("lot,rank,")


def test_one_lot_alone(run: Run) -> None:
    data = json.loads(run("evaluate", "scheme.yaml", "lots.yaml", "--lot", "south", "--format", "json").stdout)
    assert (data["lot"], data["winner"]) == ("south", ["a"])
    wrong = run("evaluate", "scheme.yaml", "lots.yaml", "--lot", "west")
    assert wrong.exit_code == 1
    assert "TE056" in wrong.stderr


def test_a_result_goes_whole_into_a_file(run: Run) -> None:
    shown = run("evaluate", "scheme.yaml", "bids.yaml", "--format", "json").stdout_bytes
    Path("result.json").write_text("old", encoding="utf-8")
    result = run("evaluate", "scheme.yaml", "bids.yaml", "--format", "json", "--output", "result.json")
    assert (result.exit_code, result.output) == (0, "")
    assert Path("result.json").read_bytes() == shown
    assert not list(Path().glob("*.tmp"))
    assert not list(Path().glob(".*.tmp"))


@pytest.mark.parametrize("name", ["scheme.yaml", "./bids.yaml"])
def test_no_result_replaces_what_was_read(run: Run, name: str) -> None:
    before = Path(name).read_bytes()
    assert run("evaluate", "scheme.yaml", "bids.yaml", "--output", name).exit_code == 2
    assert Path(name).read_bytes() == before


def test_a_refused_run_leaves_the_old_result(run: Run) -> None:
    Path("result.json").write_text("old", encoding="utf-8")
    assert run("evaluate", "scheme.yaml", "no.yaml", "--output", "result.json").exit_code == 1
    assert Path("result.json").read_text(encoding="utf-8") == "old"


def test_a_result_that_cannot_be_written_is_told(run: Run) -> None:
    for where in ("no-such-folder/result.json", "."):
        result = run("evaluate", "scheme.yaml", "bids.yaml", "--output", where)
        assert result.exit_code == 1
        assert "TE090" in result.stderr


def test_a_failed_write_leaves_the_old_result_and_nothing_beside_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tender_eval import Refused

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (folder / "result.json").write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", full)
    before = sorted(folder.iterdir())
    with pytest.raises(Refused, match="No space left"):
        output.deliver("new", str(folder / "result.json"))
    assert sorted(folder.iterdir()) == before
    assert (folder / "result.json").read_text(encoding="utf-8") == "old"


def test_a_replaced_file_keeps_who_may_read_it(run: Run) -> None:
    target = Path("result.json")
    target.write_text("old", encoding="utf-8")
    target.chmod(stat.S_IRUSR | stat.S_IWUSR)
    before = target.stat().st_mode
    run("evaluate", "scheme.yaml", "bids.yaml", "--output", "result.json")
    assert target.stat().st_mode == before


def test_a_device_is_written_to_and_never_replaced(run: Run) -> None:
    device = "NUL" if sys.platform == "win32" else os.devnull
    assert run("evaluate", "scheme.yaml", "bids.yaml", "--output", device).exit_code == 0
    assert not Path(device).is_file()


def test_a_tie_is_a_result_and_no_error(run: Run) -> None:
    Path("bids.yaml").write_text(
        "format: tender-eval/bids/1\nbids:\n  - {id: a, price: 1, marks: {quality: 5}}\n"
        "  - {id: b, price: 1, marks: {quality: 5}}\n",
        encoding="utf-8",
    )
    result = run("evaluate", "scheme.yaml", "bids.yaml")
    assert result.exit_code == 0
    assert "Winner: undecided" in result.stdout


def test_marks_without_reasons_are_told_when_they_go_on_record(run: Run) -> None:
    result = run("evaluate", "scheme.yaml", "bids.yaml", "--record", "keep.jsonl", "--at", "2026-05-02T09:30:00Z")
    assert result.exit_code == 0
    assert "bids.yaml: note TE095: marks without the panel's reason: 3 of 3;" in result.stderr
    assert "mend: write marks: {quality: {agreed: ..., reason: ...}}; then record the evaluation anew" in result.stderr
    assert "TE095" not in run("evaluate", "scheme.yaml", "bids.yaml").stderr


@pytest.mark.slow
def test_marks_without_reasons_are_told_before_the_prices_are_opened_not_after(run: Run) -> None:
    text = Path("bids.yaml").read_text(encoding="utf-8")
    Path("marks.yaml").write_text(re.sub(r" price: \d+,", "", text), encoding="utf-8")
    Path("prices.csv").write_text("id,price\na,12000\nb,10000\n", encoding="utf-8")
    at = ("--at", "2026-05-02T09:30:00Z", "--record", "keep.jsonl")
    first = run("evaluate", "scheme.yaml", "marks.yaml", *at, "--stage", "quality")
    assert (first.exit_code, first.stderr.count("note TE095")) == (0, 1)
    then = run("evaluate", "scheme.yaml", "prices.csv", *at, "--stage", "price")
    assert (then.exit_code, "TE095" in then.stderr) == (0, False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("evaluate", "scheme.yaml", "bids.yaml", "-o"),
        ("evaluate", "scheme.yaml", "bids.yaml", "--record", "new.jsonl", "-o"),
        ("award", "scheme.yaml", "lots.yaml", "-o"),
        ("schemes", "publish", "scheme.yaml", "-o"),
        ("fairness", "scheme.yaml", "bids.yaml", "--draws", "100", "-o"),
        ("simulate", "lots", "--init", "-o"),
    ],
)
def test_no_result_replaces_a_record(run: Run, command: tuple[str, ...]) -> None:
    assert run("evaluate", "scheme.yaml", "bids.yaml", "--record", "keep.jsonl").exit_code == 0
    kept = Path("keep.jsonl").read_bytes()
    result = run(*command, "./keep.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "keep.jsonl: error TE091: keep.jsonl is the record of an evaluation, and a record is never" in result.stderr
    assert Path("keep.jsonl").read_bytes() == kept
    assert not Path("new.jsonl").exists()


@pytest.mark.parametrize("bids", [(), ("bids.yaml",)], ids=["before bids are in", "with its bids"])
def test_no_result_replaces_the_record_of_a_case_that_is_open(run: Run, bids: tuple[str, ...]) -> None:
    assert run("case", "open", "keep.jsonl", "scheme.yaml", *bids).exit_code == 0
    kept = Path("keep.jsonl").read_bytes()
    result = run("evaluate", "scheme.yaml", "bids.yaml", "-o", "keep.jsonl")
    assert (result.exit_code, "TE091" in result.stderr) == (1, True)
    assert Path("keep.jsonl").read_bytes() == kept


@pytest.mark.slow
def test_no_document_of_a_record_replaces_another_record(run: Run) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        assert run("evaluate", "scheme.yaml", "bids.yaml", "--record", name).exit_code == 0
    kept = Path("two.jsonl").read_bytes()
    for shape in ("html", "xlsx"):
        result = run("report", "one.jsonl", "--format", shape, "--output", "two.jsonl")
        assert (result.exit_code, "TE091" in result.stderr) == (1, True)
    assert Path("two.jsonl").read_bytes() == kept


@pytest.mark.parametrize("shape", ["table", "json", "csv"])
def test_a_dash_is_standard_output(run: Run, shape: str) -> None:
    shown = run("evaluate", "scheme.yaml", "bids.yaml", "--format", shape).stdout_bytes
    result = run("evaluate", "scheme.yaml", "bids.yaml", "--format", shape, "-o", "-")
    assert (result.exit_code, result.stdout_bytes) == (0, shown)
    assert not Path("-").exists()


@pytest.mark.slow
def test_a_dash_is_standard_output_for_bytes_too(run: Run) -> None:
    assert run("evaluate", "scheme.yaml", "bids.yaml", "--record", "one.jsonl").exit_code == 0
    result = run("report", "one.jsonl", "--format", "xlsx", "--output", "-")
    assert (result.exit_code, result.stdout_bytes[:2]) == (0, b"PK")
    assert not Path("-").exists()
