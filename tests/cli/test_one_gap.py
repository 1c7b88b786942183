"""How far two bids are apart is stated by the same digits, whoever states it."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shipped import CATALOGUE

from tender_eval import Evaluation, bids_from_data, compile_scheme, scheme_from_data
from tender_eval.cli import main
from tender_eval.model.evaluation import BidResult
from tender_eval.model.gap import gap_between

WEIGHTS = st.sampled_from([("60", "40"), ("100/3", "200/3"), ("99.999", "0.001"), ("1.5", "98.5")])
MARKS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=4)
awkward = settings(max_examples=12, suppress_health_check=list(HealthCheck))


def scheme(weights: tuple[str, str], places: int, **award: Any) -> dict[str, Any]:
    names = zip(("quality", "reach"), weights, strict=True)
    return {
        "format": "tender-eval/scheme/1", "id": "apart", "title": "Bids apart",
        "criteria": [{"id": n, "weight": w, "scorer": {"name": "mark", "out_of": 3}} for n, w in names],
        "award": {"rule": "highest_score", "ties": [{"highest": "quality"}], **award},
        "rounding": {"places": places, "mode": "half_up", "at": ["total"]} if places else None,
    }  # fmt: skip


def marked(marks: tuple[int, int]) -> dict[str, Any]:
    return {"marks": dict(zip(("quality", "reach"), marks, strict=True))}


def printed(evaluation: Evaluation, better: BidResult, worse: BidResult) -> str:
    return gap_between(evaluation, better, worse).printed


def states(output: str, digits: str) -> bool:
    """Whether a text has a number, with or without signs between thousands."""
    return re.search(rf"(?<![\d.]){re.escape(digits)}(?!\d|\.\d)", output.replace(",", "")) is not None


def run(folder: str, *command: str) -> str:
    done = CliRunner().invoke(main, [part.replace("{}", folder) for part in command])
    assert done.exit_code == 0, done.output
    return done.output


def files(folder: str, stated: dict[str, Any], bids: dict[str, Any]) -> tuple[str, str]:
    both = str(Path(folder) / "scheme.yaml"), str(Path(folder) / "bids.yaml")
    for path, data in zip(both, (stated, bids), strict=True):
        Path(path).write_text(json.dumps({k: v for k, v in data.items() if v is not None}), encoding="utf-8")
    return both


@pytest.mark.slow
@awkward
@given(marks=MARKS, weights=WEIGHTS, places=st.integers(0, 3))
def test_between_the_first_and_the_next(marks: list[tuple[int, int]], weights: tuple[str, str], places: int) -> None:
    stated = scheme(weights, places)
    each = [{"id": f"b{n}", **marked(pair)} for n, pair in enumerate(marks)]
    bids = {"format": "tender-eval/bids/1", "bids": each}
    found = compile_scheme(scheme_from_data({k: v for k, v in stated.items() if v}), CATALOGUE).evaluate(
        bids_from_data(bids)
    )
    first, second = found.bids[:2]
    assume(first.figure != second.figure)
    digits = printed(found, first, second)
    with TemporaryDirectory() as folder:
        both = files(folder, stated, bids)
        assert f"{digits} more than {second.id}" in " ".join(run(folder, "evaluate", *both).split())
        assert f"{digits} more than {second.id}" in run(folder, "evaluate", *both, "--format", "markdown")
        run(folder, "evaluate", *both, "--record", "{}/record.jsonl", "--at", "2026-05-06T09:30:00Z")
        run(folder, "report", "{}/record.jsonl", "--output", "{}/report.html")
        page = (Path(folder) / "report.html").read_text(encoding="utf-8")
        assert states(unescape(re.sub("<[^>]+>", "", page.partition("</style>")[2])), digits)


@pytest.mark.slow
@awkward
@given(marks=MARKS, weights=WEIGHTS, places=st.integers(0, 3))
def test_between_a_bid_and_the_one_that_is_awarded_the_lot(
    marks: list[tuple[int, int]], weights: tuple[str, str], places: int
) -> None:
    stated = scheme(weights, places, lots={"mechanism": "lot_order", "most_awarded": 2})
    each = [{"id": f"b{n}", "lots": {"north": marked(pair)}} for n, pair in enumerate(marks)]
    bids = {"format": "tender-eval/bids/1", "tender": {"lots": [{"id": "north"}]}, "bids": each}
    compiled = compile_scheme(scheme_from_data({k: v for k, v in stated.items() if v}), CATALOGUE)
    found = compiled.evaluate_lots(bids_from_data(bids))["north"]
    first = found.bids[0]
    behind = {b.id: printed(found, first, b) for b in found.bids[1:] if b.figure != first.figure}
    assume(behind and not found.tied)
    with TemporaryDirectory() as folder:
        both = files(folder, stated, bids)
        table = " ".join(run(folder, "award", *both).split())
        for bid, digits in behind.items():
            assert f"{bid}: {first.id} is ahead by {digits} points" in table
        award = json.loads(run(folder, "award", *both, "--format", "json"))
        assert {why["bid"]: why["margin"] for why in award["reasons"]["north"] if why["kind"] == "outscored"} == behind
        assert all(f"by {behind[why['bid']]} points" in why["text"] for why in award["reasons"]["north"]
                   if why["bid"] in behind)  # fmt: skip
        run(folder, "evaluate", *both, "--record", "{}/record.jsonl", "--at", "2026-05-06T09:30:00Z")
        record = (Path(folder) / "record.jsonl").read_text(encoding="utf-8")
        assert all(f"is ahead by {digits} points" in record for digits in behind.values())
