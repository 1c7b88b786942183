"""The test kit for lint rules, by the one entry point of all kinds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from lint_plugin import NAME, write_plugin

from tender_eval.plugins.lint_rule import LintRule
from tender_eval.testing import checks_of
from tender_eval.testing.kit import checks, elsewhere


@pytest.fixture
def rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[LintRule]]:
    """The rule of the guide."""
    monkeypatch.setattr(checks, "elsewhere", lambda plugin: elsewhere.Elsewhere(answers=((), ())))
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "")
    write_plugin(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module(f"{NAME}.lcc001_price_alone").PriceAlone
    for name in [name for name in sys.modules if name.startswith(NAME)]:
        del sys.modules[name]


def test_the_rule_of_the_guide_keeps_its_promises(rule: type[LintRule]) -> None:
    for check in checks_of(rule):
        check()


def test_a_rule_that_prints_is_told(rule: type[LintRule], monkeypatch: pytest.MonkeyPatch) -> None:
    before = rule.check

    def prints(self: LintRule, scheme: object) -> object:
        print("looking")
        return before(self, scheme)  # type: ignore[arg-type]

    monkeypatch.setattr(rule, "check", prints)
    by_name = {check.name: check for check in checks_of(rule)}
    with pytest.raises(AssertionError, match="LCC001: prints, where it may only"):
        by_name["does_nothing_else"]()
