"""The formats that a document can be written in: a line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from tender_eval.documents.model import Document


class Format(NamedTuple):
    """A format of documents: the ending of its files, and the module and function that write it.

    Attributes:
        in_lines: whether it is written in lines of at most so many columns.
        binary: whether it is no text.
        library: the module of another distribution that its writer needs.
    """

    ending: str
    module: str
    function: str
    in_lines: bool = False
    binary: bool = False
    library: str = ""

    def write(self, document: Document, line: int | None = None) -> bytes:
        """The document in this format, in lines of so many columns where it has lines; else of its own width."""
        writer: Callable[..., str | bytes] = getattr(import_module(self.module), self.function)
        written = writer(document, line) if self.in_lines and line else writer(document)
        return written if isinstance(written, bytes) else written.encode("utf-8", errors="backslashreplace")


FORMATS: Mapping[str, Format] = {
    "text": Format("txt", "tender_eval.documents.terminal", "document_text", in_lines=True),
    "markdown": Format("md", "tender_eval.documents.markdown", "document_markdown"),
    "html": Format("html", "tender_eval.documents.html", "document_html", library="jinja2"),
    "docx": Format("docx", "tender_eval.documents.docx", "document_docx", binary=True, library="docx"),
    "json": Format("json", "tender_eval.documents.data", "document_json"),
}
