"""Files as they stand in a case: their name, their digest and every byte."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from tender_eval.base.canonical import Data, NotCanonical, digest
from tender_eval.files.source import Source


def file_data(source: Source) -> dict[str, Data]:
    """A file as it stands in a record."""
    encoded = base64.b64encode(source.data).decode("ascii")
    return {"name": source.name, "sha256": source.sha256, "base64": encoded}


def bids_data(source: Source) -> dict[str, Data]:
    """A file of bids as it stands in a record: with the plugin's reader that was asked for, where one was."""
    asked: dict[str, Data] = {"reader": source.reader} if source.reader else {}
    return file_data(source) | asked


def file_of(data: object) -> Source:
    """The file that a record holds.

    Raises:
        NotCanonical: it is not whole, or its bytes do not have the digest that is stated; says why.
    """
    if not isinstance(data, Mapping) or set(data) - {"reader"} != {"name", "sha256", "base64"}:
        raise NotCanonical("a file needs name, sha256 and base64")
    name, stated, encoded, reader = data["name"], data["sha256"], data["base64"], data.get("reader", "")
    if not (isinstance(name, str) and isinstance(stated, str) and isinstance(encoded, str) and isinstance(reader, str)):
        raise NotCanonical("name, sha256, base64 and reader of a file must be text")
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise NotCanonical(f"the bytes of {name} are not base64") from None
    if digest(content) != stated:
        raise NotCanonical(f"the bytes of {name} do not have the digest that is stated")
    return Source(name, content, reader=reader)
