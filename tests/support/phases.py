"""A record in every phase that a case can be in, with and without lots; its names and figures stand nowhere else."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from tender_eval import load_catalogue
from tender_eval.audit.verify import read_case, read_state
from tender_eval.audit.writing import enter, open_case, open_prices
from tender_eval.case.case import Case
from tender_eval.case.inputs import file_data
from tender_eval.files.source import Source

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
AT = "2026-05-11T09:00:00Z"
PHASES = (
    "published", "received", "marking", "marks_locked", "marks_locked sealed", "prices_open", "evaluated",
    "undecided by tie", "undecided by matter", "decided", "decided without award", "decided without evaluation",
    "decided without bids", "closed", "set_aside",
)  # fmt: skip
"""Every phase; ``undecided`` by what keeps it so, the marks locked with prices stated and with prices sealed, and
decided that nobody is awarded after the evaluation, before it and before there were any bids.
"""
NAMES = {"a": "Wintergreen Refuge", "b": "Harebell House", "c": "Foxglove Advice"}
PRICES = {"a": "7001", "b": "9003", "c": "12007"}
MARKS = {"a": 4, "b": 3, "c": 2}
TOTALS = {"a": "88.00", "b": "67.11", "c": "47.32"}
"""As they are printed; no other figure of these cases is written like them."""
LOTS = ("north", "south")
_NOBODY = {"reason": "The funding is gone.", "no_award": "true", "forced": "true"}
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "phases",
    "title": "Support after violence",
    "currency": "GBP",
    "criteria": [
        {"id": "care", "title": "Care", "weight": 60, "scorer": {"name": "mark", "out_of": 5}},
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}


def record_in(phase: str, folder: Path, *, lots: bool = False) -> Path:
    """The record of a case in a phase, with everything that led to it."""
    path = folder / "case.jsonl"
    sealed = phase in ("marks_locked sealed", "prices_open")
    tie = phase == "undecided by tie"
    open_case(path, _source("scheme.yaml", SCHEME), None, CATALOGUE, AT)
    if phase == "published":
        return path
    if phase == "decided without bids":
        _enter(path, "decide", **_NOBODY)
        return path
    bids = _bids(lots, marked=phase != "received", priced=not sealed, tie=tie)
    _enter(path, "receive", file=file_data(_source("bids.yaml", bids)))
    for kind, said in _acts(phase):
        if kind == "open_prices":
            prices = _source("prices.yaml", _bids(lots, marked=False, priced=True, tie=False))
            _open(path, prices)
        else:
            _enter(path, kind, **said)
    return path


def case_after(folder: Path, *acts: tuple[str, dict[str, Any]], lots: bool = False, tie: bool = False) -> Case:
    """A case that was evaluated, and acts after that."""
    path = record_in("undecided by tie" if tie else "evaluated", folder, lots=lots)
    for kind, said in acts:
        _enter(path, kind, **said)
    return read_case(path, CATALOGUE)


def amended() -> dict[str, Any]:
    """What an act says that amends the scheme after bids were in: the price weighs more."""
    care, price = SCHEME["criteria"]
    other = {**SCHEME, "criteria": [{**care, "weight": 10}, {**price, "weight": 90}]}
    return {"file": file_data(_source("other.yaml", other)), "reason": "The weights were a slip.", "forced": "true"}


def case_in(phase: str, folder: Path, *, lots: bool = False) -> Case:
    """The same as reports read it."""
    return read_state(record_in(phase, folder, lots=lots), CATALOGUE)


def _acts(phase: str) -> list[tuple[str, dict[str, Any]]]:
    if phase in ("received", "marking"):
        return []
    if phase == "decided without evaluation":
        return [("decide", _NOBODY)]
    found: list[tuple[str, dict[str, Any]]] = [("lock", {})]
    if phase.startswith("marks_locked"):
        return found
    if phase == "prices_open":
        return [*found, ("open_prices", {})]
    found.append(("evaluate", {}))
    asked = {"text": "How is that price possible?", "about": "query", "bid": "a"}
    decided = _NOBODY if phase == "decided without award" else {}
    found += [("query", asked)] if phase == "undecided by matter" else []
    found += [("decide", decided)] if phase.startswith("decided") or phase in ("closed", "set_aside") else []
    found += [("close", {})] if phase == "closed" else []
    found += [("set_aside", {"reason": "The court ordered it."})] if phase == "set_aside" else []
    return found


def _enter(path: Path, kind: str, **said: Any) -> None:
    enter(path, kind, {**said, "made_by": ["Chair Person"]}, CATALOGUE, AT)


def _open(path: Path, prices: Source) -> None:
    open_prices(path, "prices.yaml", ("Ann", "Ben"), lambda: prices, CATALOGUE, AT)


def _source(name: str, data: dict[str, Any]) -> Source:
    return Source(name, yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False).encode())


def _bids(lots: bool, *, marked: bool, priced: bool, tie: bool) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    for bid, supplier in NAMES.items():
        like = "a" if tie and bid == "b" else bid
        stated: dict[str, Any] = (
            {"marks": {"care": {"agreed": MARKS[like], "reason": f"Said of {bid}."}}} if marked else {}
        )
        stated |= {"price": PRICES[like]} if priced else {}
        whole = {"lots": {lot: deepcopy(stated) for lot in LOTS}} if lots else stated
        found.append({"id": bid, "supplier": {"name": supplier}, **whole})
    tender = {"tender": {"lots": [{"id": lot} for lot in LOTS]}} if lots else {}
    return {"format": "tender-eval/bids/1", **tender, "bids": found}
