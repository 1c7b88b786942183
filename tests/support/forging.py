"""Records changed by somebody who knows how they are made: every hash is right again."""

import json
from collections.abc import Callable
from typing import Any

from tender_eval.audit.chain import Draft, Link, seal


def rechained(data: bytes, change: Callable[[list[dict[str, Any]]], None]) -> bytes:
    """The record with its entries changed and the chain made anew; numbers and hashes are seen to."""
    entries = [json.loads(line) for line in data.splitlines()]
    change(entries)
    link, lines = Link(), []
    for entry in entries:
        line, link = seal(Draft(entry["kind"], entry["body"]), entry["at"], link)
        lines.append(line)
    return b"".join(lines)
