"""The entries of a record in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tender_eval.base.canonical import NotCanonical, fraction
from tender_eval.case.acts import ACTS, Entry
from tender_eval.documents.model import Block, Document, heading, items
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert, json_text
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.runs import name as quoted
from tender_eval.model.digits import shown

t = catalogue("record")


def entries_text(entries: Sequence[Entry]) -> str:
    """The entries in words, a heading and an indented line or more for each."""
    lines: list[str] = []
    for entry in entries:
        lines.append(f"{entry.number:>5}  {inert(entry.at)}  {_heading(entry)}")
        lines += [f"       {inert(line)}" for line in _told(entry)]
    return "".join(f"{line}\n" for line in lines)


def entries_document(name: str, entries: Sequence[Entry], head: str) -> Document:
    """The entries under a heading each, in the order of the record.

    Args:
        head: how long the record is, and its head.
    """
    return Document(t("entries.title", name=name), head, tuple(_blocks(entries)), t.tag)


def _blocks(entries: Sequence[Entry]) -> Iterator[Block]:
    for entry in entries:
        yield heading(f"{entry.number}  {_heading(entry)}", 2)
        yield items([t.time(entry.at), *map(quoted, _told(entry))], tone="out")


def entries_json(entries: Sequence[Entry], head: str) -> str:
    """The entries as data, with the head of the whole record."""
    data = {
        "format": "tender-eval/record-entries/1",
        "head": head,
        "entries": [{"n": str(e.number), "at": e.at, "kind": e.kind, "body": e.body, "hash": e.hash} for e in entries],
    }
    return json_text(data)


def _heading(entry: Entry) -> str:
    about = [str(entry.body[name]) for name in ("bid", "criterion") if entry.body.get(name)]
    lot = [t("entry.lot", lot=entry.body["lot"])] if entry.body.get("lot") else []
    return inert(f"{entry.kind.replace('_', ' ')}  {in_a_row([*about, *lot])}".rstrip())


def _told(entry: Entry) -> list[str]:
    """The body in words; as it stands where it is not what an entry of its kind says, for nobody checked it."""
    try:
        lines = list(_words(entry))
    except (AttributeError, KeyError, TypeError, ValueError):
        lines = []
    if lines and all(isinstance(line, str) for line in lines):
        return lines
    return [json.dumps(entry.body, ensure_ascii=False)]


def _words(entry: Entry) -> Iterator[str]:
    return _OF_KIND.get(entry.kind, _act if entry.kind in ACTS else _other)(entry.body)


def _act(body: Mapping[str, Any]) -> Iterator[str]:
    """What an act says, a line each; then the result before it and after."""
    for field, value in body.items():
        if field not in ("bid", "lot", "made_by", "before", "after", "changes", "marks_set_aside") and value:
            yield t("act.field", field=field.replace("_", " "), value=_file(value) if field == "file" else _said(value))
    for change in body.get("changes", ()):
        yield t("act.change", **change)
    for mark in body.get("marks_set_aside", ()):
        yield t("act.aside lot" if mark["lot"] else "act.aside", **mark)
    for when in ("before", "after"):
        if when in body:
            yield from _results(t(f"act.{when}"), body[when])
    yield from _maker(body)


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return _names([str(part) for part in value.values()])
    return _names(value) if isinstance(value, list) else str(value)


def _results(when: str, said: Mapping[str, Any]) -> Iterator[str]:
    for lot, one in said["lots"].items() if "lots" in said else [("", said)] if said else []:
        totals = _names([f"{bid} {shown(fraction(total))}" for bid, total in one["totals"].items()])
        winner = _names(one["winner"]) or t("act.nobody")
        yield t("act.result of lot" if lot else "act.result", when=when, lot=lot, winner=winner, totals=totals)


def _other(body: Mapping[str, Any]) -> Iterator[str]:
    """What people wrote."""
    yield str(body["text"])
    yield from _maker(body)


def _inputs(body: Mapping[str, Any]) -> Iterator[str]:
    for name in (name for name in ("scheme", "bids", "panel") if name in body):
        yield t(f"inputs.{name}", file=_file(body[name]))
    yield from _maker(body)


def _file(body: Mapping[str, Any]) -> str:
    return t("file", name=body["name"], sha256=body["sha256"])


def _conditions(body: Mapping[str, Any]) -> Iterator[str]:
    yield t("conditions.met" if body["met"] else "conditions.not_met")
    for step in body["conditions"]:
        yield t("conditions.one", label=step["label"], working=step.get("working", ""))


def _ranking(body: Mapping[str, Any]) -> Iterator[str]:
    yield t("ranking.by", figure=body["figure"], best=t(f"best.{body['best']}"), by=body["by"])
    yield from map(_ranked, body["bids"])


def _award(body: Mapping[str, Any]) -> Iterator[str]:
    yield t("award.winner", names=_names(body["winner"])) if body["winner"] else t("award.nobody")
    for bid, given in body["money"].items():
        yield t("award.money", bid=bid, amount=shown(fraction(given["amount"])))


def _across_lots(body: Mapping[str, Any]) -> Iterator[str]:
    yield t("lots.by", by=body["by"])
    for name, limit in body["limits"].items():
        told = _names(limit) if isinstance(limit, list) else shown(_exact(limit))
        yield t("lots.limit", name=name.replace("_", " "), limit=told)
    for bid, step in body["capacities"].items():
        key = "lots.capacity worked" if step.get("working") else "lots.capacity"
        yield t(key, bid=bid, value=shown(fraction(step["value"])), working=step.get("working"))
    if body["order"]:
        yield t("lots.order", lots=_names(body["order"]))
    for award in body["awards"]:
        key = "lots.awarded worth" if "value" in award else "lots.awarded"
        worth = shown(fraction(award["value"])) if "value" in award else ""
        yield t(key, lot=award["lot"], bid=award["bid"], figure=shown(fraction(award["figure"])), value=worth)
    for lot in body["unawarded"]:
        yield t("lots.open" if lot in body["undecided"] else "lots.not_awarded", lot=lot)
    for lot, reasons in body["reasons"].items():
        yield from (t("lots.why_not", lot=lot, bid=why["bid"], why=why["text"]) for why in reasons)


def _names(names: Sequence[str]) -> str:
    return in_a_row(names)


def _exact(text: str) -> Fraction | str:
    """An amount; what is no plain amount, such as a share of a figure, as it stands."""
    try:
        return fraction(text)
    except NotCanonical:
        return text


def _flags(body: Mapping[str, Any]) -> Iterator[str]:
    found = [t("flags.one", bid=bid, flag=flag) for bid, flags in body["flags"].items() for flag in flags]
    yield from found or [t("none")]


def _correction(body: Mapping[str, Any]) -> Iterator[str]:
    yield t("correction", old=body["old"], new=body["new"], reason=body["reason"])
    yield from _maker(body)


def _maker(body: Mapping[str, Any]) -> Iterator[str]:
    if body.get("made_by"):
        yield t("entered_by", name=_said(body["made_by"]))


def _genesis(body: Mapping[str, Any]) -> Iterator[str]:
    yield t("genesis.format", format=body["format"], stage=body["stage"], python=_python(body))
    yield from _distributions(body)
    yield t("genesis.marks", sha256=body["marks_sha256"])


def _environment(body: Mapping[str, Any]) -> Iterator[str]:
    yield _python(body)
    yield from _distributions(body)


def _python(body: Mapping[str, Any]) -> str:
    return "{implementation} {version}".format(**body["environment"]["python"])


def _distributions(body: Mapping[str, Any]) -> Iterator[str]:
    for name, found in body["environment"]["distributions"].items():
        yield t("genesis.distribution", name=name, version=found["version"], sha256=found["sha256"])


def _score(body: Mapping[str, Any]) -> Iterator[str]:
    yield t("score.points", points=shown(fraction(body["points"])), available=shown(fraction(body["available"])))
    working = body["working"]
    yield t("score.working", **_worked(working))
    for step in working.get("inputs", ()):
        key = "score.score by" if step.get("by") else "score.score"
        yield t(key, score=shown(fraction(body["score"])), by=step.get("by"), **_worked(step))
        for read in step.get("inputs", ()):
            key = "score.read at" if read.get("where") else "score.read"
            yield t(key, label=read["label"], value=_value(read.get("value")), where=read.get("where"))


def _worked(step: Mapping[str, Any]) -> dict[str, str]:
    return {"formula": step.get("formula", ""), "working": step.get("working", "")}


def _value(value: object) -> str:
    if isinstance(value, list):
        return in_a_row(map(str, value))
    if isinstance(value, bool):
        return shown(value)
    return "-" if value is None else str(value)


def _ranked(bid: Mapping[str, Any]) -> str:
    if "rank" not in bid:
        return t("ranking.out", bid=bid["bid"], name=bid["name"], status=bid["status"].replace("_", " "))
    rank = bid["rank"] + ("=" if bid["tied"] else "")
    return t("ranking.bid", rank=rank, bid=bid["bid"], name=bid["name"], figure=shown(fraction(bid["figure"])))


def _one(words: Callable[[Mapping[str, Any]], str]) -> Callable[[Mapping[str, Any]], Iterator[str]]:
    return lambda body: iter((words(body),))


_OF_KIND: dict[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "genesis": _genesis,
    "environment": _environment,
    "inputs": _inputs,
    "scheme": _inputs,
    "prices": _one(_file),
    "conditions": _conditions,
    "score": _score,
    "rejection": lambda b: iter(b["reasons"]),
    "ranking": _ranking,
    "ties": _one(lambda b: "; ".join(" = ".join(group) for group in b["tied"]) or t("none")),
    "award": _award,
    "across_lots": _across_lots,
    "flags": _flags,
    "notices": lambda b: iter(b["notices"]),
    "correction": _correction,
    "marks_locked": _one(lambda b: t("marks_locked", bids=_names(b["bids"]), sha256=b["marks_sha256"])),
    "price_read": _one(lambda b: t("price_read", file=t("file", name=b["file"], sha256=b["sha256"]))),
    "price_opened": _one(lambda b: t("price_opened", file=b["file"], lock=b["lock"])),
    "evaluated": _one(lambda b: t("evaluated", entries=b["entries"], sha256=b["marks_sha256"])),
    "anchor": _one(lambda b: t("anchor", authority=b["authority"], head=b["head"])),
    "signature": _one(lambda b: t("signature", signer=b["signer"], algorithm=b["algorithm"], key=b["public_key"])),
}
