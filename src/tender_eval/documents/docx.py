"""A document as DOCX: A4, real headings, tables whose head repeats on every page, the same bytes every time.

Charts are left out: what they show stands in the tables beside them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tender_eval.documents.charts import BarChart, Plot
from tender_eval.documents.docx_page import INK, PRINT, element, language_of_text, set_up, size_every_script
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
from tender_eval.languages.runs import Run, Runs, strong, text_of
from tender_eval.model.extras import need

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as WordParagraph

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_HEAD_FILL = "EEF1F5"


LARGE = 16  # points of text from which a table of several columns is told row by row
BULLET = "\N{BULLET}"
_WHOLE = 12  # rows of a table that is kept on one page
_ACROSS, _MOST, _MARGIN = 84, 40, 3  # characters of a line of a table, at most of a column, beside its text


def document_docx(document: Document) -> bytes:
    """The document as a Word file; it holds no macro, link or field but the page number."""
    need("docx")
    import docx

    word = docx.Document()
    set_up(word, document)
    _inline(word.add_heading("", 0), [Run(document.called, language=document.title_language)])
    if document.subtitle:
        word.add_paragraph(document.subtitle, style="Subtitle")
    if document.facts:
        add_block(word, Pairs(document.facts))
    for block in document.blocks:
        add_block(word, block)
    if document.foot:
        add_block(word, Paragraph(document.foot))
    size_every_script(word)
    held = io.BytesIO()
    word.save(held)
    return same_bytes(held.getvalue())


def add_block(word: Word, block: Block) -> None:  # noqa: PLR0912  # a branch for each kind of block
    """Write a block at the end of a Word document."""
    match block:
        case Heading(text, level):
            found = word.add_heading("", level)
            _inline(found, (replace(run, kind="") for run in text))
        case Paragraph(text, tone):
            paragraph = word.add_paragraph()
            _inline(paragraph, text)
            if tone == "aside":
                _aside(paragraph)
        case Items(found, numbered):
            for n, item in enumerate(found, start=1):
                _item(word, item.text, f"{n}." if numbered else "")
                _add_all(word, item.below)
        case Pairs(found):
            for name, text in found:
                _inline(word.add_paragraph(), (*strong(name), Run(": "), *text))
        case Table():
            _table(word, block)
        case Notice(headline, inside):
            if headline:
                paragraph = word.add_paragraph()
                _inline(paragraph, (Run(text_of(headline), "strong"),))
                _aside(paragraph)
            _add_all(word, inside)
        case Details(summary, inside):
            _inline(word.add_paragraph(), (Run(summary, "strong"),))
            _add_all(word, inside)
        case Beside(inside):
            _add_all(word, inside)
        case Spoken(language, inside):
            before = len(word.element.body)
            _add_all(word, inside)
            for added in word.element.body[before - 1 : -1]:  # what ends the body stays its end
                _speak(added, language)
        case Tree(root):
            _node(word, root, 0)
        case Listing(lines):
            for line in lines:
                word.add_paragraph(line, style="No Spacing")
        case BarChart() | Plot():
            pass


def _add_all(word: Word, blocks: Iterable[Block]) -> None:
    for block in blocks:
        add_block(word, block)


def _node(word: Word, node: TreeNode, depth: int) -> None:
    from docx.shared import Mm

    for n, text in enumerate((node.text, *node.lines)):
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(5 * depth + (3 if n else 0))
        _inline(paragraph, text)
    for part in node.below:
        _node(word, part, depth + 1)


def _item(word: Word, text: Runs, number: str) -> None:
    # Word's numbered style counts on from list to list, so numbers are written out.
    from docx.shared import Mm

    if not number and "List Bullet" in word.styles:
        _inline(word.add_paragraph(style="List Bullet"), text)
        return
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(8), Mm(-8)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))
    paragraph.add_run(f"{number or BULLET}\t")
    _inline(paragraph, text)


def _inline(paragraph: WordParagraph, text: Iterable[Run]) -> None:
    for run in text:
        if run.text:
            added = paragraph.add_run(run.text)
            added.bold, added.italic = run.kind == "strong" or None, run.kind == "title" or None
            if run.language:
                language_of_text(added._r, run.language)


def _table(word: Word, block: Table) -> None:
    from docx.shared import Length, Mm, Pt

    if _is_large(word) and len(block.heads) > 2:  # columns too narrow for a word of this size
        _row_by_row(word, block)
        return

    if block.caption and not block.heard:
        word.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    shares = block.widths or _shares(block)
    grid = word.add_table(rows=1 + len(block.rows), cols=len(block.heads), style="Table Grid")
    grid.autofit = False
    properties = grid._tbl.tblPr
    properties.append(element("w:tblCaption", {"w:val": block.caption}))
    section = word.sections[0]
    across = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    for n, column in enumerate(grid.columns):
        column.width = Length(across * shares[n] // sum(shares))
    heads = Row(tuple(Cell((head,)) for head in block.head_cells))
    size = None if _is_large(word) else Pt(PRINT.cell)
    for r, (row, found) in enumerate(zip(grid.rows, (heads, *block.rows), strict=True)):
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        if r == 0:
            row._tr.get_or_add_trPr().append(element("w:tblHeader"))
        for n, (cell, filled) in enumerate(zip(row.cells, found.cells, strict=True)):
            cell.width = Length(across * shares[n] // sum(shares))
            text = Cell(strong(filled.text), filled.below) if found.tone == "group" else filled
            _fill(cell, text, size, to_the_right=n in block.numbers, head=r == 0)
            # A table that fits a page stays whole; any other has its head and two rows, and its last two, together.
            if r < len(block.rows) and (len(block.rows) <= _WHOLE or r in (0, 1, len(block.rows) - 1)):
                cell.paragraphs[0].paragraph_format.keep_with_next = True
            if found.depth and n == block.named:
                cell.paragraphs[0].paragraph_format.left_indent = Mm(3 * found.depth)
    gap = word.add_paragraph()
    gap.paragraph_format.space_after = Mm(1)
    for note in block.notes:
        _inline(word.add_paragraph(), note)


def _shares(block: Table) -> tuple[int, ...]:
    """Widths by what stands in the columns: room for the longest word of each, and what is left for longer texts."""
    rows = [block.heads, *([text_of((*cell.text, *cell.below)) for cell in row.cells] for row in block.rows)]
    columns = list(zip(*rows, strict=True))
    words = [_MARGIN + max(len(word) for text in texts for word in text.split() or ("",)) for texts in columns]
    whole = [max(word, _MARGIN + min(max(map(len, texts)), _MOST)) for word, texts in zip(words, columns, strict=True)]
    left, more = max(0, _ACROSS - sum(words)), sum(whole) - sum(words)
    if more <= left:
        return tuple(whole)
    return tuple(100 * word + 100 * left * (most - word) // more for word, most in zip(words, whole, strict=True))


def _fill(cell: Any, filled: Cell, size: Any, *, to_the_right: bool, head: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(2)
    _inline(paragraph, (*filled.text, Run(" ("), *filled.below, Run(")")) if filled.below else filled.text)
    for run in paragraph.runs:
        run.font.size = size
    if to_the_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if head:
        fill = {"w:val": "clear", "w:color": "auto", "w:fill": _HEAD_FILL}
        cell._tc.get_or_add_tcPr().append(element("w:shd", fill))


def _aside(paragraph: WordParagraph) -> None:
    from docx.shared import Mm

    paragraph.paragraph_format.left_indent = Mm(4)
    borders = element("w:pBdr")
    borders.append(element("w:left", {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": INK}))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _speak(element: Any, language: str) -> None:
    """State the language of all that an element holds and that states none of its own."""
    from docx.oxml.ns import qn

    for run in element.iter(qn("w:r")):
        if not run.xpath("w:rPr/w:lang"):
            language_of_text(run, language)


def _is_large(word: Word) -> bool:
    """Whether the text is so large, by ours or the template's own style, that tables of several columns do not fit."""
    size = word.styles["Normal"].font.size
    return size is not None and size.pt >= LARGE


def _row_by_row(word: Word, block: Table) -> None:
    """A table as paragraphs: what names a row, then each of its cells behind the head of its column."""
    if block.caption and not block.heard:
        word.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    for row in block.rows:
        named = word.add_paragraph()
        _inline(named, strong(row.cells[block.named].text))
        named.paragraph_format.keep_with_next = True
        for n, (head, cell) in enumerate(zip(block.heads, row.cells, strict=True)):
            if n != block.named and text_of(cell.text):
                below = (Run(" ("), *cell.below, Run(")")) if cell.below else ()
                _inline(word.add_paragraph(), (Run(f"{head}: "), *cell.text, *below))
    for note in block.notes:
        _inline(word.add_paragraph(), note)


def same_bytes(data: bytes) -> bytes:
    """The package with the parts in one order and no time or system in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(out, "w") as written:
        # By the format, the list of content types comes first.
        for name in sorted(read.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            written.writestr(entry, read.read(name))
    return out.getvalue()
