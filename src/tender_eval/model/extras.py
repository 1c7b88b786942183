"""Libraries that only some work needs: asked for when they are used, and named where they are missing."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tender_eval.model.diagnostics import Diagnostic, Refused


def need(module: str, extra: str = "report") -> None:
    """Make sure that a library is there.

    Args:
        module: its top module.
        extra: the extra of tender-eval that brings it.

    Raises:
        Refused: TE097 where it is not installed.
    """
    if find_spec(module) is None:
        raise missing(module, extra)


def missing(module: str, extra: str) -> Refused:
    """The refusal, TE097, where a library is not there."""
    hint = f"pip install 'tender-eval[{extra}]'"
    return Refused([Diagnostic("TE097", f'"{module}" is not installed, which this needs', None, hint)])


def notebook() -> Any:
    """The package `tender_eval.notebook`, by which results show themselves as frames and as HTML.

    The methods stand with the results, where people look for them; what they do needs words, and pandas. So it stands
    above all results, and is loaded when it is asked for.
    """
    return import_module("tender_eval.notebook")
