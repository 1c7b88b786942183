"""Where what a record says is not what its inputs come to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

BY = re.compile(r" \((\S+) \S+\)$")
WORDING = frozenset(("label", "formula", "working", "text", "reasons", "flags", "notices", "formulas"))
"""What is put in words, which another version may put in others. Figures, ranks, marks and names are none of them."""


def first_difference(
    said: object, found: object, path: str, versions: Mapping[str, object] | None
) -> tuple[str, str] | None:
    """Where a recorded value is not the recomputed one, and what the two are.

    Args:
        versions: by distribution those that the record says it was made with, where they are others than these. What
            is put in words is not compared then, and scorers and rules must be named with the version that it says.
    """
    if isinstance(said, Mapping) and isinstance(found, Mapping):
        for name in [*found, *(n for n in said if n not in found)]:
            if versions is not None and name in WORDING:
                continue
            inner = first_difference(said.get(name), found.get(name), f"{path}.{name}", versions)
            if inner:
                return inner
        return None
    if isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        for n, (old, new) in enumerate(zip(said, found, strict=True)):
            inner = first_difference(old, new, f"{path}[{n}]", versions)
            if inner:
                return inner
        return None
    if versions is not None and path.endswith(".by"):
        found = BY.sub(_as_recorded(versions), str(found))
    if said == found:
        return None
    return path, f"it says {_short(said)}, but recomputing gives {_short(found)}"


def _as_recorded(versions: Mapping[str, object]) -> Callable[[re.Match[str]], str]:
    """What stands behind the name of a scorer or rule of a distribution, in a record of these versions."""
    return lambda of: f" ({of[1]} {versions.get(of[1])})"


def _short(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 80 else text[:77] + "..."
