"""The catalogue of what is installed: the built-in plugins and those of others."""

from __future__ import annotations

import os
from collections.abc import Mapping

from tender_eval import scorers
from tender_eval.engine import rules
from tender_eval.model.diagnostics import Problems
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.plugins.manager import load_plugins


def load_catalogue(
    environ: Mapping[str, str] = os.environ,
    further: Mapping[str, object] | None = None,
    faults: Problems | None = None,
) -> Catalogue:
    """Built-in scorers and rules, and every installed plugin that ``TENDER_EVAL_LOAD_PLUGINS`` lets in.

    Args:
        further: built-in plugins of higher layers (mechanisms, lint rules), by name.
        faults: where given, faults are noted there instead; see `load_plugins`.

    Raises:
        Refused: naming each plugin that is at fault.
    """
    return load_plugins({"scorers": scorers, "rules": rules, **(further or {})}, environ, faults)
