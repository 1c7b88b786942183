"""What the loaded plugins bring, by kind and name, each with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from tender_eval.base.prints import kept_out
from tender_eval.files.reader import Reader
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer

if TYPE_CHECKING:  # a run that uses neither loads neither
    from tender_eval.plugins.lint_rule import LintRule, Threshold
    from tender_eval.plugins.mechanism import Mechanism
    from tender_eval.plugins.report import Report

Kind = TypeVar("Kind")


class PluginInfo(NamedTuple):
    """A loaded plugin: its name, its distribution and version, and the hooks it implements."""

    name: str
    distribution: str
    version: str
    hooks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.distribution} {self.version}"


class Registered(Generic[Kind]):
    """A scorer, award rule, mechanism, reader or lint rule by name, and the plugin that brought it.

    What was registered by reference (``module:Class``) is loaded when it is first used.
    """

    __slots__ = ("_base", "_class", "_item", "name", "origin")

    def __init__(self, name: str, origin: PluginInfo, registered: type[Kind] | str, base: type[Kind]) -> None:
        self.name = name
        self.origin = origin
        self._class: type[Kind] | str = registered
        self._base = base
        self._item: Kind | None = None

    @property
    def item(self) -> Kind:
        """The plugin's object itself.

        Raises:
            Refused: TE043 where a reference does not lead to what it promised.
        """
        if self._item is None:
            self._item = self.kind()()
        return self._item

    def kind(self) -> type[Kind]:
        """Its class.

        Raises:
            Refused: TE043 where a reference does not lead to what it promised.
        """
        if not isinstance(self._class, str):
            return self._class
        module, _, name = self._class.partition(":")
        try:
            with kept_out(str(self)):
                found = getattr(import_module(module), name)
        except (Exception, SystemExit) as e:  # whatever a plugin's import raises is the plugin's fault, and is named
            raise self._fault(f"cannot be loaded: {type(e).__name__}: {e}") from e
        if not (isinstance(found, type) and issubclass(found, self._base)):
            raise self._fault(f"does not derive from {self._base.__name__}")
        if lacks := sorted(getattr(found, "__abstractmethods__", ())):
            raise self._fault(f"lacks {', '.join(lacks)}")
        if name_of(found) != self.name:
            raise self._fault(f'is not called "{self.name}"')
        return found

    def _fault(self, what: str) -> Refused:
        message = f'"{self.name}" of {self.origin}: {self._class} {what}'
        return Refused([Diagnostic("TE043", message, None, "mend or uninstall the plugin")])

    def __str__(self) -> str:
        return f"{self.name} ({self.origin})"


class Catalogue(NamedTuple):
    """Everything that plugins registered, built-ins included."""

    scorers: Mapping[str, Registered[Scorer]]
    rules: Mapping[str, Registered[AwardRule]]
    readers: Mapping[str, type[Reader]]
    plugins: tuple[PluginInfo, ...]
    mechanisms: Mapping[str, Registered[Mechanism]]
    lint_rules: Mapping[str, Registered[LintRule]]
    lint_figures: tuple[Threshold, ...]
    reports: Mapping[str, Registered[Report]]


def name_of(registered: type) -> str | None:
    """What a class is registered under: lint rules by their code, all others by their name."""
    named: str | None = getattr(registered, getattr(registered, "registered_by", "name"), None)
    return named


def references(package: str, homes: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Names and references of classes by the module of a package that they live in.

    >>> references("tender_eval.scorers", {"mark": ("PassFail",)})
    {'pass_fail': 'tender_eval.scorers.mark:PassFail'}
    """
    return {_snake(name): f"{package}.{home}:{name}" for home, names in homes.items() for name in names}


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")
