"""Testing what is published: cases beside schemes, for the command line and for pytest, and the test kit for plugins.

For plugin authors, in their own tests; it needs the extra ``kit``, which is pytest alone::

    from tender_eval.testing import parametrize_with_checks

    @parametrize_with_checks(OpeningHours)
    def test_it_keeps_its_promises(check):
        check()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tender_eval.testing.kit.checks import Check as Check
    from tender_eval.testing.kit.kinds import checks_of as checks_of
    from tender_eval.testing.kit.kinds import parametrize_with_checks as parametrize_with_checks
    from tender_eval.testing.kit.scorers import check_scorer as check_scorer
    from tender_eval.testing.lint_rules import check_lint_rules as check_lint_rules

_HOMES = {
    "Check": "kit.checks",
    "check_lint_rules": "lint_rules",
    "check_scorer": "kit.scorers",
    "checks_of": "kit.kinds",
    "parametrize_with_checks": "kit.kinds",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605

if not TYPE_CHECKING:  # or a type checker would let every misspelt name pass

    def __getattr__(name: str) -> object:
        """What is asked for, loaded now: pytest loads this package in every run."""
        if name not in _HOMES:
            raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names, whether or not they are loaded."""
    return sorted({*globals(), *__all__})
