import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from lint_schemes import MODEL, but

from tender_eval.files.source import Source
from tender_eval.lint import run as lint_run
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location

Run = Callable[..., Result]
NOTE = but(("panel: {divergence: 2, least: 2}\n", ""), text=MODEL)
WARNING = but(("  ties: [{highest: quality}, {lowest: price}]\n", ""), text=MODEL)
ERROR = but(("mark: 3, score: 100%", "mark: 3, score: 80%"), ("    minimum: 50%\n", "    minimum: 95%\n"), text=MODEL)


@pytest.fixture
def write() -> Callable[[str, str], None]:
    def writing(name: str, text: str) -> None:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")

    return writing


@pytest.mark.parametrize(
    ("text", "code", "last"),
    [(MODEL, 0, "nothing found"), (NOTE, 0, "1 note"), (WARNING, 1, "1 warning")],
    ids=["clean", "note", "warning"],
)
def test_notes_alone_are_no_fault(run: Run, write: Callable[..., None], text: str, code: int, last: str) -> None:
    write("s.yaml", text)
    result = run("lint", "s.yaml")
    assert (result.exit_code, result.stderr) == (code, "")
    counted, figures, advice = result.stdout.splitlines()[-3:]
    assert (counted, figures) == (last, "Figures of 2026-03-02.")
    assert "not legal advice" in advice


def test_an_error_is_a_fault(run: Run, write: Callable[..., None]) -> None:
    write("s.yaml", ERROR)
    result = run("lint", "s.yaml", "--select", "TE341")
    assert result.exit_code == 1
    assert "s.yaml:" in result.stdout
    assert ": error TE341: no bid can meet the minimum" in result.stdout


def test_a_finding_looks_like_a_diagnostic(run: Run, write: Callable[..., None]) -> None:
    write("s.yaml", WARNING)
    lines = run("lint", "s.yaml").stdout.splitlines()
    assert lines[0].startswith("s.yaml:")
    assert " warning TE330: no tie break is stated" in lines[0]
    assert lines[1].endswith(" | award:")
    assert lines[2].endswith("| ^")
    assert lines[3].startswith("  mend: add ties:")
    assert lines[4] == "  see: Procurement Act 2023, s.23"


def test_findings_are_told_as_a_document(run: Run, write: Callable[..., None]) -> None:
    write("s.yaml", WARNING)
    result = run("lint", "s.yaml", "--format", "markdown", "--output", "told.md")
    assert (result.exit_code, result.stdout) == (1, "")
    told = Path("told.md").read_text(encoding="utf-8")
    assert told.startswith("# What lint says of s.yaml\n\n### TE330: no-tie-break\n\n**warning at s.yaml:")
    assert "To mend it: add ties:" in told
    assert "see: Procurement Act 2023, s.23" in told
    assert run("lint", "s.yaml", "--format", "html", "--ignored", "--output", "s.yaml").exit_code == 2


@pytest.mark.parametrize(
    "args",
    [
        ("--select", "TE33"),
        ("--select", "TE1,TE330"),
        ("--select", "te3"),
        ("--select", "TE330", "--ignore", "TE3"),
        ("--ignore", "TE1,TE2", "--ignore", "TE4"),
    ],
)
def test_selecting(run: Run, write: Callable[..., None], args: tuple[str, ...]) -> None:
    write("s.yaml", WARNING)
    assert "TE330" in run("lint", "s.yaml", *args).stdout


@pytest.mark.parametrize(
    "args", [("--ignore", "TE330"), ("--ignore", "TE3"), ("--select", "TE4"), ("--select", "TE3", "--ignore", "TE33")]
)
def test_ignoring(run: Run, write: Callable[..., None], args: tuple[str, ...]) -> None:
    write("s.yaml", WARNING)
    result = run("lint", "s.yaml", *args)
    assert result.exit_code == 0
    assert result.stdout.startswith("nothing found\n")


@pytest.mark.parametrize("args", [("--ignore", "TE"), ("--select", "TE3", "--ignore", "TE3")])
def test_no_rule_left_to_run_is_a_wrong_command_line(run: Run, args: tuple[str, ...]) -> None:
    result = run("lint", "scheme.yaml", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "leave no rule to run" in result.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("TE3O4", 'no rule has the code "TE3O4": did you mean "TE3'),
        ("TE9", "no rule has the code"),
        ("XYZ", "codes begin with TE1, TE2, TE3, TE4"),
        ("TE301,", "a code is missing"),
    ],
)
@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_is_a_wrong_command_line(run: Run, option: str, given: str, said: str) -> None:
    result = run("lint", "scheme.yaml", option, given)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_folder_stands_for_its_schemes(run: Run, write: Callable[..., None]) -> None:
    write("all/b.yaml", MODEL)
    write("all/deep/a.yml", NOTE)
    write("all/b.test.yaml", "format: tender-eval/test/1\n# tender-eval/scheme/1\n")
    write("all/bids.yaml", "format: tender-eval/bids/1\nbids: [{id: a}]\n")
    data = json.loads(run("lint", "all", "all/b.yaml", "--format", "json").stdout)
    assert [s["file"] for s in data["schemes"]] == ["all/b.yaml", "all/deep/a.yml"]
    assert [f["file"] for f in data["findings"]] == ["all/deep/a.yml"]


