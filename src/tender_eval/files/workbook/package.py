"""A workbook file before anything in it is read: whether it is safe to unpack, and where its parts are.

An XLSX file is a zip of XML parts that name each other (ECMA-376, part 2). Parts are read in pieces and never beyond
the size that the package states, and no part but those that hold the cells is unpacked at all.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from tender_eval.base.limits import HIGHEST_RATIO, LARGEST_UNPACKED, MOST_PARTS, RATIO_MATTERS_FROM
from tender_eval.files.source import Source, not_text
from tender_eval.files.workbook.part import Attributes, Closed, Grammar, Part, PartFault
from tender_eval.model.diagnostics import Diagnostic, Problems
from tender_eval.model.location import Location

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls files, and of encrypted .xlsx files
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENTRY = b"PK\x01\x02"  # begins each entry of a zip's directory
_PASSWORD = 1  # of an entry's flags
_UNLOCK = "save it without password"
AS_XLSX = "save it as an Excel workbook (.xlsx)"
AGAIN = "open it in a spreadsheet program and save it again as .xlsx"


class OfficeKind(NamedTuple):
    """A kind of Office file: what it is called, its older form, that with macros, and how to save or make it anew."""

    name: str
    older: str
    macros: str
    save: str
    again: str
    anew: str


WORKBOOK = OfficeKind("workbook", ".xls", ".xlsm", AS_XLSX, AGAIN, "copy the bids into a new workbook")
WORD = OfficeKind(
    "document", ".doc", ".docm", "save it as a Word document (.docx)",
    "open it in a word processor and save it again as .docx", "copy its text into a new document",
)  # fmt: skip
_EXCERPT = 8 * 1024 * 1024  # bytes of a part in which a byte that is no text is looked for
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
_TYPES = "[Content_Types].xml"
_OPEN_DOCUMENT = "META-INF/manifest.xml"
_CONTENTS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"


class Target(NamedTuple):
    """A part that another names: its path in the package, and as what it is named."""

    path: str
    kind: str


class Package:
    """An open workbook file."""

    def __init__(self, name: str, archive: ZipFile) -> None:
        self.name = name
        self._archive = archive
        self._paths = {part.filename for part in archive.infolist()}

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    @contextmanager
    def opened(self, path: str) -> Iterator[IO[bytes]]:
        """A part, to be read in pieces.

        Raises:
            PartFault: where it is missing or damaged, also while it is read.
        """
        try:
            with self._archive.open(path) as stream:
                yield stream
        except KeyError:
            raise PartFault(f"the part {path} is missing") from None
        except _BROKEN as e:
            raise PartFault(f"the part {path} is damaged: {str(e)[:100] or type(e).__name__}") from None

    def check_contents(self) -> None:
        """See that the list of contents can be read, and names no macros.

        Raises:
            PartFault: where not.
        """
        with self.opened(_TYPES) as stream:
            _ContentTypes().read(stream)

    def targets(self, of: str) -> dict[str, Target]:
        """What a part names, by the id that it uses; of the package itself where it is empty."""
        folder, name = posixpath.split(of)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if of and path not in self:
            return {}
        found = _Relationships(folder)
        with self.opened(path) as stream:
            found.read(stream)
        return found.targets

    def undecodable(self, path: str) -> Diagnostic | None:
        """What to say of a part with a byte that is no text, where that is why it cannot be read."""
        try:
            with self._archive.open(path) as stream:
                data = stream.read(_EXCERPT)
        except (KeyError, *_BROKEN):
            return None
        found = not_text(path, data)
        if not found or not found.where or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return None
        at = f"in line {found.where.line}, column {found.where.column} of the part {path}"
        message = f"{found.message.partition(',')[0]}, {at}"
        return Diagnostic("TE002", message, Location(self.name), "save it again in a spreadsheet program")


class _Relationships(Part):
    grammar = Grammar(
        {f"{_RELATED} Relationships": Closed({f"{_RELATED} Relationship": Closed()})},
    )

    def __init__(self, folder: str) -> None:
        super().__init__({f"{_RELATED} Relationship": self._named}, {})
        self.targets: dict[str, Target] = {}
        self._folder = folder

    def _named(self, attributes: Attributes) -> None:
        if attributes.get("TargetMode") == "External":
            return
        name, target = attributes.get("Id", ""), attributes.get("Target", "")
        if len(self.targets) >= MOST_PARTS:
            raise PartFault(f"it names more than {MOST_PARTS} parts", "TE004")
        if name in self.targets:
            raise PartFault(f'two parts have the id "{name[:40]}"')
        path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        self.targets[name] = Target(path, attributes.get("Type", "").rpartition("/")[2])


class _ContentTypes(Part):
    """Reads of the package's list of contents whether any of them has macros."""

    grammar = Grammar({f"{_CONTENTS} Types": Grammar({f"{_CONTENTS} Override": Grammar()})})

    def __init__(self) -> None:
        super().__init__({f"{_CONTENTS} Override": self._part}, {})

    def _part(self, attributes: Attributes) -> None:
        if "macroenabled" in attributes.get("ContentType", "").casefold():
            raise PartFault("it is a workbook with macros")


