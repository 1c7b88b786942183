"""A record as a person reads it: its entries in words, what a proof of it checked, what differs between two."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from tender_eval.audit.canonical import NotCanonical, fraction
from tender_eval.audit.case import Entry
from tender_eval.audit.compare import Difference
from tender_eval.audit.verify import Verification
from tender_eval.languages.inert import inert
from tender_eval.model.wording import shown


def entries_text(entries: Sequence[Entry]) -> str:
    """The entries in words, a heading and an indented line or more for each."""
    lines: list[str] = []
    for entry in entries:
        lines.append(f"{entry.number:>5}  {inert(entry.at)}  {_heading(entry)}")
        lines += [f"       {inert(line)}" for line in _told(entry)]
    return "".join(f"{line}\n" for line in lines)


def entries_json(entries: Sequence[Entry], head: str) -> str:
    """The entries as data, with the head of the whole record."""
    data = {
        "format": "tender-eval/record-entries/1",
        "head": head,
        "entries": [{"n": str(e.number), "at": e.at, "kind": e.kind, "body": e.body, "hash": e.hash} for e in entries],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def verification_text(name: str, found: Verification) -> str:
    """What was checked, a line each, and what it comes to."""
    lines = [f"{check.outcome:<11}  {check.name}: {check.words}" for check in found.checks]
    lines.append(f"{name}: {found.entries} entries, head {found.head}")
    lines.append("The record is proved." if found.proved else "The record is NOT proved.")
    return "".join(f"{inert(line)}\n" for line in lines)


def verification_json(found: Verification) -> str:
    """The same as data."""
    fault = found.fault
    data = {
        "format": "tender-eval/verification/1",
        "proved": found.proved,
        "entries": str(found.entries),
        "head": found.head,
        "checks": [{"name": c.name, "outcome": c.outcome, "words": c.words} for c in found.checks],
        "fault": fault and {"n": str(fault.number), "field": fault.field, "message": fault.message},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def differences_text(found: Sequence[Difference]) -> str:
    """The differences, under a heading for each kind."""
    if not found:
        return "The two records hold the same inputs and come to the same result.\n"
    lines: list[str] = []
    for section, those in groupby(found, key=lambda d: d.section):
        lines.append(section)
        lines += [f"  {d.name}: {d.before} -> {d.after}" if d.before or d.after else f"  {d.name}" for d in those]
    if not any(d.section in ("award", "ranking") for d in found):
        lines.append("The ranking is the same.")
    return "".join(f"{inert(line)}\n" for line in lines)


def differences_json(found: Sequence[Difference]) -> str:
    """The same as data."""
    data = {"format": "tender-eval/record-diff/1", "differences": [d._asdict() for d in found]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _heading(entry: Entry) -> str:
    about = [str(entry.body[name]) for name in ("bid", "criterion") if entry.body.get(name)]
    lot = [f"lot {entry.body['lot']}"] if entry.body.get("lot") else []
    return inert(f"{entry.kind.replace('_', ' ')}  {', '.join([*about, *lot])}".rstrip())


def _told(entry: Entry) -> list[str]:
    """The body in words; as it stands where it is not what an entry of its kind says, for nobody proved it."""
    try:
        lines = list(_words(entry))
    except (AttributeError, KeyError, TypeError, ValueError):
        lines = []
    if lines and all(isinstance(line, str) for line in lines):
        return lines
    return [json.dumps(entry.body, ensure_ascii=False)]


def _words(entry: Entry) -> Iterator[str]:
    return _OF_KIND.get(entry.kind, _other)(entry.body)


def _other(body: Mapping[str, Any]) -> Iterator[str]:
    """What people wrote."""
    yield str(body["text"])
    yield from _maker(body)


def _inputs(body: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name}: {body[name]['name']}, sha256 {body[name]['sha256']}" for name in ("scheme", "bids"))


def _conditions(body: Mapping[str, Any]) -> Iterator[str]:
    yield "all met" if body["met"] else "NOT all met"
    yield from (f"{step['label']}: {step.get('working', '')}" for step in body["conditions"])


def _ranking(body: Mapping[str, Any]) -> Iterator[str]:
    yield f"by {body['figure']}, the {body['best']} first: {body['by']}"
    yield from map(_ranked, body["bids"])


def _award(body: Mapping[str, Any]) -> Iterator[str]:
    yield "winner: " + (", ".join(body["winner"]) or "none")
    yield from (f"{bid}: {shown(fraction(given['amount']))}" for bid, given in body["money"].items())


def _across_lots(body: Mapping[str, Any]) -> Iterator[str]:
    yield f"by the mechanism {body['by']}"
    for name, limit in body["limits"].items():
        yield f"{name.replace('_', ' ')}: {', '.join(limit) if isinstance(limit, list) else shown(_exact(limit))}"
    for bid, step in body["capacities"].items():
        working = f" = {step['working']}" if step.get("working") else ""
        yield f"capacity of {bid}: {shown(fraction(step['value']))}{working}"
    if body["order"]:
        yield f"awarded in the order {', '.join(body['order'])}"
    for award in body["awards"]:
        worth = f", annual value {shown(fraction(award['value']))}" if "value" in award else ""
        yield f"lot {award['lot']}: {award['bid']} with {shown(fraction(award['figure']))}{worth}"
    for lot in body["unawarded"]:
        yield f"lot {lot}: not awarded{', a tie is open' if lot in body['undecided'] else ''}"
    for lot, reasons in body["reasons"].items():
        yield from (f"lot {lot}, why not {why['bid']}: {why['text']}" for why in reasons)


def _exact(text: str) -> Fraction | str:
    """An amount; what is no plain amount, such as a share of a figure, as it stands."""
    try:
        return fraction(text)
    except NotCanonical:
        return text


def _flags(body: Mapping[str, Any]) -> Iterator[str]:
    found = [f"{bid}: {flag}" for bid, flags in body["flags"].items() for flag in flags]
    yield from found or ["none"]


def _correction(body: Mapping[str, Any]) -> Iterator[str]:
    yield f"the mark {body['old']} became {body['new']}: {body['reason']}"
    yield from _maker(body)


def _maker(body: Mapping[str, Any]) -> Iterator[str]:
    if body.get("made_by"):
        yield f"entered by {body['made_by']}"


def _genesis(body: Mapping[str, Any]) -> Iterator[str]:
    python = body["environment"]["python"]
    yield f"{body['format']}, stage {body['stage']}, on {python['implementation']} {python['version']}"
    for name, found in body["environment"]["distributions"].items():
        yield f"{name} {found['version']}, files sha256 {found['sha256']}"
    yield f"marks sha256 {body['marks_sha256']}"


def _score(body: Mapping[str, Any]) -> Iterator[str]:
    points, available = shown(fraction(body["points"])), shown(fraction(body["available"]))
    yield f"{points} of {available} points"
    working = body["working"]
    yield f"{working.get('formula', '')} = {working.get('working', '')}"
    for step in working.get("inputs", ()):
        by = f", by {step['by']}" if step.get("by") else ""
        yield f"score {shown(fraction(body['score']))}: {step.get('formula', '')} = {step.get('working', '')}{by}"
        for read in step.get("inputs", ()):
            where = f", at {read['where']}" if read.get("where") else ""
            yield f"{read['label']}: {_value(read.get('value'))}{where}"


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return shown(value)
    return "-" if value is None else str(value)


def _ranked(bid: Mapping[str, Any]) -> str:
    if "rank" not in bid:
        return f"{bid['bid']} ({bid['name']}): {bid['status'].replace('_', ' ')}"
    rank = bid["rank"] + ("=" if bid["tied"] else "")
    return f"{rank} {bid['bid']} ({bid['name']}): {shown(fraction(bid['figure']))}"


def _one(words: Callable[[Mapping[str, Any]], str]) -> Callable[[Mapping[str, Any]], Iterator[str]]:
    return lambda body: iter((words(body),))


_OF_KIND: dict[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "genesis": _genesis,
    "inputs": _inputs,
    "prices": _one(lambda b: f"{b['name']}, sha256 {b['sha256']}"),
    "conditions": _conditions,
    "score": _score,
    "rejection": lambda b: iter(b["reasons"]),
    "ranking": _ranking,
    "ties": _one(lambda b: "; ".join(" = ".join(group) for group in b["tied"]) or "none"),
    "award": _award,
    "across_lots": _across_lots,
    "flags": _flags,
    "notices": lambda b: iter(b["notices"]),
    "correction": _correction,
    "marks_locked": _one(lambda b: f"the marks of {', '.join(b['bids'])}, sha256 {b['marks_sha256']}"),
    "price_opened": _one(lambda b: f"{b['file']}, opened after the lock {b['lock']}"),
    "evaluated": _one(lambda b: f"{b['entries']} entries of this evaluation; marks sha256 {b['marks_sha256']}"),
    "signature": _one(lambda b: f"{b['signer']}, {b['algorithm']}, public key {b['public_key']}"),
}
