"""The plugin as it is installed: from its wheel, and found by its entry point."""

from __future__ import annotations

import os
from importlib.metadata import distribution
from pathlib import Path

import tender_eval_outcomes as plugin

from tender_eval import load_catalogue

PACKAGE = Path(plugin.__file__).parent


def test_it_runs_from_the_wheel_where_one_was_installed():
    target = os.environ.get("TENDER_EVAL_PLUGIN_TARGET")
    assert target is None or Path(target).resolve() in PACKAGE.resolve().parents


def test_it_is_found_with_what_it_brings():
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": "tender-eval-outcomes"})
    (info,) = [p for p in catalogue.plugins if p.name == "outcomes"]
    assert {name for name, s in catalogue.scorers.items() if s.origin is info} == {s.name for s in plugin.SCORERS}
    assert distribution("tender-eval-outcomes").metadata["License-Expression"] == "Apache-2.0"
