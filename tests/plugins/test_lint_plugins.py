"""Lint rules of other plugins: registered by the hook, run beside the built-in ones, refused where they clash."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from lint_plugin import NAME, write_plugin

from tender_eval import Refused, hookimpl, load_catalogue
from tender_eval import lint as built_in
from tender_eval.engine.check import check
from tender_eval.files.source import Source
from tender_eval.lint.run import lint
from tender_eval.plugins.lint_rule import LintRule

ALONE = {"TENDER_EVAL_LOAD_PLUGINS": ""}


@pytest.fixture
def guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The plugin of the guide to lint, written as its blocks say."""
    write_plugin(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module(NAME)
    for name in [name for name in sys.modules if name.startswith(NAME)]:
        del sys.modules[name]


@pytest.fixture
def price_alone(guide: ModuleType) -> type[LintRule]:
    rule: type[LintRule] = import_module(f"{NAME}.lcc001_price_alone").PriceAlone
    return rule


def of(returned: Any) -> object:
    class Plugin:
        @hookimpl
        def tender_eval_lint_rules(self) -> Any:
            return returned

    return Plugin()


def test_the_rule_of_the_guide_does_what_its_examples_say(guide: ModuleType) -> None:
    catalogue = load_catalogue(ALONE, {"lint": built_in, "guide": guide})
    rule = catalogue.lint_rules["LCC001"]
    told = []
    for name in ("bad", "good"):
        source = Source("s.yaml", rule.item.example(name).encode())
        compiled = check(source, None, catalogue).compiled
        assert compiled is not None
        told.append([str(f.where) for f in lint(source, compiled, [rule], catalogue.lint_rules).findings])
    assert told == [["s.yaml:4:1"], []]


def test_a_code_that_is_taken_names_both(price_alone: type[LintRule]) -> None:
    rule = type("Own", (price_alone,), {"code": "TE301", "__doc__": "Ours.", "name": "own"})
    with pytest.raises(Refused) as e:
        load_catalogue(ALONE, {"lint": built_in, "own": of([rule])})
    (said,) = e.value.diagnostics
    assert said.code == "TE041"
    assert '"TE301"' in said.message


@pytest.mark.parametrize("returned", [[LintRule], [object], ["x"], [1], {"TE999": 5}, 7])
def test_what_is_no_rule_is_refused(returned: Any) -> None:
    with pytest.raises(Refused):
        load_catalogue(ALONE, {"own": of(returned)})


@pytest.mark.parametrize(
    ("reference", "what"),
    [
        ("nowhere.at_all:Rule", "cannot be loaded"),
        ("tender_eval.lint.rules.award.te330_no_tie_break:Nothing", "cannot be loaded"),
        ("tender_eval.lint.run:RuleFinding", "does not derive from LintRule"),
        ("tender_eval.lint.rules.award.te330_no_tie_break:NoTieBreak", 'is not called "LCC001"'),
    ],
)
def test_a_reference_that_leads_elsewhere_is_refused_when_it_is_run(reference: str, what: str) -> None:
    catalogue = load_catalogue(ALONE, {"own": of({"LCC001": reference})})
    with pytest.raises(Refused, match="TE043") as e:
        _ = catalogue.lint_rules["LCC001"].item
    assert what in str(e.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "te1"}, "capitals and three digits"),
        ({"code": "TE1234"}, "capitals and three digits"),
        ({"clauses": ()}, "lacks clauses"),
        ({"summary": ""}, "lacks summary"),
        ({"__doc__": " "}, "needs a docstring"),
    ],
)
def test_a_class_that_breaks_the_contract_cannot_be_defined(
    price_alone: type[LintRule], change: dict[str, Any], said: str
) -> None:
    body = {"code": "LCC002", "__doc__": "Ours.", **change}
    with pytest.raises(TypeError, match=said):
        type("Own", (price_alone,), body)


def test_rules_are_loaded_when_they_are_run() -> None:
    before = {name for name in sys.modules if name.startswith("tender_eval.lint.rules.")}
    load_catalogue(ALONE, {"lint": built_in})
    assert {name for name in sys.modules if name.startswith("tender_eval.lint.rules.")} == before
