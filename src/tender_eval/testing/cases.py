"""Cases beside schemes (``tender-eval/test/1``): bids and what must come of them, for people to write.

``X.test.yaml`` tests the scheme ``X.yaml`` beside it unless a case names another::

    format: tender-eval/test/1
    source: {document: ..., section: ...}       # where the expected figures are published
    cases:
      - name: the published example
        bids: ../fixtures/x-bids.yaml           # or the bids themselves
        expect: {winner: [b], figures: {b: "97.27"}, rejected: {d: "minimum"}}

A case of a tender in lots names the ``lot`` that it evaluates, or expects the award across them: ``lots``,
``undecided``, ``lost``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from tender_eval.engine.check import check
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.files.bids.file import BIDS_FORMAT, BidsFile, check_bids
from tender_eval.files.fields import Ident, Located, Words, fault
from tender_eval.files.kinds import parse_as
from tender_eval.files.source import Source, read_source
from tender_eval.files.validate import validate
from tender_eval.lots.check import limits_check
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused
from tender_eval.model.location import Location, Table, Text, place
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.testing.expectations import Expectations, differences, differences_across

TEST_FORMAT = "tender-eval/test/1"
ENDING = ".test.yaml"
SUFFIXES = (".yaml", ".yml", ".csv", ".xlsx", ".json")


def _path(value: object) -> str:
    """A path from the test file; nothing else of the machine can be named."""
    if not isinstance(value, str) or not value.strip():
        raise fault("TE012", "expected a path", "write it from the folder of this file")
    if PurePosixPath(value).is_absolute() or "\\" in value or ":" in value:
        hint = "write it from the folder of this file, with /"
        raise fault("TE012", f'"{value}" is not a relative path', hint)
    if not value.lower().endswith(SUFFIXES):
        raise fault("TE006", f'"{value}" is no scheme or bids file', f"these are {', '.join(SUFFIXES)}")
    return value


def _bids(value: object) -> str | Table:
    return value if isinstance(value, Table) else _path(value)


PathFromHere = Annotated[str, PlainValidator(_path)]
PathOrBids = Annotated[str | Table, PlainValidator(_bids)]


class CaseEntry(Located):
    """One case as it is written."""

    name: Words
    scheme: PathFromHere | None = None
    bids: PathOrBids
    lot: Ident = ""
    expect: Expectations


class CasesFile(Located):
    """A file of cases."""

    format: Literal["tender-eval/test/1"]
    source: dict[str, Words] = Field({}, description="where the figures are published")
    cases: list[CaseEntry] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Case:
    """A case with its files found: ``bids`` is a file, or the bids as they stand in the case."""

    name: str
    scheme: Path
    bids: Path | Table
    lot: str
    expect: Expectations
    where: Location


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file.

    Raises:
        Refused: with every problem of the file.
    """
    return cases_in(read_source(path))


def cases_in(source: Source) -> tuple[Case, ...]:
    """The cases of a file from its bytes; see `load_cases`."""
    problems = Problems()
    data = parse_as(TEST_FORMAT, source, problems)
    if data is None:
        raise Refused(problems.sorted())
    model = validate(CasesFile, data, Location(source.name, 1, 1), problems)
    cases = tuple(_case(entry, Path(source.name), problems) for entry in model.cases) if model else ()
    _unique(cases, problems)
    problems.refuse()
    return cases


def _case(entry: CaseEntry, file: Path, problems: Problems) -> Case:
    beside = file.parent / (file.name.removesuffix(ENDING) + ".yaml")
    scheme = file.parent / entry.scheme if entry.scheme else beside
    if entry.scheme is None and (not file.name.endswith(ENDING) or not beside.is_file()):
        message = f'case "{entry.name}" names no scheme, and there is no {beside.name} beside the file'
        problems.add("TE011", entry.where, message, "add scheme: ...")
    if entry.lot and entry.expect.across:
        message = f'case "{entry.name}" names a lot, and expects the award across the lots'
        problems.add(
            "TE028", place(entry.lot, entry.where), message, "leave the lot out, or expect what it alone comes to"
        )
    bids = entry.bids if isinstance(entry.bids, Table) else file.parent / entry.bids
    return Case(str(entry.name), scheme, bids, entry.lot, entry.expect, entry.where)


def _unique(cases: Iterable[Case], problems: Problems) -> None:
    seen: dict[str, Location] = {}
    for case in cases:
        if case.name in seen:
            message = f'two cases are called "{case.name}"; the first is at {seen[case.name]}'
            problems.add("TE020", case.where, message, "give each its own name")
        seen.setdefault(case.name, case.where)


def run_case(case: Case, catalogue: Catalogue) -> tuple[str, ...]:
    """What came out otherwise than the case expects; nothing where it holds."""
    try:
        found = tuple(_run(case, *_inputs(case, catalogue)))
    except Refused as e:
        return _refused(case.expect, e.diagnostics)
    if case.expect.refused:
        return (f"expected to be refused with {', '.join(sorted(case.expect.refused))}; found a result",)
    return found


def _run(case: Case, compiled: CompiledScheme, bids: Bids) -> Iterable[str]:
    together = compiled.scheme.award.lots is not None and bids.tender.lots and not case.lot
    if case.expect.across or (case.expect.refused and together):
        from tender_eval.lots.award import award_lots

        return differences_across(case.expect, award_lots(compiled, bids))
    return differences(case.expect, compiled.evaluate(bids, case.lot))


def _inputs(case: Case, catalogue: Catalogue) -> tuple[CompiledScheme, Bids]:
    scheme, further = read_source(case.scheme), limits_check(catalogue)
    if isinstance(case.bids, Path):
        found = check(scheme, read_source(case.bids), catalogue, further)
        if isinstance(found, Refused):
            raise found
        return found.compiled, found.bids
    alone, problems = check(scheme, None, catalogue, further), Problems()
    problems.extend(alone.diagnostics)
    bids = _inline(case.bids, problems)
    if isinstance(alone, Refused):
        raise Refused(problems.sorted())
    return alone.compiled, problems.sound(bids)


def _inline(data: Table, problems: Problems) -> Bids | None:
    """The bids that stand in the case; their format line may be left out."""
    whole = Table(data.where)
    whole.update({Text("format", data.where): Text(BIDS_FORMAT, data.where), **data})
    model = validate(BidsFile, whole, data.where, problems)
    bids = model.record() if model else None
    if bids:
        check_bids(bids, data.where, problems)
    return bids


def _refused(expect: Expectations, diagnostics: tuple[Diagnostic, ...]) -> tuple[str, ...]:
    found = {d.code for d in diagnostics}
    if expect.refused and found == set(expect.refused):
        return ()
    wanted = f"to be refused with {', '.join(sorted(expect.refused))}" if expect.refused else "a result"
    return (f"expected {wanted}; found it refused with {', '.join(sorted(found))}:", *told(diagnostics))


def told(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Diagnostics as lines, each with how to mend it."""
    return [f"{d}; {d.mend}" for d in diagnostics]
