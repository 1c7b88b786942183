"""A new plugin keeps its promises as it stands, and installed ones are told what they break."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path

import pytest
from click.testing import Result

from tender_eval import Refused
from tender_eval.cli.commands.plugins.new import KINDS
from tender_eval.cli.commands.plugins.scaffold import HOOKS, TRIED, new_plugin
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.plugins.manager import load_plugins
from tender_eval.testing import checks_of
from tender_eval.testing.kit import checks, elsewhere

Run = Callable[..., Result]
ERRORS = Path(__file__).parents[3] / "errors"


@pytest.fixture
def imports(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """New modules are forgotten afterwards, and none is tried in a process of its own."""
    monkeypatch.setattr(checks, "elsewhere", lambda plugin: elsewhere.Elsewhere(answers=((), ())))
    before = set(sys.modules)
    yield monkeypatch
    for name in set(sys.modules) - before:
        if name.startswith("tender_eval_"):
            del sys.modules[name]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_plugin_keeps_its_promises(kind: str, run: Run, tmp_path: Path, imports: pytest.MonkeyPatch) -> None:
    found = run("plugins", "new", kind, "home_visits", "--into", str(tmp_path))
    assert found.exit_code == 0, found.stderr
    folder = tmp_path / "tender-eval-home-visits"
    imports.syspath_prepend(str(folder / "src"))
    plugin = import_module("tender_eval_home_visits")
    brought = load_plugins({"home_visits": plugin}, {"TENDER_EVAL_LOAD_PLUGINS": ""})
    (method,) = getattr(brought, HOOKS[kind]).values()
    files = [folder / TRIED[kind].format(name="home_visits")] if kind in TRIED else []
    tried = checks_of(method if kind == "reader" else method.kind(), files)
    assert len(tried) >= 7
    for check in tried:
        check()
    again = run("plugins", "new", kind, "home_visits", "--into", str(tmp_path))
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)


def test_the_files_of_a_new_plugin_hold_no_gap_and_name_what_they_need() -> None:
    assert set(KINDS) == set(HOOKS)
    for kind in KINDS:
        for path, text in new_plugin(kind, "home_visits").items():
            assert "$" not in text, path
    texts = new_plugin("scorer", "home_visits")
    stated = ".".join(distribution("tender-eval").version.split(".")[:2])
    assert f'"tender-eval[kit]>={stated}"' in texts["pyproject.toml"]
    assert "src/tender_eval_home_visits/py.typed" in texts


@pytest.mark.parametrize("name", ["Home", "home-visits", "1home", "home_", "", "../up"])
def test_what_is_no_name_starts_no_plugin(name: str) -> None:
    with pytest.raises(Refused, match="TE019"):
        new_plugin("scorer", name)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin whose scorer gives more to who comes first, and one that cannot be imported."""
    for site in ("TE048/1-order", "TE040/1-import"):
        monkeypatch.syspath_prepend(str(ERRORS / site / "site"))
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "tender-eval-te048")
    monkeypatch.setattr(checks, "elsewhere", lambda plugin: elsewhere.Elsewhere(answers=((), ())))


@pytest.mark.usefixtures("installed")
def test_broken_promises_of_installed_plugins_are_told(run: Run) -> None:
    found = run("plugins", "check", "Tender_Eval_TE048")
    assert found.exit_code == 1
    lines = found.stdout.splitlines()
    assert any(line.startswith("kept   cheapest (tender-eval-te048 1.0): scores_are_in_range") for line in lines)
    broken = [line for line in lines if line.startswith("broken ")]
    assert any("when they come in another order" in line for line in broken)
    assert lines[-1] == f"{len(lines) - 1 - len(broken)} kept, {len(broken)} broken"
    missing = run("plugins", "check", "tender-eval-te049")
    assert (missing.exit_code, "TE072" in missing.stderr) == (1, True)


@pytest.mark.usefixtures("installed")
def test_what_is_at_fault_is_told_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = run("plugins", "--broken")
    assert (sound.exit_code, sound.stdout, sound.stderr) == (0, "", "no plugin is at fault\n")
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "tender-eval-te048,tender-eval-te040")
    found = run("plugins", "--broken")
    assert (found.exit_code, found.stdout) == (1, "")
    assert "TE040" in found.stderr


def test_a_scheme_that_requires_what_it_uses_is_not_told(
    monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path
) -> None:
    case = ERRORS / "TE033"
    monkeypatch.syspath_prepend(str(case / "site"))
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "tender-eval-te033")
    assert load_catalogue().scorers["cheapest"].origin.distribution == "tender-eval-te033"
    scheme = tmp_path / "scheme.yaml"
    text = (case / "scheme.yaml").read_text(encoding="utf-8")
    scheme.write_text(text.replace("criteria:", "requires: [Tender_Eval_TE033]\ncriteria:"), encoding="utf-8")
    found = run("validate", str(scheme))
    assert (found.exit_code, found.stderr) == (0, "")
