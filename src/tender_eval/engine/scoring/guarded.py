"""Calls of plugins: whatever one raises, prints or takes long over is told under its name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any, TypeVar

from tender_eval.base import OWN_DISTRIBUTION
from tender_eval.base.prints import kept_out
from tender_eval.engine.plan import CompiledRule, Leaf
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Registered
from tender_eval.plugins.table import FigureError

Found = TypeVar("Found")

SLOW = 5.0  # seconds after which a call of a third party's plugin is told
CANNOT_BE_SCORED = "TE054"
"""The code by which a scorer says of bids that they cannot be scored together."""


def of_third_party(method: Registered[Any]) -> bool:
    """Whether a method was brought by a plugin, rather than being one of ours."""
    return method.origin.distribution != OWN_DISTRIBUTION


def method_of(of: Leaf | CompiledRule) -> Registered[Any]:
    """The scorer of a leaf, or the award rule."""
    return of.scorer if isinstance(of, Leaf) else of.rule


def guarded(of: Leaf | CompiledRule, call: Callable[[], Any]) -> Any:
    """What a plugin returns; anything that it raises stops the run and names it.

    Raises:
        Refused: TE054 where the bids cannot be scored together, TE045 where the plugin is at fault.
    """
    return asked(_who(of), method_of(of), of.where, call)


def asked(who: str, plugin: Registered[Any], where: Location, call: Callable[[], Any]) -> Any:
    """What a plugin answers before there is a leaf or rule to speak of; see `guarded`.

    What a third party's plugin prints goes to standard error under its name: standard output holds results. So does
    how long it takes, where that is long, and which one was at work where whoever waits has had enough of it.
    """
    try:
        return _watched(who, plugin, call) if of_third_party(plugin) else call()
    except Refused:
        raise
    except FigureError as e:
        raise Refused([Diagnostic(CANNOT_BE_SCORED, f"{who}: {e}", where, e.hint)]) from None
    except KeyboardInterrupt:  # of whoever waits, not of the plugin
        raise
    except BaseException as e:  # whatever else a plugin raises is its fault, and is named
        raise refused(who, plugin, where, "TE045", f"raised {type(e).__name__}: {_told(e)}") from e


def _watched(who: str, plugin: Registered[Any], call: Callable[[], Any]) -> Any:
    began = perf_counter()
    try:
        with kept_out(f"{who}: {plugin}"):
            found = call()
    except KeyboardInterrupt:
        sys.stderr.write(f"{who}: {plugin} was at work for {perf_counter() - began:.0f} s\n")
        raise
    if (took := perf_counter() - began) > SLOW:
        sys.stderr.write(f"{who}: {plugin} took {took:.0f} s\n")
    return found


def scored_together(score: Callable[[], Found]) -> Found | None:
    """What a scorer or rule gives; None where it says that these bids cannot be scored together."""
    try:
        return score()
    except Refused as e:
        if all(d.code == CANNOT_BE_SCORED for d in e.diagnostics):
            return None
        raise


def refused(who: str, plugin: Registered[Any], where: Location, code: str, what: str) -> Refused:
    """The refusal of what a plugin did, where there is no leaf or rule to speak of; see `refusal`."""
    hint = "report it to the plugin's author; nothing is awarded"
    return Refused([Diagnostic(code, f"{who}: {plugin} {what}", where, hint)])


def _told(error: BaseException) -> str:
    """What an exception says of itself, if it can say it."""
    try:
        return str(error)
    except BaseException:  # a plugin's own text may raise as well
        return "(it cannot say what)"


def fault(of: Leaf | CompiledRule, code: str, what: str) -> Refused:
    """The refusal of what a plugin returned."""
    return refusal(of, code, f"returned {what}")


def refusal(of: Leaf | CompiledRule, code: str, what: str) -> Refused:
    """The refusal of what a plugin did."""
    return refused(_who(of), method_of(of), of.where, code, what)


def _who(of: Leaf | CompiledRule) -> str:
    return f'criterion "{of.id}"' if isinstance(of, Leaf) else "the award rule"
