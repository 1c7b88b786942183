"""A record in every phase that a case can be in, with and without lots; its names and figures stand nowhere else."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
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
_LED_TO: dict[str, tuple[str, str, dict[str, Any]]] = {
    "received": ("published", "receive", {"marked": False}),
    "marking": ("published", "receive", {}),
    "marking sealed": ("published", "receive", {"priced": False}),
    "marking tie": ("published", "receive", {"tie": True}),
    "marks_locked": ("marking", "lock", {}),
    "marks_locked sealed": ("marking sealed", "lock", {}),
    "marks_locked tie": ("marking tie", "lock", {}),
    "prices_open": ("marks_locked sealed", "open_prices", {}),
    "evaluated": ("marks_locked", "evaluate", {}),
    "undecided by tie": ("marks_locked tie", "evaluate", {}),
    "undecided by matter": (
        "evaluated", "query", {"text": "How is that price possible?", "about": "query", "bid": "a"},
    ),
    "decided": ("evaluated", "decide", {}),
    "decided without award": ("evaluated", "decide", _NOBODY),
    "decided without evaluation": ("marking", "decide", _NOBODY),
    "decided without bids": ("published", "decide", _NOBODY),
    "closed": ("decided", "close", {}),
    "set_aside": ("decided", "set_aside", {"reason": "The court ordered it."}),
}  # fmt: skip
"""The phase before each, and the act that leads on from there; of ``receive``, what `_bids` is told."""
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
    path.write_bytes(_record(phase, lots))
    return path


@cache
def _record(phase: str, lots: bool) -> bytes:
    """The same as bytes: that of the phase before, made once, and the act that leads on."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "case.jsonl"
        if phase == "published":
            open_case(path, _source("scheme.yaml", SCHEME), None, CATALOGUE, AT)
            return path.read_bytes()
        before, kind, said = _LED_TO[phase]
        path.write_bytes(_record(before, lots))
        match kind:
            case "receive":
                _enter(path, kind, file=file_data(_source("bids.yaml", _bids(lots, **said))))
            case "open_prices":
                _open(path, _source("prices.yaml", _bids(lots, marked=False)))
            case _:
                _enter(path, kind, **said)
        return path.read_bytes()


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


def _enter(path: Path, kind: str, **said: Any) -> None:
    enter(path, kind, {**said, "made_by": ["Chair Person"]}, CATALOGUE, AT)


def _open(path: Path, prices: Source) -> None:
    open_prices(path, "prices.yaml", ("Ann", "Ben"), lambda: prices, CATALOGUE, AT)


def _source(name: str, data: dict[str, Any]) -> Source:
    return Source(name, yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False).encode())


def _bids(lots: bool, *, marked: bool = True, priced: bool = True, tie: bool = False) -> dict[str, Any]:
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
