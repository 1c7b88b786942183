"""Moments as they are written: RFC 3339, always with their offset."""

from __future__ import annotations

import re
from datetime import datetime

RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def instant(text: str) -> datetime | None:
    """The moment that a time stands for, or None for anything but an RFC 3339 time.

    >>> instant("2026-05-02T09:30:00+01:00") == instant("2026-05-02T08:30:00Z")
    True
    >>> instant("2026-05-02 09:30"), instant("2026-05-32T09:30:00Z")
    (None, None)
    """
    if not RFC3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None
