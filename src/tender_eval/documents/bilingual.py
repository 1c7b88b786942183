"""Two documents that say the same in two languages, as one: section beside section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tender_eval.documents.model import Beside, Block, Document, Heading, Spoken, paragraph
from tender_eval.languages.runs import strong


def side_by_side(first: Document, second: Document) -> Document:
    """Both documents in one, under the title of the first; that of the second stands at the head of its own text.

    Where a writer has columns the languages stand in two of them, section by section; where it has none, or no room,
    each section follows in the second language. So a screen reader changes its voice once a section, and says both.
    """
    left, right = _sections(first), _sections(second)
    if len(left) != len(right):
        left, right = [first.blocks], [second.blocks]
    titled = Spoken(second.language, (paragraph(strong(second.title)), paragraph(second.subtitle)))
    sections = (
        Beside((Spoken(first.language, one), Spoken(second.language, other)))
        for one, other in zip(left, right, strict=True)
    )
    draft = " / ".join(dict.fromkeys(mark for mark in (first.draft, second.draft) if mark))
    return replace(first, blocks=(titled, *sections), draft=draft)


def _sections(document: Document) -> list[tuple[Block, ...]]:
    """What stands under each of the largest headings, and before the first of them."""
    return [tuple(blocks) for blocks in _cut(document.blocks) if blocks]


def _cut(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    held: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield held
            held = []
        held.append(block)
    yield held
