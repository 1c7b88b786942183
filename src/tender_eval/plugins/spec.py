"""Every hook of tender-eval, each with when it is called and what it must return.

A plugin is a distribution with an entry point in the group ``tender_eval`` that names a module (or object)
whose functions are marked with `hookimpl`. Built-ins come through the same hooks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pluggy

from tender_eval.files.reader import Reader
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer

if TYPE_CHECKING:
    from tender_eval.model.codes import Code
    from tender_eval.plugins.lint_rule import LintRule, Threshold
    from tender_eval.plugins.mechanism import Mechanism
    from tender_eval.plugins.report import Report

PROJECT = "tender_eval"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def tender_eval_scorers() -> Iterable[type[Scorer]] | Mapping[str, str]:  # type: ignore[empty-body]
    """Called once, when plugins are loaded. Return the scorer classes that this plugin brings, or, to
    load each only when a scheme uses it, a mapping from its name to ``"module:Class"``.

    A name that another plugin has already registered stops the run and names both.
    """


@hookspec
def tender_eval_rules() -> Iterable[type[AwardRule]] | Mapping[str, str]:  # type: ignore[empty-body]
    """Called once, when plugins are loaded. Return the award rule classes that this plugin brings, or
    a mapping from name to ``"module:Class"``.

    A name that another plugin has already registered stops the run and names both.
    """


@hookspec
def tender_eval_readers() -> Iterable[type[Reader]]:  # type: ignore[empty-body]
    """Called once, when plugins are loaded. Return the reader classes for further kinds of bids files.

    The reader of a plugin that recognises a file reads it, and every result says so; where two recognise it, nothing is
    read. What tender-eval reads itself (`.yaml`, `.csv`, `.xlsx`, `.json` and the like) it reads only where it is asked
    for by its name (``--reader``), and it overrides `recognises` to look into such a file.
    """


@hookspec
def tender_eval_mechanisms() -> Iterable[type[Mechanism]] | Mapping[str, str]:  # type: ignore[empty-body]
    """Called once, when plugins are loaded. Return the award mechanism classes (who wins which lot) that
    this plugin brings, or a mapping from name to ``"module:Class"``.
    """


@hookspec
def tender_eval_lint_rules() -> Iterable[type[LintRule]] | Mapping[str, str]:  # type: ignore[empty-body]
    """Called once, when plugins are loaded. Return the lint rule classes that this plugin brings, or a
    mapping from code to ``"module:Class"``.

    A code that another plugin has already registered stops the run and names both.
    """


@hookspec
def tender_eval_lint_figures() -> Iterable[Threshold]:  # type: ignore[empty-body]
    """Called once, when plugins are loaded. Return the dated figures that the lint rules of this plugin go by, each
    with its source: a rule names them in ``thresholds``, and finds in ``scheme.thresholds`` the one of the day that is
    asked for.

    A name that tender-eval or another plugin has on the same days stops the run.
    """


@hookspec
def tender_eval_reports() -> Iterable[type[Report]] | Mapping[str, str]:  # type: ignore[empty-body]
    """Called once, when plugins are loaded. Return the report classes that this plugin brings, or a mapping from name
    to ``"module:Class"``. ``tender-eval report RECORD --format NAME`` writes one.

    A name that another plugin has already stops the run; one that is a format of tender-eval is never asked for.
    """


@hookspec
def tender_eval_codes() -> Mapping[str, Code]:  # type: ignore[empty-body]
    """Called once, when plugins are loaded. Return the codes of the diagnostics that this plugin gives, such as
    ``{"ACME001": Code("what it means", "How to mend it.")}``: two to eight capitals, not TE, and three digits. A reader
    notes one with ``problems.add("ACME001", where, message, hint)``, a scorer with ``criterion.refuse``.

    A code that tender-eval or another plugin has stops the run.
    """
