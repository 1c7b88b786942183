"""Regular expressions compiled when they are first used: an ordinary file needs few of the many that reading has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator


class Pattern:
    """A regular expression with the methods of `re.Pattern` that reading uses.

    >>> Pattern("a+").match("aab").end()
    2
    """

    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    split: Callable[[str], list[str]]
    sub: Callable[..., str]
    groups: int

    def __init__(self, expression: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.expression = expression
        self.flags = flags

    def __getattr__(self, name: str) -> object:
        """A method of the compiled expression, kept so that it is looked for once."""
        found = getattr(re.compile(self.expression, self.flags), name)
        setattr(self, name, found)
        return found
