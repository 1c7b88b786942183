"""Loads plugins and collects what they register. Fails closed: any fault stops the run and names the plugin."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import Distribution, distributions, version
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pluggy

from tender_eval.base import OWN_DISTRIBUTION
from tender_eval.base.prints import kept_out
from tender_eval.files.reader import Reader
from tender_eval.files.readers import SUFFIXES
from tender_eval.model.diagnostics import Problems, Refused, did_you_mean
from tender_eval.plugins import spec
from tender_eval.plugins.catalogue import Catalogue, PluginInfo, Registered, name_of
from tender_eval.plugins.own_codes import collect_codes, collect_figures
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer
from tender_eval.plugins.untouched import refuse_what_was_replaced

if TYPE_CHECKING:
    from tender_eval.plugins.lint_rule import LintRule
    from tender_eval.plugins.mechanism import Mechanism
    from tender_eval.plugins.report import Report

GROUP = "tender_eval"
ISOLATE = "TENDER_EVAL_LOAD_PLUGINS"

Base = TypeVar("Base")


def load_plugins(
    built_in: Mapping[str, object], environ: Mapping[str, str] = os.environ, faults: Problems | None = None
) -> Catalogue:
    """Load the built-in plugins and those that are installed.

    The environment variable ``TENDER_EVAL_LOAD_PLUGINS`` isolates: set to distribution names separated by
    commas it loads only these, set to nothing it loads only the built-ins.

    Args:
        faults: where given, faults are noted there, and what is sound is loaded all the same: to be looked at, never to
            be evaluated by.

    Raises:
        Refused: TE040 to TE043, each naming the plugin.
    """
    problems = Problems() if faults is None else faults
    manager = pluggy.PluginManager(spec.PROJECT)
    manager.add_hookspecs(spec)
    own = version(OWN_DISTRIBUTION)
    infos: dict[str, tuple[str, str]] = {}
    for name, plugin in built_in.items():
        manager.register(plugin, name)
        infos[name] = (OWN_DISTRIBUTION, own)
    for name, dist, plugin in _installed(_wanted(environ), problems):
        if _register(manager, name, plugin, problems):
            infos[name] = (dist.metadata["Name"], dist.version)
        _refuse_unmarked_hooks(name, plugin, problems)
    _refuse_unknown_hooks(manager, problems)
    if any(distribution != OWN_DISTRIBUTION for distribution, _ in infos.values()):
        try:
            refuse_what_was_replaced()
        except Refused as e:
            problems.extend(e.diagnostics)
    if faults is None:
        problems.refuse()
    plugins = {name: _info(manager, name, *infos[name]) for name in infos}
    collect_codes(manager, plugins, problems)
    catalogue = Catalogue(
        scorers=_collect(manager, plugins, "tender_eval_scorers", lambda: Scorer, problems),
        rules=_collect(manager, plugins, "tender_eval_rules", lambda: AwardRule, problems),
        readers=_classes(_collect(manager, plugins, "tender_eval_readers", lambda: Reader, problems), problems),
        plugins=tuple(plugins.values()),
        mechanisms=_collect(manager, plugins, "tender_eval_mechanisms", _mechanism, problems),
        lint_rules=_collect(manager, plugins, "tender_eval_lint_rules", _lint_rule, problems),
        lint_figures=collect_figures(manager, plugins, problems),
        reports=_collect(manager, plugins, "tender_eval_reports", _report, problems),
    )
    if faults is None:
        problems.refuse()
    return catalogue


def _wanted(environ: Mapping[str, str]) -> frozenset[str] | None:
    stated = environ.get(ISOLATE)
    if stated is None:
        return None
    return frozenset(_normal(name) for name in stated.split(",") if name.strip())


def lets_in(name: str, environ: Mapping[str, str]) -> bool:
    """Whether a distribution may be loaded, as ``TENDER_EVAL_LOAD_PLUGINS`` says."""
    wanted = _wanted(environ)
    return wanted is None or _normal(name) in wanted


def _normal(name: str) -> str:
    return name.strip().lower().replace("_", "-")


def _installed(only: frozenset[str] | None, problems: Problems) -> Iterable[tuple[str, Distribution, object]]:
    """Every entry point of the group, loaded, in the order of their names."""
    if only == frozenset():
        return
    found = {
        (_normal(dist.metadata["Name"]), point.name): (point, dist)
        for dist in reversed(list(distributions()))  # the first on the path wins, as on import
        for point in dist.entry_points
        if point.group == GROUP
    }
    for missing in sorted((only or frozenset()) - {name for name, _ in found}):
        message = f'{ISOLATE} names "{missing}", which is not an installed plugin'
        hint = did_you_mean(missing, (name for name, _ in found)) or f"install it, or set {ISOLATE} to others"
        problems.add("TE040", None, message, hint)
    for (normal, name), (point, dist) in sorted(found.items()):
        if only is not None and normal not in only:
            continue
        try:
            with kept_out(f"the plugin {name} ({normal} {dist.version})"):
                loaded = point.load()
            yield name, dist, loaded
        except (Exception, SystemExit) as e:  # whatever a plugin's import raises is its fault, and is named
            fault = f'the plugin "{name}" ({normal} {dist.version}) cannot be loaded: {type(e).__name__}: {e}'
            problems.add("TE040", None, fault, "mend or uninstall it, or isolate plugins with " + ISOLATE)


def _register(manager: pluggy.PluginManager, name: str, plugin: object, problems: Problems) -> bool:
    try:
        manager.register(plugin, name)
    except (pluggy.PluginValidationError, ValueError) as e:
        reason = str(e).splitlines()[-1] if str(e) else type(e).__name__
        message = f'the plugin "{name}" does not fit its hooks: {reason}'
        problems.add("TE042", None, message, "let each hook ask for no more than its specification gives")
        return False
    return True


def _refuse_unmarked_hooks(plugin: str, brought: object, problems: Problems) -> None:
    """Tell a function that is called as a hook is, but would never be asked: without its mark it is no hook."""
    for name in (n for n in vars(spec) if n.startswith(GROUP + "_")):
        found = getattr(brought, name, None)
        if callable(found) and not hasattr(found, GROUP + "_impl"):
            message = f'the plugin "{plugin}" has a function {name} without @hookimpl, so that it is never asked'
            problems.add("TE042", None, message, "write @hookimpl above it: from tender_eval import hookimpl")


def _refuse_unknown_hooks(manager: pluggy.PluginManager, problems: Problems) -> None:
    known = [n for n in vars(spec) if n.startswith(GROUP + "_")]
    for name in sorted(n for n in vars(manager.hook) if n not in known):
        for implementation in getattr(manager.hook, name).get_hookimpls():
            message = f'the plugin "{implementation.plugin_name}" implements "{name}", which is no hook'
            problems.add("TE042", None, message, did_you_mean(name, known))


def _info(manager: pluggy.PluginManager, name: str, distribution: str, number: str) -> PluginInfo:
    callers = manager.get_hookcallers(manager.get_plugin(name)) or []
    return PluginInfo(name, distribution, number, tuple(sorted(c.name for c in callers)))


def _collect(
    manager: pluggy.PluginManager,
    plugins: Mapping[str, PluginInfo],
    hook: str,
    base: Callable[[], Callable[..., Base]],  # gives an abstract class, asked for only where something is brought
    problems: Problems,
) -> dict[str, Registered[Base]]:
    """What one hook brings, by name, built-ins first; a name that stands twice names both plugins."""
    found: dict[str, Registered[Base]] = {}
    implementations = {i.plugin_name: i for i in getattr(manager.hook, hook).get_hookimpls()}
    for plugin, origin in plugins.items():
        if plugin not in implementations:
            continue
        kind = cast(type[Base], base())
        for name, item in _called(implementations[plugin].function, hook, kind, origin, problems):
            if name in found:
                message = f'"{name}" is registered by {found[name].origin} and again by {origin}'
                problems.add("TE041", None, message, "uninstall or rename one of the two")
            found.setdefault(name, Registered(name, origin, item, kind))
    return found


def _mechanism() -> type[Mechanism]:
    from tender_eval.plugins.mechanism import Mechanism

    return Mechanism


def _lint_rule() -> type[LintRule]:
    from tender_eval.plugins.lint_rule import LintRule

    return LintRule


def _report() -> type[Report]:
    from tender_eval.plugins.report import Report

    return Report


def _called(
    function: Any, hook: str, kind: type[Base], origin: PluginInfo, problems: Problems
) -> list[tuple[str, type[Base] | str]]:
    """What a hook returns, by name: complete classes, or references where it returns a mapping."""
    try:
        with kept_out(f"{hook} of {origin}"):
            returned = function()
            items = list(returned.items()) if isinstance(returned, Mapping) else list(returned)
    except (Exception, SystemExit) as e:  # whatever a plugin's hook raises is the plugin's fault, and is named
        message = f"{hook} of {origin} raised {type(e).__name__}: {e}"
        problems.add("TE040", None, message, "mend or uninstall the plugin")
        return []
    found: list[tuple[str, type[Base] | str]] = []
    for item in items:
        if isinstance(item, type) and issubclass(item, kind) and not _abstract(item):
            found.append((str(name_of(item)), item))
        elif isinstance(item, tuple) and len(item) == 2 and all(isinstance(p, str) for p in item) and ":" in item[1]:
            found.append((item[0], item[1]))
        else:
            message = f"{hook} of {origin} gives {item!r}, which is no complete {kind.__name__} class"
            problems.add("TE043", None, message, _completed(item, kind))
    return found


def _classes(readers: Mapping[str, Registered[Reader]], problems: Problems) -> Mapping[str, type[Reader]]:
    """The classes of readers, loaded now, by what they and their distributions are called.

    One that goes by the end of a file's name alone may not take what tender-eval reads itself.
    """
    found = {}
    for reader in readers.values():
        try:
            kind = reader.kind()
        except Refused as e:
            problems.extend(e.diagnostics)
            continue
        taken = sorted(set(kind.suffixes) & set(SUFFIXES)) if kind.recognises is Reader.recognises else []
        if taken:
            message = f"the reader {reader} takes every {taken[0]}, which tender-eval reads itself"
            problems.add("TE043", None, message, "let recognises look into the file, and take only what is yours")
        else:
            found[str(reader)] = kind
    return found


def _abstract(item: type) -> bool:
    return bool(getattr(item, "__abstractmethods__", ())) or name_of(item) is None


def _completed(item: object, kind: type) -> str:
    """How to make of an item the class that a hook should return."""
    lacks = (
        sorted(getattr(item, "__abstractmethods__", ())) if isinstance(item, type) and issubclass(item, kind) else []
    )
    if lacks and item is not kind:
        return f"give the class what it lacks: {', '.join(lacks)}"
    return f"return classes that derive from {kind.__name__} and have a name"
