"""What an evaluation ran on: the versions of tender-eval, Python and every plugin, each with a digest.

The digest of a distribution is over the files of the packages that it installs, so it is the same for a wheel
and for an editable install of the same sources.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import Distribution, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Protocol

from tender_eval.base import OWN_DISTRIBUTION
from tender_eval.base.canonical import Data, canonical, digest


class Plugin(Protocol):
    """A loaded plugin."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def distribution(self) -> str:
        """What it was installed with."""


class Loaded(Protocol):
    """A catalogue of what is loaded."""

    @property
    def plugins(self) -> Iterable[Plugin]:
        """The plugins, built-in ones too."""


def environment(catalogue: Loaded) -> dict[str, Data]:
    """The versions and digests of what is loaded now."""
    by_distribution: dict[str, list[str]] = {OWN_DISTRIBUTION: []}
    for plugin in catalogue.plugins:
        by_distribution.setdefault(plugin.distribution, []).append(plugin.name)
    found: dict[str, Data] = {}
    for name in sorted(by_distribution):
        dist = distribution(name)
        plugins: Data = sorted(by_distribution[name])
        found[name] = {"version": dist.version, "sha256": _digest(dist), "plugins": plugins}
    python = {"implementation": platform.python_implementation(), "version": platform.python_version()}
    return {"python": python, "distributions": found}


def files_of(name: str) -> tuple[str, str]:
    """The version of a distribution that is installed, and the digest of its files; nothing of it is loaded.

    Raises:
        PackageNotFoundError: it is not installed.
    """
    dist = distribution(name)
    return dist.version, _digest(dist)


def differences(recorded: Mapping[str, Data], now: Mapping[str, Data]) -> tuple[str, ...]:
    """What is installed now otherwise than it was, each in words."""
    found = []
    was, is_ = _mapping(recorded.get("python")), _mapping(now.get("python"))
    if was != is_:
        found.append(f"Python was {_named(was)}, now {_named(is_)}")
    before, after = _mapping(recorded.get("distributions")), _mapping(now.get("distributions"))
    for name in sorted({*before, *after}):
        old, new = _mapping(before.get(name)), _mapping(after.get(name))
        if not new:
            found.append(f"{name} {old.get('version')} was loaded, now it is not")
        elif not old:
            found.append(f"{name} {new.get('version')} is loaded, then it was not")
        elif old.get("version") != new.get("version"):
            found.append(f"{name} was {old.get('version')}, now {new.get('version')}")
        elif old != new:
            found.append(f"{name} {new.get('version')} has other files than it had")
    return tuple(found)


def versions_of(stated: Mapping[str, object]) -> dict[str, object]:
    """By distribution, the version that an environment names."""
    found = stated.get("distributions")
    if not isinstance(found, Mapping):
        return {}
    return {name: one.get("version") for name, one in found.items() if isinstance(one, Mapping)}


def _mapping(value: Data) -> Mapping[str, Data]:
    return value if isinstance(value, Mapping) else {}


def _named(python: Mapping[str, Data]) -> str:
    return f"{python.get('implementation')} {python.get('version')}"


def _digest(dist: Distribution) -> str:
    return _digest_of(tuple(sorted(file for package in sorted(set(_packages(dist))) for file in _files(package))))


class _File(NamedTuple):
    """A file of a package, and what tells that it was changed."""

    name: str
    path: str
    size: int
    modified: int
    changed: int


@cache
def _digest_of(files: tuple[_File, ...]) -> str:
    """By what tells of changes, since a case asks at each of its acts, and there are hundreds of files."""
    return digest(canonical({file.name: digest(Path(file.path).read_bytes()) for file in files}))


def _packages(dist: Distribution) -> Iterator[str]:
    """The top-level packages and modules: those among its files, and those that its entry points name."""
    for file in dist.files or ():
        first = file.parts[0]
        if file.suffix == ".py" and first != ".." and not first.startswith(("_editable", "__editable")):
            yield first.removesuffix(".py")
    for point in dist.entry_points:
        yield point.module.partition(".")[0]


def _files(package: str) -> Iterator[_File]:
    spec = find_spec(package)
    if spec is None:
        return
    if spec.submodule_search_locations is None:
        if spec.origin and Path(spec.origin).is_file():
            yield _file(Path(spec.origin).name, spec.origin)
        return
    for root in spec.submodule_search_locations:
        yield from _inside(root, package)


def _inside(folder: str, name: str) -> Iterator[_File]:
    """What is in a folder; compiled files too, outside of the cache: Python runs them where no source is."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield _file(f"{name}/{entry.name}", entry.path)
            elif entry.name != "__pycache__" and not entry.is_symlink():
                yield from _inside(entry.path, f"{name}/{entry.name}")


def _file(name: str, path: str) -> _File:
    found = os.stat(path)  # noqa: PTH116  of a thousand files at each act: a Path for each costs more than asking
    return _File(name, path, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
