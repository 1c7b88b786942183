"""The languages that documents are made in, and what is told of them on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from tender_eval.languages.catalogue import ENGLISH, WELSH

if TYPE_CHECKING:
    from tender_eval.documents.model import Document
    from tender_eval.engine.compiled import CompiledScheme
    from tender_eval.model.bids import Bids, Tender
    from tender_eval.model.scheme import Scheme

LANGUAGES = {"en": ENGLISH, "cy": WELSH}
"""By what is asked for."""
SIDE_BY_SIDE = "side-by-side"
CHECKED_WELSH = "--checked-by says who has checked the Welsh: give --language cy or side-by-side"


large_print_option = click.option(
    "--large-print", is_flag=True, help="html, docx: no text below 16 point, and no table that is too narrow for it."
)
language_option = click.option(
    "--language",
    type=click.Choice((*LANGUAGES, SIDE_BY_SIDE)),
    default="en",
    help="cy for Welsh; side-by-side for Welsh and English in one document.",
)
checked_by_option = click.option(
    "--checked-by", default="", metavar="NAME", help="Who has checked the Welsh; without it, it is a draft."
)
_SIZED = ("html", "docx")


def check_sizes(kinds: Iterable[str]) -> None:
    """Refuse large print of what has no sizes of type."""
    if any(kind not in _SIZED for kind in kinds):
        raise click.UsageError("--large-print goes with html and docx: no other format has sizes of type")


def tell_english(language: str, scheme: Scheme, tender: Tender | None = None) -> None:
    """Name to standard error what stands in English in a document that was asked for in Welsh, each at its place."""
    if language == "en":
        return
    from tender_eval.report.terms.english import left_in_english

    for sentence in left_in_english(scheme, tender):
        click.echo(sentence, err=True)


def in_language(
    make: Callable[[CompiledScheme, Bids], Document],
    compiled: CompiledScheme,
    bids: Bids,
    language: str,
    checked_by: str,
) -> Document:
    """What is made of a scheme and bids, in the language that was asked for; what stands in English is named.

    Raises:
        Refused: as ``make`` does.
    """
    if checked_by and language == "en":
        raise click.UsageError(CHECKED_WELSH)
    if language == "en":
        return make(compiled, bids)
    from tender_eval.report.terms.bilingual import in_both, told_in_welsh

    welsh = told_in_welsh(make, compiled, bids, checked_by)
    tell_english(language, compiled.scheme, bids.tender)
    return in_both(welsh, make(compiled, bids)) if language == SIDE_BY_SIDE else welsh
