"""A file of one kind where another should be is told what it is and where it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tender_eval import Refused
from tender_eval.files.kinds import begins_as_record, parse_as
from tender_eval.files.load import read_bids, read_scheme
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.testing.cases import TEST_FORMAT, cases_in

RECORD = b'{"at":"2026-05-02T09:30:00Z","body":{"bids_sha256":"414f","environment":{}},"kind":"genesis"}\n'
OPENED = RECORD.replace(b'"bids_sha256":"414f",', b"")  # a case whose bids are received later
FORMATS = ("scheme", "bids", "test", "lots-spec")


def as_scheme(source: Source, problems: Problems) -> None:
    assert read_scheme(source, problems) is None


def as_bids(source: Source, problems: Problems) -> None:
    assert read_bids(source, {}, problems) is None


def as_cases(source: Source, problems: Problems) -> None:
    with pytest.raises(Refused) as e:
        cases_in(source)
    problems.extend(e.value.diagnostics)


WANTED = {"scheme": as_scheme, "bids": as_bids, "test": as_cases}
IS_ONE = {"scheme": "a scheme", "bids": "a bids file", "test": "a file of cases", "lots-spec": "a spec of a simulation"}
GOES = {
    "scheme": "SCHEME BIDS",
    "bids": "SCHEME BIDS",
    "test": "tender-eval test FILE",
    "lots-spec": "tender-eval simulate lots FILE",
}


@pytest.mark.parametrize("wanted", WANTED)
@pytest.mark.parametrize("found", FORMATS)
@pytest.mark.parametrize("version", [1, 2])
def test_a_file_of_another_format_is_not_told_to_change_its_format_line(wanted: str, found: str, version: int) -> None:
    if found == wanted:
        return
    problems = Problems()
    WANTED[wanted](Source("x.yaml", f"id: x\nformat: tender-eval/{found}/{version}\n".encode()), problems)
    (problem,) = problems
    assert (str(problem.where), problem.code) == ("x.yaml:2:9", "TE005")
    assert problem.message.startswith(f"this is {IS_ONE[found]}, where ")
    assert GOES[found] in problem.hint
    assert "format:" not in problem.hint


@pytest.mark.parametrize("wanted", ["scheme", "test"])
@pytest.mark.parametrize("name", ["bids.csv", "bids.TSV", "bids.xlsx", "bids.xls"])
def test_a_table_where_another_file_should_be(wanted: str, name: str) -> None:
    problems = Problems()
    WANTED[wanted](Source(name, b"PK\x03\x04\xff" if "x" in name else b"id,price\na,1\n"), problems)
    (problem,) = problems
    assert (str(problem.where), problem.code) == (name, "TE005")
    assert problem.message.startswith("this is a table of bids, where a ")
    assert "tender-eval evaluate SCHEME BIDS" in problem.hint


@pytest.mark.parametrize("wanted", WANTED)
@pytest.mark.parametrize("name", ["keep.jsonl", "keep.yaml", "keep"])
@pytest.mark.parametrize("record", [RECORD, OPENED], ids=["evaluated", "opened"])
def test_a_record_where_another_file_should_be(wanted: str, name: str, record: bytes) -> None:
    problems = Problems()
    WANTED[wanted](Source(name, record), problems)
    (problem,) = problems
    assert problem.code == "TE005"
    assert problem.message.startswith("this is the record of an evaluation, where ")
    assert "tender-eval audit" in problem.hint


@pytest.mark.parametrize("change", [bytes, lambda b: b[:90], lambda b: b"\xef\xbb\xbf" + b.replace(b":", b" : ")])
@pytest.mark.parametrize("record", [RECORD, OPENED], ids=["evaluated", "opened"])
def test_how_a_record_begins(change: Callable[[bytes], bytes], record: bytes) -> None:
    assert begins_as_record(change(record))


@pytest.mark.parametrize("head", [b"", b"{}", b'{"at":"x","body":{"bids":[]}}', b"# " + RECORD])
def test_how_no_record_begins(head: bytes) -> None:
    assert not begins_as_record(head)


def test_a_later_version_and_a_format_that_nobody_knows() -> None:
    for text, mend in (("format: tender-eval/test/2\n", "or install"), ("format: mine\n", "write format:")):
        problems = Problems()
        assert parse_as(TEST_FORMAT, Source("x.test.yaml", text.encode()), problems) is None
        (problem,) = problems
        assert mend in problem.hint
