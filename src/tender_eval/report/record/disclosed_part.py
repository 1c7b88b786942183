"""What a bidder is given of a record, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tender_eval.audit.commitments.disclosure import Disclosure
from tender_eval.audit.commitments.part_check import CommittedPart, PartCheck
from tender_eval.documents.model import Block, Document, heading, pairs, paragraph
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert, json_text
from tender_eval.languages.runs import name
from tender_eval.report.record.verification import checks_table, lines_of

t = catalogue("record")


def disclosed_text(bid: str, found: Disclosure) -> str:
    """What the file for a bidder holds, and how the bidder checks it."""
    lines = [t("disclosed", bid=bid, parts=t.count("parts", found.parts), head=found.head)]
    lines += [t("disclosed.kept_back")] if found.kept_back else []
    return "".join(f"{inert(line)}\n" for line in [*lines, t("disclosed.check")])


def part_check_text(found: PartCheck) -> str:
    """What was checked, a line each, and the parts that held."""
    lines = lines_of(found.checks)
    for one in found.parts:
        lines.append(_entry(one))
        lines += [f"  {field}: {value}" for field, value in _flat(one.part)]
    lines.append(_verdict(found))
    return "".join(f"{inert(line)}\n" for line in lines)


def part_check_document(file: str, found: PartCheck) -> Document:
    """Whether it holds, what was checked, and the parts that held."""
    blocks: list[Block] = [paragraph(_verdict(found), tone="lead"), checks_table(found.checks)]
    for one in found.parts:
        blocks += [heading(_entry(one)), pairs((field, name(value)) for field, value in _flat(one.part))]
    return Document(t("part.title", file=file), blocks=tuple(blocks), language=t.tag)


def _entry(one: CommittedPart) -> str:
    return t("part", number=one.number, kind=one.kind.replace("_", " "), at=one.at)


def _verdict(found: PartCheck) -> str:
    return t("part.holds", bid=found.bid) if found.holds else t("part.fails")


def part_check_json(found: PartCheck) -> str:
    """The same as data."""
    data = {
        "format": "tender-eval/part-check/1",
        "holds": found.holds,
        "bid": found.bid,
        "checks": [{"name": c.name, "outcome": c.outcome, "words": c.words} for c in found.checks],
        "parts": [{"n": str(p.number), "kind": p.kind, "at": p.at, "part": p.part} for p in found.parts],
    }
    return json_text(data)


def _flat(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value by its dotted path; what is empty is left out."""
    if isinstance(value, Mapping):
        for field, part in value.items():
            yield from _flat(part, ".".join(filter(None, (path, str(field)))))
    elif isinstance(value, list | tuple):
        for n, part in enumerate(value):
            yield from _flat(part, f"{path}[{n}]")
    elif value not in ("", None):
        yield path, t("part.yes") if value is True else t("part.no") if value is False else str(value)
