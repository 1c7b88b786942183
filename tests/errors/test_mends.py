"""The mends of the cases that can be obeyed by hand of a machine are: what is told is gone, and nothing new
comes.

A mend is mechanical where it names what to write: ``did you mean "x"?``, ``write x``, ``write x if ... is meant``. The
rest of the case's mends leave a choice to a person.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from tender_eval.cli import main

HERE = Path(__file__).parent
_YAML_NOTATION = re.compile(r"(?<![\w\"'./-])[a-z_]+: (?:\.\.\.|[\[{])")
_TOLD = re.compile(
    r"^(?P<file>[\w.-]+):(?P<line>\d+):(?P<column>\d+): error (?P<code>TE\d{3}): (?P<message>.*)\n"
    r"(?:   +\d+ \| .*\n +\| .*\n)?  mend: (?P<mend>.*)$",
    re.MULTILINE,
)
_MEANT = re.compile(r'did you mean "([^"]+)"\?')
_WRITE = re.compile(
    r'write ("[^"]*"|[^\s;,]+)'
    r"(?:; .*| if .*| or an earlier one.*|, such as .*|, .* or \w+| in quotes where.*|, or .*)?"
)


class AsWritten(yaml.SafeLoader):
    """Dates and words such as "on" stay text, as we read them."""


AsWritten.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in found
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool") or first in "tf"
    ]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def mechanical(told: re.Match[str]) -> str | None:
    """What is to be written in the place of what stands there; None where that is for a person to say."""
    if meant := _MEANT.fullmatch(told["mend"]):
        return meant[1]
    found = _WRITE.fullmatch(told["mend"])
    return found[1] if found and found[1] not in ("a", "an", "plain", "the", "its", "it", "text", "numbers") else None


def cases() -> list[Path]:
    """The cases with a mend that can be obeyed so."""
    return [
        path.parent
        for path in sorted(HERE.rglob("expected.txt"))
        if not (path.parent / "site").exists()
        and "=" not in (path.parent / "command.txt").read_text(encoding="utf-8")
        and any(mechanical(told) for told in _TOLD.finditer(path.read_text(encoding="utf-8")))
    ]


def kept_as_json() -> list[Path]:
    """Cases whose scheme is sound YAML, so that it can be kept as JSON; of each code the first."""
    first: dict[str, Path] = {}
    for path in sorted(HERE.rglob("scheme.yaml")):
        command = path.with_name("command.txt")
        if (path.parent / "site").exists() or not command.exists() or "=" in command.read_text(encoding="utf-8"):
            continue
        try:
            stated = yaml.load(path.read_text(encoding="utf-8"), AsWritten)
        except yaml.YAMLError:
            continue
        if isinstance(stated, dict):
            first.setdefault(path.parent.relative_to(HERE).parts[0], path.parent)
    return list(first.values())


def obeyed(line: str, at: int, told: re.Match[str], new: str) -> str:
    """The line with the word that the message quotes, where it stands, in the words of the mend."""
    quoted = sorted(re.findall(r'"([^"]+)"', told["message"]), key=len, reverse=True)
    there = line[at:].lstrip("\"'")
    words = [word for word in quoted if there.startswith(word)] or [word for word in quoted if word in there]
    for word in words or re.findall(r"^[^\s,}\]]+", there):
        begins = line.find(word, at)
        if begins >= 0:
            bare = new.strip('"') if line[begins - 1 : begins] == '"' else new
            return line[:begins] + bare + line[begins + len(word) :]
    raise AssertionError(f"nothing of {told['message']!r} stands at {line[at:]!r}")


@pytest.mark.slow
@pytest.mark.parametrize("case", cases(), ids=lambda path: path.relative_to(HERE).as_posix())
def test_a_mend_of_a_case_is_right_when_obeyed(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "case"
    shutil.copytree(case, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "")
    told = (case / "expected.txt").read_text(encoding="utf-8")
    obey(told, (case / "command.txt").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("case", kept_as_json(), ids=lambda path: path.relative_to(HERE).as_posix())
def test_a_mend_of_a_scheme_in_json_is_in_json(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "case"
    shutil.copytree(case, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "")
    stated = yaml.load((case / "scheme.yaml").read_text(encoding="utf-8"), AsWritten)
    (folder / "scheme.json").write_text(json.dumps(stated, indent=1), encoding="utf-8")
    command = (case / "command.txt").read_text(encoding="utf-8").replace("scheme.yaml", "scheme.json")
    told = CliRunner().invoke(main, shlex.split(command)).stderr
    for found in _TOLD.finditer(told):
        assert found["file"] != "scheme.json" or not _YAML_NOTATION.search(found["mend"])
    obey(told, command)


def obey(told: str, command: str) -> None:
    """Each mend that can be is obeyed in the files here; what was told must be gone, and nothing new may come."""
    expected = list(_TOLD.finditer(told))
    obeying = [(one, new) for one in expected if (new := mechanical(one))]
    for told_at, new in sorted(obeying, key=lambda pair: (int(pair[0]["line"]), int(pair[0]["column"])), reverse=True):
        path = Path(told_at["file"])
        lines = path.read_text(encoding="utf-8").split("\n")
        n = int(told_at["line"]) - 1
        lines[n] = obeyed(lines[n], int(told_at["column"]) - 1, told_at, new)
        path.write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(main, shlex.split(command))
    left = [f"{one['code']}: {one['message']}" for one in expected if one not in [t for t, _ in obeying]]
    after = [f"{one['code']}: {one['message']}" for one in _TOLD.finditer(result.stderr)]
    assert set(after) <= set(left)
