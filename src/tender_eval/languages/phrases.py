"""What methods say of themselves, put in another language: sentences of docstrings, meanings of settings, columns.

Their English stands in the code, once, and is its own key; a phrase that a language lacks, as those of plugins, stays
as it is.
"""

from __future__ import annotations

import inspect

from tender_eval.languages.catalogue import ENGLISH, catalogue, spoken
from tender_eval.languages.runs import Inline, Run

AREA = "phrases"
_t = catalogue(AREA)


def phrase(english: str) -> str:
    """The phrase in the language that is spoken, or as it is."""
    return (english and _t.own(english)) or english


def is_said(english: str) -> bool:
    """Whether the language that is spoken has this phrase of its own."""
    return bool(english and _t.own(english))


def plain(name: str) -> str:
    """A name of a file format as words.

    >>> plain("abnormally_low-query")
    'abnormally low query'
    """
    return name.replace("_", " ").replace("-", " ")


def named(name: str) -> Inline:
    """A name of a file format, such as a rule's, as words of the language that is spoken; marked where it is English.

    >>> named("half_up")
    'half up'
    """
    text = plain(name)
    if spoken() == ENGLISH or is_said(text):
        return phrase(text)
    return Run(text, language=ENGLISH.replace("_", "-"))


def first_line(item: object) -> str:
    """What a scorer, a rule or a mechanism does: the first line of its docstring, in English."""
    return inspect.cleandoc(item.__doc__ or "").partition("\n")[0].replace("`", "")


def further_lines(item: object) -> tuple[str, ...]:
    """All that the docstring says behind its first line, a text a paragraph, in English."""
    rest = inspect.cleandoc(item.__doc__ or "").partition("\n")[2].replace("`", "").strip()
    return tuple(" ".join(part.split()) for part in rest.split("\n\n") if part.strip())
