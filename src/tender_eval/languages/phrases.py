"""What methods say of themselves, put in another language: sentences of docstrings, meanings of settings, columns.

Their English stands in the code, once, and is its own key; a phrase that a language lacks, as those of plugins, stays
as it is.
"""

from __future__ import annotations

import inspect

from tender_eval.languages.catalogue import catalogue

AREA = "phrases"
_t = catalogue(AREA)


def phrase(english: str) -> str:
    """The phrase in the language that is spoken, or as it is."""
    return _t.or_else(english, english) if english else ""


def is_said(english: str) -> bool:
    """Whether the language that is spoken has this phrase of its own."""
    return _t.has(english)


def first_line(item: object) -> str:
    """What a scorer, a rule or a mechanism does: the first line of its docstring, in English."""
    return inspect.cleandoc(item.__doc__ or "").partition("\n")[0].replace("`", "")


def further_lines(item: object) -> tuple[str, ...]:
    """All that the docstring says behind its first line, a text a paragraph, in English."""
    rest = inspect.cleandoc(item.__doc__ or "").partition("\n")[2].replace("`", "").strip()
    return tuple(" ".join(part.split()) for part in rest.split("\n\n") if part.strip())
