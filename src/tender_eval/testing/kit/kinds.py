"""What kind of plugin a class is, the checks of that kind, and what it answers where it is tried elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tender_eval.testing.kit.checks import Check

if TYPE_CHECKING:
    import pytest

HOMES = {
    ("tender_eval.plugins.scorer", "Scorer"): "scorers",
    ("tender_eval.plugins.rule", "AwardRule"): "rules",
    ("tender_eval.plugins.mechanism", "Mechanism"): "mechanisms",
    ("tender_eval.files.reader", "Reader"): "readers",
    ("tender_eval.plugins.lint_rule", "LintRule"): "lint",
    ("tender_eval.plugins.report", "Report"): "reports",
}
"""The module of the kit for each kind of plugin, by the class that it derives from."""


def home_of(plugin: type) -> Any:
    """The module of the kit that tries plugins of this kind.

    Raises:
        TypeError: it is no plugin.
    """
    from importlib import import_module

    for base in plugin.__mro__:
        if home := HOMES.get((base.__module__, base.__qualname__)):
            return import_module(f"tender_eval.testing.kit.{home}")
    kinds = ", ".join(name for _, name in HOMES)
    raise TypeError(f"{plugin!r} derives from none of {kinds}")


def checks_of(plugin: type, files: Iterable[str | Path] = ()) -> list[Check]:
    """Every promise of a plugin as a check that can be called.

    Args:
        files: for readers, files that it must read.

    Raises:
        TypeError: it is no plugin.
    """
    found: list[Check] = home_of(plugin).checks(plugin, tuple(map(Path, files)))
    return found


def parametrize_with_checks(*plugins: type, files: Iterable[str | Path] = ()) -> pytest.MarkDecorator:
    """Make of one test a test for each promise of these plugins, of whatever kind::

        @parametrize_with_checks(OpeningHours)
        def test_it_keeps_its_promises(check):
            check()

    Args:
        files: for readers, files that they must read.

    Raises:
        TypeError: one is no plugin.
    """
    import pytest

    paths = tuple(map(Path, files))
    every = [check for plugin in plugins for check in checks_of(plugin, paths)]
    one = len(plugins) == 1
    return pytest.mark.parametrize(
        "check", every, ids=[c.name if one else f"{c.plugin.__qualname__}-{c.name}" for c in every]
    )


def answers_of(plugin: type) -> list[str]:
    """What a plugin gives for what its kind is tried on, in words that can be compared between processes."""
    found: list[str] = home_of(plugin).answers(plugin)
    return found
