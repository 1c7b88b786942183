"""The cases that ship: every scheme with the bids that its own test cases name, evaluated, without a record."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import cases
import yaml

from tender_eval import bids_from_data, compile_scheme, load_bids, load_catalogue, load_scheme, scheme_from_data
from tender_eval.case.case import Case
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.bids import Bids

ROOT = Path(__file__).parents[2]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
HEAD = cases.HEAD


def case_of(compiled: CompiledScheme, bids: Bids) -> Case:
    """A case without a record."""
    return cases.case_of(compiled, bids, decided=True)


def case_from(scheme: dict[str, Any], bids: dict[str, Any]) -> Case:
    """A case of a scheme and bids in the shape of their files."""
    return case_of(compile_scheme(scheme_from_data(scheme), CATALOGUE), bids_from_data(bids))


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Each scheme and bids file, by the ends of their paths."""
    found = []
    for tests in sorted((ROOT / "schemes").glob("*.test.yaml")):
        stated = yaml.safe_load(tests.read_text(encoding="utf-8"))
        named = (case["bids"] for case in stated["cases"] if isinstance(case.get("bids"), str))
        scheme = tests.name.replace(".test.yaml", ".yaml")
        found += [(scheme, Path(name).name) for name in dict.fromkeys(named) if name.endswith(".yaml")]
    return tuple(found)


@cache
def shipped(scheme: str, bids: str) -> Case:
    """One of the pairs as a case."""
    compiled = compile_scheme(load_scheme(ROOT / "schemes" / scheme), CATALOGUE)
    return case_of(compiled, load_bids(ROOT / "fixtures" / bids))
