"""Byte order marks, line ends, tabs and encodings: read alike, or named where they break."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from inline import refusal, told

from tender_eval import load_bids, load_scheme

Write = Callable[[str, str | bytes], str]
SCHEME = """\
format: tender-eval/scheme/1
id: s
title: "Wohnungs\u00adlosenhilfe \u2013 Straße"
criteria:
  - id: price
    weight: 100
    scorer: ratio_to_lowest
award:
  rule: highest_score
"""
BIDS = """\
format: tender-eval/bids/1
bids:
  - id: a
    supplier: {name: Ångström}
    price: 10
"""
BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize("bom", [b"", BOM])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_byte_order_marks_and_line_ends_change_nothing(write: Write, bom: bytes, newline: str) -> None:
    plain = load_scheme(write("scheme.yaml", SCHEME))
    assert load_scheme(write("scheme.yaml", bom + SCHEME.replace("\n", newline).encode())) == plain
    bids = load_bids(write("bids.yaml", BIDS))
    assert load_bids(write("bids.yaml", bom + BIDS.replace("\n", newline).encode())) == bids


@pytest.mark.parametrize("bom", [b"", BOM])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("bids.yaml", BIDS.replace("price: 10", "price: ten"), "bids.yaml:5:12"),
        ("bids.yaml", BIDS.replace("format: ", "form: "), "bids.yaml:1:1"),
        ("bids.csv", "id,price\na,10\nb,ten\n", "bids.csv:3:3"),
        ("bids.csv", "id,prise\na,10\n", "bids.csv:1:4"),
    ],
)
def test_they_do_not_move_the_place_of_an_error(
    write: Write, name: str, text: str, place: str, newline: str, bom: bytes
) -> None:
    path = write(name, bom + text.replace("\n", newline).encode())
    assert [str(d.where) for d in refusal(load_bids, path)] == [place]


def test_a_byte_order_mark_between_the_lines_is_not_passed_over(write: Write) -> None:
    said = refusal(load_bids, write("bids.yaml", BIDS.encode().replace(b"  - id: a", BOM + b"  - id: a")))
    assert said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (BIDS.replace("    price", "\tprice"), "bids.yaml:5:1"),
        (BIDS.replace("  - id", "\t- id"), "bids.yaml:3:1"),
    ],
)
def test_a_tab_as_indentation_is_named(write: Write, text: str, place: str) -> None:
    (said,) = refusal(load_bids, write("bids.yaml", text))
    assert (str(said.where), said.code) == (place, "TE003")
    assert said.hint == "indent with spaces: YAML allows no tabs there"


def test_a_tab_between_key_and_value_is_no_matter(write: Write) -> None:
    assert load_bids(write("bids.yaml", BIDS.replace("price: 10", "price:\t10"))) == load_bids(
        write("plain.yaml", BIDS)
    )


def test_a_table_separated_by_tabs(write: Write) -> None:
    with_tabs = load_bids(write("bids.tsv", "id\tprice\na\t10\n"))
    assert with_tabs == load_bids(write("bids.csv", "id,price\na,10\n"))


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (BIDS.encode("utf-16"), "bids.yaml:1:1"),
        (BIDS.encode("latin-1"), "bids.yaml:4:22"),
    ],
)
def test_other_encodings_are_named_and_not_guessed(write: Write, content: bytes, place: str) -> None:
    (said,) = refusal(load_bids, write("bids.yaml", content))
    assert (str(said.where), said.code) == (place, "TE002")
    assert "UTF-8" in said.hint


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\ufffe"])
def test_characters_that_no_text_holds(write: Write, character: str) -> None:
    (said,) = refusal(load_bids, write("bids.yaml", BIDS.replace("Ång", "A" + character)))
    assert (str(said.where), said.code) == ("bids.yaml:4:23", "TE003")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["scheme.yaml:1:1 TE005"]),
        ("\n\n# nothing\n", ["scheme.yaml:1:1 TE005"]),
        ("hello\n", ["scheme.yaml:1:1 TE005"]),
        (SCHEME + "---\nid: another\n", ["scheme.yaml:10:1 TE003"]),
    ],
)
def test_files_that_hold_no_scheme_or_two(write: Write, text: str, said: list[str]) -> None:
    assert told(refusal(load_scheme, write("scheme.yaml", text))) == said


def test_a_file_that_is_not_there(write: Write) -> None:
    write("bids.yaml", BIDS)
    (said,) = refusal(load_bids, "missing.yaml")
    assert (str(said.where), said.code) == ("missing.yaml", "TE001")
    (said,) = refusal(load_bids, ".")
    assert said.code in ("TE001", "TE006")
    (said,) = refusal(load_bids, write("bids.numbers", b"PK"))
    assert said.code == "TE006"
