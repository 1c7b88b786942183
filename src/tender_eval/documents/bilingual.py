"""Two documents that say the same in two languages, as one: section beside section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from tender_eval.documents.charts import BarChart, Plot
from tender_eval.documents.model import Beside, Block, Document, Heading, Pairs, Spoken, paragraph
from tender_eval.languages.runs import Run, spaced, strong


def side_by_side(first: Document, second: Document, *, columns: bool = True) -> Document:
    """Both documents in one, under the title of the first; what stands at the head of the second heads its own text.

    Where a writer has columns the languages stand in two of them, section by section; where it has none, or no room,
    each section follows in the second language. So a screen reader changes its voice once a section, and says both.
    Links of each language lead within it.

    Args:
        columns: False for documents whose tables need the page: each section follows in the second language.
    """
    second = _anchored(second, f"-{second.language}")
    left, right = _sections(first), _sections(second)
    if len(left) != len(right):
        left, right = [first.blocks], [second.blocks]
    head = [paragraph(strong(second.called)), *([paragraph(second.subtitle)] if second.subtitle else [])]
    titled = Spoken(second.language, (*head, *([Pairs(second.facts)] if second.facts else [])))
    sections: list[Block] = []
    for one, other in zip(left, right, strict=True):
        both = Spoken(first.language, one), Spoken(second.language, other)
        sections += [Beside(both)] if columns else both
    draft = " / ".join(dict.fromkeys(mark for mark in (first.draft, second.draft) if mark))
    foot = spaced(first.foot, second.foot) if first.foot or second.foot else ()
    return replace(first, blocks=(titled, *sections), draft=draft, foot=foot)


def _anchored(value: Any, ending: str) -> Any:
    """The same with every anchor and chart, and every link to one, under a name of its own."""
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(_anchored(part, ending) for part in value)
    if isinstance(value, Run):
        return replace(value, to=f"{value.to}{ending}") if value.to else value
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if isinstance(value, Heading) and value.anchor:
        value = replace(value, anchor=f"{value.anchor}{ending}")
    if isinstance(value, BarChart | Plot):
        return replace(value, id=f"{value.id}{ending}")
    return replace(
        value, **{one.name: _anchored(getattr(value, one.name), ending) for one in fields(value) if one.init}
    )


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
