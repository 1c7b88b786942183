import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import Result

from tender_eval.cli import COMMANDS, bugs, main

Run = Callable[..., Result]
TENDER_EVAL = (sys.executable, "-m", "tender_eval")


def shell(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*TENDER_EVAL, *args], capture_output=True, text=True, encoding="utf-8", check=False, env=os.environ | env
    )


@pytest.mark.parametrize(("name", "said"), COMMANDS.items())
def test_the_help_line_of_a_command_is_the_first_of_its_docstring(name: str, said: str) -> None:
    command = import_module(f"tender_eval.cli.commands.{name}").command
    assert command.name == name
    assert (command.help or "").partition("\n")[0] == said


def test_help_loads_no_more_than_click() -> None:
    code = "import sys; from tender_eval.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"numpy", "yaml", "pydantic", "pluggy", "tabulate", "openpyxl", "tender_eval.model.diagnostics"}
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.slow
def test_no_plugin_of_pydantic_sees_what_bidders_say(folder: Path) -> None:
    site = folder / "site"
    (site / "watcher-1.0.dist-info").mkdir(parents=True)
    (site / "watcher-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: watcher\nVersion: 1.0\n")
    (site / "watcher-1.0.dist-info" / "entry_points.txt").write_text("[pydantic]\nwatcher = watcher:plugin\n")
    (site / "watcher.py").write_text("print('watching')\n\nclass plugin:\n    new_schema_validator = None\n")
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    watched = [sys.executable, "-c", "from pydantic import BaseModel\nclass A(BaseModel):\n    a: int"]
    env = os.environ | {"PYTHONPATH": path}
    env.pop("PYDANTIC_DISABLE_PLUGINS", None)
    assert "watching" in subprocess.run(watched, capture_output=True, text=True, check=False, env=env).stdout
    scheme, bids = str(folder / "scheme.yaml"), str(folder / "bids.yaml")
    done = shell("evaluate", scheme, bids, PYTHONPATH=path, PYDANTIC_DISABLE_PLUGINS="")
    assert done.returncode == 0
    assert "watching" not in done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a shell that closes streams")
@pytest.mark.parametrize("redirected", [">&-", "| true", "2>&- >/dev/null"])
def test_a_stream_that_nobody_reads_ends_quietly(folder: Path, redirected: str) -> None:
    command = [*TENDER_EVAL, "evaluate", str(folder / "scheme.yaml"), str(folder / "bids.yaml")]
    done = subprocess.run(
        ["sh", "-c", f'"$@" {redirected}', "sh", *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr, "bug" in done.stdout) == (0, "", False)


def test_a_wrong_command_line_ends_with_2(run: Run) -> None:
    assert run("evaluate").exit_code == 2
    assert run("evaluate", "scheme.yaml", "bids.yaml", "--format", "pdf").exit_code == 2
    misspelt = run("evalute")
    assert misspelt.exit_code == 2
    assert "Did you mean 'evaluate'?" in misspelt.stderr


def test_a_bug_ends_with_3_and_no_traceback(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("\x1b[31mdetails")

    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr("tender_eval.engine.check.check", broken)
    result = run("evaluate", "scheme.yaml", "bids.yaml")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stderr
    (details,) = folder.glob("tender-eval-*.log")
    assert str(details) in result.stderr
    text = details.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "in broken" in text
    assert "details" not in text, "of messages nothing is kept: they may quote bids"


def test_the_details_of_a_bug_hold_no_argument_and_no_text_of_bids(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr(
        "sys.argv", ["tender-eval", "case", "exclude", "r.jsonl", "--reason", "Fraud by Alder", "--by=Ann"]
    )
    remote = 'Traceback:\n  File "/home/ann/site-packages/tender_eval/engine/x.py", line 7, in score\n    1 / 0\nAlder'
    try:
        try:
            raise KeyError("Alder House, 12000")
        except KeyError as e:
            raise ValueError(remote) from e
    except ValueError as e:
        told = bugs.write_details(e)
    (details,) = folder.glob("tender-eval-*.log")
    text = details.read_text(encoding="utf-8")
    assert "options: --reason --by\n" in text
    assert "KeyError" in text
    assert "in a worker: tender_eval/engine/x.py:7 in score" in text
    assert not [word for word in ("Alder", "12000", "Fraud", "Ann", "ann", "r.jsonl", "exclude") if word in text]
    assert "hold no text of bids" in told


def test_a_bug_whose_details_cannot_be_written_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    assert "could not be written: No space left" in bugs.write_details(ValueError("x"))


@pytest.mark.slow
def test_python_m_runs_the_same_command_line() -> None:
    done = shell("evaluate", "scheme.yaml", "bids.yaml", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("rank,bid,")


@pytest.mark.slow
def test_the_output_is_utf_8_whatever_the_console(folder: Path) -> None:
    text = (folder / "bids.yaml").read_text(encoding="utf-8").replace("Alder", "Ålder Çirketi ☃")
    (folder / "bids.yaml").write_text(text, encoding="utf-8")
    command = [*TENDER_EVAL, "evaluate", "scheme.yaml", "bids.yaml"]
    done = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert "Ålder Çirketi ☃" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


@pytest.mark.slow
def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    rows = "".join(f"  - {{id: x{n}, price: 1, marks: {{quality: 5}}}}\n" for n in range(3000))
    (folder / "many.yaml").write_text(f"format: tender-eval/bids/1\nbids:\n{rows}", encoding="utf-8")
    command = [*TENDER_EVAL, "evaluate", "scheme.yaml", "many.yaml", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.slow
@pytest.mark.parametrize("command", [("rules", "list"), ("schemes", "publish", "scheme.yaml", "--format", "html")])
def test_a_reader_that_leaves_early_on_windows(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr("tender_eval.cli.output.click.echo", gone)
    result = run(*command)
    assert (result.exit_code, result.output) == (1, "")


def test_a_full_disk_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    echo = click.echo

    def full(message: object = None, err: bool = False, **rest: bool) -> None:
        if not err:
            raise OSError(errno.ENOSPC, "No space left on device")
        echo(message, err=True, **rest)

    monkeypatch.setattr("click.echo", full)
    result = run("rules", "list")
    assert result.exit_code == 1
    assert "error TE090: cannot write standard output: No space left on device" in result.stderr


def test_the_version_is_told(run: Run) -> None:
    assert re.fullmatch(r"tender-eval, version \d+\.\d+.*\n", run("--version").stdout)


def test_every_command_has_its_help(run: Run) -> None:
    for name in COMMANDS:
        assert run(name, "--help").exit_code == 0
        command = main.get_command(click.Context(main), name)
        if isinstance(command, click.Group):
            assert all(run(name, part, "-h").exit_code == 0 for part in command.commands)


def test_a_plugin_at_fault_is_named_beside_the_problems_of_the_files(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "no-such-plugin")
    Path("scheme.yaml").write_text("format: tender-eval/scheme/1\n", encoding="utf-8")
    result = run("evaluate", "scheme.yaml", "bids.yaml")
    assert result.exit_code == 1
    assert "TE040" in result.stderr
    assert "TE011" in result.stderr
    assert run("plugins").exit_code == 1
