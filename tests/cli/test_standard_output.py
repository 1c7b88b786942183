"""Nothing but results reaches standard output, whatever a plugin prints and however."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tender_eval.cli import standard_output

SCHEME = """\
format: tender-eval/scheme/1
id: s
title: S
criteria: [{id: loud, title: Loud, weight: 100, scorer: loud}]
award: {rule: highest_score}
"""
BIDS = "format: tender-eval/bids/1\nbids: [{id: a, price: 100}, {id: b, price: 125}]\n"
PLUGIN = '''\
import os, subprocess, sys
from tender_eval import Scorer, ScorerParams, hookimpl
from tender_eval.plugins.table import Reads

def shout(when):
    print(f"{when}: print")
    print(f"{when}: __stdout__", file=sys.__stdout__, flush=True)
    os.write(1, f"{when}: descriptor\\n".encode())
    subprocess.run([sys.executable, "-c", f"print('{when}: child')"])

shout("loaded")

class Loud(Scorer):
    """Half marks to everybody, and a lot of noise."""
    name = "loud"
    traits = frozenset()
    Params = ScorerParams
    examples = ({},)
    def reads(self, params): return (Reads("price", better="lower"),)
    def score(self, bids, params, steps):
        shout("scored")
        return bids.column("price") * 0 + type(bids.column("price")[0])(1) / 2

@hookimpl
def tender_eval_scorers():
    return [Loud]
'''


@pytest.fixture
def site(tmp_path: Path) -> dict[str, str]:
    """Where the plugin is installed, as an environment that finds it."""
    info = tmp_path / "site" / "loud-1.0.dist-info"
    info.mkdir(parents=True)
    (info.parent / "loud.py").write_text(PLUGIN, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: loud\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[tender_eval]\nloud = loud\n", encoding="utf-8")
    (tmp_path / "s.yaml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(BIDS, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(info.parent), os.environ.get("PYTHONPATH"))))
    found = {**os.environ, "PYTHONPATH": path}
    found.pop("TENDER_EVAL_LOAD_PLUGINS", None)
    return found


def run(site: dict[str, str], folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tender_eval", *arguments]
    return subprocess.run(command, env=site, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_loud_plugin_breaks_no_result(site: dict[str, str], tmp_path: Path) -> None:
    found = run(site, tmp_path, "evaluate", "s.yaml", "b.yaml", "--format", "json")
    assert found.returncode == 0, found.stderr
    assert {bid["id"] for bid in json.loads(found.stdout)["bids"]} == {"a", "b"}
    for when in ("loaded", "scored"):
        for how in ("print", "__stdout__", "descriptor", "child"):
            assert f"{when}: {how}" in found.stderr


@pytest.mark.slow
def test_a_result_goes_to_standard_output_by_any_name_of_it(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(SCHEME.replace("scorer: loud", "scorer: ratio_to_lowest"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(BIDS, encoding="utf-8")
    names = [name for name in standard_output.NAMES if name == "-" or Path(name).exists()]
    for name in names:
        found = run(dict(os.environ), tmp_path, "evaluate", "s.yaml", "b.yaml", "--format", "json", "-o", name)
        assert found.returncode == 0, found.stderr
        assert json.loads(found.stdout)["winner"] == ["a"], name


def test_where_it_is_no_descriptor_nothing_is_done() -> None:
    before = sys.stdout
    with standard_output.kept_apart():
        assert sys.stdout is before
