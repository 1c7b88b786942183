"""The mends of the cases that can be obeyed by hand of a machine are: what is told is gone, and nothing new
comes.

A mend is mechanical where it names what to write: ``did you mean "x"?``, ``write x``, ``write x if ... is meant``. The
rest of the case's mends leave a choice to a person.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tender_eval.cli import main

HERE = Path(__file__).parent
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
    expected = list(_TOLD.finditer((case / "expected.txt").read_text(encoding="utf-8")))
    obeying = [(told, new) for told in expected if (new := mechanical(told))]
    for told, new in sorted(obeying, key=lambda pair: (int(pair[0]["line"]), int(pair[0]["column"])), reverse=True):
        path = folder / told["file"]
        lines = path.read_text(encoding="utf-8").split("\n")
        n = int(told["line"]) - 1
        lines[n] = obeyed(lines[n], int(told["column"]) - 1, told, new)
        path.write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(main, shlex.split((case / "command.txt").read_text(encoding="utf-8")))
    left = [f"{told['code']}: {told['message']}" for told in expected if told not in [t for t, _ in obeying]]
    after = [f"{told['code']}: {told['message']}" for told in _TOLD.finditer(result.stderr)]
    assert set(after) <= set(left)
