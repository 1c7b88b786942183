"""The page of a Word file: its sizes of type and styles, its language, what stands at its head and foot."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tender_eval.documents.model import Document
from tender_eval.documents.palette import COLOURS
from tender_eval.languages.runs import plain

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as WordParagraph

NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: what was written when is for the record to say
INK = "1D4F73"
_VAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
_BAD = COLOURS["bad"].removeprefix("#").upper()
_FONT = "Arial"
LONGEST_PROPERTY = 255  # characters, by the format
WIDEST_LOGO = 80  # millimetres


class Sizes(NamedTuple):
    """Sizes of type in points: of text, cells and captions, and of headings by their styles."""

    text: float
    cell: float
    caption: float
    headings: Mapping[str, float]


_STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3", "Subtitle")
PRINT = Sizes(10.5, 9.5, 10, dict(zip(_STYLES, (22, 15, 12.5, 11, 12.5), strict=True)))
LARGE_PRINT = Sizes(
    18, 18, 18, dict(zip((*_STYLES, "Heading 4", "Header", "Footer"), (26, 22, 20, 18, 20, 18, 18, 18), strict=True))
)
"""UKAAF, Creating clear print and large print documents (G003, 2019): 16 point at least, ideally 18, labels too."""


def set_up(word: Word, document: Document) -> None:
    """Prepare an empty Word file for a document: all that is not its blocks."""
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
    sizes = LARGE_PRINT if document.large_print else PRINT
    normal.font.name, normal.font.size = _FONT, Pt(sizes.text)
    normal.paragraph_format.space_after = Pt(6)
    language_of_text(normal.element, document.language)
    for default in word.styles.element.xpath("w:docDefaults//w:lang"):  # what no style says, and what a PDF takes
        default.set(_VAL, document.language)
    for name, size in sizes.headings.items():
        style: Any = word.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(INK)
        _own_font(style)
    caption: Any = word.styles["Caption"]
    caption.font.size, caption.font.color.rgb = Pt(sizes.caption), RGBColor(0, 0, 0)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(8)
    if document.draft:
        mark_draft(section.header.paragraphs[0], document.draft, max(14, sizes.text))
    if document.letterhead:
        letterhead(word, document)
    _page_number(section.footer.paragraphs[0])


def letterhead(word: Word, document: Document) -> None:
    """Who writes: the logo, and the lines set to the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    found = document.letterhead
    if found and found.logo:
        picture = word.add_picture(io.BytesIO(found.logo), height=Mm(18))
        picture._inline.docPr.set("descr", plain(found.name))  # what a screen reader says in its place
        if picture.width > Mm(WIDEST_LOGO):
            picture.height = Mm(18 * WIDEST_LOGO * 36000 // picture.width)
            picture.width = Mm(WIDEST_LOGO)
    for n, line in enumerate(document.head):
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(line).bold = n == 0 or None
    word.paragraphs[-1].paragraph_format.space_after = Pt(14)


def mark_draft(paragraph: WordParagraph, text: str, size: float = 14) -> None:
    """What marks a draft, in the head of every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(10)  # the text begins below, of two lines too
    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(size), RGBColor(255, 255, 255)
    fill = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _BAD})
    paragraph._p.get_or_add_pPr().insert_element_before(fill, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _page_number(paragraph: WordParagraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("w:fldChar", {"w:fldCharType": kind}))
        else:
            instruction = element("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def language_of_text(of: Any, language: str) -> None:
    """State the language of a style or of a run."""
    properties = of.get_or_add_rPr()
    for old in properties.xpath("w:lang"):
        properties.remove(old)
    properties.append(element("w:lang", {"w:val": language}))


def size_every_script(word: Word) -> None:
    """Give the text of scripts that Word sizes by themselves, such as Arabic, the size of the text around it."""
    section = word.sections[0]
    for part in (word.styles.element, word.element, section.header._element, section.footer._element):
        for size in part.xpath(".//w:rPr/w:sz"):
            for old in size.getparent().xpath("w:szCs"):
                old.getparent().remove(old)
            size.addnext(element("w:szCs", {"w:val": size.get(_VAL)}))


def _own_font(style: Any) -> None:
    """Word takes a heading's font from the theme unless told otherwise for every script."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [n for n in fonts.attrib if n.rpartition("}")[2].endswith("Theme")]:
        del fonts.attrib[name]


def element(tag: str, attributes: dict[str, str] | None = None) -> Any:
    """An element of WordprocessingML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    return made
