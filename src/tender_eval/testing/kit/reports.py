"""The test kit for reports: what one promises of the records that it is given."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tender_eval.audit.verify import read_case
from tender_eval.case.case import Case
from tender_eval.plugins.report import Report
from tender_eval.testing.kit.checks import Check, made, watched


def checks(report: type[Report], files: tuple[Path, ...] = ()) -> list[Check]:
    """The promises of a report, one check each.

    Args:
        files: records that it must tell of.
    """
    tried = _Tried(report, files)
    return made(
        report, tried.is_given_records, tried.writes_a_file, tried.writes_the_same_again, tried.does_nothing_else
    )


def answers(report: type[Report]) -> list[str]:
    """Nothing: records are read where the tests run."""
    return [report.name]


class _Tried:
    """A report under test."""

    def __init__(self, report: type[Report], files: tuple[Path, ...]) -> None:
        self.kind, self.files = report, files

    def cases(self) -> Iterator[Case]:
        """The cases that it must tell of."""
        assert self.files, "nothing is tried without a record: parametrize_with_checks(Report, files=[...])"
        yield from map(read_case, self.files)

    def is_given_records(self) -> None:
        """The kit is given records that it must tell of."""
        assert list(self.cases())

    def writes_a_file(self) -> None:
        """It writes something, as bytes."""
        for case in self.cases():
            found = self.kind().write(case)
            assert isinstance(found, bytes), f"gives a {type(found).__name__}, where bytes are to be given"
            assert found, "gives an empty file"

    def writes_the_same_again(self) -> None:
        """The same record comes to the same bytes each time."""
        for case in self.cases():
            assert self.kind().write(case) == self.kind().write(case), "writes other bytes each time"

    def does_nothing_else(self) -> None:
        """It touches no file, network, clock, chance, environment, thread or caller, and prints nothing."""
        for case in self.cases():
            self.kind().write(case)  # loads what we load at first use
            watched(self.kind, partial(self.kind().write, case))
