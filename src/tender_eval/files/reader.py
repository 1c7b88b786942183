"""The reader contract: a bids file of some kind to located data in the shape of ``tender-eval/bids/1``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Table


class Reader(ABC):
    """Base of every reader, built-in or third-party.

    A reader only restates the file: a `Table` in the shape of a YAML bids file whose every value is a
    `Text` with its place. Checking it against the format is done once, for all readers.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    def recognises(self, source: Source) -> bool:
        """Whether this reader reads the file; by default, by the end of its name."""
        return source.suffix in self.suffixes

    @abstractmethod
    def read(self, source: Source, problems: Problems) -> Table | None:
        """The file's content, or None with the problems noted."""
