"""Lists in a cell or behind a colon: parts one after the other, with the language's sign alone between them.

A list in a sentence, which ends in ``and`` or ``or``, is made by `tender_eval.languages.catalogue.Catalogue.listed`.
"""

from __future__ import annotations

from collections.abc import Iterable

from tender_eval.languages.catalogue import catalogue


def in_a_row(texts: Iterable[object], language: str = "") -> str:
    """Texts one after the other.

    >>> in_a_row(["north", "south"]), in_a_row(["north"]), in_a_row([])
    ('north, south', 'north', '')
    """
    between: str = catalogue("common", language=language)("list.between")
    return between.join(map(str, texts))
