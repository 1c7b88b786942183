"""Pages of an authority's own: what is printed is inert, nothing else is reached, and no duty is left out."""

from __future__ import annotations

import pytest

from tender_eval import Refused
from tender_eval.documents.model import Document, paragraph
from tender_eval.documents.templated import fill_page
from tender_eval.files.source import Source
from tender_eval.languages.runs import name

EVIL = "<script>alert(1)</script>{{ 7 * 7 }}<!--"
PARTS = {"facts": (paragraph("Facts."),), "assessment": (paragraph("Said by ", name(EVIL)),), "signature": ()}
SOUND = "<html><body><h1>{{ title }}</h1>{{ facts }}{{ assessment }}</body></html>\n"


def filled(text: str, draft: str = "", duties: tuple[str, ...] = ("facts", "assessment", "signature")) -> str:
    document = Document("Letter", f"To {EVIL}", draft=draft)
    return fill_page(Source("letter.html", text.encode()), document, PARTS, duties).decode()


def test_what_is_printed_is_inert() -> None:
    page = filled(SOUND + "{{ subtitle }}")
    assert "<h1>Letter</h1>" in page
    assert "<p>Facts.</p>" in page
    assert "<script>" not in page
    assert "49" not in page
    assert page.count("&lt;script&gt;") == 2


@pytest.mark.parametrize(
    "text",
    [
        SOUND.replace("{{ facts }}", ""),
        SOUND.replace("{{ facts }}", "<!-- {{ facts }} -->"),
        SOUND.replace("{{ facts }}", "<script>{{ facts }}</script>"),
        SOUND.replace("{{ facts }}", "<template>{{ facts }}"),
        SOUND.replace("{{ facts }}", "{{ facts | striptags }}"),
        SOUND.replace("{{ facts }}", "{% if false %}{{ facts }}{% endif %}"),
    ],
)
def test_a_template_that_leaves_a_duty_out_is_refused_with_which(text: str) -> None:
    with pytest.raises(Refused, match=r"TE089.*it leaves out what must be told: facts"):
        filled(text)


def test_what_is_no_duty_may_be_left_out_and_what_holds_nothing_is_none() -> None:
    assert "Facts" not in filled("{{ assessment }}", duties=("assessment", "signature"))


def test_a_draft_is_marked_or_refused() -> None:
    with pytest.raises(Refused, match="what must be told: draft"):
        filled(SOUND, draft="DRAFT: not to be sent.")
    page = filled("<style>{{ style }}</style>{{ draft }}" + SOUND, draft="DRAFT: not <b>to be sent.")
    assert '<p class="draft" role="note">DRAFT: not &lt;b&gt;to be sent.</p>' in page
    assert ".across-page { position: fixed" in page


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x\n{% for %}", "letter.html:2:1: error TE089"),
        ("{{ nobody }}", "TE089.*'nobody' is undefined"),
        ("{% include '/etc/passwd' %}", "TE089"),
        ("{{ ''.__class__.__mro__ }}", "TE089"),
        ("{{ facts.__init__.__globals__ }}", "TE089"),
        ("{{ 1 / 0 }}", "TE089"),
        ("{% for n in range(10 ** 9) %}{{ n }}{% endfor %}", "TE089"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "TE089"),
    ],
)
def test_what_a_template_may_not_do_is_refused_at_its_place(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        filled(text)
