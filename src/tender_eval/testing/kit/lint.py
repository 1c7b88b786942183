"""The test kit for lint rules: what each promises by the two schemes in its folder, and what every plugin promises."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tender_eval.engine.catalogue import load_catalogue
from tender_eval.lint.run import lint
from tender_eval.lint.thresholds import thresholds
from tender_eval.plugins.catalogue import Registered
from tender_eval.plugins.lint_rule import LintRule
from tender_eval.plugins.rule_folders import lint_rules_in
from tender_eval.testing.kit.checks import UNDER_TEST, Check, made, watched
from tender_eval.testing.lint_rules import MOST_CHANGED, changed_lines, check_lint_rule, example_of


def checks(rule: type[LintRule], files: tuple[Path, ...] = ()) -> list[Check]:
    """The promises of a lint rule, one check each."""
    tried = _Tried(rule)
    promises = [tried.trips_on_its_bad_example_alone, tried.examples_differ_in_little, tried.finds_the_same_again,
                tried.does_nothing_else]  # fmt: skip
    return made(rule, *promises)


def answers(rule: type[LintRule]) -> list[str]:
    """What it finds in its two examples."""
    return [str(found) for name in ("bad", "good") for found in _found(rule, name)]


def _found(rule: type[LintRule], name: str) -> tuple[object, ...]:
    return _ready(rule, name)()


def _ready(rule: type[LintRule], name: str) -> Callable[[], tuple[object, ...]]:
    """What gives the findings in one of its examples, with all loaded and compiled that the rule does not do itself."""
    catalogue = load_catalogue()
    source, compiled = example_of(rule, name, catalogue)
    dated = thresholds().with_figures(catalogue.lint_figures)
    registered: Registered[LintRule] = Registered(rule.code, UNDER_TEST, rule, LintRule)  # type: ignore[type-abstract]
    return lambda: lint(source, compiled, [registered], {rule.code}, table=dated).findings


class _Tried:
    """A lint rule under test."""

    def __init__(self, rule: type[LintRule]) -> None:
        self.rule = rule

    def trips_on_its_bad_example_alone(self) -> None:
        """``bad.yaml`` trips it and no other rule of its package, ``good.yaml`` none."""
        check_lint_rule(_package(self.rule), self.rule.code)

    def examples_differ_in_little(self) -> None:
        """Its two examples differ in few lines."""
        changed = changed_lines(self.rule())
        assert changed <= MOST_CHANGED, f"its examples differ in {changed} lines, more than {MOST_CHANGED}"

    def finds_the_same_again(self) -> None:
        """It finds the same when it is asked once more."""
        for name in ("bad", "good"):
            assert _found(self.rule, name) == _found(self.rule, name), f"finds other things in {name}.yaml each time"

    def does_nothing_else(self) -> None:
        """It touches no file, network, clock, chance, environment, thread or caller, and prints nothing."""
        for name in ("bad", "good"):
            ready = _ready(self.rule, name)
            ready()  # loads what we load at first use
            watched(self.rule, ready)


def _package(rule: type[LintRule]) -> str:
    """The package above the rule's folder that holds all rules of the plugin."""
    parts = rule.__module__.split(".")
    for n in range(len(parts) - 1, 0, -1):
        package = ".".join(parts[:n])
        if hasattr(import_module(package), "__path__") and rule.code in lint_rules_in(package):
            return package
    raise AssertionError(
        f"its class stands in {rule.__module__}: give it a folder named for its code and its name, with its examples"
    )
