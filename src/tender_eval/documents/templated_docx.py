"""A document set in a Word file of somebody's own: ``{{ name }}`` stands where a part of the document, or a text, goes.

A part takes the place of the paragraph that holds its name alone, in the body or in a cell of a table; what it says is
written as in our own Word files, with the template's styles where it has them. Texts go anywhere, heads and feet of
pages included. No code runs, and nothing outside the file is reached. What must be told must stand in what comes out,
where a reader sees it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tender_eval.documents.docx import add_block, same_bytes
from tender_eval.documents.docx_page import LONGEST_PROPERTY, NEVER, mark_draft
from tender_eval.documents.model import Block, Document
from tender_eval.documents.templated import Parts, refused
from tender_eval.files.source import Source
from tender_eval.files.workbook.package import WORD, open_package
from tender_eval.model.diagnostics import Problems
from tender_eval.model.extras import need

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

TEXTS = ("title", "subtitle", "authority", "draft", "language")
"""What a template may print beside the parts, and ``logo``, the picture."""
_NAME = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_ANY = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "txbxContent"))
"""What hides what stands in it, or may cut it off, by its name in WordprocessingML."""
_STYLES = ("Heading 1", "Heading 2", "Heading 3", "Heading 4", "List Bullet", "Caption", "Table Grid", "No Spacing")
_LOGO_HEIGHT = 18  # millimetres


def fill_word(template: Source, document: Document, parts: Parts, duties: Collection[str]) -> bytes:
    """A Word file by a template.

    Args:
        parts: the blocks of the document by the names under which the template prints them.
        duties: the parts that must stand in it; those that hold nothing are none.

    Raises:
        Refused: TE003 or TE004 for a file that is no such document or is not safe to open; TE089 for a name that does
            not exist or stands where it cannot be filled, or for the parts that it leaves out.
    """
    need("docx")
    word = _opened(template)
    _add_styles(word)
    texts = _texts(document)
    told: set[str] = set()
    for paragraph in _paragraphs(word.element.body, word):
        told |= _fill(template, word, paragraph, document, parts, texts)
    for section in word.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer,
                     section.even_page_header, section.even_page_footer):  # fmt: skip
            if not part.is_linked_to_previous:
                for paragraph in _paragraphs(part._element, part):
                    _fill(template, word, paragraph, document, {}, texts)
        if document.draft:
            _mark_pages(section, document.draft)
    if missing := [name for name in duties if parts.get(name) and name not in told]:
        each = ", ".join(f"{{{{ {name} }}}}" for name in missing)
        hint = f"add {each}, each in a paragraph of its own that is not hidden"
        raise refused(template, f"it leaves out what must be told: {', '.join(missing)}", hint)
    properties = word.core_properties
    properties.title, properties.subject = document.called[:LONGEST_PROPERTY], document.subtitle[:LONGEST_PROPERTY]
    properties.created = properties.modified = NEVER
    held = io.BytesIO()
    word.save(held)
    return same_bytes(held.getvalue())


def _opened(template: Source) -> Word:
    import docx
    from docx.opc.exceptions import OpcError

    problems = Problems()
    open_package(template, problems, WORD)
    problems.refuse()
    try:
        word = docx.Document(io.BytesIO(template.data))
    except (OpcError, SyntaxError, KeyError, ValueError):
        raise refused(template, "it is no Word document", WORD.save) from None
    for relation in _relations(word.part, set()):
        if relation.is_external and not relation.reltype.endswith("/hyperlink"):
            kind = relation.reltype.rpartition("/")[2]
            message = f"it takes its {kind} from outside of it, which whoever opens the letter would fetch"
            raise refused(template, message, "put it into the document itself, or take it out")
    return word


def _relations(part: Any, seen: set[int]) -> Iterator[Any]:
    """Every relation of a part and of the parts that it leads to."""
    if id(part) in seen:
        return
    seen.add(id(part))
    for relation in part.rels.values():
        yield relation
        if not relation.is_external:
            yield from _relations(relation.target_part, seen)


def _add_styles(word: Word) -> None:
    """The styles that our blocks are written in, where the template has none of that name."""
    import copy

    import docx

    own = docx.Document().styles
    for name in _STYLES:
        if name not in word.styles and name != "List Bullet":  # whose bullet is numbered elsewhere
            word.styles.element.append(copy.deepcopy(own[name].element))


def _texts(document: Document) -> Mapping[str, str]:
    found = (document.title, document.subtitle, "\n".join(document.head), document.draft, document.language)
    return dict(zip(TEXTS, found, strict=True))


def _paragraphs(root: Any, parent: Any) -> list[Paragraph]:
    """Every paragraph below an element, those in tables and text boxes too."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    return [Paragraph(one, parent) for one in root.iter(qn("w:p"))]


