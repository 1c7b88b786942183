"""The test kit for plugins: every promise of each kind as a check by its name; see `tender_eval.testing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """`check_scorer`, which stood here in 0.1."""
        if name == "check_scorer":
            import warnings

            from tender_eval.testing.kit.scorers import check_scorer

            message = "tender_eval.testing.kit.check_scorer is tender_eval.testing.check_scorer since 0.2; gone in 0.4"
            warnings.warn(message, DeprecationWarning, stacklevel=2)
            return check_scorer
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
