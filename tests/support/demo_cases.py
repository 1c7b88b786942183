"""Cases made of the shipped schemes and their fixtures, and of schemes written inline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cases
from inline import CATALOGUE, Data, bids

from tender_eval import bids_from_data, compile_scheme, load_bids, load_scheme, scheme_from_data
from tender_eval.case.acts import Entry
from tender_eval.case.case import Case
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.bids import Bids

ROOT = Path(__file__).resolve().parents[2]
HEAD = "9f3c" * 16


def case_of(compiled: CompiledScheme, offered: Bids, *entries: Entry, stage: str = "complete") -> Case:
    """The case of a scheme and bids, with what was entered since."""
    return cases.case_of(compiled, offered, *entries, stage=stage, head=HEAD)


def demo(name: str, *entries: Entry, stage: str = "complete") -> Case:
    """A shipped scheme with its fixture."""
    scheme = load_scheme(str(ROOT / "schemes" / f"{name}.yaml"))
    offered = load_bids(str(ROOT / "fixtures" / f"{name}.bids.yaml"))
    return case_of(compile_scheme(scheme, CATALOGUE), offered, *entries, stage=stage)


def inline_case(stated: Data, by_id: Mapping[str, Data], *entries: Entry, **more: Any) -> Case:
    """A scheme and bids in the shape of their files; ``more`` adds to the bids file."""
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    return case_of(compiled, bids_from_data(bids(by_id) | more), *entries)


def entry(number: int, kind: str, at: str = "2026-05-12T09:00:00Z", **body: object) -> Entry:
    """A line of a record."""
    return Entry(number, kind, at, body, f"{number:064x}")
