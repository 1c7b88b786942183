"""The locks hold what pyproject.toml asks for, to the hash, and nothing of the machine that wrote them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = (("linux", "posix", "Linux"), ("darwin", "posix", "Darwin"), ("win32", "nt", "Windows"))
LOCKS = {"run": (), "dev": ("dev",), "bench": ("dev", "bench"), "docs": ("docs",), "lowest": ("test", "build")}


def environments() -> Iterator[dict[str, str]]:
    """Every Python on every system, as markers ask for them."""
    for python, (platform, os_name, system) in product(PYTHONS, SYSTEMS):
        yield {
            "python_version": python, "python_full_version": f"{python}.0", "implementation_name": "cpython",
            "platform_python_implementation": "CPython", "sys_platform": platform, "os_name": os_name,
            "platform_system": system, "extra": "",
        }  # fmt: skip


def locked(name: str, where: dict[str, str]) -> dict[str, Version]:
    """The version of each distribution that a lock installs there."""
    found: dict[str, Version] = {}
    for line in re.findall(r"^[a-zA-Z0-9].*?(?= \\$)", text(name), re.MULTILINE):
        one = Requirement(line)
        if one.marker is None or one.marker.evaluate(where):
            assert one.name not in found, f"{one.name} twice on {where}"
            (pin,) = one.specifier
            assert pin.operator == "=="
            found[canonicalize_name(one.name)] = Version(pin.version)
    return found


def text(name: str) -> str:
    return (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")


def declared(*extras: str) -> Iterator[Requirement]:
    """What pyproject.toml asks for, with what its extras name in each other."""
    for line in [*PROJECT["dependencies"], *(line for extra in extras for line in EXTRAS[extra])]:
        one = Requirement(line)
        if one.name == PROJECT["name"]:
            yield from (found for extra in one.extras for found in declared(extra))
        else:
            yield one


@pytest.mark.slow
@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_a_version_of_all_that_is_asked_for_on_every_python_and_system(name: str) -> None:
    for where in environments():
        there = locked(name, where)
        for one in declared(*LOCKS[name]):
            if one.marker is None or one.marker.evaluate(where):
                assert one.specifier.contains(there[canonicalize_name(one.name)]), f"{one} on {where}"


@pytest.mark.slow
def test_the_lowest_lock_has_the_declared_minimums_exactly() -> None:
    for where in environments():
        there = locked("lowest", where)
        for one in declared(*LOCKS["lowest"]):
            least = [Version(part.version) for part in one.specifier if part.operator == ">="]
            if least and (one.marker is None or one.marker.evaluate(where)):
                assert there[canonicalize_name(one.name)] == least[0], f"{one} on {where}"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["run", "build", "bench", "docs"])
def test_one_environment_can_go_from_lock_to_lock(name: str) -> None:
    for where in environments():
        dev, other = locked("dev", where), locked(name, where)
        assert {n: v for n, v in other.items() if n in dev} == {n: dev[n] for n in other if n in dev}


@pytest.mark.parametrize("name", [*LOCKS, "build"])
def test_a_lock_has_hashes_and_names_no_place(name: str) -> None:
    blocks = re.split(r"^(?=[a-zA-Z0-9])", text(name), flags=re.MULTILINE)
    assert len(blocks) > 5
    assert all(re.search(r"\\\n    --hash=sha256:[0-9a-f]{64}", block) for block in blocks[1:])
    assert not re.search(r"://|--(extra-)?index|--find-links| @ |^-|/(work|home|tmp|root)/", text(name), re.MULTILINE)


def test_the_script_that_makes_environments_knows_the_least_python() -> None:
    least = tuple(map(int, PROJECT["requires-python"].removeprefix(">=").split(".")))
    assert f"LEAST = {least}" in (ROOT / "scripts" / "make_venv.py").read_text(encoding="utf-8")
    named = [c.rpartition(" ")[2] for c in PROJECT["classifiers"] if "Python :: 3." in c]
    assert tuple(named) == PYTHONS
