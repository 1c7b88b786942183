"""Documents out: Markdown and HTML as text, DOCX as bytes, whole into a file or to standard output."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from tender_eval.cli.output import STDOUT, deliver_bytes
from tender_eval.documents.writers import FORMATS

if TYPE_CHECKING:
    from tender_eval.documents.model import Document

DOCUMENTS = tuple(name for name in FORMATS if name not in ("text", "json"))
"""What documents that are sent or published are written in."""
LINE = 100  # columns, where there is no terminal that says


def refuse_binary_on_terminal(shape: str, output: str | None) -> None:
    """See that no Word file goes to a terminal; to be asked before the work where that is much."""
    if shape == "docx" and output in (None, STDOUT) and sys.stdout.isatty():
        raise click.UsageError("a Word file is not text: name a file with --output")


def deliver_document(document: Document, shape: str, output: str | None, inputs: tuple[str, ...] = ()) -> None:
    """A document to standard output or into a file, as `deliver` does it.

    Raises:
        Refused: TE090 where it cannot be written, TE097 where a library is missing.
    """
    refuse_binary_on_terminal(shape, output)
    deliver_bytes(FORMATS[shape].write(document), output, inputs)


def terminal_width(output: str | None) -> int:
    """How many columns a line has that goes to standard output, or into a file."""
    to_terminal = output in (None, STDOUT) and sys.stdout.isatty()
    return shutil.get_terminal_size().columns if to_terminal else LINE


def written(document: Document, name: str, line: int) -> str:
    """A document as text in one of the formats; only the terminal's has lines of a width."""
    if name == "text":
        from tender_eval.documents.terminal import document_text

        return document_text(document, line)
    return FORMATS[name].write(document).decode()
