"""What can be looked up: lists as tables, and one scorer, award rule or mechanism in full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabulate import tabulate

from tender_eval.documents.model import Block, Document, Listing, heading, paragraph, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert
from tender_eval.languages.runs import Run, code, runs
from tender_eval.report.terms.heads import heads

_CODE = re.compile("``(.+?)``|`(.+?)`", re.DOTALL)
t = catalogue("lookups")


@dataclass(frozen=True, slots=True)
class DescribedParameter:
    """One parameter: what may be written, and what holds when nothing is."""

    name: str
    kind: str
    default: str  # or "required"
    description: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A scorer, award rule or mechanism as it is looked up; ``facts`` are what it promises, each with its name."""

    name: str
    origin: str
    facts: tuple[tuple[str, str], ...]
    about: str
    parameters: tuple[DescribedParameter, ...]
    examples: tuple[str, ...]


def list_text(columns: str, rows: Sequence[Sequence[str]]) -> str:
    """A list as a table of lines that no width cuts, so that they can be searched.

    Args:
        columns: the keys of their heads.
    """
    cells = [[inert(cell) for cell in row] for row in rows]
    return tabulate(cells, heads(t, "list", columns), tablefmt="simple", disable_numparse=True) + "\n"


def entry_document(entry: Entry) -> Document:
    """What it does, its source, its parameters and how it is written."""
    title = t("title", name=entry.name, origin=entry.origin)
    facts = tuple((runs(name), runs(text)) for name, text in entry.facts)
    return Document(title, blocks=tuple(_blocks(entry)), language=t.tag, facts=facts)


def _blocks(entry: Entry) -> Iterator[Block]:
    yield from (paragraph(tuple(_inline(part))) for part in entry.about.split("\n\n"))
    if entry.parameters:
        rows = [(code(p.name), p.kind, p.default, p.description) for p in entry.parameters]
        yield table(t("parameters"), heads(t, "parameters", "name kind default about"), rows, heard=True)
    else:
        yield paragraph(t("no parameters"))
    yield heading(t("in a scheme"))
    yield from (Listing(tuple(example.rstrip("\n").split("\n"))) for example in entry.examples)


def _inline(text: str) -> Iterator[Run]:
    """A docstring's paragraph, with what stands in backticks as code."""
    after = 0
    for found in _CODE.finditer(text):
        yield Run(text[after : found.start()])
        yield code(found[1] or found[2])
        after = found.end()
    yield Run(text[after:])
