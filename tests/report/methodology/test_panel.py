"""The rule by which marks are computed, as it is published: in words, with an example that the rule itself gave."""

from __future__ import annotations

from typing import Any

import pytest
from inline import CATALOGUE, leaf, scheme

from tender_eval import compile_scheme, scheme_from_data
from tender_eval.documents.markdown import document_markdown
from tender_eval.report.methodology.document import publish

BENT = [{"mark": mark, "score": f"{share}%"} for mark, share in enumerate((0, 20, 50, 80, 100))]


def published(panel: dict[str, Any]) -> str:
    stated = scheme(
        leaf("q", 60, "mark", scale="s"), leaf("price", 40, "ratio_to_lowest"), scales={"s": BENT}, panel=panel
    )
    return document_markdown(publish(compile_scheme(scheme_from_data(stated), CATALOGUE)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("panel", "said"),
    [
        (
            {"marks": "mean", "of": "marks", "least": 3},
            (
                "the mean of their marks: their sum divided by their number. It is not rounded.",
                "A gives 1, B gives 1 and C gives 2",
                "(A + B + C) / 3. Here (1 + 1 + 2) / 3, which is 1.333333",
                "earns 30% of the points: 18 of 60",
                "at least 3 marks",
            ),
        ),
        (
            {"marks": "mean", "of": "shares"},
            ("mean of the shares of full marks", "Here (0.2 + 0.2 + 0.5) / 3, which is 0.3", "18 of 60"),
        ),
        (
            {"marks": "median", "of": "marks"},
            (
                "the mean of the two in the middle",
                "A gives 0, B gives 1, C gives 2 and D gives 4",
                "mark 1.5 earns 35%",
            ),
        ),
        (
            {"marks": "weighted_mean", "of": "marks", "weights": {"practitioner": 2, "legal": 1}},
            ("The weights are practitioner 2 and legal 1.", "A (practitioner) gives 1", "(2 × 1 + 1 × 1 + 2 × 2) / 5"),
        ),
        (
            {"marks": "trimmed_mean", "of": "marks", "trim": 1, "rounding": {"places": 0, "mode": "half_up"}},
            ("The highest and the lowest mark are left out", "rounded half up to 0 places", "mark 2 earns 50%"),
        ),
    ],
)
def test_the_rule_is_said_with_an_example(panel: dict[str, Any], said: tuple[str, ...]) -> None:
    text = published(panel)
    assert [part for part in said if part not in text] == []
    assert "each by themselves; the mark that counts is computed of theirs" in text


def test_an_agreed_mark_is_published_as_before() -> None:
    text = published({"divergence": 2})
    assert "2 or more apart are moderated before a mark is agreed" in text
    assert "Which mark counts" not in text