def test_a_folder_without_schemes_is_a_wrong_command_line(run: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("lint", "empty")
    assert result.exit_code == 2
    assert "there is no scheme file in empty" in result.stderr


def test_files_that_are_no_sound_schemes_are_told_all_at_once(run: Run, write: Callable[..., None]) -> None:
    write("a.yaml", MODEL.replace("weight: 30", "weight: 31"))
    write("b.yaml", MODEL.replace("fixed_band", "fixed_bond"))
    write("c.yaml", NOTE)
    Path("d.yaml").write_bytes(b"format: \xff\n")
    result = run("lint", "a.yaml", "b.yaml", "c.yaml", "d.yaml", "e.yaml")
    assert result.exit_code == 1
    assert "TE423" in result.stdout
    for told in ("a.yaml:", "TE022", "b.yaml:", "TE044", "d.yaml:1:9: error TE002", "e.yaml: error TE001", "4 errors"):
        assert told in result.stderr


def test_only_unsound_files_leave_standard_output_empty(run: Run, write: Callable[..., None]) -> None:
    write("a.yaml", "- 1\n")
    result = run("lint", "a.yaml", "--format", "json")
    assert (result.exit_code, result.stdout) == (1, "")


def test_the_day_decides_the_threshold(run: Run, write: Callable[..., None]) -> None:
    write("s.yaml", MODEL)
    data = json.loads(run("lint", "s.yaml", "--on", "1999-01-01", "--format", "json").stdout)
    assert data["schemes"] == [{"file": "s.yaml", "on": "1999-01-01"}]
    assert "light_touch_threshold" in {u["figure"] for u in data["unchecked"]}
    assert run("lint", "s.yaml", "--on", "soon").exit_code == 2


def test_an_ignore_comment_is_kept_with_its_reason(run: Run, write: Callable[..., None]) -> None:
    write(
        "s.yaml",
        WARNING.replace("award:\n", "award:  # tender-eval: ignore TE330 because all equal bids are awarded\n"),
    )
    result = run("lint", "s.yaml", "--format", "json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["findings"] == []
    assert [(i["code"], i["reason"]) for i in data["ignored"]] == [("TE330", "all equal bids are awarded")]


def test_github_commands(run: Run, write: Callable[..., None]) -> None:
    write("s.yaml", WARNING)
    result = run("lint", "s.yaml", "--format", "github")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith("::warning file=s.yaml,line=")
    assert ",title=TE330::no tie break" in line


@pytest.mark.slow
def test_twice_the_same_file_gives_the_same_bytes(run: Run) -> None:
    for shape in ("text", "json", "github"):
        first, again = (run("lint", "scheme.yaml", "--format", shape).stdout_bytes for _ in range(2))
        assert first == again


def test_the_plugins_command_names_the_hook_of_the_rules(run: Run) -> None:
    assert "tender_eval_lint_rules" in run("plugins").stdout


def test_what_is_ignored_can_be_told(run: Run, write: Callable[..., None]) -> None:
    write("s.yaml", NOTE + "# tender-eval: ignore-file TE423 because the panel sets it\n")
    assert "1 ignored with a reason (--ignored tells them)" in run("lint", "s.yaml").stdout
    told = run("lint", "s.yaml", "--ignored").stdout
    assert ": ignored TE423: " in told
    assert "\n  because the panel sets it\n" in told
    assert run("lint", "s.yaml", "--ignored", "--format", "json").exit_code == 2


def test_a_rule_at_fault_does_not_hide_the_other_schemes(
    run: Run, write: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = lint_run.lint

    def faulty(source: Source, *args: Any, **more: Any) -> lint_run.LintReport:
        if source.name == "b.yaml":
            raise Refused([Diagnostic("TE045", "lint rule LCC001 raised KeyError", Location("b.yaml", 1, 1), "tell")])
        return sound(source, *args, **more)

    monkeypatch.setattr(lint_run, "lint", faulty)
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        write(name, NOTE)
    result = run("lint", "a.yaml", "b.yaml", "c.yaml", "d.yaml")
    assert result.exit_code == 1
    assert result.stdout.count("note TE423") == 2
    assert "2 notes in 2 schemes" in result.stdout
    assert "b.yaml:1:1: error TE045" in result.stderr
    assert "d.yaml: error TE001" in result.stderr
