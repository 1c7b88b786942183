"""The formats that a document can be written in: a line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from tender_eval.documents.model import Document


class Format(NamedTuple):
    """A format of documents: the ending of its files, and the module and function that write it."""

    ending: str
    module: str
    function: str

    def write(self, document: Document) -> bytes:
        """The document in this format."""
        writer: Callable[[Document], str | bytes] = getattr(import_module(self.module), self.function)
        written = writer(document)
        return written if isinstance(written, bytes) else written.encode("utf-8", errors="backslashreplace")


FORMATS: Mapping[str, Format] = {
    "text": Format("txt", "tender_eval.documents.terminal", "document_text"),
    "markdown": Format("md", "tender_eval.documents.markdown", "document_markdown"),
    "html": Format("html", "tender_eval.documents.html", "document_html"),
    "docx": Format("docx", "tender_eval.documents.docx", "document_docx"),
    "json": Format("json", "tender_eval.documents.data", "document_json"),
}
