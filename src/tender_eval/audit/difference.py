"""Where what a record says is not what its inputs come to."""

from __future__ import annotations

import re
from collections.abc import Mapping

BY = re.compile(r" \(\S+ \S+\)$")
WORDING = frozenset(("label", "formula", "working", "text", "reasons", "flags", "notices", "formulas"))
"""What is put in words, which another version may put in others. Figures, ranks, marks and names are none of them."""


def first_difference(said: object, found: object, path: str, same_versions: bool) -> tuple[str, str] | None:
    """Where a recorded value is not the recomputed one, and what the two are.

    Args:
        same_versions: whether the record was made by these versions. Else what is put in words is not compared, nor are
            the versions in the names of scorers and rules.
    """
    if isinstance(said, Mapping) and isinstance(found, Mapping):
        for name in [*found, *(n for n in said if n not in found)]:
            if not same_versions and name in WORDING:
                continue
            inner = first_difference(said.get(name), found.get(name), f"{path}.{name}", same_versions)
            if inner:
                return inner
        return None
    if isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        for n, (old, new) in enumerate(zip(said, found, strict=True)):
            inner = first_difference(old, new, f"{path}[{n}]", same_versions)
            if inner:
                return inner
        return None
    if said == found:
        return None
    if not same_versions and path.endswith(".by") and BY.sub("", str(said)) == BY.sub("", str(found)):
        return None
    return path, f"it says {_short(said)}, but recomputing gives {_short(found)}"


def _short(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 80 else text[:77] + "..."
