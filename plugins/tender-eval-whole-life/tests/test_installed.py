"""The plugin as it is installed: found by its entry point, hidden on request, and using public names only."""

from __future__ import annotations

import ast
import os
from importlib.metadata import distribution
from pathlib import Path

import pytest
import tender_eval_whole_life
from tender_eval_whole_life.scorer import WholeLifeCost

import tender_eval
from tender_eval import Refused, compile_scheme, load_catalogue, scheme_from_data

TARGET = "TENDER_EVAL_PLUGIN_TARGET"
PACKAGE = Path(tender_eval_whole_life.__file__).parent
PUBLIC_MODULES = {"tender_eval.files.fields", "tender_eval.model.numeric"}
SCHEME = {
    "format": "tender-eval/scheme/1",
    "id": "s",
    "title": "S",
    "criteria": [{"id": "c", "weight": 100, "scorer": {"name": "whole_life_cost", **WholeLifeCost.examples[1]}}],
    "award": {"rule": "highest_score"},
}


def test_it_runs_from_the_wheel_where_one_was_installed():
    target = os.environ.get(TARGET)
    assert target is None or Path(target).resolve() in PACKAGE.resolve().parents


def test_it_is_listed_with_its_distribution_and_hook():
    catalogue = load_catalogue({})
    (info,) = [p for p in catalogue.plugins if p.name == "whole_life"]
    assert str(info) == "tender-eval-whole-life 0.1.0"
    assert info.hooks == ("tender_eval_scorers",)
    found = catalogue.scorers["whole_life_cost"]
    assert isinstance(found.item, WholeLifeCost)
    assert found.origin is info


@pytest.mark.parametrize("only", ["tender-eval-whole-life", "Tender_Eval_Whole_Life"])
def test_it_can_be_the_only_plugin(only):
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": only})
    assert compile_scheme(scheme_from_data(SCHEME), catalogue).scheme.id == "s"


def test_isolation_hides_it_and_a_scheme_that_needs_it_is_refused():
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    assert "whole_life_cost" not in catalogue.scorers
    with pytest.raises(Refused) as caught:
        compile_scheme(scheme_from_data(SCHEME), catalogue)
    assert [d.code for d in caught.value.diagnostics] == ["TE044"]
    assert 'no scorer "whole_life_cost"' in str(caught.value)


def test_what_the_distribution_says_of_itself():
    installed = distribution("tender-eval-whole-life")
    assert installed.version == "0.1.0"
    assert [r for r in installed.requires or () if "extra" not in r] == ["tender-eval>=0.2"]
    assert installed.metadata["License-Expression"] == "Apache-2.0"
    assert {str(f).rpartition("/")[2] for f in installed.files or ()} >= {"LICENSE", "py.typed"}
    assert {(p.name, p.value) for p in installed.entry_points} == {("whole_life", "tender_eval_whole_life")}


def imports(source: str):
    """Every module that a source imports, with the names taken from it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            yield str(node.module), [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)


@pytest.mark.parametrize("module", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_it_uses_only_public_names(module):
    for source, names in imports(module.read_text(encoding="utf-8")):
        if source == "tender_eval":
            assert set(names) <= set(tender_eval.__all__)
        elif source == "tender_eval.model":
            assert names == ["numeric"]
        elif source == "tender_eval.plugins":
            assert names == ["expression"]
        elif source.startswith("tender_eval."):
            assert source in PUBLIC_MODULES
