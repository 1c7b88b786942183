"""What README and docs show is what happens: code runs, schemes compile, printed output is real."""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner

from tender_eval import Mechanism, award_lots, compile_scheme, hookimpl, load_bids, load_catalogue, load_scheme
from tender_eval.cli import main
from tender_eval.engine.check import Sound, check
from tender_eval.engine.evaluating.trace import Recorder, told
from tender_eval.files.load import locate
from tender_eval.files.source import Source
from tender_eval.files.validate import validate
from tender_eval.languages.formulas import worked
from tender_eval.lots.contest import contest_of
from tender_eval.lots.run import run_mechanism
from tender_eval.model.diagnostics import Problems
from tender_eval.model.explanation.proof import fault_of
from tender_eval.model.location import Location
from tender_eval.model.numeric import exact_array
from tender_eval.model.scheme import Call
from tender_eval.plugins import spec

ROOT = Path(__file__).resolve().parents[1]


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of one language in a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


CASE = "outreach.jsonl"  # the record of the walk from opening to letters, whose commands follow each other
PANEL = "panel.jsonl"  # that of the walk of a panel


def commands() -> list[tuple[str, str]]:
    """The commands of the README that show their output, with that output, and those of the walks, with or without."""
    found = []
    for block in blocks("README.md", "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if output.strip() or CASE in command or PANEL in command:
                found.append((command, output))
    return found


WALKED = [(c, o) for c, o in commands() if CASE in c]
MARKED = [(c, o) for c, o in commands() if PANEL in c]
SHOWN = [(c, o) for c, o in commands() if c.startswith("tender-eval") and (c, o) not in (*WALKED, *MARKED)]


def as_shown(command: str, output: str, *further: str) -> tuple[str, str]:
    """What a command says and what the README shows of it; heads hang on what is installed, so they are left out."""
    result = CliRunner().invoke(main, [*shlex.split(command)[1:], *further], prog_name="tender-eval")
    said, shown = (result.stdout + result.stderr).strip(), output.strip()
    if shown.endswith("\n..."):  # and more, which is left out
        said = said[: len(shown) - 4] + "\n..."
    return re.sub("head [0-9a-f]{64}", "head ...", said), shown


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "output"),
    [
        pytest.param(command, output, marks=[pytest.mark.figures] if command.startswith("tender-eval simulate") else ())
        for command, output in SHOWN
    ],
    ids=[c for c, _ in SHOWN],
)
def test_the_readme_shows_real_output(command: str, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    said, shown = as_shown(command, output, *page_kept(command))
    assert said == shown


def page_kept(command: str) -> tuple[str, ...]:
    """The option that leaves the page of a simulation, which takes minutes, where it is asked for: to be looked at."""
    folder = os.environ.get("TENDER_EVAL_PAGES")
    if not folder or not command.startswith("tender-eval simulate lots"):
        return ()
    return "--html", str(Path(folder) / f"{Path(command.rsplit(maxsplit=1)[-1]).stem}-simulation.html")


@pytest.mark.slow
def test_the_readme_goes_from_opening_to_letters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As on the day that it was written."""
    shutil.copytree(ROOT / "fixtures" / "outreach-case", tmp_path / "fixtures" / "outreach-case")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tender_eval.cli.times.now", lambda: "2026-05-04T09:30:00Z")
    for command, output in WALKED:
        said, shown = as_shown(command, output)
        assert said == shown
    assert len(WALKED) == 10
    assert sorted(path.name for path in Path("letters").iterdir()) == ["harbour.docx", "moor.docx", "tarn.docx"]
    assert CliRunner().invoke(main, ["audit", "verify", CASE]).exit_code == 0


def written_in(workbook: Path, rows: list[dict[str, str]], present: tuple[str, ...] = ()) -> None:
    """Write marks into a sheet of the panel, as people do in another program, and who is at the meeting."""
    book, by_bid = openpyxl.load_workbook(workbook), {row["bid"]: row for row in rows}
    for sheet in book.worksheets:
        at = {cell.value: n for n, cell in enumerate(sheet[1])}
        for cells in sheet.iter_rows(min_row=2):
            if "mark" in at and (row := by_bid.get(str(cells[at["bid"]].value))):
                cells[at["mark"]].value = int(row["mark"])
                cells[at["reason"]].value, cells[at["note"]].value = row["reason"], row["note"] or None
            if "present" in at and cells[at["id"]].value in present:
                cells[at["present"]].value = "yes"
    book.save(workbook)


@pytest.mark.slow
def test_the_readme_goes_from_sheets_to_agreed_marks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The people's part, which no command does, is done with the marks that the README names."""
    shutil.copytree(ROOT / "fixtures" / "panel-case", tmp_path / "fixtures" / "panel-case")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tender_eval.cli.times.now", lambda: "2026-05-04T09:30:00Z")
    with Path("fixtures/panel-case/marks.csv").open(encoding="utf-8", newline="") as file:
        marks = list(csv.DictReader(file))
    with Path("fixtures/panel-case/agreed.csv").open(encoding="utf-8", newline="") as file:
        agreed = list(csv.DictReader(file))
    for command, output in MARKED:
        if command.startswith("tender-eval panel collect"):
            for who in ("ann", "bob", "cat"):
                written_in(Path(f"sheets/{who}.xlsx"), [row for row in marks if row["person"] == who])
        if command.startswith("tender-eval panel agree"):
            written_in(Path("meeting.xlsx"), agreed, ("ann", "bob", "cat", "dee"))
        said, shown = as_shown(command, output)
        assert said == shown
    assert len(MARKED) == 14


def test_make_demo_prints_what_the_readme_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    line = next(x for x in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "tender_eval evaluate" in x)
    result = CliRunner().invoke(main, shlex.split(line)[3:], prog_name="tender-eval")
    shown = next(o for c, o in commands() if c == "make demo")
    assert result.exit_code == 0
    assert result.stdout.strip() == shown.strip()


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    for code in blocks("README.md", "python"):
        exec(code, {})
    assert "rowan" in capsys.readouterr().out


def in_the_guide(part: str) -> str:
    """The first block of the guide to plugins that has this in it."""
    return next(block for block in blocks("docs/plugins.md", "python") if part in block)


def test_parameters_that_the_plugin_guide_holds_together_are_told() -> None:
    names: dict[str, Any] = {"__name__": "guide"}
    exec(compile(in_the_guide("class DaysParams"), "guide", "exec", dont_inherit=True), names)
    problems, where = Problems(), Location("scheme.yaml", 3, 5)
    stated = locate({"full_at": "10", "none_at": "2"}, where, problems)
    assert validate(names["DaysParams"], stated, where, problems) is None
    assert [(d.code, d.hint) for d in problems] == [("TE028", "state a full_at below none_at")]


@pytest.mark.slow
def test_the_scorer_of_the_plugin_guide_keeps_its_promises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scorer, testing = in_the_guide("class OpeningHours"), in_the_guide("def test_opening_hours")
    registering = in_the_guide('"opening_hours":')
    (tmp_path / "opening_hours_of_the_guide.py").write_text(f"{scorer}\n\n{testing}", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    guide = import_module("opening_hours_of_the_guide")
    (each,) = guide.test_opening_hours_keeps_its_promises.pytestmark
    for promise in each.args[1]:
        guide.test_opening_hours_keeps_its_promises(promise)
    assert "tender_eval_scorers" in registering


def test_the_workings_of_the_plugin_guide_read_as_it_says() -> None:
    recorder = Recorder(np.ones(1, dtype=np.bool_))
    stated = SimpleNamespace(years=Fraction(3), limit=Fraction(4000))
    names = {"steps": recorder, "params": stated, "costs": exact_array([3000]), "prices": exact_array([1000])}
    exec(compile(in_the_guide('steps.working("cost'), "guide", "exec", dont_inherit=True), names)
    how, _ = told(recorder.of(0), 0)
    assert how is not None
    working = worked(how)
    assert f"`{working}`" in (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    assert not fault_of(working, Fraction(1, 4))


def test_the_mechanism_of_the_plugin_guide_awards_lots_in_both_arithmetics() -> None:
    names: dict[str, Any] = {"__name__": "guide"}
    mechanism = in_the_guide("class UntilATie")
    exec(compile(mechanism, "guide", "exec", dont_inherit=True), names)

    class Plugin:
        @hookimpl
        def tender_eval_mechanisms(self) -> list[type[Mechanism]]:
            return [names["UntilATie"]]

    scheme = load_scheme(ROOT / "schemes" / "lots-largest-lead.yaml")
    bids = load_bids(ROOT / "fixtures" / "lots-largest-lead.bids.yaml")
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"guide": Plugin()})
    limits = scheme.award.lots
    assert limits is not None
    stated = replace(scheme, award=replace(scheme.award, lots=replace(limits, mechanism=Call("until_a_tie"))))
    compiled = compile_scheme(stated, catalogue)
    found = award_lots(compiled, bids)
    assert [a.bid.id for a in found.awards] == ["harbour", "alder", "birch", "cedar"]
    lots = compiled.evaluate_lots(bids)
    exact = contest_of(found.policy, bids, lots, found.capacities)
    floats = exact._replace(
        **{name: getattr(exact, name).astype(float) for name in ("values", "capacity")},
        figures=exact.figures.astype(float)[..., None],
        standing=exact.standing[..., None],
        ranks=exact.ranks[..., None],
    )
    drawn = run_mechanism(found.policy.mechanism, found.policy.floats, floats)
    assert [int(row) for row in drawn.winner[:, 0]] == [0, 1, 2, 3]


def test_scheme_and_bids_of_the_format_guide_are_sound_together() -> None:
    scheme, bids = (
        Source(n, text.encode())
        for n, text in zip(("s.yaml", "b.yaml"), blocks("docs/schemes.md", "yaml")[:2], strict=True)
    )
    checked = check(scheme, bids, load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))
    assert [str(d) for d in checked.diagnostics] == []
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    assert checked.compiled.evaluate(checked.bids).winner == ("a",)


@pytest.mark.parametrize("hook", [n for n in vars(spec) if n.startswith("tender_eval_")])
def test_every_hook_is_documented(hook: str) -> None:
    assert f"## {hook}" in (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
