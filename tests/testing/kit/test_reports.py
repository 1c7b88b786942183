"""Reports of plugins: written by the command, and told by the kit what they did wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import plugin_reports
import pytest
from click.testing import CliRunner, Result
from odd import hooks

from tender_eval import Report
from tender_eval.cli import inputs, main
from tender_eval.plugins.manager import load_plugins
from tender_eval.testing import checks_of
from tender_eval.testing.kit import checks, elsewhere

ROOT = Path(__file__).resolve().parents[3]
Run = Callable[..., Result]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record of a shipped scheme, with reports of a plugin installed."""
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "")
    monkeypatch.setattr(checks, "elsewhere", lambda plugin: elsewhere.Elsewhere(answers=((), ())))
    brought = [plugin_reports.Ranks, plugin_reports.Dated, plugin_reports.Text]
    installed = load_plugins({"acme": hooks(tender_eval_reports=brought)}, {"TENDER_EVAL_LOAD_PLUGINS": ""})
    monkeypatch.setattr(inputs, "every_plugin", lambda faults=None: installed)
    path = tmp_path / "case.jsonl"
    scheme, bids = (ROOT / of for of in ("schemes/light-touch-60-40.yaml", "fixtures/two-schemes.bids.csv"))
    made = CliRunner().invoke(main, ["evaluate", str(scheme), str(bids), "--record", str(path)])
    assert made.exit_code == 0, made.stderr
    return path


@pytest.mark.slow
def test_a_report_of_a_plugin_is_written_by_its_name(record: Path) -> None:
    found = CliRunner().invoke(main, ["report", str(record), "--format", "ranks"])
    assert (found.exit_code, found.stdout.splitlines()[0].split()[1]) == (0, "1")
    wrong = CliRunner().invoke(main, ["report", str(record), "--format", "text_of_ranks"])
    assert (wrong.exit_code, "returned a str, not bytes" in wrong.stderr) == (1, True)
    misspelt = CliRunner().invoke(main, ["report", str(record), "--format", "rank"])
    assert (misspelt.exit_code, "'ranks'" in misspelt.stderr) == (2, True)


WRONG: dict[type[Report], tuple[str, str]] = {
    plugin_reports.Dated: ("writes_the_same_again", "writes other bytes each time"),
    plugin_reports.Text: ("writes_a_file", "gives a str, where bytes are to be given"),
}


@pytest.mark.slow
def test_a_wrong_report_is_told_what_it_did(record: Path) -> None:
    for check in checks_of(plugin_reports.Ranks, [record]):
        check()
    for report, (promise, said) in WRONG.items():
        by_name = {check.name: check for check in checks_of(report, [record])}
        with pytest.raises(AssertionError, match=f"{report.name}: {said}"):
            by_name[promise]()
    by_name = {check.name: check for check in checks_of(plugin_reports.Dated, [record])}
    with pytest.raises(AssertionError, match=r"asks the clock \(time\.time_ns\)"):
        by_name["does_nothing_else"]()


def test_a_report_without_a_record_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "elsewhere", lambda plugin: elsewhere.Elsewhere(answers=((), ())))
    by_name = {check.name: check for check in checks_of(plugin_reports.Ranks)}
    with pytest.raises(AssertionError, match="nothing is tried without a record"):
        by_name["is_given_records"]()


def test_a_report_states_its_name_and_what_it_is_for() -> None:
    with pytest.raises(TypeError, match="must be lower-case"):
        type("Wrong", (plugin_reports.Ranks,), {"__doc__": "Wrong.", "name": "Not a name"})
    with pytest.raises(TypeError, match="needs a docstring"):
        type("Wrong", (plugin_reports.Ranks,), {"name": "wrong"})
