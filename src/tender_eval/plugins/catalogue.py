"""What the loaded plugins bring: scorers, award rules and readers by name, each with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Generic, NamedTuple, TypeVar, cast

from tender_eval.files.reader import Reader
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer

Kind = TypeVar("Kind", Scorer, AwardRule)


class PluginInfo(NamedTuple):
    """A loaded plugin: its name, its distribution and version, and the hooks it implements."""

    name: str
    distribution: str
    version: str
    hooks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.distribution} {self.version}"


class Registered(Generic[Kind]):
    """A scorer or award rule by name, and the plugin that brought it.

    What was registered by reference (``module:Class``) is loaded when it is first used.
    """

    __slots__ = ("_class", "_item", "name", "origin")

    def __init__(self, name: str, origin: PluginInfo, registered: type[Kind] | str) -> None:
        self.name = name
        self.origin = origin
        self._class: type[Kind] | str = registered
        self._item: Kind | None = None

    @property
    def item(self) -> Kind:
        """The scorer or award rule itself.

        Raises:
            Refused: TE043 where a reference does not lead to what it promised.
        """
        if self._item is None:
            self._item = self._loaded()()
        return self._item

    def _loaded(self) -> type[Kind]:
        if not isinstance(self._class, str):
            return self._class
        module, _, name = self._class.partition(":")
        try:
            found = getattr(import_module(module), name)
        except Exception as e:  # whatever a plugin's import raises is the plugin's fault, and is named
            raise self._fault(f"cannot be loaded: {type(e).__name__}: {e}") from e
        if not (isinstance(found, type) and issubclass(found, (Scorer, AwardRule))):
            raise self._fault("derives from neither Scorer nor AwardRule")
        if lacks := sorted(getattr(found, "__abstractmethods__", ())):
            raise self._fault(f"lacks {', '.join(lacks)}")
        if getattr(found, "name", None) != self.name:
            raise self._fault(f'is not called "{self.name}"')
        return cast(type[Kind], found)

    def _fault(self, what: str) -> Refused:
        message = f'"{self.name}" of {self.origin}: {self._class} {what}'
        return Refused([Diagnostic("TE043", message, None, "mend or uninstall the plugin")])

    def __str__(self) -> str:
        return f"{self.name} ({self.origin})"


class Catalogue(NamedTuple):
    """Everything that plugins registered, built-ins included."""

    scorers: Mapping[str, Registered[Scorer]]
    rules: Mapping[str, Registered[AwardRule]]
    readers: tuple[type[Reader], ...]
    plugins: tuple[PluginInfo, ...]


def references(package: str, homes: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Names and references of classes by the module of a package that they live in.

    >>> references("tender_eval.scorers", {"mark": ("PassFail",)})
    {'pass_fail': 'tender_eval.scorers.mark:PassFail'}
    """
    return {_snake(name): f"{package}.{home}:{name}" for home, names in homes.items() for name in names}


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")
