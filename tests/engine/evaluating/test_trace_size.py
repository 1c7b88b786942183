"""A trace grows with the bids: what all of them are held against is one step that they share."""

from __future__ import annotations

from pathlib import Path

import pytest
from growing import files

from tender_eval import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import Source
from tender_eval.languages import steps as words
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.explanation.labels import FigureOfBid


def evaluated(folder: Path, kind: str, count: int) -> Evaluation:
    scheme, bids = (Source(path, Path(path).read_bytes()) for path in files(folder, kind, count))
    found = check(scheme, bids, load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))
    assert isinstance(found, Sound), [str(d) for d in found.diagnostics]
    return found.compiled.evaluate(found.bids)


def lowest_of(bid: BidResult) -> list[Step]:
    return [step for step in bid.step.walk() if isinstance(step.label, FigureOfBid)]


def test_the_lowest_figure_is_one_step_for_all_bids(tmp_path: Path) -> None:
    """Named after the 5,000 bids that took 35 seconds: each searched all others for whose the lowest was."""
    found = [(bid, lowest_of(bid)) for bid in evaluated(tmp_path, "rounded", 40).bids]
    own = [bid.id for bid, steps in found if not steps]
    assert own == ["b0"], "the bid whose figure it is is not told of itself"
    assert {words.label(step.label) for _, steps in found for step in steps} == {"lowest: price of bid b0"}
    assert len({id(step) for _, steps in found for step in steps}) == 1


def test_two_bids_that_share_the_lowest_figure_are_told_of_each_other(tmp_path: Path) -> None:
    scheme, path = files(tmp_path, "rounded", 5)
    text = Path(path).read_text(encoding="utf-8").replace("price: 3917", "price: 2000")  # of the second bid
    assert text.count("price: 2000,") == 2
    Path(path).write_text(text, encoding="utf-8")
    bids = Source(path, text.encode())
    done = check(Source(scheme, Path(scheme).read_bytes()), bids, load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))
    assert isinstance(done, Sound), [str(d) for d in done.diagnostics]
    level = [b.id for b in done.bids.bids if b.figures["price"].value == 2000]
    told = {
        bid.id: [words.label(step.label) for step in lowest_of(bid)] for bid in done.compiled.evaluate(done.bids).bids
    }
    first, *rest = level
    assert told.pop(first) == [f"lowest: price of bid {rest[0]}"]
    assert all(labels == [f"lowest: price of bid {first}"] for labels in told.values())


@pytest.mark.slow
def test_steps_grow_with_the_bids(tmp_path: Path) -> None:
    def steps(count: int) -> int:
        return len({id(s) for bid in evaluated(tmp_path, "ties", count).bids for s in bid.step.walk()})

    assert steps(160) <= 4.2 * steps(40)
