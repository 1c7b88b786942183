"""Documents out: Markdown and HTML as text, DOCX as bytes, whole into a file or to standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tender_eval.cli.output import deliver, deliver_bytes

if TYPE_CHECKING:
    from tender_eval.report.document import Document

SUFFIXES = {"markdown": ".md", "html": ".html", "docx": ".docx"}


def rendered(document: Document, shape: str) -> str | bytes:
    """A document in one of the shapes of `SUFFIXES`.

    Raises:
        Refused: TE097 where the library for it is not installed.
    """
    if shape == "html":
        from tender_eval.report.document_html import document_html

        return document_html(document)
    if shape == "docx":
        from tender_eval.report.document_docx import document_docx

        return document_docx(document)
    from tender_eval.report.document_markdown import document_markdown

    return document_markdown(document)


def deliver_document(document: Document, shape: str, output: str | None, inputs: tuple[str, ...] = ()) -> None:
    """A document to standard output or into a file, as `deliver` does it.

    Raises:
        Refused: TE090 where it cannot be written, TE097 where a library is missing.
    """
    if shape == "docx" and output is None and sys.stdout.isatty():
        raise click.UsageError("a Word file is not text: name a file with --output")
    made = rendered(document, shape)
    if isinstance(made, str):
        deliver(made, output, inputs)
    else:
        deliver_bytes(made, output, inputs)
