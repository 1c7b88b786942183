"""Names of files that are made of ids: safe on every system, and distinct where letters count alike in both cases."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

LONGEST = 100  # characters of a name, without its ending
_OF_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]", re.IGNORECASE)  # what Windows keeps for itself


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """A name for each id: the id itself, or with some of its digest behind it where that would not do.

    >>> file_names(["alder", "Acme", "acme", "CON"])
    {'alder': 'alder', 'Acme': 'Acme-37036cd8', 'acme': 'acme-822b33ad', 'CON': 'CON-a3dbc4b6'}
    """
    every = list(ids)
    alike = Counter(one.casefold() for one in every)
    return {one: one if _will_do(one) and alike[one.casefold()] == 1 else _marked(one) for one in every}


def _will_do(name: str) -> bool:
    return len(name) <= LONGEST and not _OF_DEVICES.fullmatch(name)


def _marked(name: str) -> str:
    return f"{name[: LONGEST - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
