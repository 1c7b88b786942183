"""A document to be read: headings, paragraphs, lists, tables, charts and notes, before any file format.

Everything that stands in it is inert: text of bidders and of scheme files cannot steer a reader's program,
whichever writer writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from tender_eval.languages.runs import Inline, Run, Runs, plain, runs, spaced, visible

if TYPE_CHECKING:  # no short report draws one
    from tender_eval.documents.charts import BarChart, Plot
    from tender_eval.files.authority import Letterhead

DEEPEST = 6

Tone = Literal[
    "", "aside", "soft", "lead", "heed", "bad", "won", "tied", "none", "told", "group", "out", "winner", "sign"
]  # fmt: skip
"""How a piece stands out from the text around it; a writer that cannot show one shows none."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the largest below the title. ``anchor`` is what links lead to."""

    text: Runs
    level: int = 1
    anchor: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.level < DEEPEST:
            raise ValueError(f"no heading has level {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Runs
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list, and what belongs to it below."""

    text: Runs
    below: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with bullets or numbers."""

    items: tuple[Item, ...]
    numbered: bool = False
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What things are: a name and a text each."""

    pairs: tuple[tuple[Runs, Runs], ...]
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        below: smaller text in a line of its own.
        share: how much of a whole the cell stands for, for a small bar below its text.
        tone: ``won`` for what is met, ``bad`` for what is not; any other is how something came out, in a small box:
            ``winner``, ``tied``, ``out``, or ``none`` for what is nothing of these.
    """

    text: Runs
    below: Runs = ()
    share: Fraction | None = None
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; the first cell names it. ``depth`` is how far that is set in."""

    cells: tuple[Cell, ...]
    tone: Tone = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption.

    Attributes:
        numbers: the columns set to the right.
        widths: relative widths, one a column; a writer's own where there are none.
        named: the column that names a row.
        spill: columns that may stand in further tables below, each with the column ``named`` before them, where
            they do not fit beside the others; where they are all but that one, as many as fit stand in each.
        brief: how many rows are shown where there is little room, with how many are left out.
        heard: whether the caption is only for those who cannot see the heading above.
        notes: what stands below.
        languages: of the heads, those that are in another language than the document; empty where none is.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()
    named: int = 0
    spill: frozenset[int] = frozenset()
    brief: int | None = None
    heard: bool = False
    notes: tuple[Runs, ...] = ()
    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "caption", plain(self.caption))
        object.__setattr__(self, "heads", tuple(plain(head) for head in self.heads))
        if any(len(row.cells) != len(self.heads) for row in self.rows):
            raise ValueError(f"the table {self.caption!r} has rows of another length than its heads")
        if self.widths and len(self.widths) != len(self.heads):
            raise ValueError(f"the table {self.caption!r} has a width for some columns only")

    @property
    def head_cells(self) -> tuple[Run, ...]:
        """The heads, each in its own language."""
        spoken = self.languages or ("",) * len(self.heads)
        return tuple(Run(head, "strong", language=language) for head, language in zip(self.heads, spoken, strict=True))


@dataclass(frozen=True, slots=True)
class Notice:
    """A box that is read first: what was decided, or what to look at."""

    headline: Runs
    blocks: tuple[Block, ...] = ()
    tone: Tone = "heed"
    large: bool = False  # the answer of the whole document


@dataclass(frozen=True, slots=True)
class Details:
    """What only some want to see: closed at first where a writer can, unless ``open``."""

    summary: str
    blocks: tuple[Block, ...]
    open: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "summary", plain(self.summary))


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks that stand side by side where there is room, such as two charts."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Blocks that are in a language of their own, as documents state it: ``en-GB``."""

    language: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of a tree: its text, lines that tell more of it, and the nodes below."""

    text: Runs
    lines: tuple[Runs, ...] = ()
    below: tuple[TreeNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree from its root, such as where a figure comes from."""

    root: TreeNode


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines that stand as they are written, such as a command or a piece of a file."""

    lines: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(map(visible, self.lines)))


Block: TypeAlias = (
    "Heading | Paragraph | Items | Pairs | Table | Notice | Details | Beside | Spoken | Tree | Listing | BarChart"
    " | Plot"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document: a title, a line below it, and what follows in order.

    Attributes:
        kind: what sort of document it is, above the title.
        facts: what identifies it, beside the title.
        contents: what the list of headings is called, in a document that is long enough for one.
        foot: what stands at its end.
        letterhead: who writes it, above everything.
        draft: what marks it as a draft, on every page; empty for a document that is none.
        title_language: of the title, where it is in another language than the document.
        large_print: whether it is for people who read large print, where a writer has sizes.
    """

    title: str
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    language: str = "en-GB"
    kind: str = ""
    facts: tuple[tuple[Runs, Runs], ...] = ()
    contents: str = ""
    foot: Runs = field(default=())
    draft: str = ""
    letterhead: Letterhead | None = None
    title_language: str = ""
    large_print: bool = False

    def __post_init__(self) -> None:
        for name in ("title", "subtitle", "kind", "contents", "draft"):
            object.__setattr__(self, name, plain(getattr(self, name)))

    @property
    def head(self) -> tuple[str, ...]:
        """The lines of the letterhead."""
        found = self.letterhead
        return tuple(map(plain, (found.name, *found.address, *found.contact))) if found else ()

    @property
    def called(self) -> str:
        """The title after the kind, where there is no other place for that."""
        return f"{self.kind}: {self.title}" if self.kind else self.title


def heading(text: Inline, level: int = 1, anchor: str = "") -> Heading:
    """A heading."""
    return Heading(runs(text), level, anchor)


def paragraph(*text: Inline, tone: Tone = "") -> Paragraph:
    """A paragraph of these texts, with a space between them."""
    return Paragraph(spaced(*text), tone)


def items(texts: Iterable[Inline | Item], numbered: bool = False, tone: Tone = "") -> Items:
    """A list of texts."""
    return Items(tuple(t if isinstance(t, Item) else Item(runs(t)) for t in texts), numbered, tone)


def pairs(found: Iterable[tuple[Inline, Inline]], tone: Tone = "") -> Pairs:
    """Names with what they are."""
    return Pairs(tuple((runs(name), runs(text)) for name, text in found), tone)


def row(cells: Iterable[Inline | Cell], tone: Tone = "", depth: int = 0) -> Row:
    """A row of texts."""
    return Row(tuple(c if isinstance(c, Cell) else Cell(runs(c)) for c in cells), tone, depth)


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Row | Sequence[Inline | Cell]],
    numbers: Iterable[int] = (),
    widths: Sequence[int] = (),
    *,
    named: int = 0,
    spill: Iterable[int] = (),
    brief: int | None = None,
    heard: bool = False,
    notes: Iterable[Inline] = (),
) -> Table:
    """A table of texts; see `Table`."""
    return Table(
        caption,
        tuple(heads),
        tuple(r if isinstance(r, Row) else row(r) for r in rows),
        frozenset(numbers),
        tuple(widths),
        named,
        frozenset(spill),
        brief,
        heard,
        tuple(runs(note) for note in notes),
    )


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, those inside others after what holds them."""
    for block in blocks:
        yield block
        match block:
            case Notice() | Details() | Beside() | Spoken():
                yield from walk(block.blocks)
            case Items(items=texts):
                for item in texts:
                    yield from walk(item.below)
            case _:
                pass
