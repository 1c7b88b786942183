"""Plugins made up on the spot: as objects with hooks, and as installed distributions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tender_eval import scorers
from tender_eval.engine import rules
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.plugins.manager import load_plugins

ALONE = {"TENDER_EVAL_LOAD_PLUGINS": ""}


@pytest.fixture
def catalogue_of() -> Callable[..., Catalogue]:
    """The built-in plugins and these, by name."""

    def load(**plugins: object) -> Catalogue:
        return load_plugins({"scorers": scorers, "rules": rules, **plugins}, ALONE)

    return load


SCRIPT = """\
import json, os, sys
from tender_eval import Refused, load_catalogue
try:
    found = load_catalogue()
    told = {"plugins": [[p.name, str(p), list(p.hooks)] for p in found.plugins], "scorers": sorted(found.scorers)}
except Refused as e:
    told = {"refused": [[d.code, d.message, d.hint] for d in e.diagnostics]}
print(json.dumps(told))
"""


@dataclass
class Site:
    """A folder of installed distributions, seen by a process of its own."""

    folder: Path

    def install(self, name: str, version: str, points: Mapping[str, str], **modules: str) -> None:
        """Write the modules of a distribution and its metadata with these entry points."""
        for module, code in modules.items():
            (self.folder / f"{module}.py").write_text(code, encoding="utf-8")
        info = self.folder / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
        listed = "".join(f"{key} = {module}\n" for key, module in points.items())
        (info / "entry_points.txt").write_text(f"[tender_eval]\n{listed}", encoding="utf-8")

    def load(self, only: str | None = None) -> dict[str, Any]:
        """What loading the catalogue there comes to."""
        path = os.pathsep.join(filter(None, (str(self.folder), os.environ.get("PYTHONPATH"))))
        environ = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}
        environ.pop("TENDER_EVAL_LOAD_PLUGINS", None)
        if only is not None:
            environ["TENDER_EVAL_LOAD_PLUGINS"] = only
        done = subprocess.run([sys.executable, "-c", SCRIPT], env=environ, check=True, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)
