"""A document as DOCX: A4, real headings, tables whose head repeats on every page, the same bytes every time.

Charts are left out: what they show stands in the tables beside them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

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
    Table,
    Tree,
    TreeNode,
)
from tender_eval.documents.palette import COLOURS
from tender_eval.languages.runs import Run, Runs, strong, text_of
from tender_eval.model.extras import need

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as WordParagraph

NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: what was written when is for the record to say
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_INK, _HEAD_FILL, _RULE = "1D4F73", "EEF1F5", "B9BEC7"
_BAD = COLOURS["bad"].removeprefix("#").upper()
_FONT = "Arial"
LONGEST_PROPERTY = 255  # characters, by the format
_CELL = 9.5  # points
BULLET = "\N{BULLET}"
_WHOLE = 12  # rows of a table that is kept on one page
WIDEST_LOGO = 80  # millimetres


def document_docx(document: Document) -> bytes:
    """The document as a Word file; it holds no macro, link or field but the page number."""
    need("docx")
    import docx

    word = docx.Document()
    _set_up(word, document)
    if document.facts:
        add_block(word, Pairs(document.facts))
    for block in document.blocks:
        add_block(word, block)
    if document.foot:
        add_block(word, Paragraph(document.foot))
    held = io.BytesIO()
    word.save(held)
    return same_bytes(held.getvalue())


def _set_up(word: Word, document: Document) -> None:
    from docx.shared import Mm, Pt, RGBColor

    properties = word.core_properties
    properties.title, properties.language = document.called[:LONGEST_PROPERTY], document.language
    properties.subject, properties.author, properties.comments = document.subtitle[:LONGEST_PROPERTY], "", ""
    properties.created = properties.modified = NEVER
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    normal: Any = word.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    _language(normal.element, document.language)
    for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12.5), ("Heading 3", 11), ("Subtitle", 12.5)):
        style: Any = word.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(_INK)
        _own_font(style)
    caption: Any = word.styles["Caption"]
    caption.font.size, caption.font.color.rgb = Pt(10), RGBColor(0, 0, 0)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(8)
    if document.draft:
        mark_draft(section.header.paragraphs[0], document.draft)
    if document.letterhead:
        _letterhead(word, document)
    _inline(word.add_heading("", 0), [Run(document.called, language=document.title_language)])
    if document.subtitle:
        word.add_paragraph(document.subtitle, style="Subtitle")
    _page_number(section.footer.paragraphs[0])


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
                _language(added._r, run.language)


def _table(word: Word, block: Table) -> None:
    from docx.shared import Length, Mm

    if block.caption and not block.heard:
        word.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    shares = block.widths or (1,) * len(block.heads)
    grid = word.add_table(rows=1 + len(block.rows), cols=len(block.heads), style="Table Grid")
    grid.autofit = False
    properties = grid._tbl.tblPr
    properties.append(_element("w:tblCaption", {"w:val": block.caption}))
    section = word.sections[0]
    across = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    for n, column in enumerate(grid.columns):
        column.width = Length(across * shares[n] // sum(shares))
    heads = Row(tuple(Cell((Run(head, "strong"),)) for head in block.heads))
    for r, (row, found) in enumerate(zip(grid.rows, (heads, *block.rows), strict=True)):
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
        if r == 0:
            row._tr.get_or_add_trPr().append(_element("w:tblHeader"))
        for n, (cell, filled) in enumerate(zip(row.cells, found.cells, strict=True)):
            cell.width = Length(across * shares[n] // sum(shares))
            text = Cell(strong(filled.text), filled.below) if found.tone == "group" else filled
            _fill(cell, text, to_the_right=n in block.numbers, head=r == 0)
            # A table that fits a page stays whole; any other has its head and two rows, and its last two, together.
            if r < len(block.rows) and (len(block.rows) <= _WHOLE or r in (0, 1, len(block.rows) - 1)):
                cell.paragraphs[0].paragraph_format.keep_with_next = True
            if found.depth and n == block.named:
                cell.paragraphs[0].paragraph_format.left_indent = Mm(3 * found.depth)
    gap = word.add_paragraph()
    gap.paragraph_format.space_after = Mm(1)
    for note in block.notes:
        _inline(word.add_paragraph(), note)


def _fill(cell: Any, filled: Cell, *, to_the_right: bool, head: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(2)
    _inline(paragraph, (*filled.text, Run(" ("), *filled.below, Run(")")) if filled.below else filled.text)
    for run in paragraph.runs:
        run.font.size = Pt(_CELL)
    if to_the_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if head:
        fill = {"w:val": "clear", "w:color": "auto", "w:fill": _HEAD_FILL}
        cell._tc.get_or_add_tcPr().append(_element("w:shd", fill))


def _aside(paragraph: WordParagraph) -> None:
    from docx.shared import Mm

    paragraph.paragraph_format.left_indent = Mm(4)
    borders = _element("w:pBdr")
    borders.append(_element("w:left", {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": _INK}))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _letterhead(word: Word, document: Document) -> None:
    """Who writes: the logo, and the lines set to the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    found = document.letterhead
    if found and found.logo:
        picture = word.add_picture(io.BytesIO(found.logo), height=Mm(18))
        if picture.width > Mm(WIDEST_LOGO):
            picture.height = Mm(18 * WIDEST_LOGO * 36000 // picture.width)
            picture.width = Mm(WIDEST_LOGO)
    for n, line in enumerate(document.head):
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(line).bold = n == 0 or None
    word.paragraphs[-1].paragraph_format.space_after = Pt(14)


def mark_draft(paragraph: WordParagraph, text: str) -> None:
    """What marks a draft, in the head of every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(14), RGBColor(255, 255, 255)
    fill = _element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _BAD})
    paragraph._p.get_or_add_pPr().insert_element_before(fill, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _page_number(paragraph: WordParagraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._r.append(_element("w:fldChar", {"w:fldCharType": kind}))
        else:
            instruction = _element("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def _language(of: Any, language: str) -> None:
    """State the language of a style or of a run."""
    properties = of.get_or_add_rPr()
    for old in properties.xpath("w:lang"):
        properties.remove(old)
    properties.append(_element("w:lang", {"w:val": language}))


def _own_font(style: Any) -> None:
    """Word takes a heading's font from the theme unless told otherwise for every script."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [n for n in fonts.attrib if n.rpartition("}")[2].endswith("Theme")]:
        del fonts.attrib[name]


def _element(tag: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    return made


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
