"""Libraries that only some documents need: asked for when they are used, and named where they are missing."""

from __future__ import annotations

from importlib.util import find_spec

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
        hint = f"pip install 'tender-eval[{extra}]'"
        raise Refused([Diagnostic("TE097", f'"{module}" is not installed, which this needs', None, hint)])
