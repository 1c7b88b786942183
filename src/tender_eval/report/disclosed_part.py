"""What a bidder is given of a record, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tender_eval.audit.commitments.disclosure import Disclosure
from tender_eval.audit.commitments.part_check import PartCheck
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert, json_text

t = catalogue("record")


def disclosed_text(bid: str, found: Disclosure) -> str:
    """What the file for a bidder holds, and how the bidder checks it."""
    lines = [t("disclosed", bid=bid, parts=t.count("parts", found.parts), head=found.head)]
    lines += [t("disclosed.kept_back")] if found.kept_back else []
    return "".join(f"{inert(line)}\n" for line in [*lines, t("disclosed.check")])


def part_check_text(found: PartCheck) -> str:
    """What was checked, a line each, and the parts that held."""
    lines = [f"{check.outcome:<11}  {check.name}: {check.words}" for check in found.checks]
    for one in found.parts:
        lines.append(t("part", number=one.number, kind=one.kind.replace("_", " "), at=one.at))
        lines += [f"  {name}: {value}" for name, value in _flat(one.part)]
    lines.append(t("part.holds", bid=found.bid) if found.holds else t("part.fails"))
    return "".join(f"{inert(line)}\n" for line in lines)


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
        for name, part in value.items():
            yield from _flat(part, ".".join(filter(None, (path, str(name)))))
    elif isinstance(value, list | tuple):
        for n, part in enumerate(value):
            yield from _flat(part, f"{path}[{n}]")
    elif value not in ("", None):
        yield path, t("part.yes") if value is True else t("part.no") if value is False else str(value)