def _fill(
    template: Source, word: Word, paragraph: Paragraph, document: Document, parts: Parts, texts: Mapping[str, str]
) -> set[str]:
    """Fill a paragraph; the part that was told in it where a reader sees it."""
    text = "".join(run.text for run in paragraph.runs)
    found = _ANY.findall(text)
    if not found:
        return set()
    named = [match[1] if (match := _NAME.fullmatch(one)) else one for one in found]
    known = (*TEXTS, "logo", *parts)
    if strange := [name for name in named if name not in known]:
        hint = f"it may hold {', '.join(known)}, each as {{{{ {known[0]} }}}}"
        raise refused(template, f"it holds {strange[0][:60]}, which is no name that is filled here", hint)
    alone = text.strip() == found[0]
    if block := [name for name in named if name in parts or name == "logo"]:
        if not alone:
            raise refused(template, f"{block[0]} stands beside other text", "give it a paragraph of its own")
        if block[0] == "logo":
            _logo(paragraph, document)
            return set()
        seen = _seen(paragraph)
        _put(word, paragraph, parts[block[0]])
        return {block[0]} if seen else set()
    _replace(paragraph, texts)
    return set()


def _seen(paragraph: Paragraph) -> bool:
    """Whether what stands at a paragraph is on the page."""
    above = [*paragraph._p.iterancestors()]
    rows = [one for one in above if one.tag.endswith("}tr")]
    hidden = any(row.xpath("./w:trPr/w:hidden | ./w:trPr/w:trHeight[@w:hRule='exact']") for row in rows)
    return not hidden and not any(one.tag.rpartition("}")[2] in _UNSEEN for one in above) and _styles_show(paragraph)


def _styles_show(paragraph: Paragraph) -> bool:
    """Whether text in our styles, or in none, is shown by the template."""
    from docx.oxml.ns import qn

    styles = paragraph.part.document.styles  # type: ignore[attr-defined]
    used = [style.element for style in styles if style.name in (*_STYLES, "Normal")]
    used += styles.element.iter(qn("w:docDefaults"))
    return not any(one.get(qn("w:val")) not in ("0", "false") for of in used for one in of.iter(qn("w:vanish")))


def _put(word: Word, paragraph: Paragraph, blocks: tuple[Block, ...]) -> None:
    """Blocks in the place of a paragraph."""
    body, place = word.element.body, paragraph._p
    before = set(body)
    for block in blocks:
        add_block(word, block)
    for made in [one for one in body if one not in before]:
        place.addprevious(made)
    cell = place.getparent()
    if cell.tag.endswith("}tc") and (place.getprevious() is None or not place.getprevious().tag.endswith("}p")):
        for run in paragraph.runs:  # a cell ends with a paragraph
            run.text = ""
    else:
        cell.remove(place)


def _logo(paragraph: Paragraph, document: Document) -> None:
    from docx.shared import Mm

    for run in paragraph.runs:
        run.text = ""
    if document.letterhead and document.letterhead.logo:
        paragraph.add_run().add_picture(io.BytesIO(document.letterhead.logo), height=Mm(_LOGO_HEIGHT))


def _replace(paragraph: Paragraph, texts: Mapping[str, str]) -> None:
    """Each name by its text, in the letters of the run in which it begins; Word may have cut it into several."""
    runs = paragraph.runs
    for match in reversed([*_NAME.finditer("".join(run.text for run in runs))]):
        at = 0
        for run in runs:
            own = run.text
            first, last = max(match.start() - at, 0), min(match.end() - at, len(own))
            if first < last:
                run.text = own[:first] + (texts[match[1]] if match.start() >= at else "") + own[last:]
            at += len(own)


def _mark_pages(section: Any, text: str) -> None:
    """The mark of a draft in the head of every page."""
    heads = [section.header, *([section.first_page_header] if section.different_first_page_header_footer else [])]
    heads += [section.even_page_header] if not section.even_page_header.is_linked_to_previous else []
    for head in heads:
        head.is_linked_to_previous = False
        first = head.paragraphs[0] if head.paragraphs else head.add_paragraph()
        mark_draft(first.insert_paragraph_before(), text)
