"""The pytest plugin: collects the cases of ``*.test.yaml`` files beside schemes.

It is loaded in every pytest run where tender-eval is installed, so it imports nothing of the engine until it
meets such a file, and passes over files of that name that belong to another tool.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tender_eval.plugins.catalogue import Catalogue
    from tender_eval.testing.cases import Case

ENDING = ".test.yaml"
_OURS = b"tender-eval/"
_HEAD = 65536  # bytes in which a file of ours names its format
_catalogue = pytest.StashKey["Catalogue"]()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take up files of cases."""
    if not file_path.name.endswith(ENDING):
        return None
    with file_path.open("rb") as file:
        ours = _OURS in file.read(_HEAD)
    return CaseFile.from_parent(parent, path=file_path) if ours else None


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator[pytest.Item]:
        """Its cases; a file that is at fault is an error of the collection."""
        from tender_eval.model.diagnostics import Refused
        from tender_eval.testing.cases import load_cases, told

        try:
            cases = load_cases(self.path)
        except Refused as e:
            raise self.CollectError("\n".join(told(e.diagnostics))) from None
        for case in cases:
            yield CaseItem.from_parent(self, name=case.name, case=case)


class UnexpectedResult(Exception):
    """A case did not come out as it expects."""


class CaseItem(pytest.Item):
    """One case."""

    def __init__(self, *, case: Case, **rest: Any) -> None:
        super().__init__(**rest)
        self.case = case

    def runtest(self) -> None:
        """Evaluate, and compare with what is expected."""
        from tender_eval.testing.cases import run_case

        differences = run_case(self.case, self._plugins())
        if differences:
            raise UnexpectedResult("\n".join(differences))

    def _plugins(self) -> Catalogue:
        """The installed plugins, loaded once a run."""
        from tender_eval.engine.catalogue import load_catalogue

        stash = self.config.stash
        if _catalogue not in stash:
            stash[_catalogue] = load_catalogue()
        return stash[_catalogue]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What was expected and what was found, rather than a traceback."""
        from tender_eval.languages.inert import inert
        from tender_eval.model.diagnostics import Refused

        if isinstance(excinfo.value, UnexpectedResult | Refused):
            told = [f"{self.case.where}: {self.case.name}", *str(excinfo.value).splitlines()]
            return "\n".join(map(inert, told))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands."""
        return self.path, max(self.case.where.line - 1, 0), self.name
