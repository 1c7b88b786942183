"""A document set in a page of somebody's own: an HTML template with the parts of the document by their names.

The template is a sandboxed one of Jinja2: it reaches no file and no attribute of ours, and what it prints is escaped.
The parts come as finished markup, in which every text of others is inert. What must be told must stand in what comes
out, outside comments and whatever a browser does not show.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Mapping
from typing import Any

from tender_eval.documents.html import blocks_html, style_of
from tender_eval.documents.model import Block, Document
from tender_eval.files.source import Source
from tender_eval.languages.catalogue import catalogue, language_of
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.extras import need
from tender_eval.model.location import Location

Parts = Mapping[str, tuple[Block, ...]]
NAMES = ("title", "subtitle", "authority", "logo", "style", "draft", "language")
"""What a template may print beside the parts."""
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript|title)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)


def fill_page(template: Source, document: Document, parts: Parts, duties: Collection[str]) -> bytes:
    """An HTML page by a template.

    Args:
        parts: the blocks of the document by the names under which the template prints them.
        duties: the parts that must stand in the page; those that hold nothing are none.

    Raises:
        Refused: TE089 with the line at which the template is at fault, or the parts that it leaves out.
    """
    need("jinja2")
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    found = {name: blocks_html(blocks) for name, blocks in parts.items()}
    values = {**_values(document), **found}
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    try:
        page = environment.from_string(template.text).render(values)
    except TemplateSyntaxError as e:
        raise refused(template, e.message or "it cannot be read", "see docs/case.md: templates", e.lineno) from None
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError, MemoryError) as e:
        hint = f"it may print {', '.join((*NAMES, *parts))}"
        raise refused(template, str(e) or type(e).__name__, hint) from None
    shown = _UNSEEN.sub("", page)
    required = {name: found[name] for name in duties if found.get(name)}
    required |= {"draft": values["draft"]} if document.draft else {}
    if missing := [name for name, text in required.items() if text not in shown]:
        each = ", ".join(f"{{{{ {name} }}}}" for name in missing)
        raise refused(template, f"it leaves out what must be told: {', '.join(missing)}", f"add {each}, unfiltered")
    return page.encode()


def _values(document: Document) -> dict[str, Any]:
    from markupsafe import Markup, escape

    head = document.letterhead
    logo = f"data:image/{head.media};base64,{base64.b64encode(head.logo).decode()}" if head and head.logo else ""
    mark = f'<p class="draft" role="note">{escape(document.draft)}</p>'
    across = catalogue("documents", language=language_of(document.language))("page.draft")
    mark += f'<div class="across-page" aria-hidden="true">{across}</div>'
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "authority": document.head,
        "logo": logo,
        "style": Markup(style_of(document)),  # noqa: S704  # our own style sheet
        "draft": Markup(mark) if document.draft else "",  # noqa: S704  # escaped above
        "language": document.language,
    }


def refused(template: Source, message: str, hint: str, line: int = 0) -> Refused:
    """TE089: why a template cannot be used."""
    where = Location(template.name, line, 1 if line else 0)
    return Refused([Diagnostic("TE089", f"the template cannot be used: {message}", where, hint)])
