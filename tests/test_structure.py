"""The house: where tests stand, how large rooms and modules are, and what CONTRIBUTING says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from our_modules import MODULES, imported

ROOT = Path(__file__).resolve().parents[1]
SOURCES, TESTS = ROOT / "src" / "tender_eval", ROOT / "tests"
PACKAGES = sorted(path.parent.relative_to(SOURCES) for path in SOURCES.rglob("__init__.py"))

OF_NO_ROOM = {
    "errors": "a file and a golden message for every diagnostic code",
    "processes": "scripts that tests start in other processes",
    "published": "published cases, over the whole engine",
    "support": "what several tests share",
    "traps": "mistakes that spreadsheets and YAML invite, over the whole way",
}
"""Folders of tests that mirror none of the sources, and what they hold."""

MOST_MODULES = 20

MOST_LINES = 350
GIVEN_AWAY = "audit/verify_record.py"
"""A module that stands for itself: it is given to others as one file, and so may be longer."""


def folders_of_tests() -> list[Path]:
    found = {path.parent.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
    return sorted(folder for folder in found if folder.parts and folder.parts[0] not in OF_NO_ROOM)


def test_tests_stand_where_their_sources_stand() -> None:
    assert [str(folder) for folder in folders_of_tests() if not (SOURCES / folder).is_dir()] == []
    assert [name for name in OF_NO_ROOM if (SOURCES / name).exists() or not (TESTS / name).is_dir()] == []


def test_a_test_named_after_a_module_that_it_tests_stands_where_that_does() -> None:
    """A name that several modules have says less: there is a module of charts in more than one room."""
    rooms: dict[str, list[str]] = {}
    for module in MODULES:
        rooms.setdefault(module.rpartition(".")[2], []).append(module)
    elsewhere = []
    for folder in folders_of_tests():
        for path in (TESTS / folder).glob("test_*.py"):
            named = rooms.get(path.stem.removeprefix("test_"), [])
            if len(named) == 1 and named[0] in set(imported(path.read_text(encoding="utf-8"))):
                room = Path(*named[0].split(".")[1:-1])
                elsewhere += [f"{path.relative_to(TESTS)} tests {named[0]}"] if room != folder else []
    assert elsewhere == []


@pytest.mark.parametrize("package", PACKAGES, ids=str)
def test_a_room_can_be_overlooked(package: Path) -> None:
    modules = [path for path in (SOURCES / package).glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= MOST_MODULES


def test_modules_are_short() -> None:
    lengths = {
        str(path.relative_to(SOURCES)): path.read_text(encoding="utf-8").count("\n") for path in MODULES.values()
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES and name != GIVEN_AWAY} == {}


def test_contributing_names_every_room() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told = {row[1].rstrip("/") for row in re.finditer(r"^\| `([a-z_/]+/)` \|", text, re.MULTILINE)}
    rooms = {package.as_posix() for package in PACKAGES if package.parts}
    assert told == {room for room in rooms if not room.startswith("lint/rules/")}


def test_contributing_leads_to_what_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`(?!build/)((?:[a-z_]+/)+[a-z_]+(?:\.[a-z]+)?)`", text)  # build/ is made
    assert len(named) > 20
    assert [name for name in named if not ((ROOT / name).exists() or (SOURCES / name).exists())] == []


def test_what_cannot_be_is_not_asserted() -> None:
    """A check gives what is sound or what is refused, so that no caller asserts which it was."""
    asserts = re.compile(r"^\s*(assert |raise AssertionError)", re.MULTILINE)
    found = {
        str(path.relative_to(SOURCES))
        for path in MODULES.values()
        if asserts.search(path.read_text(encoding="utf-8")) and "testing" not in path.relative_to(SOURCES).parts
    }
    assert found == {"model/diagnostics.py"}
