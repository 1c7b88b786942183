"""What a command gives in one of several formats: a line each in a table of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tender_eval.cli.documents import deliver_document
from tender_eval.cli.output import deliver
from tender_eval.documents.writers import FORMATS

if TYPE_CHECKING:
    from tender_eval.documents.model import Document

READ = tuple(name for name in FORMATS if name != "json")
"""The formats of documents that people read; the JSON of a result is its own."""

Made = Mapping[str, Callable[[], "Document | str"]]
"""By format, what gives the result in it: a document, or text as it is written."""


def read_as(document: Callable[[], Document]) -> Made:
    """The formats that a document is read in."""
    return dict.fromkeys(READ, document)


def deliver_made(made: Made, shape: str, output: str | None = None, inputs: tuple[str, ...] = ()) -> None:
    """A result in one of its formats, as `deliver` does it."""
    found = made[shape]()
    if isinstance(found, str):
        deliver(found, output, inputs)
    elif shape == "text":
        deliver(FORMATS[shape].write(found).decode(), output, inputs)
    else:
        deliver_document(found, shape, output, inputs)
