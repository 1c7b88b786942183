"""Sentences with names in them: each name stands apart from the text around it, whichever way it is written."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from tender_eval.languages.catalogue import Catalogue
from tender_eval.languages.inert import cut, inert

LONGEST_NAME = 80


def name_of(name: str, most: int = LONGEST_NAME) -> Markup:
    """A supplier's name, cut where it is very long.

    >>> print(name_of("<b>A & B"))
    <bdi>&lt;b&gt;A &amp; B</bdi>
    """
    return Markup("<bdi>{}</bdi>").format(cut(name, most))


def say(words: Catalogue, key: str, /, **values: object) -> Markup:
    """The text of a key, with values that are names or plain text."""
    told = {k: v if isinstance(v, Markup) else inert(str(v)) for k, v in values.items()}
    return escape(words.template(key)).format(**told)


def say_count(words: Catalogue, key: str, number: int, /, **values: object) -> Markup:
    """The text that fits a number, which fills the gap ``{n}``."""
    told = {k: v if isinstance(v, Markup) else inert(str(v)) for k, v in {"n": number, **values}.items()}
    return escape(words.template(key, number)).format(**told)


def listed(words: Catalogue, names: Sequence[Markup]) -> Markup:
    """Names as a list in a sentence."""
    marks = [chr(0xE000 + n) for n in range(len(names))]  # of private use, so that no name is taken for one
    given = dict(zip(marks, names, strict=True))
    return Markup("").join(given.get(c, escape(c)) for c in words.listing(marks))
