"""What the loaded plugins bring: scorers, award rules and readers by name, each with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from tender_eval.files.reader import Reader
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer

Kind = TypeVar("Kind", Scorer, AwardRule)


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A loaded plugin: its name, its distribution and version, and the hooks it implements."""

    name: str
    distribution: str
    version: str
    hooks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.distribution} {self.version}"


@dataclass(frozen=True, slots=True)
class Registered(Generic[Kind]):
    """A scorer or award rule, and the plugin that brought it."""

    item: Kind
    origin: PluginInfo

    def __str__(self) -> str:
        return f"{self.item.name} ({self.origin})"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that plugins registered, built-ins included."""

    scorers: Mapping[str, Registered[Scorer]]
    rules: Mapping[str, Registered[AwardRule]]
    readers: tuple[type[Reader], ...]
    plugins: tuple[PluginInfo, ...]
