"""Documents out: Markdown and HTML as text, DOCX as bytes, whole into a file or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.output import _replace, _same, _unwritten, deliver

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


def deliver_bytes(data: bytes, output: str | None, inputs: tuple[str, ...] = ()) -> None:
    """Bytes to standard output or into a file, as `deliver` does it with text.

    Raises:
        Refused: TE090 where they cannot be written.
    """
    if output is not None and any(_same(output, name) for name in inputs):
        raise click.BadParameter(f"{output} is one of the files that are read", param_hint="--output")
    try:
        if output is None:
            click.echo(data, nl=False)
        else:
            _replace(Path(output), data)
    except OSError as e:
        raise _unwritten(output or "standard output", e) from None
