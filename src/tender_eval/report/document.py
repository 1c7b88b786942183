"""A document to be sent or published: headings, paragraphs, lists and tables, before any file format.

Everything that stands in it is inert: text of bidders and of scheme files cannot steer a reader's program,
whichever renderer writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tender_eval.languages.inert import inert

_NOT_IN_XML = {ord(c): f"\\u{ord(c):04x}" for c in "\ufffe\uffff"}
DEEPEST = 6


def plain(text: str) -> str:
    r"""Text on one line, every character of it visible and allowed in XML.

    >>> print(plain("Care  and\n repair \x00 \u202eltd"))
    Care and repair \x00 \u202eltd
    """
    return inert(" ".join(text.split())).translate(_NOT_IN_XML)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, in plain or in strong type."""

    text: str
    strong: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))


Spans = tuple[Span, ...]
Inline = str | Span | Spans
"""What may be given wherever text is wanted."""


def spans(text: Inline) -> Spans:
    """Text as runs."""
    if isinstance(text, str):
        return (Span(text),)
    return (text,) if isinstance(text, Span) else text


def bold(text: str) -> Span:
    """Strong text."""
    return Span(text, strong=True)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the largest below the title."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))
        if not 1 <= self.level < DEEPEST:
            raise ValueError(f"no heading has level {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; an aside is set apart from the text around it."""

    spans: Spans
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with bullets or numbers."""

    items: tuple[Spans, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of a row names it. ``numbers`` are the columns set to the right."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()  # relative, one a column

    def __post_init__(self) -> None:
        object.__setattr__(self, "caption", plain(self.caption))
        object.__setattr__(self, "heads", tuple(plain(head) for head in self.heads))
        if any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError(f"the table {self.caption!r} has rows of another length than its heads")
        if self.widths and len(self.widths) != len(self.heads):
            raise ValueError(f"the table {self.caption!r} has a width for some columns only")


Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A document: a title, a line below it, and what follows in order."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    language: str = "en-GB"

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", plain(self.title))
        object.__setattr__(self, "subtitle", plain(self.subtitle))


def paragraph(*text: str | Span, aside: bool = False) -> Paragraph:
    """A paragraph of these runs, with a space between them."""
    runs = [span for part in text for span in spans(part)]
    return Paragraph(tuple(runs), aside)


def items(texts: Iterable[Inline], numbered: bool = False) -> Items:
    """A list of texts."""
    return Items(tuple(spans(text) for text in texts), numbered)


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Inline]],
    numbers: Iterable[int] = (),
    widths: Sequence[int] = (),
) -> Table:
    """A table of texts."""
    cells = tuple(tuple(spans(cell) for cell in row) for row in rows)
    return Table(caption, tuple(heads), cells, frozenset(numbers), tuple(widths))
