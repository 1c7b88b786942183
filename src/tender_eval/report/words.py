"""The words of a report in one language: texts by key, and how that language counts, lists and dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Words:
    """A catalogue of texts.

    ``plural`` gives the ending of the key for a number (``one``, ``other``, and what else a language needs).
    """

    lang: str
    texts: Mapping[str, str]
    months: tuple[str, ...]
    plural: Callable[[int], str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key with values in its gaps; a key that is not there is a bug."""
        return self.texts[key].format(**values)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The text that fits a number, which fills the gap ``{n}``."""
        return self(f"{key}.{self.plural(number)}", n=number, **values)

    def or_else(self, key: str, otherwise: str) -> str:
        """The text of a key, or a text for what the catalogue has no word for."""
        return self.texts.get(key, otherwise)

    def listed(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence."""
        if len(names) < 2:
            return "".join(names)
        return self("list.last", first=", ".join(names[:-1]), last=names[-1])

    def date(self, text: str) -> str:
        """A date such as 2026-05-06 in words; any other text as it stands."""
        found = _DATE.fullmatch(text)
        if not found or not 1 <= int(found[2]) <= len(self.months):
            return text
        return self("date", day=int(found[3]), month=self.months[int(found[2]) - 1], year=found[1])

    def time(self, text: str) -> str:
        """A time such as 2026-05-06T09:30:00Z in words; any other text as it stands."""
        day, between, clock = text.partition("T")
        if not between or self.date(day) == day:
            return text
        return self("time", day=self.date(day), clock=clock.removesuffix("Z") + (" UTC" if clock[-1:] == "Z" else ""))
