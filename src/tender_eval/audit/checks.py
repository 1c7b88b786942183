"""What was looked at of a record, how it came out, and the verdict that it counts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HELD, FAILED, NOTED, NOT_CHECKED = "ok", "FAILED", "note", "not checked"
Verdict = Literal["consistent", "anchored", "approved"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: how it came out, what was found in words, and the verdict that hangs on it."""

    outcome: str
    name: str
    words: str
    verdict: Verdict = "consistent"
