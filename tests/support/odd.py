"""A scorer and an award rule that tests of plugins bend, and hooks that return what is given."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tender_eval import AwardRule, Reader, Reads, Scorer, hookimpl
from tender_eval.files.readers import YamlReader
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Table


class Odd(Scorer):
    """Full marks to everybody. Source: none, it is made up."""

    name = "odd"

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("price"),)

    def score(self, bids: Any, params: Any, steps: Any) -> Any:
        return bids.column("price") * 0


class OddRule(AwardRule):
    """The sum of points. Source: none, it is made up."""

    name = "odd_rule"
    figure = "points"
    best = "highest"

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("price"),)

    def rank_by(self, tally: Any, params: Any, steps: Any) -> Any:
        return tally.points(tally.roots)


def hooks(**returning: object) -> SimpleNamespace:
    """A plugin whose hooks return what is given."""
    made = SimpleNamespace()
    for name, given in returning.items():
        setattr(made, name, hookimpl(lambda given=given: given))
    return made


class PortalReader(Reader):
    """What a portal exports. Source: none, it is made up."""

    name = "portal"
    suffixes = (".portal",)

    def read(self, source: Source, problems: Problems) -> Table | None:
        return YamlReader().read(source, problems)
