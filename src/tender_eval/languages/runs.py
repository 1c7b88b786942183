"""Text as runs: what is strong, what is a name, what leads elsewhere; inert, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from tender_eval.languages.inert import inert

Kind = Literal["", "strong", "soft", "name", "title", "code"]

_NOT_IN_XML = {ord(c): f"\\u{ord(c):04x}" for c in "\ufffe\uffff"}


def plain(text: str) -> str:
    r"""Text on one line, every character of it visible and allowed in XML.

    >>> print(plain("Care  and\n repair \x00 \u202eltd"))
    Care and repair \x00 \u202eltd
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return visible(_squeezed(text))


def visible(text: str) -> str:
    """Text in which every character can be seen and is allowed in XML; spaces stay as they are."""
    return inert(text) if text.isascii() else inert(text).translate(_NOT_IN_XML)


def _squeezed(text: str) -> str:
    """The text with one space where it has several, or a line end; those at its ends stay, for runs are joined."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return lead + " ".join(text.split()) + tail


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text.

    Attributes:
        kind: how it stands out; a ``name`` is text of others that may be written in another direction, a ``title``
            one that a sentence could be taken to go on with.
        short: what stands for it where there is no room, such as the id of a bid for its name.
        to: the anchor in the same document that it leads to.
        language: of what is said in another language than the document, as documents state it: ``en-GB``.
    """

    text: str
    kind: Kind = ""
    short: str = ""
    to: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        if (text := plain(self.text)) is not self.text:
            object.__setattr__(self, "text", text)
        if self.short:
            object.__setattr__(self, "short", plain(self.short))


Runs = tuple[Run, ...]
Inline = str | Run | Runs
"""What may be given wherever text is wanted."""


def runs(text: Inline) -> Runs:
    """Text as runs."""
    if isinstance(text, str):
        return (Run(text),) if text else ()
    return (text,) if isinstance(text, Run) else text


def joined(parts: Iterable[Inline], between: Inline = "") -> Runs:
    """Texts one after the other, with the same between each two."""
    found: list[Run] = []
    for n, part in enumerate(parts):
        found += [*(runs(between) if n else ()), *runs(part)]
    return tuple(found)


def spaced(*parts: Inline) -> Runs:
    """Texts one after the other with a space between."""
    return joined([part for part in map(runs, parts) if text_of(part)], " ")


def capital(text: str) -> str:
    """Text as it begins a line.

    >>> capital("price over ceiling")
    'Price over ceiling'
    """
    return text[:1].upper() + text[1:]


def strong(text: Inline) -> Runs:
    """Text in strong type; names in it stay names."""
    return tuple(replace(run, kind=run.kind or "strong") for run in runs(text))


def soft(text: Inline) -> Runs:
    """Text that stands back."""
    return tuple(replace(run, kind=run.kind or "soft") for run in runs(text))


def code(text: str) -> Run:
    """Something to be typed or compared letter by letter."""
    return Run(text, "code")


def name(text: str, short: str = "", to: str = "") -> Run:
    """What a bidder, a person or a scheme is called."""
    return Run(text, "name", short, to)


def text_of(text: Inline, *, short: bool = False) -> str:
    """The characters alone.

    Args:
        short: whether what has a short form stands in it.
    """
    return "".join((run.short if short else "") or run.text for run in runs(text))
