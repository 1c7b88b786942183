"""Every code of the catalogue has files that provoke it, and the message with which they must be refused."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.metadata import Distribution, distributions, version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tender_eval.base import lock
from tender_eval.cli import main
from tender_eval.model.codes import CODES

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "src" / "tender_eval"
UPDATE = os.environ.get("TENDER_EVAL_UPDATE_GOLDENS") == "1"
ENDING = "command.txt"
CASES = sorted(HERE.rglob(f"*{ENDING}"))
OF_CODES = {path.relative_to(HERE).parts[0] for path in CASES if path.parent != HERE}

_SETTING = re.compile(r"[A-Z_]+=")
_HEAD = re.compile(r"(?<=, head )[0-9a-f]{64}\b")  # with what it was entered, which each change of the code is
_OWN_VERSION = re.compile(r"(?<=\btender-eval )" + re.escape(version("tender-eval")) + r"\b")


def _name(case: Path) -> str:
    """``TE010/1-key``, or ``many`` for ``many.command.txt``."""
    return case.relative_to(HERE).as_posix().removesuffix(ENDING).rstrip("/.")


@pytest.fixture(params=CASES, ids=map(_name, CASES))
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The command of a case, a copy of its folder to work in, and the plugins in `site`, if it has that."""
    path: Path = request.param
    folder = tmp_path / "case"
    shutil.copytree(path.parent, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "")
    monkeypatch.setattr("tender_eval.plugins.manager.distributions", lambda: _of_case(folder))
    if Path("site").is_dir():
        for module in Path("site").iterdir():  # another case may have left one of the same name, wherever it ran
            sys.modules.pop(module.stem, None)
    before = set(sys.modules)
    if Path("site").is_dir():
        monkeypatch.syspath_prepend(str(folder / "site"))
    yield path
    for name in [n for n in sys.modules if n not in before and n.endswith("_plugin")]:
        del sys.modules[name]


def _of_case(folder: Path) -> list[Distribution]:
    """What is installed, but for plugins that a case does not bring itself."""
    return [
        dist
        for dist in distributions()
        if not dist.entry_points.select(group="tender_eval") or Path(str(dist.locate_file(""))).is_relative_to(folder)
    ]


def _run(case: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Run a command: settings of the environment first, as in a shell, then the arguments."""
    words = shlex.split(case.read_text(encoding="utf-8"))
    with ExitStack() as held:
        while words and _SETTING.match(words[0]):
            name, _, value = words.pop(0).partition("=")
            if name == "WITHOUT":  # a library that is not installed
                monkeypatch.setitem(sys.modules, value, None)
            elif name == "WRITING":  # a record that another process writes
                held.enter_context(lock.locked(held.enter_context(Path(value).open("r+b")).fileno()))
                monkeypatch.setattr(lock, "PATIENCE", 0.0)
            else:
                monkeypatch.setenv(name, value)
        return CliRunner().invoke(main, words)


@pytest.mark.slow
def test_message(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = _run(case, monkeypatch)
    told = _HEAD.sub("{head}", _OWN_VERSION.sub("{version}", result.stderr))
    golden = case.with_name(case.name.removesuffix(ENDING) + "expected.txt")
    if UPDATE:
        golden.write_text(told, encoding="utf-8", newline="\n")
    assert told == golden.read_text(encoding="utf-8")
    assert "Traceback" not in told
    code = _name(case).partition("/")[0]
    if f"warning {code}: " in told:
        assert (result.exit_code, ": error " in told) == (0, False)
        return
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error {code}: " in told or code not in OF_CODES


def test_ten_mistakes_of_a_file_are_told_in_one_run() -> None:
    told = (HERE / "many.expected.txt").read_text(encoding="utf-8")
    for name in ("01-scheme.yaml", "02-bids.yaml"):
        assert len(re.findall(rf"^many/{name}:\d+:\d+: error", told, re.MULTILINE)) == 10
    assert all(f"many/{path.name}" in told for path in (HERE / "many").iterdir())


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert set(CODES) == OF_CODES
    assert all((case.parent / case.name.replace(ENDING, "expected.txt")).is_file() for case in CASES)


def test_every_code_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py") if path.name != "codes.py"]
    used = {code for text in texts for code in re.findall(r'"(TE\d{3})"', text)}
    assert {code for code in used if code[2] not in "1234"} == set(CODES), "TE1xx to TE4xx are lint rules"
