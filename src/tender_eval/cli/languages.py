"""The languages that documents are made in, and what is told of them on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from tender_eval.languages.catalogue import ENGLISH, WELSH

if TYPE_CHECKING:
    from tender_eval.model.bids import Tender
    from tender_eval.model.scheme import Scheme

LANGUAGES = {"en": ENGLISH, "cy": WELSH}
"""By what is asked for."""
SIDE_BY_SIDE = "side-by-side"
CHECKED_WELSH = "--checked-by says who has checked the Welsh: give --language cy or side-by-side"


large_print_option = click.option(
    "--large-print", is_flag=True, help="html, docx: no text below 16 point, and no table that is too narrow for it."
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
