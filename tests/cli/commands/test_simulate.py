"""``tender-eval simulate lots`` from spec to answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from lot_outcomes import made_up
from rough_play import few_solutions, few_trials, rough_play

from tender_eval.simulation import run as simulation

Run = Callable[..., Result]

SMALL = """\
format: tender-eval/lots-spec/1
title: Two types
lots: [1, 2]
draws: 300
seed: 5
parameters: {areas: 2}
market: {types: {local: {count: 3}, national: {count: 2}}}
"""


@pytest.fixture(autouse=True)
def trials(monkeypatch: pytest.MonkeyPatch) -> None:
    few_trials(monkeypatch)
    few_solutions(monkeypatch)


@pytest.fixture
def rough(monkeypatch: pytest.MonkeyPatch) -> None:
    rough_play(monkeypatch)


@pytest.fixture
def spec(folder: Path) -> Path:
    path = folder / "spec.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_the_table_is_the_default_and_begins_with_the_answer(run: Run, spec: Path) -> None:
    result = run("simulate", "lots", "spec.yaml", "--workers", "1", "--joint", "0")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Two types\n\nCutting the contract from 1 lot into 2 ")


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_json_has_the_promised_shape_and_the_options_win_over_the_spec(run: Run, spec: Path) -> None:
    result = run(
        "simulate",
        "lots",
        "spec.yaml",
        "--workers",
        "1",
        "--joint",
        "0",
        "--format",
        "json",
        "--draws",
        "100",
        "--seed",
        "9",
    )
    data = json.loads(result.stdout)
    assert (data["format"], data["draws"], data["seed"]) == ("tender-eval/lots/1", 100, 9)
    assert [d["lots"] for d in data["designs"]] == [1, 2]
    assert data["designs"][0]["hhi"]["n"] <= 100
    assert len(data["sensitivity"]["parameters"]) == 1


@pytest.mark.slow
def test_the_same_bytes_whatever_the_number_of_workers(run: Run, spec: Path) -> None:
    one = run("simulate", "lots", "spec.yaml", "--workers", "1", "--joint", "0", "--format", "json")
    two = run("simulate", "lots", "spec.yaml", "--workers", "2", "--joint", "0", "--format", "json")
    assert one.exit_code == two.exit_code == 0
    assert one.stdout_bytes == two.stdout_bytes


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_the_page_is_written_beside_the_result(run: Run, spec: Path) -> None:
    asked = ("--draws", "50", "--html", "page.html", "--format", "markdown")
    result = run("simulate", "lots", "spec.yaml", "--workers", "1", "--joint", "0", *asked)
    assert result.exit_code == 0
    assert result.stdout.startswith("# ")
    assert "## How this was done" in result.stdout
    page = Path("page.html").read_text(encoding="utf-8")
    assert "Cutting the contract from 1 lot into 2" in page


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_csv_into_a_file(run: Run, spec: Path) -> None:
    result = run(
        "simulate", "lots", "spec.yaml", "--workers", "1", "--joint", "0", "--format", "csv", "--output", "out.csv"
    )
    assert (result.exit_code, result.stdout) == (0, "")
    rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_bytes().decode(), newline="")))
    assert {r["section"] for r in rows} >= {"answer", "caveat", "design", "paired", "stated"}


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_a_checkpoint_goes_on_with_more_draws(run: Run, spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "chunk_size", lambda cells: 64)
    args = ("simulate", "lots", "spec.yaml", "--workers", "1", "--joint", "0", "--format", "json")
    whole = run(*args, "--draws", "300")
    assert run(*args, "--draws", "200", "--checkpoint", "kept").exit_code == 0
    assert Path("kept").exists()
    assert run(*args, "--draws", "300", "--checkpoint", "kept").stdout_bytes == whole.stdout_bytes


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_a_terminal_is_told_how_far_it_is(run: Run, spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tender_eval.cli.commands.simulate._shows_progress", lambda: True)
    result = run(
        "simulate", "lots", "spec.yaml", "--workers", "1", "--joint", "0", "--format", "csv", "--output", "out.csv"
    )
    assert (result.exit_code, result.stdout) == (0, "")
    assert "solving" in result.stderr
    assert "simulating" in result.stderr


def test_the_choices_are_those_of_the_simulation() -> None:
    from tender_eval.cli.commands import simulate
    from tender_eval.simulation.loading import starter
    from tender_eval.simulation.running import engines

    assert simulate.PRESETS == starter.PRESETS + starter.FITTED
    assert simulate.ENGINES == engines.ENGINES
    assert tuple(simulate._made(made_up())) == simulate.SHAPES


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_init_prints_a_spec_that_runs(run: Run) -> None:
    printed = run("simulate", "lots", "--init", "--preset", "welsh-region")
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert "title: A Welsh region of five local authorities" in printed.stdout
    Path("own.yaml").write_text(printed.stdout, encoding="utf-8")
    assert run("simulate", "lots", "own.yaml", "--workers", "1", "--joint", "0", "--draws", "50").exit_code == 0


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_a_sweep_runs_every_value_with_every_design(run: Run, spec: Path) -> None:
    spec.write_text(spec.read_text(encoding="utf-8") + "sweep: {timetable_days: [14, 70]}\n", encoding="utf-8")
    data = json.loads(run("simulate", "lots", "spec.yaml", "--workers", "1", "--joint", "0", "--format", "json").stdout)
    slow = data["sweep"][1]
    assert [p["values"] for p in data["sweep"]] == [{"timetable_days": 14}, {"timetable_days": 70}]
    assert [d["label"] for d in slow["designs"]] == ["1 lot", "2 lots"]
    ready = [p["designs"][1]["types"]["local"]["ready"]["mean"] for p in data["sweep"]]
    assert ready[0] < ready[1]


def test_mistakes_are_told_where_they_are_with_exit_code_1(run: Run, folder: Path) -> None:
    Path("spec.yaml").write_text(SMALL.replace("areas: 2", "areas: 3") + "sources: {by: x}\n", encoding="utf-8")
    result = run("simulate", "lots", "spec.yaml", "--joint", "0")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "spec.yaml:3:11: error TE511" in result.stderr
    assert 'spec.yaml:8:11: error TE021: there is no parameter "by"' in result.stderr
    assert "  3 | lots: [1, 2]\n" in result.stderr


def test_mistakes_in_a_named_file_are_quoted_from_it(run: Run, spec: Path) -> None:
    Path("p.csv").write_text("name,type\nA,locl\n", encoding="utf-8")
    spec.write_text("format: tender-eval/lots-spec/1\nlots: [1]\nmarket: {providers: p.csv}\n", encoding="utf-8")
    result = run("simulate", "lots", "spec.yaml", "--joint", "0")
    assert result.exit_code == 1
    assert "p.csv:2:3: error TE021" in result.stderr
    assert "  2 | A,locl\n" in result.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ((), "name a spec, or print one to start from with --init"),
        (("spec.yaml", "--init"), "--init prints a spec and reads none"),
        (("spec.yaml", "--preset", "city"), "--preset goes with --init"),
        (("spec.yaml", "--engine", "dask"), "--engine dask and --scheduler go together"),
        (("spec.yaml", "--scheduler", "tcp://x:1"), "--engine dask and --scheduler go together"),
        (("spec.yaml", "--engine", "dask", "--scheduler", "x"), "an address has the form tcp://host:port"),
        (("spec.yaml", "--draws", "0"), "0 is not in the range"),
        (("spec.yaml", "--checkpoint", "spec.yaml"), "is one of the files that are read"),
        (("spec.yaml", "--output", "spec.yaml"), "is one of the files that are read"),
        (("spec.yaml", "--output", "nowhere/out.txt"), "there is no folder nowhere"),
        (("spec.yaml", "--html", "nowhere/out.html"), "there is no folder nowhere"),
        (("spec.yaml", "--html", "."), ". is a folder: name a file in it"),
        (("spec.yaml", "--output", ".."), ".. is a folder: name a file in it"),
        (("spec.yaml", "--output", "a.html", "--html", "./a.html"), "is named twice: each file holds one thing"),
        (("spec.yaml", "--checkpoint", "nowhere/kept"), "there is no folder nowhere"),
    ],
)
def test_a_wrong_command_line_is_exit_code_2(run: Run, spec: Path, args: tuple[str, ...], told: str) -> None:
    before = spec.read_bytes()
    result = run("simulate", "lots", *args)
    assert result.exit_code == 2
    assert told in result.stderr
    assert spec.read_bytes() == before


def test_what_a_checkpoint_leaves_behind_is_told(run: Run) -> None:
    told = " ".join(run("simulate", "lots", "--help").stdout.split())
    assert "Go on from here after a stop; .FILE.lock stays beside it." in told


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_declarations_that_are_assumed_are_told(run: Run, spec: Path) -> None:
    told = json.loads(
        run("simulate", "lots", "spec.yaml", "--workers", "1", "--joint", "0", "--format", "json").stdout
    )["caveats"]
    assert [c for c in told if "assumed to declare" in c and "(declarations.safeguarding_policy)" in c]
