import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.documents.markdown import document_markdown, escaped
from tender_eval.documents.model import Document, Notice, table
from tender_eval.languages.runs import name, runs


@pytest.mark.slow
@given(st.text())
def test_no_markup_is_left_in_escaped_text(text: str) -> None:
    shown = escaped(text)
    assert not re.search(r"[<>\n\r\x1b\u202e]", shown)
    assert not re.search(r"(?<!\\)[`*_\[\]|~]", shown.replace("\\\\", ""))
    assert not re.match(r"\s*([#+-]|\d+[.)])\s", shown)


def test_a_dash_in_a_cell_is_not_escaped() -> None:
    """At the start of a line it would make a list; in a cell it cannot."""
    text = document_markdown(Document("t", blocks=(table("", ["a", "b"], [["-", "+5"]]),)))
    assert "| - | +5 |" in text


def test_the_whole_headline_of_a_notice_is_strong_names_too() -> None:
    text = document_markdown(Document("t", blocks=(Notice((*runs("Winner: "), name("Ash_Ltd"))),)))
    assert "> **Winner: Ash\\_Ltd**" in text
