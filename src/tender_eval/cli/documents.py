"""Documents out: Markdown and HTML as text, DOCX as bytes, whole into a file or to standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tender_eval.cli.output import STDOUT, deliver_bytes
from tender_eval.documents.writers import FORMATS

if TYPE_CHECKING:
    from tender_eval.documents.model import Document

DOCUMENTS = tuple(name for name in FORMATS if name not in ("text", "json"))
"""What documents that are sent or published are written in."""


def spare_terminal(shape: str, output: str | None) -> None:
    """See that no Word file goes to a terminal; to be asked before the work where that is much."""
    if shape == "docx" and output in (None, STDOUT) and sys.stdout.isatty():
        raise click.UsageError("a Word file is not text: name a file with --output")


def deliver_document(document: Document, shape: str, output: str | None, inputs: tuple[str, ...] = ()) -> None:
    """A document to standard output or into a file, as `deliver` does it.

    Raises:
        Refused: TE090 where it cannot be written, TE097 where a library is missing.
    """
    spare_terminal(shape, output)
    deliver_bytes(FORMATS[shape].write(document), output, inputs)
