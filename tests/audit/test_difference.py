"""What is told of a record that says otherwise: words too, unless another version made it."""

from __future__ import annotations

from typing import Any

import pytest

from tender_eval.audit.difference import WORDING, first_difference

OTHERS = {"tender-eval": "0.1.0"}


@pytest.mark.parametrize("name", sorted(WORDING))
def test_words_are_compared_within_one_version_alone(name: str) -> None:
    said: dict[str, Any] = {"bids": [{name: ["too low"]}]}
    found: dict[str, Any] = {"bids": [{name: ["below the minimum"]}]}
    told = "it says too low, but recomputing gives below the minimum"
    assert first_difference(said, found, "body", None) == (f"body.bids[0].{name}[0]", told)
    assert first_difference(said, found, "body", OTHERS) is None
    assert first_difference(said, said, "body", None) is None


def test_figures_are_compared_whatever_made_the_record() -> None:
    for versions in (None, OTHERS):
        assert first_difference({"rank": "1"}, {"rank": "2"}, "body", versions) == (
            "body.rank", "it says 1, but recomputing gives 2",
        )  # fmt: skip


def test_a_method_is_named_with_the_version_that_the_record_says() -> None:
    found = {"by": "mark (tender-eval 0.2.0)"}
    assert first_difference({"by": "mark (tender-eval 0.1.0)"}, found, "body", OTHERS) is None
    for said, versions in (("mark (tender-eval 0.1.1)", OTHERS), ("mark (tender-eval 0.1.0)", None)):
        assert first_difference({"by": said}, found, "body", versions) is not None
