"""What plugins state beside classes: codes of diagnostics of their own, and dated figures for lint rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pluggy

from tender_eval.base.prints import kept_out
from tender_eval.model.codes import CODES, OWN_CODES, Code
from tender_eval.model.diagnostics import Problems
from tender_eval.plugins.catalogue import PluginInfo

if TYPE_CHECKING:
    from tender_eval.plugins.lint_rule import Threshold

CODE = re.compile(r"^(?!TE)[A-Z]{2,8}[0-9]{3}$")


def collect_codes(manager: pluggy.PluginManager, plugins: Mapping[str, PluginInfo], problems: Problems) -> None:
    """Make the codes of plugins known; one that is stated twice otherwise, or is none, is an error of its plugin."""
    stated: dict[str, PluginInfo] = {}

    def take(origin: PluginInfo, code: Any, meaning: Any) -> str:
        if not (isinstance(code, str) and CODE.match(code) and isinstance(meaning, Code)):
            return f"gives {code!r}: {meaning!r}, which is no code of its own with its meaning"
        if code in stated or code in CODES:
            return f'states the code "{code}", which {stated.get(code, "tender-eval")} has'
        stated[code] = origin
        OWN_CODES[code] = meaning
        return ""

    _each(manager, plugins, "tender_eval_codes", lambda returned: dict(returned).items(), take, problems)


def collect_figures(
    manager: pluggy.PluginManager, plugins: Mapping[str, PluginInfo], problems: Problems
) -> tuple[Threshold, ...]:
    """The dated figures of plugins; what is none is an error of its plugin."""
    found: list[Threshold] = []

    def take(origin: PluginInfo, figure: Any, _: Any) -> str:
        from tender_eval.plugins.lint_rule import Threshold

        if not isinstance(figure, Threshold):
            return f"gives {figure!r}, which is no Threshold"
        found.append(figure)
        return ""

    _each(manager, plugins, "tender_eval_lint_figures", lambda returned: [(f, None) for f in returned], take, problems)
    return tuple(found)


def _each(
    manager: pluggy.PluginManager,
    plugins: Mapping[str, PluginInfo],
    hook: str,
    pairs: Callable[[Any], Iterable[tuple[Any, Any]]],
    take: Callable[[PluginInfo, Any, Any], str],
    problems: Problems,
) -> None:
    for implementation in reversed(getattr(manager.hook, hook).get_hookimpls()):
        origin = plugins[implementation.plugin_name]
        try:
            with kept_out(f"{hook} of {origin}"):
                given = list(pairs(implementation.function()))
        except (Exception, SystemExit) as e:  # whatever a plugin's hook raises is the plugin's fault, and is named
            message = f"{hook} of {origin} raised {type(e).__name__}: {e}"
            problems.add("TE040", None, message, "mend or uninstall the plugin")
            continue
        for first, second in given:
            if wrong := take(origin, first, second):
                problems.add("TE043", None, f"{hook} of {origin} {wrong}", "mend or uninstall the plugin")
