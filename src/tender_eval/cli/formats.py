"""What a command gives in one of several formats: a line each in a table of its own.

Documents are written by the writer of the format, to the width of the terminal where they go there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from tender_eval.cli.output import STDOUT, deliver, deliver_bytes
from tender_eval.cli.standard_output import terminal_columns
from tender_eval.documents.writers import FORMATS, Format

if TYPE_CHECKING:
    from tender_eval.documents.model import Document

READ = tuple(name for name in FORMATS if name != "json")
"""The formats of documents that people read; the JSON of a result is its own."""
DOCUMENTS = tuple(name for name in READ if name != "text")
"""What documents that are sent or published are written in."""
LINE = 100  # columns, where there is no terminal that says

Made = Mapping[str, Callable[[], "Document | str"]]
"""By format, what gives the result in it: a document, or text as it is written. ``table`` is a document as text."""


def read_as(document: Callable[[], Document]) -> Made:
    """The formats that a document is read in."""
    return dict.fromkeys(READ, document)


def deliver_made(made: Made, shape: str, output: str | None = None, inputs: tuple[str, ...] = ()) -> None:
    """A result in one of its formats, as `deliver_as` does it."""
    deliver_as(made[shape](), shape, output, inputs)


def deliver_as(found: Document | str, shape: str, output: str | None = None, inputs: tuple[str, ...] = ()) -> None:
    """What was made in one of its formats to standard output or into a file, as `deliver` does it.

    Raises:
        Refused: TE090 where it cannot be written, TE091 where the file is a record, TE097 where a library is missing.
    """
    if isinstance(found, str):
        deliver(found, output, inputs)
        return
    check_writable(shape, output)
    written_by = _format(shape)
    data = written_by.write(found, terminal_width(output))
    if written_by.in_lines:  # for a terminal, in whatever encoding that has
        deliver(data.decode(), output, inputs)
    else:
        deliver_bytes(data, output, inputs)


def check_writable(shape: str, output: str | None) -> None:
    """See that a document can be written in a format; to be asked before the work where that is much.

    Raises:
        Refused: TE097 where a library is missing.
    """
    from tender_eval.model.extras import need

    asked = _format(shape)
    if asked.binary and output in (None, STDOUT) and sys.stdout.isatty():
        raise click.UsageError("a Word file is not text: name a file with --output")
    if asked.library:
        need(asked.library)


def terminal_width(output: str | None) -> int:
    """How many columns a line has that goes to standard output, or into a file."""
    to_terminal = output in (None, STDOUT) and sys.stdout.isatty()
    return terminal_columns() if to_terminal else LINE


def _format(shape: str) -> Format:
    return FORMATS.get(shape, FORMATS["text"])
