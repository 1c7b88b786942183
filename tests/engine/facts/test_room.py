"""The room of facts: read in one direction, entered at few places, each fact found once."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from shipped import pairs, shipped

import tender_eval.engine
from tender_eval.engine.facts.reading import Facts
from tender_eval.model.bids import Bid
from tender_eval.model.evaluation import Step
from tender_eval.model.missing import Missing

ENGINE = Path(tender_eval.engine.__file__).parent
ROOM = "tender_eval.engine.facts"
ORDER = (
    "names", "statements", "parties", "derived", "price", "panel_marks", "days", "beside", "reading", "adjusting",
    "batch_prices", "columns",
)  # fmt: skip
MOST_ENTRIES = 23


def imported(file: Path) -> Iterator[tuple[str, str]]:
    """The modules of this project that a file imports from, and the names."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tender_eval."):
            yield from ((str(node.module), alias.asname or alias.name) for alias in node.names)


def test_facts_are_read_in_one_direction() -> None:
    assert {file.stem for file in (ENGINE / "facts").glob("*.py")} == {"__init__", *ORDER}
    for place, name in enumerate(ORDER):
        modules = {module for module, _ in imported(ENGINE / "facts" / f"{name}.py")}
        of_engine = {module for module in modules if module.startswith("tender_eval.engine")}
        assert of_engine <= {f"{ROOM}.{before}" for before in ORDER[:place]}, name
        of_files = {module for module in modules if module.startswith("tender_eval.files")}
        assert of_files <= {"tender_eval.files.fields"}, "it knows no kind of file"


@pytest.mark.slow
def test_the_rest_of_the_engine_enters_the_room_at_few_places() -> None:
    """On the way of the bids to their evaluation; what a workbook recomputes is asked for after it."""
    entries = Counter[str]()
    for file in ENGINE.rglob("*.py"):
        if file.parent.name not in ("facts", "recomputing"):
            names = {name for module, name in imported(file) if module.startswith(ROOM)}
            tree = ast.parse(file.read_text(encoding="utf-8"))
            calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
            entries[file.name] += sum(isinstance(f, ast.Name) and f.id in names for f in calls)
            entries[file.name] += sum(
                isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name) and f.value.id == "facts" for f in calls
            )
    assert entries.total() > 0
    assert entries.total() <= MOST_ENTRIES, entries


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "bids"), pairs())
def test_each_fact_of_a_bid_is_found_once(scheme: str, bids: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case, found, find = shipped(scheme, bids), Counter[tuple[str, str]](), Facts._find

    def counted(self: Facts, bid: Bid, column: str) -> Step | Missing:
        found[bid.id, column] += 1
        return find(self, bid, column)

    monkeypatch.setattr(Facts, "_find", counted)
    for lot in case.evaluations:
        found.clear()
        case.compiled.evaluate(case.bids, lot)
        assert found
        assert max(found.values()) == 1
