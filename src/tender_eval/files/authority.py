"""The authority that writes letters (``tender-eval/authority/1``): its name, address, contact, logo and signatory."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from tender_eval.files.fields import Fields, Located, Words
from tender_eval.files.kinds import parse_as
from tender_eval.files.source import Source, read_source
from tender_eval.files.validate import validate
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.location import Location, place

FORMAT = "tender-eval/authority/1"
TITLE = "tender-eval authority"  # of its JSON Schema
LARGEST_LOGO = 1024 * 1024  # bytes
LONGEST_SIDE = 10_000  # pixels
_PNG = b"\x89PNG\r\n\x1a\n"
_HEADER_OF_PNG = 24  # bytes up to the height
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the markers of a JPEG behind which its size stands


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the head of every letter of an authority, and at its end.

    Attributes:
        address: a line each.
        contact: e-mail address, telephone and the like, a line each.
        reference: the authority's own, for the tender.
        logo: the bytes of a picture, PNG or JPEG as ``media`` says; empty where there is none.
        signatory: who signs, and ``role`` as what.
    """

    name: str
    address: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    reference: str = ""
    logo: bytes = b""
    media: str = ""
    signatory: str = ""
    role: str = ""


class ContactFile(Fields):
    """How the authority is reached about the tender."""

    name: Words = ""
    email: Words = ""
    phone: Words = ""


class SignatoryFile(Fields):
    """Who signs the letters."""

    name: Words
    role: Words = ""


class AuthorityFile(Located):
    """The whole file."""

    format: Literal["tender-eval/authority/1"]
    name: Words
    address: tuple[Words, ...] = ()
    contact: ContactFile = ContactFile()
    reference: Words = ""
    logo: Words = ""
    signatory: SignatoryFile | None = None


def authority_of(source: Source, folder: Path) -> Letterhead:
    """The letterhead that a file in a folder states; the path of its logo is from there.

    Raises:
        Refused: with every problem of the file and of the logo, each at its place.
    """
    problems = Problems()
    data = parse_as(FORMAT, source, problems)
    problems.refuse()
    found: Any = validate(AuthorityFile, data, Location(source.name), problems)
    problems.refuse()
    logo, media = _logo(found, folder, problems) if found.logo else (b"", "")
    problems.refuse()
    contact = tuple(text for text in (found.contact.name, found.contact.email, found.contact.phone) if text)
    name, role = (found.signatory.name, found.signatory.role) if found.signatory else ("", "")
    return Letterhead(
        name=found.name, address=tuple(found.address), contact=contact, reference=found.reference, logo=logo,
        media=media, signatory=name, role=role,
    )  # fmt: skip


def _logo(found: AuthorityFile, folder: Path, problems: Problems) -> tuple[bytes, str]:
    where = place(found.logo, found.where)
    if PurePosixPath(found.logo).is_absolute() or Path(found.logo).is_absolute():
        problems.add("TE012", where, "the path of the logo is not from here", "write it from where this file stands")
        return b"", ""
    try:
        data = read_source(folder / found.logo).data
    except Refused as e:
        (told,) = e.diagnostics
        problems.add(told.code, where, told.message, told.hint)
        return b"", ""
    if len(data) > LARGEST_LOGO:
        problems.add("TE004", where, f"the logo is larger than {LARGEST_LOGO // 1024} KiB", "save it smaller")
        return b"", ""
    media = media_of(data)
    if not media:
        problems.add("TE012", where, "the logo is no picture in PNG or JPEG that can be shown", "save it as PNG")
    return data, media


def media_of(data: bytes) -> str:
    """``png`` or ``jpeg`` for a picture with sides that a page can show, else nothing.

    >>> media_of(b"GIF89a")
    ''
    """
    if data.startswith(_PNG) and len(data) > _HEADER_OF_PNG and data[12:16] == b"IHDR":
        sides = struct.unpack(">II", data[16:24])
        return "png" if all(0 < side <= LONGEST_SIDE for side in sides) else ""
    if data[:3] == b"\xff\xd8\xff" and data[6:10] in (b"JFIF", b"Exif"):
        return "jpeg" if all(0 < side <= LONGEST_SIDE for side in _sides_of_jpeg(data)) else ""
    return ""


def _sides_of_jpeg(data: bytes) -> tuple[int, int]:
    """Height and width by the header of the first frame; 0 where there is none."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return height, width
        at += 2 + length
    return 0, 0
