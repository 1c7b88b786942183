"""Bytes that are no text in UTF-8 are told at the right byte, by every reader of text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tender_eval import Refused, load_bids
from tender_eval.cli import main
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Diagnostic

MARK = b"\xef\xbb\xbf"
CSV = b"id,price,supplier.name\n"


def told(data: bytes, name: str = "bids.csv") -> Diagnostic:
    with pytest.raises(Refused) as e:
        _ = Source(name, data).text
    (found,) = e.value.diagnostics
    assert found.code == "TE002"
    return found


@pytest.mark.parametrize("mark", [b"", MARK, MARK + MARK], ids=["plain", "marked", "marked twice"])
@pytest.mark.parametrize(
    ("data", "where", "message"),
    [
        (CSV + b"a,1,Zo\xc3\xab M\xfcller\n", (2, 10), 'byte 0xfc is not UTF-8 text, after "a,1,Zoë M"'),
        (b"\xfc", (1, 1), "byte 0xfc is not UTF-8 text"),
        (b"id\r\na\rb\xe9,", (3, 2), 'byte 0xe9 is not UTF-8 text, after "b"'),
        (b"id\n\xf0\x9f\x98\x80\xff", (2, 2), 'byte 0xff is not UTF-8 text, after "😀"'),
        (b"id\nZo\xc3", (2, 3), 'the file ends in the middle of a character, with byte 0xc3, after "Zo"'),
        (b"id\n\xf0\x9f\x98", (2, 1), "the file ends in the middle of a character, with byte 0xf0"),
        (b"a\xed\xa0\x80", (1, 2), 'byte 0xed is not UTF-8 text, after "a"'),  # half of a surrogate pair
        (b"a\xc0\xaf", (1, 2), 'byte 0xc0 is not UTF-8 text, after "a"'),  # overlong
        (b"a\xf8", (1, 2), 'byte 0xf8 is not UTF-8 text, after "a"'),
    ],
)
def test_the_byte_is_named_at_its_place(mark: bytes, data: bytes, where: tuple[int, int], message: str) -> None:
    found = told(mark + data)
    assert found.where
    assert ((found.where.line, found.where.column), found.message) == (where, message)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b""), ("utf-16-be", b""),
     ("utf-32-le", b"\xff\xfe\0\0"), ("utf-32-be", b"\0\0\xfe\xff"), ("utf-32-le", b""), ("utf-32-be", b"")],
)  # fmt: skip
@pytest.mark.parametrize("name", ["bids.csv", "bids.yaml", "bids.json"])
def test_wide_text_is_told_as_what_it_is(tmp_path: Path, name: str, encoding: str, mark: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(mark + "id,price\na,1\n".encode(encoding))
    with pytest.raises(Refused) as e:
        load_bids(path)
    (found,) = e.value.diagnostics
    assert (found.code, found.where and found.where.line) == ("TE002", 1)
    assert found.hint.startswith(f"it is {encoding[:6].upper()}: save it as UTF-8")


@pytest.mark.parametrize("mark", [b"", MARK, MARK + MARK])
@pytest.mark.parametrize("name", ["bids.csv", "bids.tsv", "bids.yaml", "bids.json"])
def test_a_mark_in_front_changes_nothing(tmp_path: Path, name: str, mark: bytes) -> None:
    text = {
        "csv": "id,price\na,1\n", "tsv": "id\tprice\na\t1\n",
        "yaml": "format: tender-eval/bids/1\nbids: [{id: a, price: 1}]\n",
        "json": '{"format": "tender-eval/bids/1", "bids": [{"id": "a", "price": 1}]}',
    }[name.rpartition(".")[2]]  # fmt: skip
    path = tmp_path / name
    path.write_bytes(mark + text.encode())
    assert [(bid.id, bid.figures["price"].value) for bid in load_bids(path).bids] == [("a", 1)]


def test_bom_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte order mark before, and a letter saved in another encoding behind one saved in UTF-8."""
    monkeypatch.chdir(tmp_path)
    Path("bids.csv").write_bytes(MARK + CSV + b"a,1,Zo\xc3\xab M\xfcller\n")
    Path("scheme.yaml").write_text(
        "format: tender-eval/scheme/1\nid: s\ntitle: S\n"
        "criteria: [{id: p, title: P, weight: 100, scorer: ratio_to_lowest}]\n"
        "award: {rule: highest_score}\n"
    )
    for command in (["validate", "bids.csv"], ["evaluate", "scheme.yaml", "bids.csv"]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 1
        assert 'bids.csv:2:10: error TE002: byte 0xfc is not UTF-8 text, after "a,1,Zoë M"' in result.stderr


@pytest.mark.slow
@given(st.text(max_size=20), st.binary(max_size=8), st.sampled_from((b"", MARK)))
def test_any_bytes_are_text_or_told(text: str, rest: bytes, mark: bytes) -> None:
    data = mark + text.encode("utf-8", "surrogatepass") + rest
    try:
        found = Source("x.csv", data).text
    except Refused as e:
        (diagnostic,) = e.diagnostics
        assert diagnostic.code == "TE002"
        assert diagnostic.where
        assert diagnostic.where.line >= 1 <= diagnostic.where.column
    else:
        assert found == data.decode("utf-8").lstrip("\ufeff")


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_byte_of_a_workbook_that_is_no_text_is_named_in_its_part(tmp_path: Path, part: str) -> None:
    book = Workbook()
    for row in (["id", "price", "supplier.name"], ["a", 1, "Müller"]):
        book.worksheets[0].append(row)
    whole = BytesIO()
    book.save(whole)
    path = tmp_path / "bids.xlsx"
    with ZipFile(whole) as archive, ZipFile(path, "w") as changed:
        for name in archive.namelist():
            data = archive.read(name)
            at = data.rindex(b"</")
            changed.writestr(name, data[:at] + b"\xfc" + data[at:] if name == part else data)
    with pytest.raises(Refused) as e:
        load_bids(path)
    (found,) = e.value.diagnostics
    assert (found.code, found.where and found.where.source) == ("TE002", path.as_posix())
    assert found.message.startswith("byte 0xfc is not UTF-8 text, in line ")
    assert found.message.endswith(f" of the part {part}")
