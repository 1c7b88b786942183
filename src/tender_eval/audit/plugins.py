"""The plugins that a record is checked with: those that it names, with the files that they had then, and no others.

Whatever else is installed could make every record come out right, so it is not loaded.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from tender_eval.audit.store import read_bytes
from tender_eval.base import OWN_DISTRIBUTION
from tender_eval.base.canonical import NotCanonical, parse
from tender_eval.base.environment import files_of
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.plugins.manager import ISOLATE, lets_in


def catalogue_of(data: bytes) -> Catalogue:
    """The built-in plugins, and those that the first entry of a record names and that are installed as they were.

    Raises:
        Refused: naming each plugin that is at fault.
    """
    loaded = [name for name, why in named_plugins(data).items() if not why]
    return load_catalogue({ISOLATE: ",".join(loaded)})


def catalogue_at(path: Path) -> Catalogue:
    """The same for a file.

    Raises:
        Refused: TE001 where it cannot be read; naming each plugin that is at fault.
    """
    return catalogue_of(read_bytes(path))


def named_plugins(data: bytes) -> dict[str, str]:
    """What a record was made with beside tender-eval, and why it is not loaded; nothing for what is."""
    try:
        first = parse(data.partition(b"\n")[0])
    except NotCanonical:
        return {}
    found: object = first
    for name in ("body", "environment", "distributions"):
        found = found.get(name) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping):
        return {}
    return {str(name): _why_not(str(name), stated) for name, stated in found.items() if name != OWN_DISTRIBUTION}


def _why_not(name: str, stated: object) -> str:
    said = stated if isinstance(stated, Mapping) else {}
    if not lets_in(name, os.environ):
        return f"{ISOLATE} leaves it out"
    try:
        version, sha256 = files_of(name)
    except (PackageNotFoundError, ValueError):  # a name that none can have is installed by nobody
        return "it is not installed"
    if version != said.get("version"):
        return f"version {version} is installed"
    return "" if sha256 == said.get("sha256") else "its files are not those that it had"
