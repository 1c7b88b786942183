"""Who writes letters: the file of an authority, its logo, and what is wrong with either."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tender_eval import Refused
from tender_eval.files.authority import LARGEST_LOGO, Letterhead, authority_of, media_of
from tender_eval.files.source import Source

WHOLE = """\
format: tender-eval/authority/1
name: Vale Council
address: [Town Hall, 1 High Street]
contact: {name: A. Buyer, email: buyer@vale.example, phone: 01234 567890}
reference: VC/2026/17
logo: logo.png
signatory: {name: A. Chair, role: Head of Procurement}
"""


def png(width: int = 2, height: int = 1) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0rest"


def jpeg(width: int = 2, height: int = 1) -> bytes:
    start = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    return start + b"\xff\xc0" + struct.pack(">HBHH", 17, 8, height, width)


def read(text: str, folder: Path) -> Letterhead:
    return authority_of(Source("authority.yaml", text.encode()), folder)


def test_the_whole_file(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    assert read(WHOLE, tmp_path) == Letterhead(
        "Vale Council", ("Town Hall", "1 High Street"), ("A. Buyer", "buyer@vale.example", "01234 567890"),
        "VC/2026/17", png(), "png", "A. Chair", "Head of Procurement",
    )  # fmt: skip


def test_a_name_is_enough(tmp_path: Path) -> None:
    assert read("format: tender-eval/authority/1\nname: Vale\n", tmp_path) == Letterhead("Vale")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("colour: red", r"authority.yaml:3:1: error TE010"),
        ("address: Town Hall", r"authority.yaml:3:10: error TE012"),
        ("signatory: {role: Chair}", r"authority.yaml:3:1\d?: error TE011"),
        ("logo: /etc/logo.png", "authority.yaml:3:7: error TE012: the path of the logo is not from here"),
        ("logo: none.png", "authority.yaml:3:7: error TE001: cannot read"),
        ("logo: script.svg", "authority.yaml:3:7: error TE012: the logo is no picture in PNG or JPEG"),
        ("logo: large.png", "authority.yaml:3:7: error TE004: the logo is larger than 1024 KiB"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(line: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "script.svg").write_bytes(b"<svg onload='alert(1)'/>")
    (tmp_path / "large.png").write_bytes(png() + bytes(LARGEST_LOGO))
    with pytest.raises(Refused, match=says):
        read(f"format: tender-eval/authority/1\nname: Vale\n{line}\n", tmp_path)


def test_another_file_is_told_from_it(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"TE005.*this is a bids file, where a file of an authority should be"):
        read("format: tender-eval/bids/1\nbids: []\n", tmp_path)


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (png(), "png"), (png(0), ""), (png(2, 20_000), ""), (png()[:20], ""), (jpeg(), "jpeg"), (jpeg(0), ""),
        (jpeg()[:-4], ""), (b"", ""), (b"\xff\xd8\xff", ""),
    ],
)  # fmt: skip
def test_only_pictures_that_a_page_can_show_are_taken(data: bytes, media: str) -> None:
    assert media_of(data) == media
