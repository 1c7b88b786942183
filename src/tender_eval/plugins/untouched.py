"""Whether what awards are worked out by is still what tender-eval brought, or somebody put another thing in its place.

A plugin runs in the same process, and one line of it can change a built-in scorer, which every record would then
prove. This finds functions that do not come from where they belong. It finds no changed number or table, and nothing
that takes care not to be found: a plugin is trusted code (SECURITY.md).
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from fractions import Fraction
from types import BuiltinFunctionType, FunctionType, ModuleType

from tender_eval.model.diagnostics import Diagnostic, Refused

ROOMS = ("base", "model", "plugins", "scorers", "engine", "lots")
"""The rooms that an award is worked out in."""

LOADING = "tender_eval.plugins.manager"
"""What loads plugins, and works nothing out."""

OUR_LIBRARIES = frozenset({"tender_eval", "numpy", "pydantic", "pydantic_core", "pluggy", "packaging"})
"""What their modules take functions from, beside what comes with Python."""

COUNTED_ON = ("abs", "all", "any", "divmod", "enumerate", "float", "int", "len", "map", "max", "min", "pow", "range",
              "reversed", "round", "sorted", "sum", "zip")  # fmt: skip


def refuse_what_was_replaced() -> None:
    """Stop where a function that awards are worked out by was put there by somebody else.

    Raises:
        Refused: TE048, naming what was replaced and where the other comes from.
    """
    for name, found in _replaced():
        whose = getattr(found, "__module__", None) or type(found).__name__
        message = f"{name} is none of tender-eval any more: {whose}.{getattr(found, '__qualname__', '?')} stands for it"
        hint = "uninstall the plugin that does so; nothing is awarded"
        raise Refused([Diagnostic("TE048", message, None, hint)])


def _replaced() -> Iterator[tuple[str, object]]:
    """What does not come from where it belongs, by name."""
    for name in COUNTED_ON:
        found = vars(builtins)[name]
        if not isinstance(found, BuiltinFunctionType | type) or found.__module__ != "builtins":
            yield name, found
    yield from _foreign("fractions.Fraction", Fraction)
    for name, module in list(sys.modules.items()):
        if isinstance(module, ModuleType) and name.startswith(_PREFIXES) and name != LOADING:
            for attribute, found in list(vars(module).items()):
                if isinstance(found, type):
                    if found.__module__ == name:
                        yield from _foreign(f"{name}.{attribute}", found)
                    elif _is_foreign(found.__module__):
                        yield f"{name}.{attribute}", found
                elif isinstance(found, FunctionType) and _is_foreign(found.__module__):
                    yield f"{name}.{attribute}", found


def _foreign(name: str, kind: type) -> Iterator[tuple[str, object]]:
    for attribute, held in list(vars(kind).items()):
        found = getattr(held, "__func__", None) or getattr(held, "fget", None) or held
        if isinstance(found, FunctionType) and _is_foreign(found.__module__):
            yield f"{name}.{attribute}", found


def _is_foreign(module: str | None) -> bool:
    """Whether a module is none of ours, of the libraries that we name, or of Python."""
    top = (module or "").partition(".")[0]
    made = top.startswith("namedtuple_")  # by the standard library, as it names them
    return not (made or top in OUR_LIBRARIES or top in sys.stdlib_module_names or top == "builtins")


_PREFIXES = tuple(f"tender_eval.{room}." for room in ROOMS)
