"""Lists of what is installed: a plugin at fault is told after the others, and hides none of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tender_eval.cli.inputs import every_plugin

if TYPE_CHECKING:
    from tender_eval.plugins.catalogue import Catalogue, Registered


class Installed:
    """What is installed as far as it is sound, and the faults of the rest."""

    def __init__(self) -> None:
        from tender_eval.model.diagnostics import Problems

        self.faults = Problems()
        self.catalogue: Catalogue = every_plugin(self.faults)

    def sound(self, methods: Mapping[str, Registered[Any]]) -> Iterator[tuple[str, Any, str]]:
        """The name of each method that can be loaded, the method, and the distribution that brings it."""
        from tender_eval.model.diagnostics import Refused

        for name, method in methods.items():
            try:
                yield name, method.item, str(method.origin)
            except Refused as e:
                self.faults.extend(e.diagnostics)

    def refuse(self) -> None:
        """Raise `Refused` where anything is at fault."""
        self.faults.refuse()


@contextmanager
def installed() -> Iterator[Installed]:
    """What is installed, to be listed; where something is at fault, that is told at the end.

    Raises:
        Refused: naming each plugin that is at fault, when the list is out.
    """
    found = Installed()
    yield found
    found.refuse()
