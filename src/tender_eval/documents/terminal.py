"""A document for the terminal: plain lines of at most so many columns, tables drawn by tabulate, charts left out.

What has a short form, such as the id of a bid, stands in it: there is little room, and ids are what one types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tender_eval.documents.model import (
    Beside,
    Block,
    Cell,
    Details,
    Document,
    Heading,
    Items,
    Listing,
    Notice,
    Pairs,
    Paragraph,
    Spoken,
    Table,
    Tree,
    TreeNode,
)
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import cut, width
from tender_eval.languages.runs import Runs, runs, text_of

LINE = 100  # columns, where the terminal does not say
LONGEST_CELL = 160
HEAD_ROOM = 2  # columns that tabulate gives a heading beside its text
BETWEEN = 2  # columns between two of a table
NAMES = 3  # the part of a line that names of rows need at the most, where they may wrap
NARROW = 9  # columns, below which no column is squeezed


def document_text(document: Document, line: int = LINE) -> str:
    """The document as lines; what is one word longer than a line stays whole."""
    told = [*_filled(document.draft, line), ""] if document.draft else []
    told += [*(found for text in document.head for found in _filled(text, line)), ""] if document.head else []
    told += [*_filled(document.called, line), *(_filled(document.subtitle, line) if document.subtitle else [])]
    told += [f"{_plain(name)}: {_plain(text)}" for name, text in document.facts]
    told += _spaced(document.blocks, line, Paragraph(runs(document.subtitle)) if document.subtitle else None)
    if document.foot:
        told += ["", *_filled(_plain(document.foot), line)]
    return "\n".join(told) + "\n"


def _spaced(blocks: Iterable[Block], line: int, above: Block | None = None) -> Iterator[str]:
    """The blocks with an empty line before each but those that belong to what is above."""
    for block in blocks:
        lines = list(_block(block, line))
        if lines:
            if not _belongs(above, block):
                yield ""
            yield from lines
            above = block


def _belongs(above: Block | None, block: Block) -> bool:
    """Whether a block stands close to the one above; a table has air, for its heads are set like text."""
    if isinstance(above, Heading):
        return not isinstance(block, Table)
    return isinstance(above, Paragraph) and isinstance(block, Items)


def _block(block: Block, line: int) -> Iterator[str]:
    match block:
        case Heading(text):
            yield _plain(text)
        case Paragraph(text):
            yield from _filled(_plain(text), line)
        case Items():
            yield from _items(block, line)
        case Pairs(found):
            for name, text in found:
                yield from _filled(f"{_plain(name)}: {_plain(text)}", line, rest="  ")
        case Table():
            yield from _table(block, line)
        case Notice(headline, inside):
            yield from _filled(_plain(headline), line) if headline else ()
            yield from _close(inside, line)
        case Details(summary, inside):
            yield summary
            yield from _close(inside, line)
        case Beside(inside) | Spoken(_, inside):
            yield from _spaced(inside, line)
        case Tree(root):
            yield from _drawn_tree(root, "", "")
        case Listing(lines):
            yield from lines
        case _:  # charts
            pass


def _close(blocks: Iterable[Block], line: int) -> Iterator[str]:
    """Blocks that stand close below what tells of them, with no empty line before the first."""
    for n, text in enumerate(_spaced(blocks, line)):
        if n or text:
            yield text


def _items(block: Items, line: int) -> Iterator[str]:
    for n, item in enumerate(block.items, start=1):
        mark = f"{n}. " if block.numbered else "  " if block.tone == "out" else "- "
        rest = "    " if block.tone == "out" else " " * len(mark)
        yield from _filled(_plain(item.text), line, mark, rest)
        for text in _close(item.below, line - len(rest)):
            yield f"{rest}{text}".rstrip()


def _filled(text: str, line: int, first: str = "", rest: str = "") -> list[str]:
    from wcwidth import wrap

    return wrap(text, line, initial_indent=first, subsequent_indent=rest, break_long_words=False) or [""]


def _plain(text: Runs) -> str:
    return text_of(text, short=True)


def _drawn_tree(node: TreeNode, first: str, rest: str) -> Iterator[str]:
    """A node and those below it; ``first`` stands before its first line, ``rest`` before all others."""
    yield f"{first}{_plain(node.text)}"
    below = rest + ("│  " if node.below else "   ")
    for told in node.lines:
        yield below + _plain(told)
    for n, part in enumerate(node.below):
        last = n == len(node.below) - 1
        yield from _drawn_tree(part, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))


def _table(block: Table, line: int) -> Iterator[str]:
    """The table, in several where columns may stand below and do not fit beside the others."""
    if block.caption and not block.heard:
        yield from _filled(block.caption, line)
    rows = block.rows if block.brief is None else block.rows[: block.brief]
    columns = [
        [cut(head, LONGEST_CELL), *(cut(_cell(row.cells[n]), LONGEST_CELL) for row in rows)]
        for n, head in enumerate(block.heads)
    ]
    columns[block.named][1:] = [
        "  " * row.depth + cell for row, cell in zip(rows, columns[block.named][1:], strict=True)
    ]
    for n, chosen in enumerate(_apart(block, columns, line)):
        yield from [""] if n else []
        yield from _drawn([columns[c] for c in chosen], [c in block.numbers for c in chosen], line)
    for note in block.notes:
        yield from _filled(_plain(note), line)
    if left_out := len(block.rows) - len(rows):
        yield catalogue("documents")("table.more", n=left_out)


def _cell(cell: Cell) -> str:
    below = _plain(cell.below)
    return f"{_plain(cell.text)} ({below})" if below else _plain(cell.text)


def _apart(block: Table, columns: Sequence[Sequence[str]], line: int) -> Iterator[list[int]]:
    """Which columns stand together, from left to right."""
    every = list(range(len(columns)))
    kept = [c for c in every if c not in block.spill]
    only_named = kept == [block.named]  # all others are alike: as many as fit stand beside the names, which may wrap

    def fit(chosen: Sequence[int]) -> bool:
        wide = _wide([columns[c] for c in chosen])
        named = _widest(columns[block.named])
        return wide - (max(named - line // NAMES, 0) if only_named else 0) <= line

    if not block.spill or fit(every):
        yield every
        return
    if not only_named:
        yield kept
    waiting = [c for c in every if c in block.spill]
    while waiting:
        some = [block.named, waiting.pop(0)]
        while waiting and fit([*some, waiting[0]]):
            some.append(waiting.pop(0))
        yield some


def _wide(columns: Sequence[Sequence[str]]) -> int:
    return sum(_widest(column) for column in columns) + BETWEEN * (len(columns) - 1)


def _widest(column: Sequence[str]) -> int:
    return max(width(column[0]) + HEAD_ROOM, *(width(cell) for cell in column))


def _drawn(columns: Sequence[Sequence[str]], numbers: Sequence[bool], line: int) -> list[str]:
    from tabulate import tabulate

    wide = [_widest(column) for column in columns]
    while sum(wide) + BETWEEN * (len(wide) - 1) > line and max(wide) > NARROW:
        wide[wide.index(max(wide))] -= 1
    cells = [
        [_wrapped(cell, most - (0 if n else HEAD_ROOM)) for n, cell in enumerate(column)]
        for column, most in zip(columns, wide, strict=True)
    ]
    heads, *rows = zip(*cells, strict=True)
    align = ["right" if number else "left" for number in numbers] if rows else None
    return tabulate(
        rows, heads, tablefmt="simple", colalign=align, disable_numparse=True, preserve_whitespace=True
    ).split("\n")


def _wrapped(cell: str, most: int) -> str:
    """The cell in lines, each as far in as the first: what tabulate's own wrapping does not keep."""
    from wcwidth import wrap

    lead = cell[: len(cell) - len(cell.lstrip(" "))]
    return "\n".join(wrap(cell, most, subsequent_indent=lead)) if cell else ""
