"""Errors as values: every problem of an input, each with its place and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tender_eval.base.inert import inert
from tender_eval.base.json_mends import in_json, is_json
from tender_eval.model.codes import code_named
from tender_eval.model.location import Location

Made = TypeVar("Made")


class Severity(StrEnum):
    """How much a diagnostic weighs: only an error stops an award."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: a code of the catalogue, where it is, what is wrong, and how to mend it."""

    code: str
    message: str
    where: Location | None = None
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        if (
            self.hint and self.where and is_json(self.where.source)
        ):  # a mend is in the notation of the file that it mends
            object.__setattr__(self, "hint", in_json(self.hint))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.severity} {self.code}: {self.message}"

    @property
    def mend(self) -> str:
        """How to mend it: as it was found, or else what the catalogue says of the code."""
        return self.hint or (found.mend if (found := code_named(self.code)) else "")


class Refused(Exception):
    """Input or a plugin was at fault; carries every diagnostic that was found, and tells each with its mend.

    This is only the envelope in which the public calls hand over a list of `Diagnostic` values.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(f"{inert(str(d))}\n  mend: {inert(d.mend)}" for d in self.diagnostics)

    def __reduce__(self) -> tuple[type[Refused], tuple[tuple[Diagnostic, ...]]]:
        """What it is remade of in another process: its diagnostics, not their text."""
        return Refused, (self.diagnostics,)


class NotFound(KeyError):
    """A name was asked for that is not there: a slip in a program, not in its input."""

    def __init__(self, kind: str, named: str, known: Iterable[str]) -> None:
        super().__init__(kind, named, tuple(known))

    def __str__(self) -> str:
        kind, named, known = self.args
        near = did_you_mean(named, known)
        return inert(f'there is no {kind} "{named}"{f"; {near}" if near else ""}')


MOST_FAULTS = 1000
"""Told of one file; nobody reads more, and a file of nothing but faults is to cost no more than another."""


class Problems:
    """Collects diagnostics so that all of them can be told at once: of one file as many as anybody reads.

    What is only told, and stops nothing, is kept apart: only errors are problems.
    """

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}
        self._told: dict[Diagnostic, None] = {}
        self._of_file: dict[str, int] = {}

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def add(self, code: str, where: Location | None, message: str, hint: str = "") -> None:
        """Note an error; an unknown code is a bug of ours.

        Raises:
            Refused: with everything found, where it is more than is told of one file.
        """
        if code_named(code) is None:
            raise KeyError(code)
        made = Diagnostic(code, message, where, hint)
        if made in self._found:
            return
        source = where.source if where else ""
        count = self._of_file[source] = self._of_file.get(source, 0) + 1
        if count <= MOST_FAULTS:
            self._found[made] = None
        else:
            said = f"more than {MOST_FAULTS} faults; what else is wrong is not told"
            self._found[Diagnostic("TE004", said, Location(source), "mend the first ones and try again")] = None
            self.refuse()

    def tell(
        self, code: str, where: Location | None, message: str, hint: str, severity: Severity = Severity.WARNING
    ) -> None:
        """Note what is to be told, and stops nothing."""
        if code_named(code) is None:
            raise KeyError(code)
        self._told[Diagnostic(code, message, where, hint, severity)] = None

    @property
    def told(self) -> tuple[Diagnostic, ...]:
        """What is told, in the order of the files that it speaks of."""
        return _in_order(self._told)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over diagnostics found elsewhere, each once; of other problems also what is told beside them."""
        self._found.update(dict.fromkeys(diagnostics))
        if isinstance(diagnostics, Problems):
            self._told.update(diagnostics._told)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """In the order of the files they speak of."""
        return _in_order(self._found)

    def refuse(self) -> None:
        """Raise `Refused` with everything found, if anything was."""
        if self._found:
            raise Refused(self.sorted())

    def sound(self, made: Made | None) -> Made:
        """What was made of an input: it is there where nothing is wrong.

        Raises:
            Refused: with everything found, if anything was.
        """
        self.refuse()
        if made is None:
            raise AssertionError("nothing was made, and no problem noted")
        return made


def _in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda d: (d.where or Location(""), d.code, d.message)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or all of them when none is near.

    A short word is near only where letters are swapped, or one is too many, missing or another behind the same
    first letter; words that differ in their numbers alone are never near, for each of them is somebody's.

    >>> did_you_mean("wieght", ["weight", "title"])
    'did you mean "weight"?'
    >>> did_you_mean("xyz", ["weight", "title"])
    'known here: title, weight'
    >>> did_you_mean("ann", ["Ann", "ann-marie"]), did_you_mean("mrak", ["mark"])
    ('did you mean "Ann"?', 'did you mean "mark"?')
    >>> did_you_mean("south", ["north", "west"]), did_you_mean("q7", ["q1", "q17"])
    ('known here: north, west', 'known here: q1, q17')
    """
    names = sorted(known)
    if near := nearly(word, names):
        return f'did you mean "{near[0]}"?'
    return f"known here: {', '.join(names)}" if names else ""


def nearly(word: str, known: Iterable[str]) -> list[str]:
    """The known words that a word may be a slip of, nearest first; see `did_you_mean`."""
    from difflib import get_close_matches  # only a mistake needs it

    names = sorted(known)
    apart = [name for name in names if not _differ_in_numbers(word, name)]
    near = [name for name in apart if name.casefold() == word.casefold()]
    if len(word) > _SHORT:
        near += get_close_matches(word, apart)
    elif len(word) > 2:
        near += [name for name in apart if sorted(name) == sorted(word)]
        near += get_close_matches(word, apart, n=1, cutoff=0.76)
        near += get_close_matches(word, [name for name in apart if name[:1] == word[:1]], n=1, cutoff=0.66)
    return list(dict.fromkeys(near))


_SHORT = 5
_NUMBER = re.compile("[0-9]+")


def _differ_in_numbers(one: str, other: str) -> bool:
    """Whether both have numbers, and but for those they are the same."""
    return bool(_NUMBER.search(one)) and one != other and _NUMBER.sub("0", one) == _NUMBER.sub("0", other)
