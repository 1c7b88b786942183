"""A key with nothing behind it is an error: a forgotten minimum must not turn into no minimum."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from inline import CATALOGUE, refusal, told

from tender_eval import Diagnostic, compile_scheme, load_bids, load_scheme

Write = Callable[[str, str | bytes], str]
SCHEME = """\
format: tender-eval/scheme/1
id: s
title: t
scales:
  five: [{mark: 0, score: 0%}, {mark: 5, score: 100%}]
criteria:
  - id: quality
    weight: 60
    scorer: mark
    scale: five
    KEY
  - {id: price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score, on_rejection: recompute}
"""
BIDS = "format: tender-eval/bids/1\nbids:\n  - id: a\n    price: 1\n    KEY\n"


def places(said: tuple[Diagnostic, ...]) -> list[str]:
    return [str(d.where) for d in said]


@pytest.mark.parametrize("empty", ["", " ~", " null", "   # to be settled"])
@pytest.mark.parametrize("key", ["minimum", "title", "description", "source"])
def test_in_a_criterion(write: Write, key: str, empty: str) -> None:
    path = write("scheme.yaml", SCHEME.replace("KEY", f"{key}:{empty}"))
    assert places(refusal(load_scheme, path)) == ["scheme.yaml:11:5"]


@pytest.mark.parametrize(
    "key", ["price", "rounding", "shortlist", "abnormally_low", "panel", "regime", "conditions", "requires", "notes"]
)
def test_at_the_root_of_a_scheme(write: Write, key: str) -> None:
    text = SCHEME.replace("    KEY\n", "") + f"{key}:\n"
    assert places(refusal(load_scheme, write("scheme.yaml", text))) == ["scheme.yaml:13:1"]


def test_in_a_scorers_parameters(write: Write) -> None:
    text = SCHEME.replace("    KEY\n", "").replace("ratio_to_lowest", "{name: ratio_to_lowest, floor: }")
    path = write("scheme.yaml", text)
    assert told(refusal(lambda: compile_scheme(load_scheme(path), CATALOGUE))) == ["scheme.yaml:11:61 TE018"]


@pytest.mark.parametrize("key", ["supplier", "consortium", "prices", "marks", "values", "declarations", "lots"])
def test_in_a_bid(write: Write, key: str) -> None:
    path = write("bids.yaml", BIDS.replace("KEY", f"{key}:"))
    assert places(refusal(load_bids, path)) == ["bids.yaml:5:5"]


def test_an_empty_price(write: Write) -> None:
    text = BIDS.replace("price: 1", "price:").replace("    KEY\n", "")
    assert told(refusal(load_bids, write("bids.yaml", text))) == ["bids.yaml:4:5 TE018"]