def open_package(source: Source, problems: Problems, kind: OfficeKind = WORKBOOK) -> Package | None:
    """The file as a package that is safe to read, or None with what speaks against it noted."""
    where = Location(source.name)
    if source.data.startswith(_OLE):
        if _ENCRYPTED in source.data:
            problems.add("TE003", where, f"the {kind.name} is protected by a password", _UNLOCK)
        else:
            problems.add("TE003", where, f"this is the old {kind.older} format", kind.save)
        return None
    if source.data.count(_ENTRY) > MOST_PARTS:  # before a library keeps them all
        problems.add("TE004", where, f"the {kind.name} has more than {MOST_PARTS} parts", _LESS)
        return None
    try:
        archive = ZipFile(BytesIO(source.data))
    except _BROKEN:
        problems.add("TE003", where, f"this is not a {kind.name}, or it is damaged", kind.save)
        return None
    if fault := _fault_of(archive, len(source.data), where, kind):
        problems.add(*fault)
        return None
    return Package(source.name, archive)


_LESS = f"at most {LARGEST_UNPACKED // 1024**2} MiB in {MOST_PARTS} parts are read: keep what is needed only"


def _fault_of(
    archive: ZipFile, packed: int, where: Location, kind: OfficeKind
) -> tuple[str, Location, str, str] | None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED:
        return "TE004", where, f"the {kind.name} unpacks to {unpacked // 1024**2} MiB in {len(parts)} parts", _LESS
    if unpacked > RATIO_MATTERS_FROM and unpacked > HIGHEST_RATIO * packed:
        message = f"the {kind.name} unpacks to {unpacked // packed} times its size"
        return "TE004", where, message, kind.anew
    if any(part.flag_bits & _PASSWORD for part in parts):
        return "TE003", where, f"the {kind.name} is protected by a password", _UNLOCK
    if len({name.casefold() for name in names}) < len(names):
        return "TE003", where, f"the {kind.name} holds a part twice: it is damaged", kind.save
    if _OPEN_DOCUMENT in names:
        return "TE003", where, "this is an OpenDocument spreadsheet (.ods)", kind.save
    if _TYPES not in names:
        return "TE003", where, f"this is a zip file, not a {kind.name}", kind.save
    if where.source.lower().endswith(kind.macros) or any("vbaproject" in name.casefold() for name in names):
        return "TE003", where, f"the {kind.name} holds macros", f"{kind.save}, without macros"
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        return "TE003", where, f"the {kind.name} is packed in a way that no Office program uses", kind.again
    if archive.comment or min(part.header_offset for part in parts) > 0:
        return "TE003", where, f"the {kind.name} has something before its first part or behind its last", kind.again
    return None
