"""What was looked at of a record, and how it came out."""

from __future__ import annotations

from dataclasses import dataclass

HELD, FAILED, NOTED, NOT_CHECKED = "ok", "FAILED", "note", "not checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: how it came out, and what was found in words."""

    outcome: str
    name: str
    words: str
