"""What differs between two records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tender_eval.audit.compare import Difference
from tender_eval.documents.model import Block, Document, paragraph, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert, json_text
from tender_eval.languages.runs import name
from tender_eval.report.terms.heads import heads

t = catalogue("record")


def differences_text(found: Sequence[Difference]) -> str:
    """The differences, under a heading for each kind."""
    if not found:
        return t("differences.none") + "\n"
    lines: list[str] = []
    for section, those in groupby(found, key=lambda d: d.section):
        lines.append(section)
        lines += [
            "  " + t("differences.one", name=d.name, before=d.before, after=d.after)
            if d.before or d.after
            else f"  {d.name}"
            for d in those
        ]
    if not _of_ranking(found):
        lines.append(t("differences.same_ranking"))
    return "".join(f"{inert(line)}\n" for line in lines)


def differences_document(before: str, after: str, found: Sequence[Difference]) -> Document:
    """A table for each kind of difference."""
    return Document(t("differences.title", before=before, after=after), blocks=tuple(_blocks(found)), language=t.tag)


def _blocks(found: Sequence[Difference]) -> Iterator[Block]:
    if not found:
        yield paragraph(t("differences.none"))
    named = heads(t, "differences", "name before after")
    for section, those in groupby(found, key=lambda d: d.section):
        yield table(section, named, [(d.name, name(d.before), name(d.after)) for d in those])
    if found and not _of_ranking(found):
        yield paragraph(t("differences.same_ranking"))


def _of_ranking(found: Sequence[Difference]) -> bool:
    return any(d.section in ("award", "ranking") for d in found)


def differences_json(found: Sequence[Difference]) -> str:
    """The same as data."""
    data = {"format": "tender-eval/record-diff/1", "differences": [d._asdict() for d in found]}
    return json_text(data)
