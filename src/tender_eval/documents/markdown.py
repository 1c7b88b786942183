"""A document as Markdown (CommonMark with tables); nothing in it is taken for markup, and charts are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from tender_eval.documents.charts import BarChart, Plot
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
    Row,
    Spoken,
    Table,
    Tree,
    TreeNode,
)
from tender_eval.languages.inert import inert
from tender_eval.languages.runs import Run, Runs, strong, text_of

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"([\\`*_\[\]|~$@])")
_LINE_START = re.compile(r"^(\s*\d*)([#+\-.)])(?=#*\s)")  # what makes a heading or a list of a line
_RULE_OR_LIST = re.compile(r"^([-+=])")  # at the start of a line, what could make a rule, list or heading
_MARKS = {"strong": "**", "title": "*", "code": "`"}
_TICKS = re.compile("`+")
DEEPER = "· "  # sets in what names a row, for each level


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> print(escaped("a|b <b>*c*</b>\n# d"))
    a\|b &lt;b&gt;\*c\*&lt;/b&gt; # d
    """
    text = inert(" ".join(text.splitlines()))
    text = _MARKUP.sub(r"\\\1", text)
    text = "".join(_HTML.get(c, c) for c in text)
    return _LINE_START.sub(r"\1\\\2", text)


def document_markdown(document: Document) -> str:
    """The document as one text."""
    told = [f"**{escaped(document.draft)}**", ""] if document.draft else []
    told += (
        ["  \n".join(_RULE_OR_LIST.sub(r"\\\1", escaped(text)) for text in document.head), ""] if document.head else []
    )
    told += [f"# {escaped(document.called)}", ""]
    told += [_RULE_OR_LIST.sub(r"\\\1", escaped(document.subtitle)), ""] if document.subtitle else []
    told += [f"- {_inline(strong(name))}: {_inline(text)}" for name, text in document.facts]
    told += [""] if document.facts else []
    told += _blocks(document.blocks)
    told += [_inline(document.foot)] if document.foot else []
    return "\n".join(told).rstrip("\n") + "\n"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if lines := list(_block(block)):
            yield from (*lines, "")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {_inline(text)}"
        case Paragraph(text, tone):
            yield f"{'> ' if tone == 'aside' else ''}{_inline(text)}"
        case Items(found, numbered):
            for n, item in enumerate(found, start=1):
                mark = f"{n}. " if numbered else "- "
                yield f"{mark}{_inline(item.text)}"
                yield from (f"{' ' * len(mark)}{line}".rstrip() for line in _below(item.below))
        case Pairs(found):
            yield from (f"- {_inline(strong(name))}: {_inline(text)}" for name, text in found)
        case Table():
            yield from _table(block)
        case Notice(headline, inside):
            yield from _quoted([f"**{escaped(text_of(headline).strip())}**"] if headline else [], inside)
        case Details(summary, inside):
            yield f"**{escaped(summary)}**"
            yield from _below(inside)
        case Beside(inside) | Spoken(_, inside):
            yield from list(_blocks(inside))[:-1]
        case Tree(root):
            yield from _tree(root, "")
        case Listing(lines):
            fence = "`" * max(3, 1 + max((len(run) for line in lines for run in _TICKS.findall(line)), default=0))
            yield from (fence, *lines, fence)
        case BarChart() | Plot():
            pass


def _below(blocks: Iterable[Block]) -> Iterator[str]:
    lines = list(_blocks(blocks))
    yield from ["", *lines[:-1]] if lines else []


def _quoted(first: list[str], blocks: Iterable[Block]) -> Iterator[str]:
    lines = [*first, *_below(blocks)]
    yield from (f"> {line}".rstrip() for line in (lines if first else lines[1:]))


def _tree(node: TreeNode, lead: str) -> Iterator[str]:
    *before, last = map(_inline, (node.text, *node.lines))
    for n, line in enumerate((*(f"{line}\\" for line in before), last)):  # a backslash, for lines are not joined
        yield f"{lead}{'  ' if n else '- '}{line}"
    for part in node.below:
        yield from _tree(part, lead + "  ")


def _inline(text: Runs) -> str:
    return _RULE_OR_LIST.sub(r"\\\1", _within(text))


def _within(text: Runs) -> str:
    """Text that does not stand at the start of a line."""
    found = _regardless_of_language(text) if any(run.language for run in text) else text
    return "".join(_run(run.text, run.kind) for run in found if run.text).strip()


def _regardless_of_language(text: Runs) -> Runs:
    """Text whose runs stand together that differ in their language alone: their marks would meet."""
    alike = groupby(text, key=lambda run: run.kind)
    return tuple(Run("".join(run.text for run in together), kind) for kind, together in alike)


def _run(text: str, kind: str) -> str:
    """Marks stand close to the letters, or they are none."""
    letters = text.strip()
    if not letters or kind not in _MARKS:
        return _outer(text, letters, escaped(letters))
    if kind == "code":
        return _outer(text, letters, escaped(letters) if "`" in letters else f"`{inert(letters)}`")
    return _outer(text, letters, f"{_MARKS[kind]}{escaped(letters)}{_MARKS[kind]}")


def _outer(text: str, letters: str, written: str) -> str:
    lead = text[: len(text) - len(text.lstrip())]
    return f"{lead}{written}{text[len(lead) + len(letters) :]}"


def _table(block: Table) -> Iterator[str]:
    if block.caption and not block.heard:
        yield from (f"**{escaped(block.caption)}**", "")
    yield _row(map(escaped, block.heads))
    yield _row("---:" if n in block.numbers else "---" for n in range(len(block.heads)))
    for row in block.rows:
        yield _row(_set_in(_cell(cell), row) if n == block.named else _cell(cell) for n, cell in enumerate(row.cells))
    for note in block.notes:
        yield from ("", _inline(note))


def _set_in(text: str, row: Row) -> str:
    """What names a row, set in, and strong where it is of a group."""
    bare = row.tone != "group" or not text or "*" in text
    return DEEPER * row.depth + (text if bare else f"**{text}**")


def _cell(cell: Cell) -> str:
    return f"{_within(cell.text)} ({_within(cell.below)})" if cell.below else _within(cell.text)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
