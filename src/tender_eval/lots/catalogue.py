"""The catalogue with the built-in award mechanisms in it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from tender_eval.engine.catalogue import load_catalogue as load_with
from tender_eval.lots import mechanisms
from tender_eval.model.diagnostics import Problems
from tender_eval.plugins.catalogue import Catalogue, Registered
from tender_eval.plugins.manager import ISOLATE, load_plugins
from tender_eval.plugins.mechanism import Mechanism

PLUGIN = "mechanisms"


def load_catalogue(environ: Mapping[str, str] = os.environ) -> Catalogue:
    """Built-in scorers, rules and mechanisms, and every installed plugin that ``TENDER_EVAL_LOAD_PLUGINS`` lets in.

    Raises:
        Refused: naming each plugin that is at fault.
    """
    return load_with(environ, {PLUGIN: mechanisms})


def mechanisms_of(catalogue: Catalogue) -> Mapping[str, Registered[Mechanism]]:
    """The mechanisms of a catalogue, and the built-in ones where it was loaded without them.

    Raises:
        Refused: TE041 where another plugin registers the name of a built-in one.
    """
    if any(plugin.name == PLUGIN for plugin in catalogue.plugins):
        return catalogue.mechanisms
    built_in = load_plugins({PLUGIN: mechanisms}, {ISOLATE: ""}).mechanisms
    problems = Problems()
    for name in sorted(set(built_in) & set(catalogue.mechanisms)):
        message = f'"{name}" is registered by {built_in[name].origin} and again by {catalogue.mechanisms[name].origin}'
        problems.add("TE041", None, message, "uninstall or rename one of the two")
    problems.refuse()
    return {**built_in, **catalogue.mechanisms}
