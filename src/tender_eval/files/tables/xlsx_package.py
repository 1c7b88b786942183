"""An XLSX file before it is opened: whether it is safe and whole, and what openpyxl does not tell of a sheet.

An XLSX file is a zip of XML parts (ECMA-376, part 2). Nothing is unpacked that could grow without bound, and
no part with a document type declaration, which an XML entity bomb needs, comes near a parser.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl.utils.cell import coordinate_to_tuple

from tender_eval.files.source import Source, not_text
from tender_eval.files.tables.table import MOST_CELLS
from tender_eval.model.diagnostics import Diagnostic, Problems
from tender_eval.model.location import Location

LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes of all parts together
MOST_PARTS = 10_000
HIGHEST_RATIO = 300  # unpacked to packed; sheets of repeated rows reach some 60
RATIO_MATTERS_FROM = 10 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls files, and of encrypted .xlsx files
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECLARATION = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")  # UTF-8 and UTF-16
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_STRICT = "purl.oclc.org/ooxml"
_UNLOCK = "save it without password"
_AS_XLSX = "save it as an Excel workbook (.xlsx)"


def check_package(source: Source, problems: Problems) -> bool:
    """Whether the file is a workbook that is safe to open; everything that speaks against it is noted."""
    where = Location(source.name)
    if source.data.startswith(_OLE):
        if _ENCRYPTED in source.data:
            problems.add("TE003", where, "the workbook is protected by a password", _UNLOCK)
        else:
            problems.add("TE003", where, "this is the old .xls format", _AS_XLSX)
        return False
    try:
        with ZipFile(BytesIO(source.data)) as archive:
            return _check_parts(archive, len(source.data), where, problems)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        problems.add("TE003", where, "this is not a workbook, or it is damaged", _AS_XLSX)
        return False


def _check_parts(archive: ZipFile, packed: int, where: Location, problems: Problems) -> bool:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        message = f"the workbook unpacks to {unpacked // 1024**2} MiB in {len(parts)} parts"
        hint = f"at most {LARGEST_UNPACKED // 1024**2} MiB in {MOST_PARTS} parts are read: keep the bids only"
        problems.add("TE004", where, message, hint)
    elif unpacked > RATIO_MATTERS_FROM and unpacked > HIGHEST_RATIO * packed:
        message = f"the workbook unpacks to {unpacked // packed} times its size"
        problems.add("TE004", where, message, "copy the bids into a new workbook")
    elif any(part.flag_bits & 1 for part in parts):
        problems.add("TE003", where, "the workbook is protected by a password", _UNLOCK)
    elif len(set(names)) < len(names):
        problems.add("TE003", where, "the workbook holds a part twice: it is damaged", _AS_XLSX)
    elif "[Content_Types].xml" not in names:
        problems.add("TE003", where, "this is a zip file, not a workbook", _AS_XLSX)
    elif where.source.lower().endswith(".xlsm") or any("vbaproject" in name.lower() for name in names):
        problems.add("TE003", where, "the workbook holds macros", _AS_XLSX + ", without macros")
    elif declaring := next((part for part in parts if _declares(archive, part)), None):
        message = f"the part {declaring.filename} has a document type declaration, which workbooks never have"
        problems.add("TE003", where, message, "copy the bids into a new workbook")
    else:
        return True
    return False


def _declares(archive: ZipFile, part: ZipInfo) -> bool:
    with archive.open(part) as stream:
        before = b""
        while chunk := stream.read(1 << 20):
            if _DECLARATION.search(before + chunk):
                return True
            before = chunk[-40:]
    return False


def undecodable(source: Source) -> Diagnostic | None:
    """What to say of a workbook that could not be read for a byte that is not text in the encoding of its part."""
    with ZipFile(BytesIO(source.data)) as archive:
        for part in archive.infolist():
            data = archive.read(part) if part.filename.endswith((".xml", ".rels")) else b""
            if (found := not_text(part.filename, data)) and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
                where = found.where or Location(part.filename)
                stated = _ENCODING.match(data)
                if stated and stated[1].lower() not in (b"utf-8", b"utf8"):
                    continue
                at = f"in line {where.line}, column {where.column} of the part {part.filename}"
                message = f"{found.message.partition(',')[0]}, {at}"
                return Diagnostic("TE002", message, Location(source.name), "save it again in a spreadsheet program")
    return None


@dataclass
class SheetFacts:
    """What openpyxl's streaming reader leaves out.

    Attributes:
        formulas: the cells that hold a formula; True where its result is stated to be text.
        hidden_rows: their numbers.
        hidden_columns: pairs of first and last column number.
        merged: ranges such as A1:B2.
        fault: why the sheet cannot be read, if so. A row or cell out of order is one: readers pass over it.
    """

    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    fault: str = ""
    too_large: bool = False

    def hides_column(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


def scan_sheet(source: Source, part: str) -> SheetFacts:
    """The facts of one sheet, in one pass over its XML."""
    scan = _Scan()
    try:
        with ZipFile(BytesIO(source.data)) as archive, archive.open(part) as stream:
            scan.run(stream)
    except (expat.ExpatError, ValueError, KeyError, BadZipFile, zlib.error) as e:
        scan.facts.fault = str(e)
    return scan.facts


class _Scan:
    def __init__(self) -> None:
        self.facts = SheetFacts()
        self._row = 0
        self._column = 0
        self._text = False
        self._cells = 0

    def run(self, stream: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.ParseFile(stream)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "c":
                self._cell(attributes)
            case "f":
                self.facts.formulas[self._row, self._column] = self._text
            case "row":
                stated = attributes.get("r", str(self._row + 1))
                row = int(stated) if len(stated) < 9 else 0  # no sheet has so many rows
                if row <= self._row:
                    raise ValueError("its rows are out of order")
                self._row, self._column = row, 0
                if _hidden(attributes, "ht"):
                    self.facts.hidden_rows.add(self._row)
            case "col":
                if _hidden(attributes, "width"):
                    self.facts.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
            case "mergeCell":
                self.facts.merged.append(attributes["ref"])
            case "worksheet":
                if any(_STRICT in value for value in attributes.values()):
                    raise ValueError("it is in the Strict Open XML format")

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            self.facts.too_large = True
            raise ValueError(f"it has more than {MOST_CELLS} cells")
        reference = attributes.get("r")
        row, column = coordinate_to_tuple(reference) if reference else (self._row, self._column + 1)
        if row != self._row or column <= self._column:
            raise ValueError("its cells are out of order")
        self._column = column
        self._text = attributes.get("t") == "str"


def _hidden(attributes: Mapping[str, str], size: str) -> bool:
    given = attributes.get(size)
    return attributes.get("hidden") in ("1", "true") or (given is not None and float(given) == 0)
