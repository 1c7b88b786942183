"""A document as one HTML file: no script, nothing fetched, readable without a mouse and on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from tender_eval.model.extras import need
from tender_eval.report.document import Document, Heading, Items, Paragraph, Spans

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATE = "document.html.j2"


def document_html(document: Document) -> str:
    """The document as a whole page; all of its text is escaped."""
    return _environment().get_template(TEMPLATE).render(document=document, inline=_inline)


@cache
def _environment() -> Environment:
    need("jinja2")
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("tender_eval.report"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    kinds = {"heading": Heading, "paragraph": Paragraph, "items": Items}
    made.tests.update({name: _is(kind) for name, kind in kinds.items()})
    return made


def _is(kind: type) -> Callable[[object], bool]:
    return lambda block: isinstance(block, kind)


def _inline(runs: Spans) -> Markup:
    from markupsafe import Markup, escape

    parts = [Markup("<strong>{}</strong>").format(r.text) if r.strong else escape(r.text) for r in runs if r.text]
    return Markup(" ").join(parts)
