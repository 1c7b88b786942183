"""A document in Welsh and in English as one, a draft as long as nobody has checked the Welsh."""

from __future__ import annotations

from dataclasses import replace

from tender_eval.documents.bilingual import side_by_side
from tender_eval.documents.model import Document
from tender_eval.languages.catalogue import ENGLISH, catalogue


def in_both(welsh: Document, english: Document, area: str) -> Document:
    """Both side by side; what marks the Welsh as a draft is said in English too.

    Args:
        area: whose messages say that the Welsh is unchecked.
    """
    unchecked = catalogue(area, language=ENGLISH)("draft.unchecked") if welsh.draft else ""
    return side_by_side(welsh, replace(english, draft=english.draft or unchecked))
