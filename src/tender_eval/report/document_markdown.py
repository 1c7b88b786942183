"""A document as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tender_eval.report.document import Block, Document, Heading, Items, Paragraph, Spans, Table, spans
from tender_eval.report.markdown import escaped

_RULE_OR_LIST = re.compile(r"^([-+=])")  # at the start of a line, what could make a rule, list or heading


def document_markdown(document: Document) -> str:
    """The document as one text; nothing in it is taken for markup."""
    told = [f"# {escaped(document.title)}", ""]
    told += [_inline(spans(document.subtitle)), ""] if document.subtitle else []
    for block in document.blocks:
        told += [*_block(block), ""]
    return "\n".join(told).rstrip("\n") + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {escaped(text)}"
        case Paragraph(runs, aside):
            yield f"{'> ' if aside else ''}{_inline(runs)}"
        case Items(texts, numbered):
            for n, item in enumerate(texts, start=1):
                yield f"{f'{n}.' if numbered else '-'} {_inline(item)}"
        case Table():
            yield from _table(block)


def _inline(runs: Spans) -> str:
    text = " ".join(f"**{escaped(r.text)}**" if r.strong else escaped(r.text) for r in runs if r.text)
    return _RULE_OR_LIST.sub(r"\\\1", text)


def _table(block: Table) -> Iterator[str]:
    yield f"**{escaped(block.caption)}**"
    yield ""
    yield _row(map(escaped, block.heads))
    yield _row("---:" if n in block.numbers else "---" for n in range(len(block.heads)))
    for row in block.rows:
        yield _row(map(_inline, row))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
