"""One XML part of a workbook, read element by element: each only where the format has it, and none without bound.

Readers disagree on elements in places where the format has none (ECMA-376, part 1, 18.3): one takes them, another
passes them over, and people see what a third shows. So whatever holds a value is refused elsewhere, by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import IO, ClassVar
from xml.parsers import expat

from tender_eval.base.limits import DEEPEST_PART, LONGEST_TOKEN

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_CHUNK = 64 * 1024
_ENCODINGS = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii")

Attributes = Mapping[str, str]


class Grammar(dict[str, "Grammar"]):
    """What may stand in an element: its children by name, each with what may stand in it."""


class Closed(Grammar):
    """An element in which nothing else may stand, but for extensions."""


PASSED: Grammar = Grammar()
"""An element whose content is passed over."""


class PartFault(Exception):
    """Why a part cannot be read."""

    def __init__(self, message: str, code: str = "TE003") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


def main(name: str) -> str:
    """The name of an element of spreadsheets."""
    return f"{MAIN} {name}"


class Part:
    """Reads one part. What it may hold, and what is done where an element begins and ends, is the subclass's."""

    grammar: ClassVar[Grammar]
    held: ClassVar[Collection[str]] = ()
    """Local names of what holds a value, and so is refused where the grammar does not have it."""

    def __init__(self, opens: Mapping[str, Callable[[Attributes], None]], closes: Mapping[str, Callable[[], None]]):
        self._opens = opens
        self._closes = closes
        self._within: list[Grammar] = [self.grammar]
        self._tags: list[str] = []
        self._text: list[str] | None = None
        self._room = 0
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.XmlDeclHandler = _declared
        parser.StartDoctypeDeclHandler = _doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def chunks(self, stream: IO[bytes]) -> Iterator[None]:
        """Read on by one chunk each time.

        Raises:
            PartFault: where the part is broken, out of bounds, or holds what it may not.
        """
        fed = 0
        try:
            while chunk := stream.read(_CHUNK):
                self._parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - max(self._parser.CurrentByteIndex, 0) > LONGEST_TOKEN:
                    raise PartFault(f"a tag or comment of more than {LONGEST_TOKEN // 1024**2} MiB", "TE004")
                yield
            self._parser.Parse(b"", True)
        except expat.ExpatError as e:
            raise PartFault(f"{expat.ErrorString(e.code)}: line {e.lineno}, column {e.offset + 1}") from None
        yield

    def read(self, stream: IO[bytes]) -> None:
        """Read it whole."""
        for _ in self.chunks(stream):
            pass

    def collect(self, most: int) -> None:
        """Keep the text that follows, of at most so many characters."""
        self._text = []
        self._room = most

    def collected(self) -> str:
        """The text since `collect`."""
        text = "".join(self._text or ())
        self._text = None
        return text

    def _start(self, tag: str, attributes: Attributes) -> None:
        inner = self._within[-1].get(tag)
        if inner is None:
            self._refuse_elsewhere(tag)
            inner = PASSED
        self._within.append(inner)
        self._tags.append(tag)
        if inner is not PASSED and tag in self._opens:
            self._opens[tag](attributes)

    def _end(self, tag: str) -> None:
        self._tags.pop()
        if self._within.pop() is not PASSED and tag in self._closes:
            self._closes[tag]()

    def _characters(self, data: str) -> None:
        if self._text is not None and self._within[-1] is not PASSED:
            self._room -= len(data)
            if self._room < 0:
                raise PartFault("a text that is longer than a cell may hold", "TE004")
            self._text.append(data)

    def _refuse_elsewhere(self, tag: str) -> None:
        within = self._within
        if len(within) > DEEPEST_PART:
            raise PartFault(f"elements nested deeper than {DEEPEST_PART} levels", "TE004")
        space, _, name = tag.rpartition(" ")
        if len(within) == 1:
            if space.startswith(_STRICT):
                raise PartFault("it is in the Strict Open XML format")
            raise PartFault(f"it begins with <{name[:40]}>, which is not of this format")
        closed = isinstance(within[-1], Closed) and name != "extLst"
        if closed or (name in self.held and space != _DRAWING):
            outer = self._tags[-1].rpartition(" ")[2]
            raise PartFault(
                f"it has a <{name[:40]}> inside <{outer[:40]}>, and programs disagree on whether that counts"
            )


def _declared(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in _ENCODINGS:
        raise PartFault(f'it is in the encoding "{encoding[:20]}", not in UTF-8')


def _doctype(*_args: object) -> None:
    raise PartFault("it has a document type declaration, which workbooks never have")
