"""A document as one HTML file: no script, nothing fetched, readable without a mouse and on paper.

Every value that a template prints is inert before it is escaped, and the page's own policy lets a browser load
nothing and run nothing, so that no text of a bidder can do more than be read.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from tender_eval.documents import charts, model
from tender_eval.documents.layout import FILTERS, PLOT_HEIGHT
from tender_eval.documents.model import Block, Document, Heading, walk
from tender_eval.documents.palette import COLOURS, PARTS
from tender_eval.languages.catalogue import catalogue, language_of, spoken_in
from tender_eval.languages.inert import inert
from tender_eval.languages.runs import Run, Runs, text_of
from tender_eval.model.extras import need

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

_SIGNED_MONEY = re.compile(r"[+-][£€$][\d,.]*\d")  # browsers break a line between sign and currency

_MARKS = {
    "strong": "<strong>{}</strong>",
    "soft": '<span class="id">{}</span>',
    "name": "<bdi>{}</bdi>",
    "title": "<bdi><i>{}</i></bdi>",
    "code": "<code>{}</code>",
}
LONG_TEXT = 60  # characters of a cell or a headline that needs room


class ContentsEntry(NamedTuple):
    """A heading in the list of contents, and those below it."""

    heading: Heading
    below: tuple[ContentsEntry, ...]


def document_html(document: Document) -> str:
    """The document as a whole page; the same document gives the same text."""
    with spoken_in(language_of(document.language)):
        return _page(document)


def _page(document: Document) -> str:
    css = style_of(document)
    logo = document.letterhead.logo if document.letterhead else b""
    policy = policy_of(css) + ("; img-src data:" if logo else "")
    first, rest = _answer(document)
    page = _environment().get_template("document.html.j2")
    return page.render(
        document=document,
        css=css,
        policy=policy,
        logo=base64.b64encode(logo).decode(),
        first=first,
        rest=rest,
        headings=_contents(document),
        plot_height=PLOT_HEIGHT,
        folded=any(isinstance(block, model.Details) and not block.open for block in walk(document.blocks)),
        t=catalogue("documents"),
        inline=inline,
    )


def policy_of(style: str, script: str = "") -> str:
    """The policy of a page that has this style sheet and this script, if any: no other runs, and nothing is fetched."""
    runs = f"; script-src 'sha256-{_sha256(script)}'" if script else ""
    return f"default-src 'none'; style-src 'sha256-{_sha256(style)}'{runs}; base-uri 'none'; form-action 'none'"


def style_of(document: Document) -> str:
    """The style sheet of the page."""
    return _css(_widths(document), bool(document.draft), language_of(document.language), document.large_print)


def blocks_html(blocks: Sequence[Block]) -> Markup:
    """Blocks as markup, to be set in a page of somebody else's."""
    from markupsafe import Markup

    show = '{% import "blocks.html.j2" as show with context %}{{ show.blocks(blocks) }}'
    made = _environment().from_string(show)
    values = {"blocks": blocks, "plot_height": PLOT_HEIGHT, "t": catalogue("documents"), "inline": inline}
    return Markup(made.render(values).strip())  # noqa: S704  # our own templates escape what they print


def _answer(document: Document) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What stands before the list of contents: the first section, in each language where there are two."""
    tops = [n for n, block in enumerate(document.blocks) if _begins(block, document.language)]
    cut = tops[1] if len(tops) > 1 else len(document.blocks)
    return document.blocks[:cut], document.blocks[cut:]


def _contents(document: Document) -> tuple[ContentsEntry, ...]:
    """The headings with anchors, those of each level below those of the last; in the language of the document alone."""
    own = [b for b in document.blocks if not isinstance(b, model.Spoken) or b.language == document.language]
    found = [b for b in walk(own) if isinstance(b, Heading) and b.anchor]
    return _below(found)


def _begins(block: Block, language: str) -> bool:
    """Whether a section begins here."""
    if isinstance(block, model.Spoken):
        return block.language == language and bool(block.blocks) and _begins(block.blocks[0], language)
    return isinstance(block, Heading) and block.level == 1


def _below(found: Sequence[Heading]) -> tuple[ContentsEntry, ...]:
    listed: list[ContentsEntry] = []
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and found[end].level > found[at].level:
            end += 1
        listed.append(ContentsEntry(found[at], _below(found[at + 1 : end])))
        at = end
    return tuple(listed)


def template(name: str) -> Template:
    """A template of ours, whose values are inert and escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    need("jinja2")
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("tender_eval.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    kinds = (
        *(model.Heading, model.Paragraph, model.Items, model.Pairs, model.Table, model.Notice, model.Details),
        *(
            model.Beside,
            model.Spoken,
            model.Tree,
            model.Listing,
            charts.BarChart,
            charts.Bar,
            charts.Whisker,
            charts.Dot,
        ),
    )
    made.tests.update({_name(kind): _is(kind) for kind in kinds})
    made.tests["with_shares"] = lambda block: any(cell.share is not None for row in block.rows for cell in row.cells)
    made.filters.update(FILTERS)
    made.filters["called"] = lambda text: tuple(run for run in text if run.kind != "soft")
    made.filters["is_long"] = lambda text: len(text_of(text)) > LONG_TEXT
    return made


def _name(kind: type) -> str:
    return "bar_chart" if kind is charts.BarChart else kind.__name__.lower()


def _is(kind: type) -> Callable[[object], bool]:
    return lambda block: isinstance(block, kind)


def _printed(value: object) -> object:
    """What every ``{{ }}`` goes through before it is escaped."""
    from markupsafe import Markup

    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def inline(text: Runs) -> Markup:
    """Text as markup."""
    from markupsafe import Markup

    return Markup("".join(_run(run) for run in text if run.text))  # noqa: S704  # each run is escaped


def _run(run: Run) -> str:
    text = _SIGNED_MONEY.sub(r'<span class="whole">\g<0></span>', escape(run.text))
    said = _MARKS.get(run.kind, "{}").format(text)
    said = f'<span lang="{escape(run.language)}">{said}</span>' if run.language else said
    return f'<a href="#{escape(run.to)}">{said}</a>' if run.to else said


def _widths(document: Document) -> tuple[int, ...]:
    """The widths of columns that tables state, in per cent: the page's policy allows no style but one sheet."""
    stated = (block.widths for block in walk(document.blocks) if isinstance(block, model.Table))
    return tuple(sorted({round(100 * width / sum(widths)) for widths in stated for width in widths}))


@cache
def _css(widths: tuple[int, ...], draft: bool, language: str, large: bool) -> str:
    sheet = _environment().get_template("document.css.j2")
    text: str = sheet.render(
        colours=COLOURS,
        parts=PARTS,
        widths=widths,
        draft=draft,
        large=large,
        t=catalogue("documents", language=language),
    )
    return text


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
