"""Texts in another language than the document around them, marked so that a screen reader changes its voice.

WCAG 2.2, success criterion 3.1.2 (language of parts).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from tender_eval.documents.charts import BarChart, Plot
from tender_eval.documents.model import Table
from tender_eval.languages.runs import Run, capital, plain

_WHOLE = ("name", "title", "code")  # what others wrote, of which no part is taken for one of the texts


Marked = TypeVar("Marked")


def mark_foreign(blocks: Marked, texts: Collection[str], language: str) -> Marked:
    """Blocks, or pairs of runs, with every run, or piece of one, that is one of these texts marked as of this language.

    A text is found where no letter or digit stands right before or after it, with a capital too. The head of a column
    is marked where it is one of the texts whole; captions of tables, and charts, hold no runs and stay as they are.

    Args:
        language: as documents state it: ``en-GB``.
    """
    whole = {plain(text) for text in texts if text.strip()}
    known = sorted(whole | {capital(text) for text in whole}, key=len, reverse=True)
    if not known:
        return blocks
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)")
    marked: Marked = _marked(blocks, pattern, language)
    return marked


def _marked(value: Any, pattern: re.Pattern[str], language: str) -> Any:
    if isinstance(value, tuple) and type(value) is tuple:
        found: list[Any] = []
        for part in value:
            found += _pieces(part, pattern, language) if isinstance(part, Run) else [_marked(part, pattern, language)]
        return tuple(found)
    if not is_dataclass(value) or isinstance(value, type | BarChart | Plot):
        return value
    if isinstance(value, Table):
        spoken = tuple(language if pattern.fullmatch(head) else "" for head in value.heads)
        value = replace(value, languages=spoken if any(spoken) else ())
    return replace(value, **{one.name: _marked(getattr(value, one.name), pattern, language) for one in fields(value)})


def _pieces(run: Run, pattern: re.Pattern[str], language: str) -> Iterator[Run]:
    """A run taken apart at what is in the other language."""
    if run.kind in _WHOLE:
        yield replace(run, language=language) if pattern.fullmatch(run.text) else run
        return
    at = 0
    for found in pattern.finditer(run.text):
        if found.start() > at:
            yield replace(run, text=run.text[at : found.start()])
        yield replace(run, text=found[0], language=language)
        at = found.end()
    if at < len(run.text):
        yield replace(run, text=run.text[at:])
