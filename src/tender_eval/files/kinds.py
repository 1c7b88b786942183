"""The kinds of files, told apart: by the format line, by the end of the name, or by how a record begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from tender_eval.files.fields import kind
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_yaml
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, Table, place

TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
RECORD_HEAD = 512  # bytes in which a record shows what it is

# The entry that opens it, in canonical JSON: no digest of bids comes first in the body where they are received later.
_RECORD = re.compile(rb'\s*\{\s*"at"\s*:\s*"[^"]*"\s*,\s*"body"\s*:\s*\{\s*"(bids_sha256|environment)"\s*:')


class _Kind(NamedTuple):
    """What a file is, and where it goes."""

    is_one: str
    goes: str


_SCHEME = _Kind(
    "a scheme",
    "a scheme goes before its bids: tender-eval evaluate SCHEME BIDS; in a spec or a case it stands under scheme:",
)
_BIDS = _Kind("a bids file", "bids go behind their scheme: tender-eval evaluate SCHEME BIDS")
_KINDS = {
    "tender-eval/scheme": _SCHEME,
    "tender-eval/bids": _BIDS,
    "tender-eval/test": _Kind("a file of cases", "cases are run by tender-eval test FILE"),
    "tender-eval/authority": _Kind(
        "a file of an authority", "it goes to letters: tender-eval report RECORD --format summaries --authority FILE"
    ),
    "tender-eval/panel": _Kind("a panel", "a panel goes to its case: tender-eval case open RECORD SCHEME --panel FILE"),
    "tender-eval/policy": _Kind(
        "a policy of who signs", "it goes to the check of a record: tender-eval audit verify RECORD --policy FILE"
    ),
    "tender-eval/lots-spec": _Kind("a spec of a simulation", "a spec is run by tender-eval simulate lots FILE"),
}
_TABLE = _BIDS._replace(is_one="a table of bids")
_NOTICE = _Kind("a notice in JSON", "a scheme is begun from it: tender-eval schemes from-notice FILE")
_OF_RECORD = _Kind("the record of an evaluation", "records are for tender-eval report and tender-eval audit")


def begins_as_record(head: bytes) -> bool:
    """Whether bytes begin as a record of an evaluation does: with the entry that opens it, or part of it."""
    return _RECORD.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def parse_as(expected: str, source: Source, problems: Problems) -> Table | None:
    """The document of a YAML file of the expected format, or None with the problems noted."""
    if is_other(expected, source, problems):
        return None
    data = parse_yaml(source, problems)
    right = right_format(data, expected, Location(source.name, 1, 1), problems)
    return data if right and isinstance(data, Table) else None


def is_other(expected: str, source: Source, problems: Problems) -> bool:
    """Whether the file is of another kind though it has no format line, which is noted."""
    return _is_other(_kind_of(expected), source, problems)


def is_no_notice(source: Source, problems: Problems) -> bool:
    """Whether the file is by its name or its beginning no notice in JSON, which is noted."""
    return _is_other(_NOTICE, source, problems)


def _is_other(wanted: _Kind | None, source: Source, problems: Problems) -> bool:
    found = _OF_RECORD if begins_as_record(source.data[:RECORD_HEAD]) else None
    if found is None and wanted is not _BIDS and source.suffix in TABLES:
        found = _TABLE
    if found is None or wanted is None:
        return False
    problems.add("TE005", Location(source.name), *_misplaced(found, wanted))
    return True


def right_format(data: object, expected: str, where: Location, problems: Problems) -> bool:
    """Whether data says that it is of the expected format; where it does not, that is noted.

    Args:
        where: the place to name when the data has none.
    """
    if data is None and problems:
        return False
    found = data.get("format") if isinstance(data, dict) else None
    if found == expected:
        return True
    message = f'the format is {kind(found)}, not "{expected}"' if found is not None else "the format line is missing"
    hint = f"write format: {expected}"
    other, wanted = _kind_of(found), _kind_of(expected)
    if other and wanted and other is not wanted:
        message, hint = _misplaced(other, wanted)
    elif other:
        hint += ", or install the version of tender-eval that reads the other"
    problems.add("TE005", place(found, where), message, hint)
    return False


def _kind_of(stated: object) -> _Kind | None:
    return _KINDS.get(stated.rpartition("/")[0]) if isinstance(stated, str) else None


def _misplaced(found: _Kind, wanted: _Kind) -> tuple[str, str]:
    """What to say of a file that is one thing where another should be."""
    should = "bids" if wanted is _BIDS else wanted.is_one
    return f"this is {found.is_one}, where {should} should be", found.goes
