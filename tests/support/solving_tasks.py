"""Tasks for the tests of tasks, where other processes find them by name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tender_eval.plugins.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Doubled:
    """A task that doubles a number."""

    n: int

    def __call__(self, catalogue: Catalogue) -> int:
        return 2 * self.n


@dataclass(frozen=True, slots=True)
class Killed:
    """A task that ends its process, the first time or always."""

    mark: Path
    always: bool = False

    def __call__(self, catalogue: Catalogue) -> int:
        if self.always or not self.mark.exists():
            self.mark.touch()
            os._exit(9)
        return 7
