"""A document in Welsh, or in Welsh and in English as one, a draft as long as nobody has checked the Welsh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tender_eval.documents.bilingual import side_by_side
from tender_eval.documents.model import Document
from tender_eval.engine.compiled import CompiledScheme, compile_scheme
from tender_eval.files.welsh import in_welsh
from tender_eval.languages.catalogue import ENGLISH, WELSH, catalogue, spoken_in
from tender_eval.model.bids import Bids
from tender_eval.report.terms.english import in_welsh_drafted


def in_both(welsh: Document, english: Document, area: str = "", *, columns: bool = True) -> Document:
    """Both side by side; what marks the Welsh as a draft is said in English too.

    Args:
        area: whose messages say that the Welsh is unchecked; without it, those of any document.
        columns: see `side_by_side`.
    """
    area, key = (area, "draft.unchecked") if area else ("terms", "checked.nobody")
    found = catalogue(area, language=ENGLISH)(key)
    english = replace(english, draft=english.draft or (found if welsh.draft else ""))
    return side_by_side(welsh, english, columns=columns)


def told_in_welsh(
    make: Callable[[CompiledScheme, Bids], Document], compiled: CompiledScheme, bids: Bids, checked_by: str = ""
) -> Document:
    """What is made of a scheme and bids, in Welsh: evaluated by the same engine, with their Welsh texts in place.

    Args:
        checked_by: who has checked the Welsh; without it the document is a draft.

    Raises:
        Refused: as ``make`` does.
    """
    welsh = compile_scheme(in_welsh(compiled.scheme), compiled.plan.catalogue)
    offered = replace(bids, tender=in_welsh(bids.tender))
    with spoken_in(WELSH):
        return in_welsh_drafted(make(welsh, offered), welsh.plan, offered.tender, checked_by)
