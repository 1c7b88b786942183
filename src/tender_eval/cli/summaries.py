"""The files of assessment summaries: in one language or two, as documents or by a template of the authority's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tender_eval.cli.languages import LANGUAGES, SIDE_BY_SIDE
from tender_eval.documents.writers import FORMATS

if TYPE_CHECKING:
    from tender_eval.case.case import Case
    from tender_eval.files.source import Source
    from tender_eval.regime.standstill import Standstill


def summary_files(
    case: Case,
    kinds: tuple[str, ...] = ("html",),
    bid: str | None = None,
    notice_on: datetime | None = None,
    template: Source | None = None,
    language: str = "en",
    checked_by: str = "",
    large_print: bool = False,
    **asked: Any,
) -> Iterator[tuple[str, bytes]]:
    """The files of the summaries by name: all of them, or none where one is refused."""
    from dataclasses import replace

    from tender_eval.cli.file_names import file_names
    from tender_eval.documents.templated import fill_page
    from tender_eval.documents.templated_docx import fill_word
    from tender_eval.report.letters.document import Letter, duties_of, letters_of
    from tender_eval.report.terms.bilingual import in_both

    period = standstill_of(case, notice_on)
    if "issued_on" in asked:
        asked["issued_on"] = asked["issued_on"].date()
    names = file_names([each.id for each in case.bids.bids])
    made = {
        spoken: letters_of(
            case, bid, period, language=LANGUAGES[spoken], checked_by=checked_by if spoken == "cy" else "", **asked
        )
        for spoken in ("cy", "en")
        if language in (spoken, "both", SIDE_BY_SIDE)
    }
    if language == SIDE_BY_SIDE:
        english = made["en"]
        both = {of: in_both(one.document, english[of].document, "letters") for of, one in made["cy"].items()}
        made = {language: {of: Letter(document, {}) for of, document in both.items()}}
    told = [
        (names[of] + (f".{spoken}" if language == "both" else ""), letter)
        for spoken, letters in made.items()
        for of, letter in letters.items()
    ]
    for name, (document, parts) in told:
        if template is not None:
            kind = template_kind(template.name)
            fill = {"docx": fill_word, "html": fill_page}[kind]
            yield f"{name}.{FORMATS[kind].ending}", fill(template, document, parts, duties_of(case))
            continue
        for kind in dict.fromkeys(kinds):
            yield f"{name}.{FORMATS[kind].ending}", FORMATS[kind].write(replace(document, large_print=large_print))


def standstill_of(case: Case, notice_on: datetime | None) -> Standstill | None:
    """The standstill period from the day of the notice that is given, else from the one that the case has."""
    from tender_eval.regime.standstill import standstill

    return standstill(notice_on.date(), case.compiled.scheme.regime) if notice_on else case.standstill()


def template_kind(name: str) -> str:
    """The format that a template is of, by the ending of its file."""
    return "docx" if name.lower().endswith((".docx", ".docm", ".doc")) else "html"
